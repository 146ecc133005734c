"""Dutch words of the special topics, our own making.

STRONG words hardly mean anything else; WEAK ones count where the sentence is about somebody; TIED
ones where a word of CUES stands in the sentence as well. Divided by '|'; 'x*' is a beginning,
'*x' an end of a word, capitals only where the whole word is written in capitals. QUIET patterns are
left out before anything is looked up.
"""

from __future__ import annotations

from klantbeeld.quality.special.kinds import Kind

STRONG: dict[Kind, str] = {
    Kind.HEALTH: """
kanker|*kanker|kankerpati*|kankerbehandel*|tumor*|*tumor|uitgezaaid*|uitzaaiing*|metastas*|chemo
|chemokuur*|chemotherap*|bestraling*|bestraald|leukemie|lymfoom|melanoom|carcino*|sarcoom
|kwaadaardig gezwel|diabet*|suikerziekte|insuline*|hypo|epilep*|parkinson|alzheimer*|dement*
|dementie|beroerte|herseninfarct|hersenbloeding|TIA|hersenschudding|hersenletsel
|niet aangeboren hersenletsel|NAH|hersenvliesontsteking|hartinfarct|hartaanval|hartfalen
|hartritmestoornis*|hartpatient*|hartpatiënt*|hartklep*|pacemaker|ICD drager|bypass|dotter*
|gedotterd|angina pectoris|boezemfibrilleren|trombose|embolie|longembolie|aneurysma
|bloedverdunner*|hoge bloeddruk|hypertensie|cholesterolverlager*|bloeddrukmedic*|copd|astma*
|longemfyseem|taaislijmziekte|cystic fibrosis|tuberculose|longontsteking|corona gehad|long covid
|longcovid|postcovid|hiv|hiv positief|aids|hepatitis|syfilis|chlamydia|gonorroe|soa
|geslachtsziekte|reuma*|artrose|artritis|jicht|fibromyalgie|lupus|bechterew|osteoporose|hernia
|scoliose|slijtage aan zijn|spierziekte*|ALS patient|ALS patiënt|multiple sclerose|MS patiënt
|MS patient|spierdystrofie|spasm*|spastisch|cerebrale parese|verlamd|verlamming|halfzijdig verlamd
|dwarslaesie|rolstoelgebonden|in een rolstoel|rolstoelgebruik*|geamputeerd|amputatie*|beenprothese
|armprothese|kunstheup|kunstknie|nieuwe heup|nieuwe knie|heupoperatie|knieoperatie|rugoperatie
|hartoperatie|staaroperatie|maagverkleining|gastric bypass|stoma|crohn|colitis|coeliakie
|prikkelbare darm*|PDS|levercirrose|nierpati*|nierziekte|dialyse|niertransplantatie
|orgaantransplantatie|donornier|nierstenen|galstenen|maagzweer|endometriose|pcos|menopauze
|overgangsklachten|prostaat*|incontinent*|onvruchtbaar*|ivf|miskraam|doodgeboren|keizersnede
|abortus|zwanger*|hoogzwanger|zwangerschap*|in verwachting|uitgerekend in|postnatale|depressi*
|manisch*|bipolair*|schizofren*|psychose*|psychotisch*|borderline|ptss|ptsd|angststoornis*
|paniekaanval*|paniekstoornis|dwangstoornis|OCD|eetstoornis*|anorexia|boulimia|burn out|burnout
|overspannen|zelfmoord*|suicid*|suïcid*|zelfbeschadiging|adhd|ADD|autis*|asperger|pdd nos
|syndroom van*|downsyndroom|verstandelijke beperking|verstandelijk beperkt|lichamelijke beperking
|lichamelijk beperkt|licht verstandelijk*|gehandicapt|visuele beperking|auditieve beperking
|slechtziend*|blind geworden|blindengeleidehond|slechthorend*|doof geworden|dove klant|doofstom
|hardhorend|gehoorapparaat|gehoorapparaten|cochleair*|maculadegeneratie|glaucoom|staar|netvlies*
|antidepressiva|oxazepam|ritalin|methylfenidaat|lithium medicatie|prednison|metformine|methadon
|morfine|oxycodon|tramadol|slaapmiddelen|kalmeringsmiddel*|pijnstillers|antibioticakuur
|immunotherapie|hormoonkuur|medicatie|medicijngebruik|psychiat*|psycholoog|psychotherap*|ggz
|cardioloog|oncoloog|neuroloog|uroloog|gynaecoloog|reumatoloog|longarts|huisarts zegt|revalid*
|revalidatiecentrum|hospice|palliatie*|terminaal|euthanasie|intensive care|eerste hulp gelegen
|afkickkliniek|verslavingskliniek|verslavingszorg|alcoholist|alcoholverslav*|alcoholprobleem
|drankprobleem|drugsverslav*|drugsverslaafd*|gokverslav*|aan de drank|AA groep|afgekickt
|ziek gemeld|ziekgemeld|ziekmelding|ziekteverlof|langdurig ziek|chronisch ziek*|ernstig ziek
|ongeneeslijk*|arbeidsongeschikt*|afgekeurd|wajong*|wia uitkering|in de wia|in de wao
|wao uitkering|wmo indicatie|zorgindicatie|persoonsgebonden budget|gehandicaptenparkeerkaart
|invalid*|medische klachten|medische redenen|om medische reden|medische indicatie|medisch dossier
|gezondheidsklachten|gezondheidsproblemen|gezondheidsredenen|zijn gezondheid|haar gezondheid
|mijn gezondheid|slechte gezondheid|geopereerd|gehospitaliseerd|ziekenhuisopname
|opgenomen in het ziekenhuis|ligt in het ziekenhuis|lag in het ziekenhuis
|naar het ziekenhuis gebracht|allergisch|notenallergie|pinda allergie|pinda-allergie|latexallergie
|nikkelallergie|lactose intolerant*|lactoseintoleran*|glutenintoleran*|anafylac*|eczeem|psoriasis
|migraine*|clusterhoofdpijn|tinnitus|duizeligheidsaanvallen|meniere|schildklier*|ziekte van*|lyme
|gordelroos|anemie|bloedarmoede|hemofilie|sikkelcel*|obesitas|morbide*|gebroken heup|gebroken been
|gebroken arm|gebroken pols|gebroken sleutelbeen|sleutelbeen gebroken|heup gebroken|pols gebroken
|been gebroken|enkel gebroken|botbreuk|kruisband*|meniscus*|whiplash|hielspoor|peesontsteking
|zenuwontsteking|ischias|evenwichtsstoornis|vermoeidheidssyndroom|chronische pijn
|chronische vermoeidheid|*ziekte|*stoornis|*stoornissen|*aandoening|*aandoeningen|*infectie
|*vergiftiging|*ontsteking|*itis|*fobie|*ectomie|*plegie|*sclerose|*neurose|*psychose
|*transplantatie|*verslaving|*trauma|*syndroom|*letsel|*blessure|*verlamming|*trombose|*embolie
|*koorts|*handicap|*afwijking|*gezwel|*prothese|beenbreuk|armbreuk|polsbreuk|heupbreuk|enkelbreuk
|ribbreuk|schedelbasisfractuur|*fractuur|mazelen|de bof|kinkhoest|difterie|tyfus|cholera|malaria
|ebola|lepra|polio|hondsdolheid|roodvonk|waterpokken|pokken|rodehond|schurft|aambei*|spatader*
|bronchitis|voedselvergiftiging|buikgriep|blindedarm*|liesbreuk|galblaas|hartkwaal|sepsis
|bloedvergiftiging|gangreen|oedeem|coma|delirium|hallucin*|amnesie|geheugenverlies|afasie|dyslexie
|dyslectisch|dyscalculie|slaapapneu|narcolepsie|slapeloosheid|neurose|neurotisch|paranoia
|paranoïde|waanbeelden|fobie|hysterie|doofheid|blindheid|geelzucht|abces|cyste|poliep|acne
|netelroos|jeuk|hooikoorts|hoofdluis|hartruis|klompvoet|open rug|schisis|lijdt aan|leed aan
|lijden aan|genezen van|patiënt bij|patient bij|behandeld voor|in behandeling voor|geneest van
|zenuwinzinking|inzinking|flauwte|maagklachten|maagbloeding|darmklachten|rugklachten|knieklachten
|nekklachten|hartklachten|longklachten|psychische klachten|vermoeidheidsklachten|klachten aan zijn
|klachten aan haar|lichamelijke klachten|invaliditeit|besnijdenis|sterilisatie|vasectomie|facelift
|liposuctie|plastische chirurgie|bloedtransfusie|orgaandonatie|chirurgie|castratie|dysenterie
|melaats*|miltvuur|hoogtevrees|scheurbuik|o benen|pleuritis|roosachtig|kleurenblind*
|netvliesloslating|psychopa*|aangeboren afwijking|oogoperatie|buikoperatie|schouderoperatie
|hersenoperatie|spoedoperatie|neusoperatie|borstoperatie
|gehandicapte zoon|gehandicapte dochter|gehandicapt kind|gehandicapte man|gehandicapte vrouw
|gehandicapte klant|slecht ter been|moeilijk ter been|loopt moeilijk|slecht lopen|moeilijk lopen
|hoort slecht|ziet slecht|slecht zien|slecht horen|niet meer lopen|kan niet lopen
""",
    Kind.UNION: """
vakbond|vakbonds*|vakbonden|vakvereniging|fnv|cnv|VCP|avv lid|kaderlid|bondslid|lid van de bond
|bondsbestuurder|bondsconsulent|bondscontributie|abvakabo|aob lid|nu 91|de unie lid|svb lid|ACV
|abvv|aclvb|vakbondsman|bondsafdeling|stakingskas|stakingsleider|stakingspost|vakcentrale
|vakbondswerk
""",
    Kind.BELIEF: """
moslim*|islamitisch*|islam|soennit*|sjiit*|sjiiet*|salafis*|imam|koran|ramadan|suikerfeest
|offerfeest|hadj|hoofddoek|boerka|nikab|halal|iftar|vrijdaggebed|bekeerd tot*|bekeerde zich
|christen|christenen|christelijk gelovig|praktiserend*|katholiek|rooms katholiek*|protestant*
|gereformeerd*|hervormd|hervormde|vrijgemaakt*|doopsgezind*|remonstrant*|luthers|lutheraan
|baptist*|pinkstergemeente|evangelisch*|orthodox|refo|reformatorisch*|zwaar gelovig|streng gelovig
|diep gelovig|gelovig|gelovige|getuige van jehova|jehova*|jehova's|mormo*|adventist*|kerkganger*
|kerklid|kerkelijk*|kerkenraad|ouderling|diaken|voorganger|godsdienst*|geloofsovertuiging
|geloofsgenoten|geloofsgemeenschap|bijbelkring|bijbelstudie|bijbelgroep|belijdenis*
|heilig* communie|eerste communie|vormsel|dooplid|zondagsrust|kerkdienst|kerkdiensten
|zondagsdienst|zondagse mis|joods|joodse|jood|joden|jodin|synagoge|sabbat|sjabbat|shabbat|rabbijn
|koosjer|kosjer|jom kippoer|pesach|chanoeka|bar mitswa|bat mitswa|hindoe*|boeddhis*|boeddhist
|sikh*|tempeldienst|divali|diwali|humanist|atheïst|atheist|atheïs*|agnost*|ongelovig|niet gelovig
|vrijmetselaar|scientolog*|paganis*|wicca|antroposoof|jezus leerling|lid van een kerk
|lid van de kerk|nonnenorde|kloosterling|vastenmaand|gebedstijd|gebedsruimte|gebedstijden|bisschop
|monnik|kapelaan|kardinaal van|zendeling|missionaris|mullah|ayatollah|derwisj|misdienaar|theoloog
|bekeerling|pelgrim|jezuïet|jezuiet|franciscaan|dominicaan|benedictijn|puritein|amish|mennoniet
|methodist|calvinist*|quaker|anglicaan*|soefi|druus|kopt|koptisch|jaïn|taoïst|rastafari*|bahai
|hare krishna|gelovigen|christin|aalmoezenier|priesterwijding|kloosterzuster|geestelijke
""",
    Kind.POLITICS: """
vvd|cda|pvda|groenlinks|pvv|d66|sgp|christenunie|FVD|forum voor democratie|partij voor de dieren
|ja21|50plus|bij1|boerburgerbeweging|nieuw sociaal contract|leefbaar rotterdam
|socialistische partij|vlaams belang|n va|nva|sp.a|open vld|pvdd|partij van de arbeid|raadslid
|gemeenteraadslid|statenlid|kamerlid|wethouder namens|fractievoorzitter|lijsttrekker|partijlid
|lid van een politieke partij|politieke partij|politieke voorkeur|politieke overtuiging
|politiek actief|kieslijst|verkiezingskandidaat|stemt links|stemt rechts|extreem rechts
|extreem links|rechts extremis*|neonazi*|nazi|communist*|marxist*|anarchist*|socialist|fascist*
|monarchist|republikein|extinction rebellion|activist|wappie|complotdenker|partijbureau
|jonge socialisten|jovd|dwars lid|partijcongres|linkse politi*|liberaal stemmer|trotskist|maoïst
|leninist|stalinist|bolsjewiek|separatist|nationaal socialist|sociaal democra*|sociaaldemocra*
|christen democra*|christendemocra*|populist*|extremist*|royalist|feminist*|milieuactivist
|krakersbeweging|neofascist|vakbondslinks
""",
    Kind.ORIENTATION: """
homo|homo's|homoseksu*|homostel|homofiel|homohuwelijk|lesbisch*|lesbienne*|biseksu*|biseksueel
|panseksu*|aseksu*|queer|lhbt*|lgbt*|transgender*|transseksu*|transvrouw|transman
|transitie van man naar vrouw|transitie van vrouw naar man|geslachtsverandering|geslachtsoperatie
|non binair|nonbinair|genderdysforie|uit de kast|op mannen valt|op vrouwen valt|valt op mannen
|valt op vrouwen|seksuele geaardheid|seksuele voorkeur|seksuele gerichtheid|heteroseksu*
|coming out|roze zaterdag|gay|gaypride|gay pride|coc lid|zijn echtgenoot en hij|haar echtgenote
|seksleven|swinger*|polyam*|prostitu*|sekswerk*|escortdame
""",
    Kind.ETHNICITY: """
van marokkaanse|van turkse|van surinaamse|van antilliaanse|van afrikaanse|van joodse|van indische
|van molukse|van chinese|van poolse|van syrische|van somalische|van irakese|van iraanse
|van afghaanse|van hindoestaanse|van creoolse|van koerdische|van kaapverdische
|van buitenlandse afkomst|van buitenlandse komaf|van niet westerse*
|niet westerse migratieachtergrond|migratieachtergrond|allochto*|etnische|etniciteit|etnisch
|zigeuner*|roma en sinti|woonwagenbewoner*|woonwagenkamp|donkere huidskleur|donkere huid
|huidskleur|zwarte man|zwarte vrouw|zwarte jongen|zwarte meneer|zwarte mevrouw|zwarte klant
|zwarte medewerk*|donkere man|donkere vrouw|donkere jongen|donkere meneer|blanke man|blanke vrouw
|blanke jongen|blanke klant|witte man van|getinte man|getinte vrouw|getinte jongen
|getint uiterlijk|lichtgetint|donkergetint|neger*|halfbloed|inheemse afkomst|dubbelbloed
|van gemengde afkomst|gemengd bloed|indo|molukker*|moluks|hindoestaan|hindoestaans|creool*|berber
|koerd|koerdisch|statushouder*|vluchteling uit|asielzoeker*|turkse afkomst|marokkaanse afkomst
|surinaamse afkomst|antilliaanse afkomst|indische afkomst|chinese afkomst|arabische afkomst
|afrikaanse afkomst
""",
    Kind.CRIMINAL: """
strafblad|strafrechtelijk*|strafzaak|strafdossier|veroordeeld|veroordeling*|gevangenisstraf
|celstraf|taakstraf|werkstraf|gedetineerd*|detentie|ex gedetineerde|voorarrest|hechtenis
|voorlopige hechtenis|enkelband|reclassering*|in de gevangenis|uit de gevangenis|in de bak
|in de cel|vastgezeten|vast gezeten|zat vast|achter de tralies|TBS|jeugdgevangenis|jeugddetentie
|halt straf|bureau halt|politierechter|strafrechter|officier van justitie|openbaar ministerie
|justitieel*|justitiële|verklaring omtrent gedrag|geen vog|vog geweigerd|gearresteerd
|aangehouden door de politie|is aangehouden|werd aangehouden|opgepakt|verdachte|verdacht van*
|wordt verdacht|als verdachte|winkeldief*|winkeldiefstal gepleegd|dief|heler|heling|oplichter
|oplichterij|fraudeur|crimineel|criminelen|crimineel verleden|zware jongen|drugsdealer
|drugshandel*|dealer van drugs|wietplantage|hennepkwekerij|witwassen|witwas*|zedendelinquent*
|zedenzaak|zedendelict*|pedofiel|aanrander|verkrachter|verkrachting|stalker|geweldpleger
|huiselijk geweld|mishandeling|mishandeld door hem|inbreker|moordenaar|doodslag|bendelid
|identiteitsfraude gepleegd|vervalst paspoort|valse aangifte|contactverbod|straatverbod
|gebiedsverbod|winkelverbod|rijontzegging|rijverbod|rijden onder invloed|dronken achter het stuur
|voortvluchtig|misdrijf|misdrijven|delict gepleegd|strafbaar feit|strafbare feiten|proeftijd van
|voorwaardelijk vrij|voorwaardelijke straf|schadevergoeding aan slachtoffer|proces verbaal tegen
|beschuldigd van|beschuldigt van|aangeklaagd|aanklacht tegen|gepakt voor|gepakt wegens
|gestraft voor|schuldig aan|moord|seriemoordenaar|huurmoordenaar|bandiet|gangster|maffia*
|brandstichter|brandstichting|chanteur|chantage gepleegd|vervalser|valsmunter|zwendelaar|afperser
|ontvoerder|kaper|smokkelaar|smokkel*|stroper|plunderaar|zakkenroller|rover|roofoverval*
|overvaller|pooier|aanranding|terrorist*|landverrader|oorlogsmisdadiger|gevangene|bajesklant
|medeplichtig*|vandaal|hooligan|misdadiger|boef|delinquent|verduistering van geld|landverraad
|meineed|bigamie|kidnapping|ontvoering|incest|volkerenmoord|belastingontduiking|afpersing|omkoping
|corruptie|kinderporno|kindermisbruik|mensenhandel|vrouwenhandel|winkeldiefstal|inbraken gepleegd
|kraker|cybercrimineel|kruimeldief|draaideurcrimineel|heling van
""",
}

WEAK: dict[Kind, str] = {
    Kind.HEALTH: """
ziek|ziekte|zieke|operatie|opereren|medicijn*|tabletten|kuur|therapie|fysiotherap*|fysio|huisarts
|dokter|specialist|chirurg|blessure*|pijn|rugklachten|rugpijn|kniepijn|knieklachten|nekklachten
|nekpijn|schouderklachten|hoofdpijn|handicap|beperking|rollator|scootmobiel|krukken|in het gips
|gips|rug|prothese|hartklachten|longen|hart|nieren|lever|darmen|duizelig|flauwgevallen|vermoeid
|herstellende|herstel|aandoening*|klachten aan|diagnose|onderzoek in het|allergie*|intolerant*
|verslaafd|verslaving|ontwenning|onder behandeling|behandeling|opgenomen|opname|spoedeisende|ggd
|vaccin*|ingeent|besmet|corona|covid|quarantaine|griep|koorts|infectie|ontsteking|versleten
|kapotte knie|bevalling|bevallen|borstvoeding|wao|wia|uitslag|scan|mri|biopsie|mantelzorg*
|thuiszorg|wijkverpleg*|verzorgingshuis|verpleeghuis|hulpmiddel|slaapproblemen|stress|angsten
|angstig|trauma|mentaal|gewichtsverlies|overgewicht|hartslag|bloeddruk|suiker|MS|ALS|verkouden
|kwaal|gebrek|patiënt|patient|invalide|zwakzinnig|bleek|misselijk|braken|diarree|obstipatie
|bloeding|wond|zweer|kramp|breuk|hechtingen|narcose|ingreep|implantaat|gezwel|vergiftigd
|verwonding|gewond
""",
    Kind.UNION: "bond|de bond|staken|staking|cao actie|stakers|ondernemingsraad",
    Kind.BELIEF: """
bidden|gebed|pastoor|dominee|priester|predikant|dopen|gedoopt|doop|bijbel|preek|geloof|religie
|religieus*|god|allah|jezus|biecht|vasten|bedevaart|parochie|gemeentelid|zondag rust|bekeerd
|spiritueel|ketter|heiden|apostel|profeet|heilige|kluizenaar|abt|pastor|theologie|goeroe|sekte
|sektelid|gelovig|vroom|vrome|zondaar|koster|pastorale|geestelijk leider|vrijdenker|spiritist
|druïde
""",
    Kind.POLITICS: """
stemt|stemde op|fractie|partijgenoten|flyeren|demonstreren|demonstratie|campagne voeren
|verkiezingen|conservatief|liberaal|links georienteerd
""",
    Kind.ORIENTATION: "geaardheid|trans|genderneutraal|pride|twee moeders|twee vaders",
    Kind.ETHNICITY: "afkomst|komaf|roots|huidskleur|donkere|getinte|getint|ras|roma|sinti",
    Kind.CRIMINAL: """
gevangenis|justitie|gezeten|rechtbank|rechtszaak|zitting|aangifte tegen|advocaat strafrecht
|inbraak gepleegd|gestolen heeft|drugs|dagvaarding|overval|inbraak|diefstal gepleegd
|fraude gepleegd|schurk|misdaad|overtreding|delict|schuldig|gestolen waar|vandalisme|hacker
""",
}

TIED: dict[Kind, str] = {
    Kind.UNION: "bond|bonden|contributie|staking|staken|staakt|stakende|actiebereid",
    Kind.BELIEF: """
kerk|moskee|tempel|parochie|gemeente|koor|dominee|pastoor|god|klooster|synagoge|non|pater|lama
""",
    Kind.POLITICS: """
sp|volt|denk|nsc|bbb|cu|partij|linkse|rechtse|links|rechts|groenen|liberalen|fractie|verkiezingen
|campagne|radicaal|radicalen|progressief|nationalist*|revolutionair|conservatief|liberaal
|reactionair|pacifist|linksdragend
""",
    Kind.ORIENTATION: "zijn man|haar vrouw|zijn vriend|haar vriendin|roze|regenboog*",
    Kind.ETHNICITY: """
marokkaan*|surina*|antilliaan*|arubaan*|afrikaan*|somali*|eritre*|ethiop*|ghane*|nigeria*|irak*
|iraan*|iranier|afgha*|pakista*|indiaas*|indische*|indonesi*|chinees*|chinese|chinezen|vietnam*|roemeen*
|bulga*|bulgaar*|joegoslav*|bosni*|arabi*|kaapverd*|congole*|molukse|hindoestaanse|creoolse
|aziatisch*|latijns*|zuid amerikaan*|oost europe*|roma|sinti|joodse|algerij*|angole*|egypt*
|keniaan*|keniaans*|tunesi*|soedan*|senegal*|kameroen*|liberia*|rwandees|ugandees|zulu|hutu|tutsi
|berber|japan*|japanner|korea*|thai*|birmaan*|cambodj*|maleis*|filipijn*|mongool|mongools*|nepal*
|tibet*|tamil*|punjabi|bengaal*|oezbe*|kazach*|armeen*|armeni*|georgi*|libane*|jordaan*|saoedi*
|jemen*|palestijn*|israëli*|bedoeïen|perzisch*|tataar|creool|mulat*|mesties*|eskimo|inuit|maori
|papoea|indiaan|indianen|arabier|jood|afrikaan|aziaat|turk|marokkaan|surinamer|surinaamse
|antilliaan|chinees|indonesiër|indiër|pakistaan|syriër|somaliër|irakees|iraniër|ghanees|nigeriaan
|eritreeër|ethiopiër|syrisch*|syrië*|syriër*|turks*|turken
""",
    Kind.CRIMINAL: """
diefstal|fraude|oplichting|geweld|inbraak|drugs|moord|bedreiging|vernieling|afpersing|heling
|mishandel*|gestolen|stelen|wapenbezit|valsheid|delict|roof|bende
""",
    Kind.HEALTH: "ziekenhuis|blind|doof|mank|kreupel|rolstoel|drank|ambulance",
}

CUES: dict[Kind, str] = {
    Kind.UNION: """
lid|leden|kader|aangesloten|afdeling|betaalt|betaal|betalen|actie|collega|collega's|cao|werknemers
|bestuur
""",
    Kind.BELIEF: """
lid|naar|elke|iedere|zondag|zondags|vrijdag|zingt|actief|behoort|ouderling|dopen|bidden|bidt|gaat
|ga|gaan|geloof
""",
    Kind.POLITICS: """
stemt|stem|stemmen|stemde|lid|raadslid|kandidaat|bestuurslid|wethouder|voorzitter|actief|aanhang*
|afdeling|politiek*|flyer*|lijst|kies*
""",
    Kind.ORIENTATION: "getrouwd|samen|trouwen|relatie|trouwden|huwelijk|verliefd|stel",
    Kind.ETHNICITY: (
        "afkomst|komaf|achtergrond|bloed|roots|etni*|uiterlijk|geboren|nationaliteit"
        "|gemeenschap|origine|huid|huidskleur"
    ),
    Kind.CRIMINAL: """
betrapt|veroordeeld|verdacht|verdachte|wegens|schuldig|gepakt|gepleegd|pleegde|bekend|bekende
|opgepakt|aangehouden|straf|vervolgd|dader|beschuldigd|antecedenten
""",
    Kind.HEALTH: """
ligt|lag|opgenomen|opname|moest|ontslagen|onderzoek|behandeld|controle|zit|zat|gebruikt
|afhankelijk|geworden|probleem|problemen|meegenomen|afgevoerd
""",
}

# Nouns that, right behind a people's name, make it somebody's.
PEOPLE = (
    "man|vrouw|mannen|vrouwen|jongen|jongens|meisje|meneer|mevrouw|heer|dame|gezin|"
    "familie|ouders|klant|klanten|stel|echtpaar|moeder|vader|medewerker|buurman"
)

PERSONS = """
ik|mij|me|mijn|m'n|wij|we|ons|onze|hij|hem|zijn|z'n|zij|ze|haar|hun|klant|klanten|meneer|mevrouw
|dhr|mevr|heer|dame|man|vrouw|zoon|dochter|zoontje|dochtertje|kind|kinderen|vader|moeder|opa|oma
|broer|zus|partner|echtgenoot|echtgenote|vriend|vriendin|collega|buurman|buurvrouw|familie|patient
|patiënt|persoon|jongen|meisje|medewerker|monteur|schoonmoeder|schoonvader|kleinzoon|kleindochter
|ouders
"""

NEGATIONS = "geen|nooit|zonder|niet|noch|vrij"

QUIET = (
    # Places, streets and firms that are called after them.
    r"\b[\w'-]*(?:kerk|moskee|klooster|tempel|ziekenhuis|hospitaal|gasthuis|bijbel|pastorie"
    r"|jode?n|moslim|doctors?|dokters?|gevangen\w*)"
    r"(?:straat|plein|laan|weg|pad|hof|gracht|steeg|dijk|singel|kade|baan|park|brug|breestraat|"
    r"allee|dreef)\b",
    r"\b(?:naast|bij|achter|tegenover|voor|voorbij|langs|rond|nabij|richting|in de buurt van"
    r"|om de hoek van|ter hoogte van)\s+(?:de|het|een|die|onze)?\s*"
    r"(?:\w+\s)?(?:kerk|moskee|synagoge|tempel|ziekenhuis|gevangenis|rechtbank|huisarts|"
    r"apotheek|kliniek|klooster|partijbureau)\b",
    r"\b(?:receptie|afleveren|bezorgen|leveren|levering|bezorgadres|parkeerplaats|ingang|"
    r"achterdeur|magazijn)\b[^.\n]{0,25}\b(?:ziekenhuis|kliniek|hospice|ggz|ggd|rechtbank|"
    r"gevangenis|synagoge|moskee|kerk|apotheek|verpleeghuis|verzorgingshuis)\b",
    r"\b(?:stichting|museum|restaurant|café|bakkerij|slagerij|hotel|camping|winkel|basisschool|"
    r"school|college|sportclub|vereniging|koor|gemeente|klantengroep)\s+(?:de|het|den|st\.?|"
    r"sint)?\s*[A-Z][\w-]+",
    r"\b(?:sint|st\.?)\s[\w-]*kerk\b|\bzwarte cross\b|\bzwarte piet\b|\brode kruis\b|"
    r"\bleger des heils\b|\bgoede vrijdag\b|\bwitte donderdag\b",
    # Wishes and ways of speaking.
    r"\bgezondheid\s*!|\bop (?:je|uw|jullie) gezondheid\b|\bin goede gezondheid\b|"
    r"\bgezond en wel\b|\bblijf gezond\b|\bbeste wensen\b|\bbeterschap\b",
    r"\b(?:o mijn|mijn|oh|och|in|om|goeie)\s+(?:god|hemel|jezus)\w*\b|\bgod ?(?:zij dank|"
    r"verdomme|samme)\w*|\bjezus(?: christus)?\s*[!,]",
    r"\bziek(?:elijk)?\s+(?:goed|mooi|vet|snel|duur|hard|lekker|irritant)\w*|\bdat is ziek\b|"
    r"\bziekelijk\b",
    r"\bverslaafd (?:aan|geraakt aan) (?:\w+ )?(?:fiets\w*|mountainbik\w*|wielren\w*|sport\w*|"
    r"koffie|chocola\w*|jullie|deze|dit|het merk|toeren|gravel\w*)",
    r"\b(?:kanker|tyfus|tering|pest|kolere)\s?-?(?:zooi|slecht\w*|fiets|bedrijf|winkel|ding|"
    r"duur|lang\w*|hond|lijer)\b|\bkrijg (?:de|toch de)? ?(?:\w+)\b",
    r"\b(?:autistische|depressieve|schizofrene|hysterische|blinde|dove|dode|zieke|manke|"
    r"zwangere)\s+(?:hoek|muur|vlek|site|website|app|versnelling\w*|ketting|fiets|band|kleur\w*|"
    r"letters?|punt|rem\w*|lijn|darm|bocht|passagier|prijs|prijzen|grap\w*|verf|spiegel)\b",
    r"\bhartelijk\w*|\bhart (?:onder de riem|voor)\b|\b(?:van|uit) harte\b|\bmet hart en ziel\b|"
    r"\bhartje\w*|\bop (?:mijn|zijn|haar) hart\b",
    r"\bpijn (?:in|aan) (?:de|mijn) portemonnee\b|\bdat doet pijn\b|\bpijnpunt\w*|\bpijnlijk\w*|"
    r"\bachter de rug\b|\brugzak\w*|\brugtas\w*|\brug(?:steun|leuning|protector|drager)\w*",
    r"\b(?:zadel|stuur|helm|schoen\w*|trapper\w*|pedal\w*)[^.\n]{0,40}\bpijn\b|"
    r"\bpijn\b[^.\n]{0,30}\b(?:zadel|zitvlak|stuur|helm)\b",
    # Trade words.
    r"\b(?:een|de|deze|die|hele|nieuwe|grote|rest|laatste)\s+partij\s+(?:van\b|fietsen|zadels|"
    r"banden|helmen|sloten|onderdelen|goederen|tassen)|\bderde partij(?:en)?\b|\bfeestpartij\w*|"
    r"\bpartij(?:handel|prijs|korting)\w*",
    r"\b(?:links(?<! ben links)(?<! is links)(?<!stemt links)(?<!heel links)|"
    r"rechts(?<! ben rechts)(?<! is rechts)(?<!stemt rechts)(?<!heel rechts))"
    r"(?:af|om|voor|achter|boven|onder)?\b(?!\s*(?:extrem|georien|stem|poli|"
    r"partij))|\blinker\w*|\brechter(?:kant|hand|zijde|pedaal|been|rem|crank|arm|schoen)\w*",
    r"\bstem(?:men|t|de)? (?:\w+ ){0,3}(?:af|in met|mee in)\b|\b(?:overeen|toe|af|in)stem\w*|"
    r"\b(?:een|graag|liever)\b[^.\n]{0,20}\bafstem\w*|\bik stem liever\b",
    r"\b(?:allergisch|allergie) (?:voor|tegen) (?:\w+ )?(?:slechte|wachten|wachtrijen|spam|"
    r"reclame|onzin|bellers)\w*",
    r"\bmedische (?:bakfiets|hulpmiddelen|winkel)\b|\bdrug ?store\w*|"
    r"\bde spierziekte-?collecte\b|\b(?:fiets\w*|rem\w*|accu|ketting|motor|frame|band\w*|"
    r"versnelling\w*)\s+(?:is|was|lijkt)\s+(?:\w+ )?(?:ziek|overleden|dood|blind|doof|verlamd|"
    r"depressief|versleten)\b",
    r"\bhart(?:slag|slagmeter|slagband|slagmonitor|slagsensor)\w*|\bbloeddrukmeter\w*|"
    r"\bverbanddoos\w*|\behbo[\w-]*|\bpijnstiller voor de portemonnee\b",
    r"\b(?:versleten|gebroken|gescheurd\w*)\s+(?:band\w*|ketting\w*|remblok\w*|spaak\w*|spaken|"
    r"crank\w*|trapas\w*|lager\w*|frame\w*|zadel\w*|kabel\w*|tandwiel\w*|velg\w*)",
    r"\bturkse? (?:pizza|versie|handleiding|taal|tekst|lira|thee|koffie|brood|vertaling|markt)"
    r"\b|\b(?:chinees|chinese|poolse|indische|marokkaanse|turkse|italiaanse)\s+(?:versie|"
    r"handleiding|taal|tekst|restaurant|fabrikant|fabriek|leverancier|maaltijd|namaak|muur|thee|"
    r"import|webshop|site|keuken|merk\w*|producent\w*|klantenservice)\b",
    r"\b(?:accu|batterij|kabel|alarm)-?(?:dief\w*|zelfmoord)\b|\bals (?:een|of ik een) (?:dief|"
    r"crimineel|inbreker|boef)\b|\balsof ik (?:een )?(?:dief|crimineel|inbreker|fraudeur|"
    r"oplichter)\b",
    r"\b(?:dief|diefstal|inbraak|fraude|inbrekers?|dieven|helers?)(?:preventie|verzekering|"
    r"alarm|beveiliging|gevoelig\w*|bestendig|slot|stop)\w*|\b(?:tegen|bij|na|van) (?:fiets)"
    r"?diefstal\b|\bdieven\b|\bdiefstalverzekering\w*|\bdiefstal van (?:mijn|de|zijn|haar|onze)"
    r"\b",
    r"\b(?:mijn|onze|de|haar|zijn|een)\s+(?:\w+\s)?(?:e-?bike|fiets\w*|accu|tas|wiel|voorwiel|"
    r"achterwiel)\s+(?:is|was|werd|zijn)\s+(?:\w+ )?gestolen\b",
    r"\b(?:zwarte?|witte?|blanke?|getinte?|donkere?)\s+(?:\w+ )?(?:fiets\w*|frame\w*|zadel\w*|"
    r"tas\w*|helm\w*|lak|kleur\w*|grips?|band\w*|bel|mand\w*|jas\w*|glas|glazen|ruit\w*|hout|"
    r"velg\w*|stuur|spatbord\w*|bakfiets|achtergrond|vrijdag|markt|lijst|cijfers)\b",
    r"\bvast(?:e|er|leggen|gelegd|maken|gemaakt|zetten|zit|zitten|loopt|lopen|draaien|goed|"
    r"staan|stellen|houden|geklikt|gezet)\b|\balvast\b",
    r"\b(?:god|god's|goddelijk\w*)\b(?=[^.\n]{0,10}service)|\bservice is goddelijk\b|"
    r"\bkerst(?:mis|pakket|gift|kaart|actie|markt|boom|dagen)?\w*|\bpaas\w*|\bpasen\b|"
    r"\bpinksteren\b|\bhemelvaart\w*|\bsinterklaas\w*",
    r"\bdank\w* (?:voor|aan) [^.\n]{0,20}\bgoede zorg\w*|\bgoede zorgen\b|\bverzorgd\w*|"
    r"\bzorg ervoor\b",
    r"\bco[öo]peratie\w*|\bkinderziekte\w*|\bzonder (?:problemen|klachten)\b|\b(?:naaf|motor|"
    r"accu|rem|lamp|kop|achter)\w*ontsteking\b|\bgeen klachten\b",
    r"\b[1-9]\d{3}\s?[A-Z]{2}\b",
    r"\bheet(?:en)? (?:de|het) [A-Z]\w*|\bheilige? huisjes?\b|\bbijbel (?:voor|van de) \w+\b|"
    r"\bpost op\b|\bgemeente(?:huis|lijk\w*|werf|loket|belasting\w*)\b",
    r"\bcrimineel (?:hoog|duur|lang|laag|goed|goedkoop)\w*|\bziek van\b|\bmisdadig\w*",
)
