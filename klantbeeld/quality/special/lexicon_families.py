"""Families of words that are made alike in both languages: endings of illnesses and operations,
stems of medicines, creeds, movements, unions, crimes. The same shape as `lexicon_nl`.

Medicines by the stems that the WHO gives to international nonproprietary names (The use of stems
in the selection of INN, "Stem Book"); crimes by the headings of the Dutch and English penal codes.
EXCEPT are words that end alike and mean something else.
"""

from __future__ import annotations

from klantbeeld.quality.special.kinds import Kind

_BODY_NL = """
hoofd nek rug schouder arm elleboog pols hand vinger borst hart long maag buik darm lever nier
blaas heup knie been enkel voet teen oog oor keel kaak tand kies huid gewricht gewrichts spier
zenuw hersen prostaat baarmoeder eierstok gal milt schildklier alvleesklier slokdarm bekken wervel
slagader bil onderbeen bovenbeen dijbeen sleutelbeen rib schedel lies navel neus hiel pees duim
mond stem bloedvat
"""
_OF_BODY_NL = (
    "pijn klachten operatie breuk kwetsuur kwaal aandoening kneuzing verzwikking problemen"
)
_BODY_EN = """
head neck back shoulder arm elbow wrist hand finger chest breast heart lung stomach bowel liver
kidney bladder hip knee leg ankle foot toe eye ear throat jaw tooth skin joint muscle nerve brain
prostate womb ovarian spinal spine thyroid pancreatic colon rectal skull rib bone blood
"""
_OF_BODY_EN = "surgery operation disease disorder trouble problems injury infection failure"

STRONG: dict[Kind, str] = {
    Kind.HEALTH: """
*osis|*iasis|*oma|*aemia|*emia|*pathy|*algia|*otomy|*ostomy|*ectomy|*plasty|*plegia|*paresis
|*phobia|*mania|*phrenia|*rrhage|*rrhoea|*megaly|*asthenia|*kinesia|*lexia|*thymia|*trophy|*penia
|*haemorrhage|*deficiency|*sickness|sickness|*pox|*fever|headache|toothache|backache|earache
|stomachache|bellyache|heartburn|indigestion|diarrhoea|constipat*|concuss*|contus*|fractur*|sprains
|dislocat*|paralyt*|spastic*|comatose|febrile|feverish|contagious|infectious|terminally|*carcinoom
|*sarcoom|*lymfoom|*myeloom|*adenoom|*melanoom|*blastoom|*glioom|*fibroom|*hematoom|*angioom
|*lipoom|*myoom|*granuloom|*glaucoom|*artrose|*fibrose|*cirrose|*necrose|*stenose|*tuberculose
|*porose|*scoliose|*kyfose|*lordose|*acidose|*mycose|*dermatose|*silicose|*asbestose|*coïdose
|*plasmose|*borreliose|*listeriose|*mellose|*triose|*spondylose|*nefrose|*glycemie|*lipidemie
|*uremie|*leukemie|*anemie|*pathie|*algie|*tomie|*stomie|*parese|*manie|*frenie|*lexie|*thymie
|*trofie|*megalie|*penie|*asthenie|*fasie|*praxie|*sufficiëntie|*deficiëntie|*insufficientie
|*plasie|*urie|*orroe|*depressie|*depressies|*dementie|*kwaal|*zweer|*griep|*verkoudheid|*kanker
|*tumor|*tumoren|*ziekten|*ziektes|*kinkhoest|*stuip|*stuipen|*toeval|*gebrek aan vitamine
|vitaminegebrek|*zenuwpijn|*gordelroos|builenpest|tering|koudvuur|waterhoofd|hazenlip|horrelvoet
|bochel|mongool|mongooltje|achterlijk kind|krankzinnig*|zwakzinnig*|geestesziek*|zielsziek*
|zenuwziek*|zenuwpatiënt|hypochonder|hypochondrie|melancholie|waanzin|waanzinnig|achtervolgingswaan
|grootheidswaan|kleptoman*|pyroman*|nymfoman*|alcoholisme|drankzucht|morfinist|drugsverslaafde
|junkie|heroïneverslaafde|dyslect*|stotter*|lispel*|bedwateren|bedplassen|slaapwandel*|hartkwaal
|hartklopping*|kortademig*|benauwdheid|aderverkalking|hernia|breukband|misgeboorte|tangverlossing
|*implantatie|*implantaat|*resectie|*scopie|*biopsie|*punctie|*amputatie|*chirurgie|*chirurg
|*plastiek|bestraling|narcose|verdoving|anesthesie|aderlating|hechten|kijkoperatie|openhartoperatie
|donorhart|pacemaker|kunstgebit|kunstbeen|kunstarm|glazen oog|ziekbed|ziekenboeg|ziekenzaal
|bedlegerig|patiënte|patiënten dossier|lijder|lijdster|*lijder|*patiënt|*patient|*patiënte|*zieke
|geestelijk gehandicapt*|*gehandicapt|*gehandicapte|mindervalide|minder valide|doofstomme
|blinde vrouw|blinde man|slechtziende|slechthorende|kreupele|lamme|hemofiliepatiënt|bloeder
|bloeddruk te hoog|hiv besmet|seropositief|soa test|druiper|sjanker|platjes|candida
|schimmelinfectie|voetschimmel|wormen gehad|lintworm|hersenschimmen|rsi|cts|carpaal*|ruggenmerg*
|ruggenprik|hersenvlies*|netelkoorts|zonnesteek|hitteberoerte|bevriezing|brandwond*|brandwonden
|bijtwond|slangenbeet|tekenbeet|kneuzing|verstuik*|verzwik*|ontwricht*|spierscheuring
|gescheurde meniscus|gescheurde pees|achillespees*|tenniselleboog|muisarm|golfarm|hallux|likdoorn*
|eksteroog|steenpuist*|puisten|wratten|wratjes|moedervlek*|levervlek*|sproetkanker|couveuse
|hospitalis*|ziekenhuisbacterie|mrsa|norovirus|rotavirus|salmonella|listeria|legionella
|legionnaires|ehec|q koorts|vogelgriep|varkensgriep|gekkekoeienziekte|creutzfeldt*|huntington*
|hodgkin|pfeiffer|raynaud|guillain|tourette|klinefelter|turner syndroom|marfan|ehlers*|addison
|cushing|graves disease|hashimoto|sjögren|wegener|bechterew|dupuytren|meniere|ménière
|wilson disease|tay sachs|gehrig*|lou gehrig|hansen disease|mad cow|*sartan|*pril|*prilat|*prilaat
|*statine|*statin|*olol|*azepam|*azolam|*zolam|*zepam|*oxetine|*triptyline|*triptiline|*ipramine
|*prazol|*prazole|*cilline|*cillin|*mycine|*mycin|*floxacine|*floxacin|*cycline|*dipine|*gliptine
|*gliptin|*gliflozine|*gliflozin|*glutide|*heparine|*heparin|*parine|*xaban|*gatran|*dogrel|*grelor
|*umab|*ximab|*tuximab|*lizumab|*tinib|*ciclib|*ciclovir|*navir|*tegravir|*buvir|*asvir|*amivir
|*fovir|*conazol|*conazole|*caïne|*caine|*fenac|*profen|*coxib|*zosine|*zosin|*meterol|*buterol
|*buterol|*methason|*metason|*methasone|*metasone|*solon|*solone|*sonide|*cortison|*cortisone
|*tidine|*setron|*peridol|*peridon|*peridone|*zapine|*tiapine|*azepine|*semide|*thiazide|*barbital
|*ocodon|*ocodone|*morfine|*morphine|*fentanil|*fentanyl|*triptan|*lukast|*platine|*platin
|*rubicine|*rubicin|*taxel|*trexaat|*trexate|*prorelin|*poëtine|*poetin|*stigmine|*nafil|*dalafil
|*asteride|*mantine|*racetam|*gabaline|*gabalin|*ratadine|*kinra|*tropine|*formine|*formin
|*glitazon|*glitazone|*ketamine|*fylline|*phylline|*amfetamine|*amphetamine|*fenidaat|*phenidate
|*citalopram|*faxine|*traline|*mirtazapine|*spirone|*lamide|*zolamide|*sulfon|*oxacine|*mustine
|*fosfamide|*phosphamide|*dronaat|*dronate|*dronic|*thyroxine|*oestradiol|*estradiol|*gestrel
|*progesteron|*progesterone|*testosteron|*testosterone|*coumarol|*coumon|acenocoumarol|marcoumar
|warfarine|warfarin|insuline|insulin|lithium|digoxine|digoxin|colchicine|allopurinol|methotrexaat
|naloxon|naltrexon|disulfiram|antabus|refusal pill|ventolin|salbutamol|temazepam|diazepam|valium
|xanax|seroxat|concerta|ritalin|viagra|cialis|lariam|humira|enbrel|ozempic|wegovy|mounjaro
|tamoxifen|cisplatin|thuismedicatie|antipsychotic*|antibiotic*|antibiotica|bètablokker*
|betablokker*|beta blocker*|antihistamin*|plaspil*|maagzuurremmer*|ontstekingsremmer*
|cholesterolremmer*|slaappil*|slaapmiddel*|antistolling*|puffer|puffers|inhaler|epipen|insulinepomp
|sondevoeding|infuus|katheter|catheter|stomazakje|beademing*|zuurstoftank
""",
    Kind.UNION: """
FNV|CNV|VCP|VVMC|ACOP|ANPV|AFMP|VBM|NVJ|kunstenbond|LBC|FGTB|DGB|ig metall|USDAW|RMT|ASLEF|NASUWT
|UNISON|RCN|UCU|CWU|FBU|TSSA|SEIU|AFSCME|UFCW|IBEW|AFL|CIO|UAW|AFT|USW|united auto workers
|united mine workers|industrial workers of the world|wobblies|wobbly|trade unionis*|unionis*
|vakbeweging|vakbeweging*|vakbondsafgevaardigde|vakbondslid|vakbondsleden|vakbondsbestuurder
|*vakbond|syndicaat|syndicalist*|politiebond|onderwijsbond|bouwbond|vervoersbond|industriebond
|ambtenarenbond|metaalbond|mijnwerkersbond|journalistenbond|zeeliedenbond|officierenbond
|militairenbond|ouderenbond fnv|craft union|company union|industrial union|labor movement
|labour movement|labor organization|labour organisation|union card|union shop|closed shop
|union meeting|union contract|picketing|picketer*|strikebreaker*|stakingsbreker*|stakende
|wildcat strike|wilde staking|collective bargaining|strike ballot|strike committee|stakingscomité
|stakingscomite|bondsraad|bondsbestuur|bondslidmaatschap|bondskaart
""",
    Kind.BELIEF: """
norbertijn*|augustijn*|cisterciënz*|cistercian*|karmeliet*|clarissen|ursulin*|redemptorist*
|salesiaan*|salesian*|kapucijn*|capuchin*|begijn*|beguine*|hersteld hervormd*|oud katholiek*
|old catholic*|grieks orthodox*|russisch orthodox*|greek orthodox*|russian orthodox*|uniate*
|melkite*|maroniet*|chaldee*|ahmadi*|alevi*|alevit*|ismaili*|ismaël*|wahhab*|wahab*|soenna|sunnah
|sharia|fatwa|jihadi*|dervish*|chassid*|hasid*|chasid*|talmoed|talmud|thora|torah|mikwe|kabbala*
|tefillin|keppel|keppeltje|yarmulke|kippa|brahmaan|vaishnav*|krishna|shaiv*|theravada|mahayana|jain
|jains|jainis*|zoroas*|confucian*|confucia*|animist*|animisme|voodoo*|sjaman*|shaman*|spiritis*
|theosof*|theosoph*|gnostic*|gnostiek*|deïst*|theïst*|theist*|deist|deism|secularist*|vrijdenk*
|freethink*|universalist*|nazarene*|moravian*|hernhut*|hutterit*|hutterer|waldens*|cathar|kathaar
|katharen|hussiet|hussite|christadelph*|swedenborg*|brethren|congregationalis*|episcopalian*
|episcopal*|charismatic*|oecumen*|ecumenic*|pentecost*|pinksterge*|ordained|sacrament*|eucharist*
|rozenkrans*|rosary|catechis*|catechese|catechum*|evangelist*|evangelis*|apostol*|pelgrims*
|bedevaart*|pilgrimag*|prelaat|prelate|archdeacon*|aartsbisschop|aartsdiaken|vicaris|kanunnik|abdis
|abdij|patriarch|metropoliet|muezzin|mufti|moefti|ulama|oelema|hafiz|sadhu|fakir|fakier|rinpoche
|pandit|cantor|catecheet|pausgezind*|papist*|paaps|jezuïet*|opus dei|maria verering|heilige maagd
|ongelovige*|geloofsafval*|afvallige|apostate|apostates|blasphem*|godloochen*|goddeloos|godless
|unreligious|irreligious|nonreligious|nihilis*|satanis*|heks|heksen kring|occult*|esoter*|new age
|born again*|saved by jesus|wedergeboren|herboren christen|kerkgenoot*|kerkganger*|kerkgang
|geloofs*|godsdienst*|predikant*|hulpprediker|lekenprediker|lay reader|layman|lay preacher
|sunday school|zondagsschool|bible belt|biblebelt|tract society|gideon|zevendedags*|seventh day*
|wachttoren|koninkrijkszaal|kingdom hall|moskeebezoek*|kerkbezoek*|moskeelid
|moskeebestuur|hadji|hajji|hadjj|haddj|bekering|religious convert|proselyt*|neophyte|novitiaat
|nonnetje|kloosterbroeder|zuster overste|moeder overste|monastic*|anchorit*|hermit monk|trappist*
|abbé|curé
""",
    Kind.POLITICS: """
socialist*|socialism*|socialisme|communis*|marxis*|lenini*|stalinis*|trotsk*|maois*|anarch*|fascis*
|nazis*|nationaalsocialis*|neonazi*|falangis*|francoïs*|libertar*|populis*|separatis*|secession*
|monarchis*|royalis*|republican*|republikein*|zionis*|antisemit*|anti semit*|islamist*|extremis*
|collectivis*|syndicalis*|federalis*|abolition*|suffrag*|pacifis*|feminis*|environmentalis*
|imperialis*|colonialis*|internationalis*|bolsje*|bolshev*|menshev*|mensjew*|jacobijn*|jacobin*
|girondi*|castrist*|castroit*|titoist*|guevarist*|hezbollah|hamas|taliban|sandinist*|zapatist*
|guerrilla*|guerilla*|dissident*|agitator|opstandeling*|insurrection*|oproerkraaier|staatsvijand
|putschist*|contrarevolution*|counterrevolution*|revolutionair*|revolutionist*|ultraconserv*
|ultrarechts*|ultralinks*|archconservative|hardliner*|neocon*|neoliberaal|neoliberal|right winger
|left winger|rightwing*|leftwing*|rechtsextrem*|linksextrem*|rechtsradicaal|linksradicaal|alt right
|white nationalis*|supremacis*|skinhead*|klansman|john birch*|bircher|orangem*|sinn féin|fenian
|piratenpartij|libertaire partij|bvnl|belang van nederland|nida|ouderenpartij|dierenpartij
|boerenpartij|anti revolutionair*|christelijk historisch*|groen links|groenlinkser|d66'er|vvd'er
|cda'er|pvda'er|sp'er|pvv'er|sgp'er|pvdaer|cdu|csu|SPD|AFD|FDP|die linke|bündnis|grünen|PTB|CDV
|front national|rassemblement national|insoumis*|en marche|SDP|DUP|SDLP|BNP|english defence league
|tea party|proud boys|constitution party|american party|farmer labor|know nothing*|bull moose
|dixiecrat*|new dealer|democratenpartij|volkspartij|arbeiderspartij|boerenbeweging|senator
|congressman|congresswoman|parliamentarian|volksvertegenwoordiger|europarlementariër|gedeputeerde
|fractielid|partijvoorzitter|partijbestuur|partijkader|kandidaat raadslid|gemeenteraadslid
|statenfractie|partijafdeling|verkiezingslijst|political activist|party activist|party worker
|party leader|party line|party man|fellow traveler|fellow traveller|politburo|provo
|krakersactie|klimaatactivist*|dierenactivist*|boerenactie|anti vaxx*|antivaxx*|viruswaanzin
""",
    Kind.ORIENTATION: """
*seksueel|*seksuele|*seksualiteit|*sexual|*sexuality|*sexuals|sodomiet|sodomit*|transvesti*
|travestie*|crossdress*|drag queen*|dragqueen*|ladyboy|tribad*|sapph*|hermafrod*|hermaphrod*
|intersek*|intersex*|androgyn*|genderfluïde|genderfluid|genderqueer|cisgender*|aromant*|demiseks*
|sadomaso*|bdsm|fetisj*|fetish*|pederas*|pederast*|homofil*|homophil*|homoërot*|homoerot*
|homovriend*|homokoppel|homo erotisch|lesbo|lesbo's|lesbisch stel|gay bar|gaybar|gays|same sex
|zelfde geslacht|shemale|she male|nichterig|verwijfd|flikker|mietje|poof|poofter|pansy|fairy queen
|fag|fags|open relationship|open relatie|triootje|parenclub|swingersclub|bordeel*|brothel|call girl
|callgirl|hoerenloper|hooker|gigolo|rent boy|butch|uit de kast|came out of the closet|closeted
""",
    Kind.ETHNICITY: """
negroid*|negroïd*|kaukasisch uiterlijk|kleurling*|halfbloed*|half caste|halfcaste|quadroon|octoroon
|mulatto*|mulat|mulatten|mesties*|mestizo*|métis|ladino|chicano*|chicana|black person|black people
|colored person|coloured person|person of colour|people of colour|people of color|person of color
|afro american*|afro amerikaan*|afro surinaam*|afro caribisch*|asian american*|mexican american*
|anglo indian|anglo saxon descent|native hawaiian|amerindian*|inboorling*|aborigin*|inheems*|nikker
|nigger*|gook|wop|kike|paki|pakis|spleetoog|makak*|mocro|mocro's|bontkraag
|bruine man|bruine vrouw|bruine jongen|gekleurde man|gekleurde vrouw|gekleurde jongen
|gekleurd gezin|zwarte familie|zwart gezin|zwarte mensen|donker gezin|donkere mensen
|buitenlands uiterlijk|noord afrikaans uiterlijk|oost europees uiterlijk|zuid europees uiterlijk
|aziatisch uiterlijk|arabisch uiterlijk|mediterraan uiterlijk|latino's|latinos|latinas|woonwagen*
|sinti|manoesj
""",
    Kind.CRIMINAL: """
*delict|*delicten|*misdrijf|*misdrijven|*fraude|*oplichting|*moord|*moorden|*moordenaar
|*moordenares|*doodslag|straatroof|bankroof|kunstroof|tasjesroof|roofmoord|beroving|*overval|*overvaller|*smokkel|*smokkelaar|*vervalsing|*vervalser
|*verduistering|*mishandeling|*verkrachting|*verkrachter|*misbruik|*zwendel|*zwendelaar|*ontvoering
|*ontvoerder|*rover|*dader|*verraad|*verrader|*schennis|*vredebreuk|*terrorist|*terrorisme|*terreur
|*misdadiger|*crimineel|*criminaliteit|ontucht*|schennispleger|potloodventer|opruiing|laster|smaad
|samenzwer*|muiterij|heiligschennis|hoogverraad|valsheid in geschrifte|flessentrekker*
|wederspannig*|belaging|grooming|doxing|joyrid*|wapenbezit|dood door schuld|afdrei*|oplicht*
|gifmeng*|gifmoord*|sluipmoord*|beul|wurger|messentrekker|straatrover|struikrover|zeerover|piraat
|vrijbuiter|gauwdief|zakkenrol*|tasjesdief|autodief|kruimeldiefstal|kerkrover|grafrover|paardendief
|veedief|juwelendief|recidivist*|bajes|bajes*|nor gezeten|ex delinquent|ex gevangene|tuchthuis*
|dwangarbeider|veroordeelde|gestrafte|geboefte|gespuis|tuig van de richel|onderwereld|penose|capo
|drugsbaron|drugskoerier|drugsrunner|wiethandel*|wapenhandel*|mensensmokkel*|vrouwenhandelaar
|slavenhandel*|souteneur|heroïnehandel*|cokehandel*|bolletjesslikker|witteboorden*|malafide
|staatsgreep|hoogverrader|spionage|spion|sabotage|saboteur*|lynch*|eerwraak|kindermoord*
|vadermoord*|moedermoord*|broedermoord|koningsmoord|zelfmoordaanslag|aanslag gepleegd|bomaanslag
|bommenlegger|brandbom|huisjesmelker|kinderlokker|kindermishandel*|dierenmishandel*|zeden*
|lustmoord*|*icide|thief|thieves|thievery|larcen*|burglar*|embezzl*|swindl*|defraud*|forger*
|counterfeit*|racketeer*|extort*|blackmail*|brib*|perjur*|treason*|sedition*|espionage|mutin*
|conspirator*|coconspirat*|conspiracy|misappropriat*|malfeas*|misfeas*|usury|poaching|poacher*|trespass*
|vagran*|lewd*|indecent exposure|statutory rape|sodomy|highwaym*|bandit*|brigand*|desperad*
|cutpurse|rustler*|horse thief|car thief|cat burglar|larcenist|peculat*|hoodlum*|gangst*|mobst*
|strangler|slayer|murder*|cutthroat*|triggerm*|firebug|moonshin*|contraband*|gunrunn*|drug runner
|war crim*|abetter|abettor|probationer|recidivis*|habitual criminal|detainee*|perpetrator*
|transgress*|wrongdoer*|violator|ex con|ex convict*|first offender|second offender|petty offen*
|drug baron|drug traffick*|slave trader*|white slav*|mass murder*|serial killer*|contract killer
|hired killer|lynch*|mayhem|aggravated assault|assault and battery|grand theft|petty theft
|petit larceny|grand larceny|stickup|holdup|heist|safecrack*|safebreak*|hijacking|carjack*|skyjack*
|shoplift*|pickpocket*|purse snatch*|identity thief|phish*|ponzi|pyramid scheme|bunco|grift*
|confidence trick*|con game|jailbreak*|prison break*|parole violat*|obstruction of justice
|contempt of court|disorderly conduct|breach of the peace|public drunk*|drug offence|drug offense
|drug possession|possession of drugs|date rape|gang rape|sexual assault|sexual abuse|child molest*
|molested|molester*|molesting|molestation|pedophil*|paedophil*
|snuff film|bioterror*|cyberterror*|cybercrim*|ecoterror*|narcoterror*
|war criminal*|genocid*|regicid*|crime against humanity|high treason|felonious*|felon*|vice crime
|victimless crime|capital offense|statutory offen*|regulatory offen*|criminaloid|gangland
|organized crime|organised crime|yakuza|triad member|camorra|cosa nostra|black hand|chop shop
|fence for stolen
""",
}

WEAK: dict[Kind, str] = {
    Kind.HEALTH: """
*pijn|*ache|paracetamol|aspirine|aspirin|*tabletten|hoestdrank|*druppels|*zalf|pleister|kiespijn
|tandarts|orthodont*|beugel|wortelkanaal*|kunsttanden|bril sterk|astig*|bijziend*|verziend*
|farsighted|nearsighted|short sighted|longsighted|*wond|*wonden|*spray voor|glutenvrij*
|lactosevrij*|zoutarm*|suikervrij dieet|sickly|ailing|queasy|sore throat|runny nose|swollen*|numb
|numbness|tingling|itch|itching|rash|bruise|bruises|sunburn*|symptom|symptoms
|relapse|remission|checkup at|hospice|nurse|verpleegkundige|verpleeg*|verzorgende|wheez*|tremor*
|seiz*|convuls*|spasm*|cramps|zwakte|flauw|duizeling*|bewusteloos|unconscious|black out|koortsig
|rillerig|hoest|snotter*|niezen
""",
    Kind.BELIEF: """
bekeer*|bekering|preacher*|clergym*|priest*|preekt|preken|bidt|biddend|zegen*|gezegend|blessing
|prayerful|pray*|psalm*|gezangen|hymn*|altaar|altar|kruisje om|kruisteken|wierook|sermon*|sacristan
|sexton|verger|beadle|misbruikt geloof|broeder in|zuster in|in christus|in christ|de heer jezus
|lord
""",
    Kind.POLITICS: """
activis*|militant|demonstrant*|demonstrator*|protester*|protestor*|betoger*|rebel|rebels|rebellen
|revolution*|radical*|radica*|nationalis*|conservati*|liberal*|progressi*|reactionair*|reactionar*
|loyalist*|moderate|centrist*|partisan*|partizaan|reformist*|reformer|hervormer|demagoog|demagog*
""",
    Kind.CRIMINAL: """
*diefstal|*dief|*inbraak|*inbreker|*geweld|*bedreiging|*theft|theft|thug*|ruffian*|rogue|scoundrel
|offender*|offence*|offense*|misdeed*|violation|assault*|stole|stealing|robbed|robber|vandal*|rioting|rioter*
|hooligan*|loiter*|gangs|bendes|boeven*|schurk*|booswicht|deugniet|onverlaat|schooier|lawless*
|illegal*|illegaal|fraud*|cheated|scam|traitor*|verrader|guilty|punish*|wet overtreden
|overtreder
""",
    Kind.UNION: "guild|brotherhood|gilde|local chapter|vakgroep|labor|stakers|strikers|striker",
    Kind.ORIENTATION: "invert|transitie|gender*|lover|minnaar|minnares",
    Kind.ETHNICITY: "minderheid|minority|inboorling|native|tribe|stam|tribal|diaspora|migrant*",
}

TIED: dict[Kind, str] = {
    Kind.ETHNICITY: """
abchaz*|alban*|albanees|albanese|azeri*|azerbeidzj*|baskisch*|bask|basque|beloetsj*|baluch*|benin*
|bhutan*|botswa*|burkin*|burmees|burmese|burund*|catalaan|cherkes*|circassi*|comor*|congo*|cuba*
|dominican*|dominicaan*|druze|fiji*|fulani|gabon*|gambia*|guatemal*|guinee*|guyan*|haïti*|haiti*
|hondur*|hottentot*|bosjesman|bushman|san people|khoi*|ibo|ivoria*|ivoriaan*|jakoet*|jamaic*
|javaan*|javanese|balinees|balinese|sundanese|batak*|kalmuk*|kanak*|karen|kashmir*|kasjmir*
|kirgiez*|kirghiz*|kyrgyz*|koptisch*|kosova*|koeweit*|laotiaan*|laotian*|lesotho*|basotho
|liberiaan*|libi*|madagas*|malawi*|malin*|malti*|masai|maasai|kikuyu|luo|mauritan*|mexica*|moldav*
|montenegr*|mozambik*|namibi*|navaho|nicarag*|niger*|omaans|oeigoer*|uighur*|uyghur*|panam*
|paragua*|peru*|pers|perzen|persian*|pygm*|polynes*|melanes*|micronesi*|samoa*|tonga*|tahiti*
|salvad*|servi*|serb*|kroaat|kroati*|croat*|macedo*|sikkim*|sloveen|slowaak|slovak*|soedanees
|soedanezen|swazi*|syria*|tadzjie*|tadjik*|tanzania*|tanzaan*|togoles*|trinidad*|tsjad*|tsjetsj*
|chechen*|turkmeen*|oegand*|ugand*|uruguay*|venezol*|venezuel*|wolof|xhosa|tswana|shona|ndebele
|bantoe|bantu|zambi*|zimbab*|sri lanka*|singalees|singhalees|afghaan|afghaanse|pathaan|pashtun*
|pasjtoen*|hazara|oekra*|ukrain*|russisch*|russian*|belarus*|wit rus*|litou*|lithuan*|let|lets
|letse|latvian*|estisch*|estonian*|hongaar*|hungarian*|grieks*|greek|portugees*|portugese|spaans*
|spanish|spanjaard|italia*|pool|polen|pools*|polish|colombia*|brazil*|chileen*|chilean*|argentijn*
|argentine*|ecuador*|bolivia*|curaça*|arubaan|bonair*|sint maart*|javaanse|hawaiia*|eskimo*|innu
|cree|mohican*|seminol*|creek|comanche*|blackfoot|crow|hopi|zuni|maya|maya's|azteek|aztec*|inca
|inka|quechua|guarani|carib*|arawak*|aleut*|indiaanse|indian*|redskin|roodhuid|oosters*|oriental*
|negro*|black|blacks|zwarte
""",
    Kind.POLITICS: "groen|vooruit|ps|mr|ecolo|greens|tory|alliance|momentum|prospect|splinter|volt",
    Kind.UNION: "unite|unie|equity|prospect|verdi|gilde|guild|local",
}

TIED[Kind.BELIEF] = """
*ism|*isme|*ity|kerk*|*kerk|*church|*kirk|*gemeente|*sect|*sekte|order|orde|*ianity
"""
# Besides those of each language's own words.
CUES: dict[Kind, str] = dict.fromkeys(STRONG, "") | {
    Kind.BELIEF: "aanhanger|aanhangt|volgeling|volgt|gelooft|belijdt|follower|follows|follow"
    "|practises|practices|believes|believer|adherent|converted|joined|church",
    Kind.POLITICS: "active|joined|belongs|behoort|aanhangt|lidmaatschap|membership|backs|steunt",
    Kind.CRIMINAL: "record|strafblad|gezocht|wanted|vast|aangeklaagd|court|rechter|police|politie",
}

EXCEPT = frozenset(
    """
aandelenfraude academia academie acaricide afasie alchemie algicide anabiosis anathema anatomie
anatomy anorganisch antipathie antipathy apache apathie apathy apotheosis april aroma asexual
astronomie attache autonomie avalanche axioma bactericide begriep biocide bioplastiek bohemia
broche cabaret cache catalepsie centurie chemie cholesterol chroma coincide compagnie curie
decide diagnosis dichotomy diploma doorzweer dossier dystopie economie efficiency elegie
empathie empathy endoscopie energie epidemie ergonomie fantasie fiche fungicide furie galaxie
gastronomie germania germanie germicide glosie gnosis gouache gymnasie hartendief harthoutzweer
herbicide homeopathie homeopathy hypnosis idioma injurie insecticide jury kaleidoscopie
keramiekplastiek koloniaal kraakverzweer kunstplastiek kurie luxurie luxury machine meiosis
mercurie metamorphosis microfiche microscopie mitosis moustache mustache naspel naturopathy
natuurgeweld niche nostalgia nostalgie oklahoma orbital orthodoxie osmosis osteopathie
osteopathy paloma panache pastiche pesticide philosophy pistache plastiek premie proefneming
proficiency prognosis quiche relache rodenticide roma romania romanie seksualiteit seksueel
seksuele sexual sexuality sint-pancrasplein soma sonoma spectroscopie spermicide spuitgriep
strategie stroboscopie stroma sufficiency symbiosis sympathie sympathy symptomie tache tacoma
tasmania taxonomie telepathie telepathy telescopie thalassemia tijddief toeval tomie trophy
vaginaplastiek vervalsing verzweer virucide weldader
""".split()  # noqa: SIM905
)


def of_bodies() -> str:
    """Parts of the body with what ails them, as the lexicons write it."""
    dutch = [f"{part}{what}" for part in _BODY_NL.split() for what in _OF_BODY_NL.split()]
    english = [f"{part} {what}" for part in _BODY_EN.split() for what in _OF_BODY_EN.split()]
    return "|".join((*dutch, *english))
