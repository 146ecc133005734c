"""Dutch of every day for the special topics: how people tell it of themselves and of others.

The same shape as `lexicon_nl`, our own making.
"""

from __future__ import annotations

from klantbeeld.quality.special.kinds import Kind

STRONG: dict[Kind, str] = {
    Kind.HEALTH: """
uitbehandeld|chemo's|chemokuren|bestralingen|radiotherapie|mammografie|mammacarcinoom|mammapoli
|bevolkingsonderzoek darm|darmonderzoek|poliepen|biopt|punctie|kijkonderzoek|echo van haar|petscan
|pet scan|ct scan|mri scan|hartfilmpje|hartecho|stent|stents|hartritme*|hartkatheter*|hartoperatie
|openhartoperatie|hartkloppingen|hartstilstand|gereanimeerd|reanimatie|hartrevalidatie
|trombosedienst|stollingsstoornis|etalagebenen|vaatlijden|vaatziekte|vaatvernauwing|etterende wond
|voetulcus|doorligwond*|decubitus|compressiekousen|steunkousen|zwachtel*|lymfoedeem|lipoedeem
|zuurstofapparaat|zuurstoffles aan|cpap|apneu*|vernevelaar|pufje|pufjes|inhalator|longrevalidatie
|longfibrose|sarcoïdose|stoflong*|klaplong|pneumothorax|rokershoest|rokerslong|keelontsteking
|bijholte*|neuspoliepen|kaakontsteking|oorontsteking|gehoorverlies|gehoorschade|gehoorbeperking
|plotsdoof*|doofblind*|gebarentaal*|doventolk|tolk gebarentaal|spraakgebrek|spreekstoornis
|logopedi*|hoortoestel*|oorsuizen|ménière|maculadegeneratie|staaroperatie|netvliesloslating
|oogprothese|glazen oog|blindenstok|witte stok|taststok|braille|hulphond|assistentiehond
|signaalhond|suikerpatiënt*|suikerpatient*|suikerziek*|glucosesensor|glucosemeter|insulinepen
|hypo's|hyper's|prikpen|bloedsuiker*|suikerspiegel|te hoge suiker|type 1|type 2 diabetes|schildklier*
|bijnier*|hormoontherapie|hormoonbehandeling|hormoonspiraal|overgangsklachten|opvliegers|vleesboom
|vleesbomen|spiraaltje|curettage|kraamweek|kraamtijd|kraamvrouw|kraamzorg|kraambed|bevallingsverlof
|zwangerschapsverlof|moet bevallen|net bevallen|pas bevallen|in verwachting|uitgeteld|uitgerekend
|zwangerschapsdiabetes|zwangerschapsvergiftiging|hyperemesis|vroeggeboorte|couveuse
|bekkeninstabiliteit|bekkenbodem*|verzakking|fertiliteit*|vruchtbaarheidsbehandeling|icsi|eiceldon*
|spermadon*|zaaddon*|abortuskliniek|overtijdbehandeling|postnatale depressie|postpartum
|erectieproblemen|erectiestoornis|impotent*|vaginisme|urineverlies|plasproblemen|blaasontsteking
|nierbekken*|nierfalen|nierfunctie*|nierdonor|levertransplantatie|leverfalen|vetlever|hepatitis
|galaanval|galsteen*|koliek*|maagband|maagverkleining|bariatrisch*|sondevoeding|peg sonde|slikproblemen
|darmkanker*|darmziekte*|pouch|stomapatiënt*|diverticulitis|aambeien|fissuur|voedselallergie
|voedselintolerantie|koemelkallergie|koemelkeiwit*|glutenallergie|coeliaki*|bijenallergie
|wespenallergie|medicijnallergie|penicillineallergie|allergische reactie*|anafylactisch*|huisstofmijt*
|dauwworm|constitutioneel eczeem|huiduitslag|huidkanker|basaalcel*|plaveiselcel*|melanomen|vitiligo
|alopecia|haaruitval|rosacea|gordelroos|wondroos|belroos|brandwonden*|littekens van
|reumatoïde|reumapatiënt*|reumapatient*|jichtaanval|ms patiënt*|spierreuma|spierzwakte|spierafbraak
|duchenne|myasthenia|guillain barré|polyneuropathie|neuropathie|zenuwpijn|gevoelloze|trillende handen
|tremor|tremoren|ataxie|dystonie|tics|gilles de la tourette|epilept*|absences|toevallen|epilepsieaanval
|hersentumor|herseninfarcten|hersenkneuzing|hersenoperatie|niet aangeboren hersen*|nah patiënt
|geheugenproblemen|vergeetachtig*|beginnend dement*|dementer*|alzheimer|lewy body|vasculaire dementie
|geheugenpoli|delier|psychiater|psychiatrisch*|psychologische hulp|psychische hulp
|psychische problemen|psychische nood|psychisch ziek|mentale problemen|mentale klachten
|mentale gezondheid|geestelijke gezondheid*|geestelijke problemen|ggz instelling|ggz behandeling
|crisisdienst|crisisopname|zorgmachtiging|gedwongen opname|gedwongen opgenomen|gesloten afdeling
|paaz|inrichting gezeten|emdr|cognitieve gedragstherapie|gedragstherapie|schematherapie|groepstherapie
|traumatherapie|antipsychotica|lithium|sertraline|citalopram|paroxetine|fluoxetine|venlafaxine
|mirtazapine|amitriptyline|quetiapine|olanzapine|rivotril|lorazepam|oxazepam|seresta|concerta|medikinet
|dexamfetamine|strattera|zolpidem|melatonine|suïcide*|suicide*|zelfmoord*|zelfdoding|poging gedaan
|zelfverwond*|automutil*|sneed zichzelf|eetbuien|eetprobleem|eetstoornissen|boulimi*|anorexi*|angstaanvallen
|paniekaanvallen|hyperventil*|straatvrees|pleinvrees|smetvrees|sociale angst|faalangst*|dwanggedachten
|dwangneurose|stemmen hoort|hoort stemmen|wanen|waanideeën|psychoot|psychotisch|schizofreen
|manisch|hypomaan|bipolair|dissociat*|persoonlijkheidsstoornis|borderliner|narcistische stoornis|ass diagnose
|asperger*|autist|autiste|autistisch*|add'er|adhd'er|hoogbegaafd en autis*|concentratiestoornis
|verstandelijk gehandicapt*|verstandelijke handicap|zwakbegaafd*|lvb|licht verstandelijk|moeilijk lerend
|laaggeletterd door|syndroom van down|downie|down kind|ernstig meervoudig*|meervoudig beperkt*|emb
|zorgboerderij|begeleid wonen|beschermd wonen|begeleid wonend|woonvorm voor|gezinsvervangend tehuis
|wlz indicatie|wlz zorg|wmo|pgb|zorgprofiel|indicatie van het ciz|ciz|invalidenwagen|invalide*
|gehandicaptenkaart|gehandicaptenparkeer*|invalidenparkeer*|aangepaste auto|aangepaste woning|traplift
|tillift|hoog laag bed|rolstoel*|elektrische rolstoel|scootmobiel*|rollator|looprek|krukken|brace
|spalk|gipsbeen|gipspoot|in het gips|been in gips|arm in gips|pols in gips|mitella|kunstbeen|kunstarm
|prothesen|beenprothese*|onderbeen geamput*|stomp van|fantoompijn|kunstheup|kunstknie*|knieprothese
|heupprothese|versleten heup*|versleten knie*|versleten rug|versleten nek|versleten schouder*
|gescheurde kruisband|kruisbandoperatie|kruisbandletsel|meniscusoperatie|gescheurde enkelband*|enkelbanden
|hamstring gescheurd|frozen shoulder|slijmbeurs*|peesontsteking|tennisarm|nekhernia|rughernia
|spit|spit in|door zijn rug|door haar rug|door mijn rug|door m'n rug|rugpatiënt*|rugpatient*|gebroken rug
|gebroken enkel|gebroken schouder|gebroken ribben|gekneusde ribben|gebroken elleboog|gebroken hand
|gebroken vinger|gebroken voet|gebroken nek|gebroken neus|gebroken kaak|gebroken teen|schouder uit de kom
|arm gebroken|hand gebroken|voet gebroken|rib gebroken|ribben gebroken|schouder gebroken|knie gebroken
|bekken gebroken|pols gekneusd|enkel verzwikt|enkel verstuikt|fysiotherapeut|manueel therapeut*
|ergotherap*|oefentherap*|revalidatiearts|revalidatietraject|revalideren|revalideert|herstellende van
|herstelt van|aan het herstellen|aan de beterende hand|onder het mes|geopereerd*|operatief|hersteloperatie
|spoedoperatie|ligt op de ic|op de ic|ic gelegen|kunstmatige coma|in coma|beademd|aan de beademing
|ziekenhuisbed|ziekenhuisopnam*|ziekenhuisbezoek*|dagopname|opnamedatum|opgenomen geweest|poli cardiologie
|poli neurologie|polikliniek|mijn specialist|zijn specialist|haar specialist|mijn huisarts|zijn huisarts
|haar huisarts|de huisarts heeft|van de huisarts|volgens de huisarts|mijn dokter|zijn dokter|haar dokter
|van de dokter|doktersadvies|doktersvoorschrift|doktersverklaring|medische verklaring|medische ingreep
|medische behandeling|medisch traject|medische situatie|medische toestand|medisch noodgeval|medische keuring
|medische problemen|medische beperking*|medisch niet|om gezondheidsreden*|gezondheidstoestand
|gezondheidssituatie|gezondheid laat|gezondheid gaat achteruit|gezondheid is slecht|kwakkelende gezondheid
|fysieke beperking*|fysieke klachten|lichamelijke handicap|lichamelijk gehandicapt*|motorische beperking
|functiebeperking|chronische aandoening|chronische ziekte|chronisch patiënt|auto immuun*|auto-immuun*
|immuunziekte|immuunsysteem|weerstand is laag|afweerstoornis|erfelijke ziekte|zeldzame ziekte|energetische beperking
|me/cvs|cvs|chronisch vermoeid*|postcovid*|long covid*|longcovid*|coronaklachten|positief getest|corona heeft
|ziek is geworden|ziek geworden|ernstig zieke|doodziek|doodzieke|terminale*|stervende|sterfbed|laatste levensfase
|levensverwachting|niet lang meer te leven|euthanasie*|palliatief|hospice|palliatieve sedatie|in de ziektewet
|ziektewet|ziekteverzuim|ziektegeld|ziektekosten|ziekteproces|ziektebeeld|langdurig ziek|ziek thuis|thuis ziek
|ziek op bed|ligt ziek|is ziek|ben ziek|was ziek|zijn ziek|ligt plat|wao'er|wia keuring|uwv keuring|keuringsarts
|bedrijfsarts|arbodienst|arbeidsongeschikt|afgekeurd voor|volledig afgekeurd|re integratie|re-integratie
|overspannen*|overspannenheid|burn-outklachten|burnoutklachten|opgebrand|ingestort|zenuwinstorting
|drankverslav*|drankmisbruik|alcoholmisbruik|alcoholprobl*|alcoholist*|nuchter sinds|van de drank af|droogstaan
|staat droog|drugsgebruik*|drugsprobleem|cocaïneverslav*|cokeverslav*|coke verslaaf*|wietverslav*|blowt
|heroïne*|methadon*|gokverslav*|gokprobleem|gameverslav*|afkick*|ontwenningskliniek|verslavingsarts|verslavingszorg
|jellinek|brijder|tactus|anonieme alcoholisten|aa bijeenkomst*|12 stappen|hiv*|seropositief|prep gebruik*|soa's
|obesitas|morbide obesitas|ernstig overgewicht|zwaarlijvig*|ondergewicht|ozempic|wegovy|saxenda|insuline
|metoprolol|omeprazol|pantoprazol|simvastatine|atorvastatine|prednison*|dexamethason|methotrexaat|humira
|tysabri|ocrevus|levothyrox|thyrax|euthyrox|tramadol|oxycontin|oxycodon|fentanylpleister*|morfinepleister
|morfinepomp|diclofenac|naproxen|ibuprofen|antibioticum|antibiotica|bloedverdunner*|marcoumar|acenocoumarol
|sintrom|eliquis|xarelto|pradaxa|ascal|plavix|clopidogrel|plaspillen|plastabletten|pijnmedicatie|pijnpoli
|pijnstilling|zware medicijnen|medicijnen slik*|medicatie slik*|hartmedic*|hartpillen|bloeddrukpillen
|medicijnrol|baxterrol|weekdoosje medic*|thuiszorg*|wijkverpleging|wijkverpleegkundige|wijkzuster
|verpleeghuis*|verpleegtehuis|zorghotel|zorgcentrum opgenomen|gesloten psychogeri*|aanleunwoning wegens
|sikkelcelziekte|thalassemie|bloedtransfusie*|beenmerg*|stamceltransplant*|leukemi*|lymfeklier*|lymfeklierkanker
|hodgkin*|non hodgkin*|prostaatkanker|borstamput*|borstbesparend*|borstreconstructie|uitzaai*|uitgezaaid*
|agressieve vorm van|slecht nieuws van de arts|slechtnieuwsgesprek|kankervrij|schoon verklaard|in remissie
|klaar met chemo|hair loss door chemo|geslachtsziekte*|gezondheidsprobleem|gezondheidsperikelen
|lichamelijk ongemak|ziekenfonds patiënt|dwarslaesie*|halfzijdig|spastische|spina bifida|lui oog|scheel*
|bochel|kromme rug|groeistoornis|dwerggroei|lilliputter|kleinwuchs|hazenlip|schisis
|flauwval*|flauwgevallen*|wegrak*|duizelingen|evenwichtsproblemen|evenwichtsorgaan|bppd|reisziekte
|vliegangst|hielspoor|platvoeten|doorgezakte voeten|steunzolen|orthopedische schoenen|podotherap*
|aangepaste schoenen|diabetesvoet|suikervoet|ingegroeide teennagel|schimmelnagel*|nierstichting patiënt
|donorhart|donorlong*|donorlever|wachtlijst voor een nier|bloedziekte|bloedarmoede|ijzertekort|b12 tekort
|vitamine b12 injectie*|hemochromatose|lactose-intolerant*|gluten-intolerant*|epipen*|adrenalinepen
|kinkhoest|krentenbaard|hand voet mond*|waterpokken|zesde ziekte|vijfde ziekte|rs virus|rsv|pseudokroep
|hersenvliesontst*|lymeziekte|ziekte v lyme|tekenbeet*|rode kring na|malaria-aanval|dengue|knokkelkoorts
|zikavirus|tbc|legionella*|mrsa drager|q-koorts
""",
    Kind.UNION: """
vakbondslid*|vakbondsman|vakbondsvrouw|vakbonds*|vakbondskader|vakbondscontributie|vakbondsvertegenw*
|bondsvergadering|bondsleden|bondskantoor|bondscongres|bondsman|bondsvrouw|bondstarief|ledenkorting fnv
|fnv'er|fnv lid|fnv leden|fnv pas|fnv metaal|fnv bouw|fnv zorg*|fnv havens|fnv jong|fnv horeca|cnv'er
|cnv lid|cnv vakmensen|cnv connectief|cnv onderwijs|cnv publiek|de unie|aob|algemene onderwijsbond
|nu'91|nu91|fbz|LAD|vhmf|vhv|ncf|abva|acp lid|acp|npb|nederlandse politiebond|politievakbond|marver*
|algemene vakbond*|landelijke belangen vereniging|lbv|avv|alternatief voor vakbond|vliegersvereniging|vnv lid
|vakbond voor cabinepersoneel|nautilus|nautilus international|nvj lid|vvmc|fnv kunsten|ntb|ouderenbond anbo
|fnv senioren|acv|abvv|aclvb|acod|vsoa|acv metea|acv puls|bbtk|lbc nvk|christelijke vakbond
|socialistische vakbond|liberale vakbond|solidariteit vakbond|vakbondsdelegatie|syndicaal|syndicale*|syndicaliste
|vakbondsdelegee|delegee|delegué|militant van de vakbond|kaderlid*|kadergroep|bondskader|stakingsuitkering
|stakingsvergoeding|stakingsgeld|stakingsleid*|stakingsactie|stakingsdag|stakingskas*|stakersgeld|legt het werk neer
|legden het werk neer|werkonderbreking|estafettestaking|prikactie|estafettestakingen|stakingsbereid*|werkwillige
|malieveldactie van de fnv|cao actie*|cao onderhandelaar|cao onderhandelingen namens|vakcentrale|vakfederatie
|arbeidersbeweging|arbeidersvereniging|vakverbond|nkv|nvv|werkliedenverbond|vakgenoten bond
""",
    Kind.BELIEF: """
gelooft in god|gelooft niet in god|geloof in god|gelooft in allah|god gelooft|gods woord|god's woord|geloofsleven
|christelijk|christelijke|christen|christene|christengezin|rooms katholiek|rooms|roomse|rk gezin|rooms kath*
|katholieke|praktiserend*|belijdend lid|belijdend|dooplid|doopleden|doopdienst|doopfeest|doopsel|kinderdoop
|volwassendoop|gedoopt|laten dopen|laat dopen|communiefeest|communicant*|eerste communie|heilige communie
|plechtige communie|vormeling|vormselkandidaat|catechisatie|catechese|catechisant|zondagsschool*|kindernevendienst
|kerkdienst*|eredienst*|kerkganger*|kerkgang|kerkelijk|kerkgenootschap|kerkkoor|kerkenraad*|kerkraad|kerkbestuur
|kerkvoogd|kerkrentmeester|kerkelijke gemeente|kerkmeester|kerkbijdrage|kerkbalans|kerkblad*|kerkbezoek|naar de kerk
|uit de kerk|kerk op zondag|zondag naar de kerk|na de mis|naar de mis|zondagsmis|heilige mis|mis bijwoon*|misdienaar*
|misdienares|misintentie|lector in de kerk|koster van|organist in de kerk|parochiaan|parochianen|parochieraad|parochielid
|pastoraal werk*|pastor in|priesteropleiding|seminarist|grootseminarie|kloosterleven|kloosterorde|kloostergemeen*|trad in
|intreden in het klooster|nonnen|paters|broeders van|zusters van|bidprent*|rozenkrans*|biecht*|aflaat|lourdes*
|lourdesreis|bedevaart*|fatima bedevaart|pelgrim*|santiago|vastentijd|veertigdagentijd|aswoensdag|askruisje
|hemelvaartsdienst|paaswake|kerstnachtdienst|nachtmis|allerzielen*|sacrament*|ziekenzalving|laatste sacrament*
|gereformeerde|gereformeerden|gergem*|ger gem|oud gereformeerd*|hersteld hervormd|hersteld hervormde|christelijk gereformeerd*
|nederlands gereformeerd|vrijgemaakt|vrijgemaakte|bevindelijk*|refo|refogezin|reformatorisch|reformatorische|pkn|pkn kerk|pkn gemeente
|protestantse|protestants|hervormd|luthers|lutherse|remonstrants*|remonstrantse|doopsgezinde|baptisten*|baptistengemeente
|evangelische|evangeliegemeente|volle evangelie|pinksterkerk|pinkstergelovig*|pinksterchristen*|hillsong|opwekking conferentie
|eo jongerendag|alpha cursus|alphacursus|bijbelstudie*|bijbelkring*|bijbellez*|bijbelles|huiskring|gebedskring*|gebedsgroep
|gebedsgenezing|gebedsavond|huisgebed|bidstond|bidden|bidt|bid|gebeden|vijf keer per dag|gebedskleed*|gebedskamer*|gebedsruimte*|vrijdaggebed*
|moskee|moskeeën|moskeebezoek*|imam*|koranles*|koranschool|koran*|soera|hadith|shahada|sjahada|bekeerd tot de islam|bekeerd|bekeerling*|zich bekeerd
|islamitische|moslima|moslima's|moslims|moslimgezin|moslimvrouw|moslimman|mohammedaan*|soenniet|sjiiet|aleviet*|alevitisch*|salafist*
|hidjab|hijab|hidjaab|nikaab|chador|boerkini|hoofddoek|hoofddoekje|gesluierd*|tulband|keppeltje|keppel|kippa|ramadan*|ramadhan|vastenbreken*
|iftarmaaltijd|suikerfeest*|offerfeest*|eid mubarak|ied mubarak|eid al fitr|eid al adha|hadj|haddj|umrah|oemra|mekka|mekkagang*
|pelgrimstocht naar mekka|zakat|halal|haram|rituele slacht|ritueel geslacht*|koosjer*|kosjer*|koshere|sabbat*|sjabbat|shabbat|sjabbes
|sjoel|synagoge|joods|joodse gemeente|joodse feestdag*|jodendom|jom kipoer|jom kippoer|rosj hasjana|soekot|loofhuttenfeest|chanoeka*|chanoekia
|bar mitswa|bar mitzwa|bat mitswa|besneden|besnijdenis|mezoeza|thora|talmoed|rebbe|rabbi*|rabbijn|orthodox joods*|liberaal joods*
|chassidisch*|hindoeïsme|hindoeïst*|hindoestaans geloof|hindoetempel|mandir|puja|poedja|ganesha|ganesh|holi phagwa|holi|divali*|diwali|gurdwara|sikh|boeddha
|boeddhistisch*|boeddhisme|zenboeddh*|zenmeditatie|vipassana|tempelbezoek|dalai lama|soefisme|bahá'í|jehova|jehovah|getuige van jehovah|jehovagetuige*
|jehova getuige*|koninkrijkszaal|wachttoren|huis aan huis evangelis*|evangelisat*|mormonen|mormoon|heiligen der laatste dagen|zevende dags*|zevendedags*
|adventist*|adventkerk|leger des heils soldaat|heilsoldaat|heilssoldaat|heilsofficier|scientology|hare krishna|osho|sannyasin|wicca*|heidens|heidense|druïd*|paganist*|satanist*
|atheïst|atheïste|atheïsme|agnost|agnostisch|agnosticus|ongelovig*|niet gelovig|niet religieus|geloof verloren|van zijn geloof|van haar geloof|van mijn geloof
|geloof afgevallen|uitgeschreven uit de kerk|uit de kerk gestapt|kerkverlater|ontdoopt|ontdopen|humanistisch verbond|humanistisch*|vrijdenker|spiritueel medium
|antroposofisch*|antroposofie|vrijmetsel*|loge lid|rozenkruis*|religieuze*|religieus|streng religieus|diepgelovig|diepgelovige|diepreligieus|strenggelovig*|zwaargelovig*
|zondag is heilig|zondagsheiliging|zondag rustdag|rustdag des heren|dag des heren|de dag van de heer|om geloofsredenen|geloofsreden*|vanwege het geloof|vanwege zijn geloof|vanwege haar geloof
|vanwege mijn geloof|vanwege ons geloof|volgens ons geloof|volgens mijn geloof|ons geloof|mijn geloof|zijn geloof|haar geloof|godvrezend*|godsdienstig*|gods wil|inshallah|insjallah|alhamdulillah
|mashallah|vrome|vroom|kopten|koptisch orthodox*|syrisch orthodox*|suryoyo|armeens apostol*|grieks orthodoxe|russisch orthodoxe|oosters orthodox*|maronitisch
|dominicus kerk lid|quakers|amish|mennonieten|jezidi*|yezidi*|jezidisch|zoroastr*|winti|bonuman|santeria|voodoo
""",
    Kind.POLITICS: """
vvd'er|cda'er|pvda'er|d66'er|pvv'er|sp'er|sgp'er|groenlinkser|fvd'er|cu'er|bbb'er|volt'er|denk'er|vvd lid|pvv stem*|sp lid
|groenlinks pvda|gl pvda|pro lid|christenunie|christen unie|forum voor democratie|forum stem*|fvd|ja21|bbb|bbb stem*|boerburger*|nsc lid|pieter omtzigt aanhang*
|nieuw sociaal contract|volt nederland|partij voor de dieren|pvdd|50plus|50 plus|bij1|belang van nederland|staatkundig gereformeerd*|leefbaar|lokale partij
|gemeentebelangen|stadspartij|lijst pim fortuyn|lpf|lijst dedecker|piratenpartij|vlaams belang|n-va|nva|cd&v|open vld|vooruit lid|pvda belgië|ptb|groen lid
|partij van de arbeid|socialistische partij|socialistische*|sociaaldemocraat|sociaal democraat|christendemocraat|christen democraat|liberalen stem*|partijlid*|partijlidmaatschap
|partijgenoot|partijgenote|partijgenoten|partijkader|partijbestuur*|partijafdeling|partijvergadering|partijcongres|partijbijeenkomst|partijcontributie|ledenvergadering van de partij
|raadslid*|raadsleden|fractielid|fractievoorzitter*|fractiemedewerker|duoraadslid|commissielid namens|burgerraadslid|steunfractie*|statenlid|statenleden|wethouder|wethouders
|oud wethouder|kamerlid|tweede kamerlid|eerste kamerlid|senator|europarlementariër|deelraadslid|lijstduwer|lijsttrekker|kandidatenlijst|kieslijst*|verkiesbaar|verkiezingskandidaat|verkiezingsposter*
|verkiezingsaffiche*|verkiezingsbord*|raamposter van|canvass*|flyert|flyeren|folderen voor|folderde voor|campagneteam|campagneleider|campagnevrijwilliger|campagne voor de gemeenteraad*|campagneert|campagne gevoerd
|politicus|politica|politieke*|stemgedrag|stemvoorkeur|stem altijd|stemt altijd|stemde altijd|links stem*|rechts stem*|links georiënteerd|rechts georiënteerd|linksgeoriënteerd|extreemrechts*|extreemlinks*|ultrarechts*|radicaal links|radicaal rechts|radicaal-rechts
|rechtsextremist*|linksextremist*|neonazi*|nazi sympathi*|nationaalsocialist*|antifa|antifascist*|klimaatactivist*|milieuactivist*|dierenrechtenactivist*|xr activist*|xr|extinction rebellion|a12 blokkade|snelweg blokk*|farmers defence force|fdf|boerenprotest*|omgekeerde vlag
|viruswaarheid|viruswappie|complot*|soeverein|soevereinen|autonomen|anarchist*|anarchistisch|kraakbeweging|communistisch*|communiste|marxistisch*|ncpn|trotskistisch*|maoïst*|socialisme|communisme|fascisme|fascistisch*|pegida|identitair*|voorpost|erkenbrand|dwars|rood jong|jonge democraten|jonge socialisten|jovd|cdja|perspectief jongeren|pink jongeren|sgp jongeren|dwarser
|republikeins|republikeins genootschap|koningsgezind*|oranjegezind*|monarchist*|anti monarchist*|orangist|trumpaanhang*|trump aanhang*|trump fan|maga pet|wilders aanhang*|wilders fan|baudet*|erdogan aanhang*|erdogan stem*|grijze wolven|pkk|gülen*|gulen beweging|milli görüs|milli gorus|hizbut tahrir|poetin aanhang*|hamas aanhang*|zionist*|anti zionist*|palestina demonstr*|feministisch*|feministe|demonstreerde|demonstratie tegen|mee in de demonstratie|betoging*
""",
    Kind.ORIENTATION: """
homo|homoseksueel|homoseksuele|homofiele|homopaar|homostel|homokoppel|homokring|homobeweging|homocafé|homobar|homoseks*|lesbisch|lesbische|lesbienne|lesbo|lesbokoppel|lesbisch stel|biseksueel|biseksuele|bi seksueel|bi-seksueel|panseksueel|panseksuele|aseksueel|aseksuele
|queer|queers|lhbtiq*|lhbti*|lhbtqi*|lgbtqi*|regenbooggezin|regenboog gezin|regenboogouder*|roze ouderen*|roze stel|roze huwelijk|roze in blauw|pride boot|pridevlag|canal pride|gaypride|botenparade|coc|coc lid|transvrouw|transman|transpersoon|transgender*|trans persoon|transitie traject|transitietraject
|gendertransitie|gendertraject|genderteam|genderpoli*|genderzorg|hormonen voor zijn transitie|geslachtsaanpassing|geslachtsregistratie|geslachtsverandering*|geslachtsveranderende|borstverwijdering trans|non-binair*|nonbinair*|non binaire|genderneutraal aan|genderfluïde|genderfluide|hen/hun|die/diens|hun voornaamwoord*|voornaamwoorden
|uit de kast*|kast gekomen|coming-out|coming out|op mannen val*|op vrouwen val*|valt op mannen|valt op vrouwen|val op mannen|val op vrouwen|valt op jongens|valt op meisjes|op jongens valt|op meisjes valt|op mannen en vrouwen|op beide geslachten|van de verkeerde kant|van de andere kant|van beide walletjes|houdt van mannen|houdt van vrouwen|houd van mannen|houd van vrouwen|mannen als vrouwen|voorkeur voor mannen|voorkeur voor vrouwen
|liever mannen|met een man getrouwd|man met man|vrouw met vrouw|twee mama's|twee papa's|twee moeders|twee vaders|beide moeders|beide vaders|beide mama's|beide papa's|duomoeder*|meemoeder*|zaaddonor|draagmoeder voor|zijn man|zijn echtgenoot|haar vrouw|haar echtgenote|zijn vriendje|haar vriendinnetje|zijn mannelijke partner|haar vrouwelijke partner|mannelijke partner van hem|mannenstel|vrouwenstel|vrouwenpaar|mannenpaar
|seksuele oriëntatie|seksuele identiteit|genderidentiteit|genderexpressie|hetero|heteroseksueel|heterostel|polyamoreu*|polyamoureu*|meerdere partners|open relatie|open huwelijk|swingers|parenclub*|sm club|bdsm|fetisj*|grindr|gaysauna|gay|gays|gayclub|travestiet|dragqueen|drag queen|dragact
""",
    Kind.ETHNICITY: """
allochtoon*|allochtone*|migratieachtergrond*|migrantengezin|migrantenkind|migrantenachtergrond|migrantenouders|niet-westers*|niet westers*|biculturele|bicultureel|huidskleur|huidkleur|donker getint*|donkergetint*|lichtgetint*|getinte|donkere huid*|zwarte huid*|bruine huid*|donkere huidskleur|gekleurd*|mensen van kleur|vrouw van kleur|man van kleur|persoon van kleur
|afkomstig uit marokko|afkomstig uit turkije|afkomstig uit suriname|afkomstig uit syrië|afkomstig uit eritrea|gevlucht uit*|gevlucht naar nederland|is gevlucht|vluchteling*|vluchtelinge|statushouder*|asielzoek*|azc|asielprocedure|asielstatus|verblijfsvergunning|ongedocumenteerd*|illegaal in nederland|inburger*|inburgeringscursus|wortels in|roots in|roots liggen|wortels liggen|oorspronkelijk uit turkije|oorspronkelijk uit marokko
|marokkaans nederlands*|turks nederlands*|surinaams nederlands*|antilliaans nederlands*|indisch nederlands*|nederlands indisch*|marokkaanse nederlander|turkse nederlander|afro nederland*|afro-*|hindoestaan*|hindostaan*|surinaams hindo*|surinaams javaan*|javaans surina*|creools|creoolse|molukker|molukkers|molukse|indische nederlander|indo|indo's|indorock|toko familie|papoea|berber*|riffijn*|amazigh|koerdisch*|koerden|koerd|roma familie|roma gezin|sinti*|sintifamilie|zigeuner*|woonwagen*|kampers|kamper|kampbewoner|reiziger op het kamp|tweede generatie*|derde generatie marok*|eerste generatie gastarb*|gastarbeider*|joodse afkomst|half marok*|half turks|half surinaams|half indisch|half chinees|halfbloedje
|half antilliaans|half afrikaans|half indonesisch|half japans|half molu*|dubbele nationaliteit|dubbele paspoort|etnisch profileren|etnische achtergrond|etnische afkomst|racistisch uitgescholden|racisme ervaren|gediscrimineerd om zijn afkomst|buitenlandse roots|buitenlandse wortels|buitenlandse achtergrond|buitenlandse ouders|oost-europees uiterlijk|zuid-europees uiterlijk|aziatische ouders|aziatisch uiterlijk|afrikaanse ouders|neger*|zwarte nederlander*|zwarte gemeenschap|zwarte ouders|zwarte moeder|zwarte vader|zwarte student*|zwarte ondernem*|witte nederlander|blanke nederlander|blank gezin|oeigoer*|tamil|tamils|hazara|pashtun|tibetaan*|assyri*|suryoyo|arameeër|arameeer|arameeers|aramees*|armeniër*|armeens*
|kaapverdiaan*|kaapverdisch*|ghanese ouders|papiaments*|sranan*|sranantongo|spreekt thuis turks|spreekt thuis marok*|spreekt thuis berbers|thuis arabisch|thuis turks|thuis berbers|thuis papiament*
""",
    Kind.CRIMINAL: """
strafblad*|justitiële documentatie|justitieel verleden|antecedenten|politiecontacten|bekende van de politie|bekend bij de politie|bekend bij justitie|politiebekende|in aanraking met justitie|in aanraking met de politie|met justitie in aanraking|met de politie in aanraking|ex-gedetineerde*|ex gedetineerde*|ex-gevangene|ex-bajesklant|oud gedetineerde|gedetineerd|gedetineerde|detentie*|gevangenis gezeten|gevangenis zit|gevangenisstraf*|gevangenschap|celstraf*|cel gezeten|in de cel|achter tralies|achter de tralies|vastzit|zit vast voor|zit vast wegens|vast wegens|vast voor|vast gezeten|vastgezeten*|vastgezet|heeft gezeten voor|gezeten voor|gezeten wegens
|jaar cel|maanden cel|jaar gevangenis|maanden gevangenis|jaar gezeten|maanden gezeten|jaar zitten|moet zitten voor|moet de cel in|moet brommen|de bak in|de bak|de nor|de bajes|de lik|bajesklant|pi vught|pi zwolle|penitentiaire inrichting*|penitentiair*|pbc|tbs*|tbs kliniek|pieter baan|longstay|jeugdinrichting|jji|isd maatregel|veelpleger*|top600|top400|draaideurcrim*|enkelband*|elektronisch toezicht|reclassering*|proefverlof|voorwaardelijk vrij*|voorwaardelijke invrijheid*|vervroegd vrij*|op vrije voeten|net vrij uit|vrijgelaten|vrijgekomen|vrijgesproken*|vrijspraak|ontslag van rechtsvervolging|in hoger beroep veroordeeld|taakstraf*|werkstraf*|leerstraf|alternatieve straf|haltstraf|halt traject|bureau halt|geldboete van de rechter|strafbeschikking|om zitting|dagvaarding*|gedagvaard*|voorgeleid|voor de rechter|voor moeten komen|moet voorkomen|rechtbank voor diefstal|strafrecht*|strafpleiter|strafzitting|strafzaken tegen|politierechter|meervoudige strafkamer|officier van justitie|justitie vervolgt|wordt vervolgd|vervolgd voor|vervolgd wegens|rechtszaak tegen hem|rechtszaak tegen haar|veroordeeld*|veroordeling*|vonnis|schuldig bevonden|schuldig verklaard|bekende schuld|bekend bij de recherche|verdacht*|medeverdachte|hoofdverdachte|verdenking*|aanklacht*|aangeklaagd*|ten laste gelegd|aangehouden voor|aangehouden wegens|aangehouden met|aangehouden door|aanhouding|gearresteerd*|arrestatie*|arrestatieteam|inval bij|politie inval|huiszoeking|doorzoeking|opgepakt*|ingerekend|in de boeien|in de kraag|meegenomen door de politie|afgevoerd door de politie|verhoor op het bureau|door de politie verhoord|voortvluchtig*|gesignaleerd|opsporing verzocht|interpol|internationaal gezocht|gezocht door
|contactverbod*|straatverbod*|gebiedsverbod*|winkelverbod*|stadionverbod*|huisverbod*|locatieverbod|rijontzegging*|rijbewijs afgenomen|rijbewijs ingevorderd|rijbewijs kwijt door drank|alcoholslot|rijden onder invloed*|dronken gereden|met drank op gereden|gereden met drank*|drank op achter|doorgereden na|drugs op achter het stuur|ladingdief|gestolen goederen|gestolen spullen|gestolen waar|gejat|jatte|heling|heler|helers|betrapt*|op heterdaad|heterdaad|winkeldief*|winkeldieveg*|diefstallen|stelende|steelt|bestolen door hem|proletarisch winkelen|inbreker*|woninginbra*|ramkraak*|plofkraak*|plofkraker|overvallen gepleegd|overvaller*|straatrover*|beroofd door hem|roofoverval*|oplichter*|oplichtst*|opgelicht door hem|oplichting*|flessentrek*|spookfactu*|phish*|bankfraude*|pinpasfraude|geldezel|katvanger|identiteitsfraude*|btw fraude|btw-fraude|belastingfraude*|belastingontduik*|uitkeringsfraude*|bijstandsfraude*|zorgfraude*|faillissementsfraude*|beleggingsfraude|verzekeringsfraude*|fraude gepleegd*|frauduleus*|gefraudeerd*|fraudeur*|fraudeerde|valsheid in geschrift*|vals geld|witgewassen|witwas*|zwart geld|omkop*|corrupt*|verduister*|verduisterd*|drugsdeal*|drugshandel*|drugsbende|drugslab|drugspand|drugssmokkel*|drugscrimin*|drugskoerier*|bolletjesslikker*|dealt drugs|dealt in drugs|dealde|drugs verko*|coke deal*|cokedeal*|xtc lab|xtc-lab|xtc handel|wiethok|wietzolder|wietkwek*|wietplant*|hennepplant*|hennepkwek*|hennepteel*|hennephandel*|uithaler|uithalers|onderwereld*|crimineel*|criminele*|criminaliteit|georganiseerde misdaad|motorbende*|outlaw motor*|hells angels|satudarah|no surrender|mocro maffia|maffia*|straatbende|jeugdbende|drillrapper|wapenbezit|verboden wapenbezit|vuurwapen*|vuurwapenbezit|steekwapen|wapenhandel*|steekpartij*|neergestoken*|stak iemand|neergeschoten door hem|schietpartij*|schutter|geweldsdelict*|geweldsmisdrijf*|geweldsincident*|geweldpleg*|openlijke geweld*|zware mishandeling|mishandelde|mishandeld*|mishandelt|kopschopper*|vechtersbaas veroord*|bedreigde*|bedreigd met de dood|doodsbedreiging*|doodgeslagen|doodgestoken|vermoord*|moordena*|moordpoging|poging tot doodslag|poging tot moord|moordzaak|liquidatie*|huurmoord*|dood door schuld*|dodelijk ongeval veroorzaakt|brandsticht*|brand gesticht|gesticht brand|vernielin*|vandalisme|vandaal|graffitispuiter opgepakt|huiselijk geweld*|partnergeweld|stalkt*|stalking*|stalkte|stalker*|belaagd*|belager|aanrand*|aangerand|verkracht*|verkrachter*|zedendelin*|zedenmisdr*|zedendelict*|zedenzaak|ontucht*|kinderporno*|kindermisbruik*|misbruik van minderjarig*|misbruikte|pedo|pedo's|pedofiel*|pedofilie|pedojager*|schennis*|potloodventer*|mensenhandel*|mensensmokkel*|loverboy*|pooier*|uitbuiting|terreur*|terrorist*|terreurverdacht*|syriëganger|uitreiziger|jihadist|jihadganger|haatzaai*|opruiing|smaad*|landverrad*|spionage|hacker veroord*|computervredebreuk|ddos aanval gepleegd|cybercrim*|hooligan*|relschopper*|rellen opgepakt|voetbalhooligan|vog geweigerd|geen vog|vog afgewezen|weigering vog|vog krijgt
""",
}

WEAK: dict[Kind, str] = {
    Kind.HEALTH: """
beperking*|patiënten|arts|artsen|specialisten|kliniek|poli|zorg nodig|verzorging|ziekbed|beter worden|ziekjes|snipverkouden|hoesten|hoest|herstelt|herstellen|herstelperiode|genezing|genezen|verzwakt|verzwakking|kwetsbare gezondheid|kwetsbaar|uitgeput|oververmoeid|slaapt slecht|slecht slapen|depri|somber|somberheid|neerslachtig*|nerveus|angst|paniek|prikkels|overprikkel*|prikkelgevoelig|hoogsensitie*|onrust|zwak hart|zwakke longen|hartklacht*|rugproblemen|stijve nek|stijve rug|stram*|pijnlijke knie*|pijnlijke rug|pijnlijke heup*|moeilijk uit de voeten|niet goed uit de voeten|mobiliteit|minder mobiel|immobiel|strompel*|hinkt|mank*|val gemaakt|bloeddruk|cholesterol|dieet|glutenvrij|lactosevrij|pillen|pilletjes|injectie*|zalfje|antidepress*|rehab|kuren|kuuroord|massage|chiropractor|osteopaat|acupunct*|alternatieve genezer|homeopa*|
""",
    Kind.BELIEF: """
kerk|kerken|dienst op zondag|zondagochtend|dominee|pastoor|pastor|priester|pater|parochie|gemeente in christus|god|allah|boeddha|jezus|bijbel|gebed|vasten|geloof|gelooft|gelovig|geloven|religie|zegen|gezegend|tempel|feestdag van ons|offeren|rituelen|meditatie|meditatiecentrum|doop|communie|vormsel
""",
    Kind.POLITICS: """
stemt|stemde|stemmen op|gestemd op|linkse|rechtse|linkse hobby|gemeenteraad|provinciale staten|tweede kamer|verkiezingen|verkiezing|fractie|actievoerd*|actie voert|protest|protesteert|protesteerde|demonstr*|demonstratie|betoogt|spandoek|ideologie|standpunten|
""",
    Kind.UNION: "bond|cao|stakers|staakt|staken|staking|stakingen|werkonderbreking|or lid|ondernemingsraad",
    Kind.ORIENTATION: "geaard|geaardheid|anders geaard|transitie|voornaamwoord|pride|regenboogvlag|gender|geslacht",
    Kind.ETHNICITY: """
afkomst|komaf|herkomst|migrant|migrante|migranten|immigrant*|geëmigreerd|nieuwkomer|thuisland|moederland|geboorteland|land van herkomst|achtergrond uit|moedertaal|bevolkingsgroep|
""",
    Kind.CRIMINAL: """
recherche|rechtbank|rechtszaak|justitie|gevangenis|gevangen|cel|straf|delict|misdaad|misdrijf|slachtoffer van hem|gestolen|stelen|pikte|diefstal|fraude|geweld|drugs|wapen|bende|dader|illegale|illegaal|zwartgeld|dronken rijden|onder invloed
""",
}

TIED: dict[Kind, str] = {
    Kind.UNION: "unie|fbz|ncf|vhp|npb|lbv|anbo|solidair|metea|nautilus",
    Kind.POLITICS: "pro|groen|vooruit|forum|bbb|nida|omtzigt|wilders|trump|erdogan|poetin|baudet|rutte|timmermans|linkser|rechtser",
}

CUES = dict.fromkeys(Kind, "") | {
    Kind.POLITICS: "aanhanger|fan|sympathi*|stem|stemt|stemmer|voorkeur|lid|flyers|folders",
    Kind.UNION: "lid|lidmaatschap|staken|staking|delegatie|afgevaardigde|consulent|ledenkorting",
}
