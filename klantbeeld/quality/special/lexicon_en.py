"""English words of the special topics, our own making; the same shape as `lexicon_nl`."""

from __future__ import annotations

from klantbeeld.quality.special.kinds import Kind

STRONG: dict[Kind, str] = {
    Kind.HEALTH: """
cancer|tumour*|tumor*|metasta*|chemo|chemotherapy|radiotherapy|radiation therapy|leukaemia
|leukemia|lymphoma|melanoma|carcino*|sarcoma|oncolog*|diabet*|insulin|epilep*|seizure|seizures
|parkinson*|alzheimer*|dementia|had a stroke|a stroke|suffered a stroke|brain haemorrhage
|brain hemorrhage|brain injury|concussion|meningitis|heart attack|heart failure|heart condition
|heart disease|cardiac|pacemaker|heart bypass|bypass surgery|angina|arrhythmia|atrial fibrillation
|thrombosis|embolism|aneurysm|blood thinner*|high blood pressure|hypertension|copd|asthma*
|emphysema|cystic fibrosis|tuberculosis|pneumonia|long covid|hiv|hiv positive|aids patient
|hepatitis|syphilis|chlamydia|gonorrh*|sti test|STD|rheumat*|osteoarthritis|arthritis|arthritic
|gout|fibromyalgia|lupus|osteoporosis|slipped disc|herniated*|hernia|scoliosis|sciatica
|muscular dystrophy|multiple sclerosis|motor neurone disease|cerebral palsy|paralys*|paralyz*
|paraplegic|quadriplegic|tetraplegic|wheelchair user|in a wheelchair|wheelchair bound
|uses a wheelchair|amputee|amputat*|prosthe*|hip replacement|knee replacement|new hip|hip surgery
|knee surgery|back surgery|heart surgery|cataract*|open heart|gastric*|colostomy|ileostomy|crohn*
|colitis|coeliac|celiac|irritable bowel|cirrhosis|kidney disease|kidney failure|dialysis
|transplant|kidney stones|gallstones|stomach ulcer|endometriosis|menopaus*|prostate*|incontinen*
|infertil*|ivf|miscarr*|stillb*|caesarean|c section|abortion|pregnan*|expecting a baby|due date is
|maternity|postnatal|depress*|clinically depressed|bipolar|manic*|schizo*|psychosis|psychotic
|borderline personality|ptsd|post traumatic|anxiety disorder|anxiety|panic attack|panic attacks
|OCD|eating disorder|anorexi*|bulimi*|burnout|burned out|burnt out|nervous breakdown|suicid*
|self harm|adhd|autis*|asperger*|down syndrome|down's syndrome|learning disabilit*|disabled
|disability|disabilities|physically disabled|visually impaired|partially sighted|registered blind
|legally blind|went blind|guide dog|hearing impaired|hard of hearing|hearing aid|hearing aids|deaf
|cochlear*|glaucoma|macular*|antidepress*|prozac|ritalin|lithium treatment|prednisone|metformin
|methadone|morphine|oxycodone|sleeping pills|painkiller*|opioid*|immunotherapy|hormone therapy
|medication|psychiat*|psycholog*|psychotherap*|cardiolog*|neurolog*|urolog*|gynaecolog*|gynecolog*
|oncologist|rheumatologist|rehabilitation*|in rehab|rehab clinic|rehab for|hospice|palliative
|terminally ill|terminal illness|intensive care|alcoholi*|drinking problem|drug addict*
|addicted to drugs|addicted to alcohol|addicted to painkillers|gambling addict*|recovering addict
|signed off sick|signed off work|on sick leave|sick leave|off sick|called in sick|long term sick
|chronically ill|chronic illness|seriously ill|critically ill|incurable|unfit for work
|incapacity benefit|disability benefit*|blue badge|medical condition|medical reasons
|medical history|medical records|medical grounds|health condition|health issues|health problems
|health reasons|poor health|ill health|operated on|had an operation|underwent surgery|surgery
|hospitalised|hospitalized|admitted to hospital|in hospital|in the hospital|taken to hospital
|discharged from hospital|hospital admission|allergic|nut allergy|latex allergy|lactose intoleran*
|gluten intoleran*|anaphyla*|eczema|psoriasis|migraine*|tinnitus|vertigo|thyroid|lyme disease
|shingles|anaemi*|anemi*|haemophili*|hemophili*|sickle cell|obesity|morbidly obese|broken hip
|broken leg|broken arm|broken wrist|broken collarbone|broke her hip|broke his hip|broke his leg
|broke her leg|broke my leg|broke my arm|broke my wrist|broke his wrist|broke her wrist|fractured*
|cruciate*|meniscus|whiplash|chronic pain|chronic fatigue|diagnosed with|diagnosis|disease
|syndrome|blood test results|biopsy|mammogram|has an illness|illness|convalesc*|recovering from
|*itis|*ectomy|*plasty|*algia|*opathy|*aemia|*nemia|*plegia|*phobia|*sclerosis|*carcinoma|*noma
|*rrhea|*rrhoea|*pnea|*pnoea|*otomy|*ostomy|disorder|infection|suffers from|suffering from
|treated for|cured of|patient with|smallpox|chickenpox|measles|mumps|rubella|whooping cough
|diphtheria|typhoid|typhus|cholera|malaria|ebola|leprosy|polio|rabies|tetanus|scarlet fever
|yellow fever|dengue|bronchitis|sepsis|gangrene|jaundice|oedema|edema|ulcer|ulcers|haemorrhoids
|hemorrhoids|varicose|narcolep*|apnoea|apnea|amnesia|aphasia|dyslex*|stutter*|hallucinat*|delirium
|coma|blindness|deafness|lameness|mutism|palsy|spina bifida|cleft palate|lesion|lesions|abscess
|cyst|cysts|polyp|polyps|acne|hives|frostbite|sunstroke|hypothermia|neurosis|neurotic|phobia|mania
|hysteria|paranoi*|delusion*|mastectomy|hysterectomy|vasectomy|lobotomy|angioplasty|liposuction
|facelift|plastic surgery|circumcision|sterilisation|sterilization|castration|organ donor
|blood transfusion|malnutrition|scurvy|rickets|anthrax|hay fever|influenza|food poisoning
|appendicitis|gallbladder|heart murmur|clubfoot|haemorrhage|hemorrhage|fibrosis|necrosis|atrophy
|dystrophy|paresis|neuropathy|retardation|handicapped|invalid|cripple|crippled|leper|epileptic
|hypochondriac|insomniac|anemic|convalescent|inpatient|outpatient|patient at|psychopath*
|sociopath*|herpes|detached retina|retinal detachment|nose job|tummy tuck|sore throat
|tunnel vision|double vision|colour blind*|color blind*|mental case|mentally ill
|emotional disturbance|shell shock|milk intolerance|genital warts|lunatic|surgical procedure
|surgically|knock knee*|heart trouble|obsessive compulsive|school phobia|genetic defect
|genetic disorder|birth defect|congenital*
""",
    Kind.UNION: """
trade union*|labour union*|labor union*|shop steward|union member*|union rep|union representative
|union dues|union branch|union official|union fees|member of the union|unionised|unionized
|unite member|unison member|GMB|teamster*|afl cio|TUC|union subscription|union secretary
|union organiser|union organizer|on strike|picket line|strike fund|collective bargaining committee
|works council union
""",
    Kind.BELIEF: """
muslim*|islam|islamic|sunni|shia|shiite|salafi*|imam|quran|koran|ramadan|eid|hajj|hijab|headscarf
|burqa|niqab|halal|iftar|friday prayers|christian|christians|christianity|born again|catholic*
|roman catholic|protestant*|anglican*|methodist*|presbyterian*|baptist*|pentecostal*|lutheran*
|evangelical*|orthodox|calvinist*|quaker*|mormon*|latter day saint*|adventist*|jehovah*
|church member|churchgoer|goes to church|go to church|church elder|parishioner|bible study
|bible group|holy communion|confirmation class|baptised|baptized|christened|deacon|my faith
|his faith|her faith|our faith|religious|religion|devout|jewish|jew|jews|judaism|sabbath|shabbat
|synagogue|rabbi|kosher|passover|yom kippur|hanukkah|bar mitzvah|bat mitzvah|hindu*|buddhis*|sikh*
|diwali|temple service|humanist|atheis*|agnostic*|freemason*|scientolog*|pagan|wicca*|observant
|worship*|converted to|mass on sunday|sunday mass|church choir|pastor of|vicar of|prayer group
|prayer times|bishop|archbishop|nun|monk|friar|missionary|preacher|mullah|ayatollah|swami|chaplain
|abbot|abbess|parson|clergy*|cleric|theologian|pilgrim|heretic|infidel|heathen|druid|jesuit
|benedictine|franciscan|dominican friar|carmelite|trappist|puritan|amish|mennonite*|unitarian*
|zoroastrian*|taoist*|shinto*|bahai|hare krishna|rastafarian*|sufi|druze|copt|coptic|maronite
|deist|seminarian|altar boy|christian scientist|believer|unbeliever|nonbeliever|non believer
|churchman|evangelist|zealot|mystic|ascetic|huguenot|televangelist|sister of mercy|mother superior
|wesleyan|gentile|monastic|holy roller
""",
    Kind.POLITICS: """
labour party|conservative party|green party|liberal democrat*|lib dem*|democrat|democrats|tory
|tories|ukip|brexit party|reform uk|SNP|plaid cymru|sinn fein|republican|republicans
|democratic party|republican party|libertarian*|socialist*|communist*|marxist*|anarchist*|fascist*
|neo nazi*|nazi|far right|far left|alt right|party member|member of parliament|councillor
|councilor|council candidate|local council member|parliamentary candidate|ran for office
|political party|political views|political opinion*|political beliefs|politically active
|votes labour|votes conservative|votes green|votes republican|voted for trump|trump supporter|MAGA
|extinction rebellion|activist|canvass*|campaigning for|campaigns for|party conference|vvd|cda|pvv
|d66|groenlinks|pvda|momentum member|leftist|rightist|trotsky*|maoist|leninist|bolshevik|stalinist
|syndicalist|jacobin|extremist|reactionary|royalist|monarchist|separatist|populist|falangist
|peronist|social democrat*|christian democrat*|feminist|suffragette|environmentalist|pacifist
|white supremacist|black panther|revolutionary socialist|fundamentalist|insurgent|KKK|ku klux*|GOP
|labor party|prohibition party|third party candidate
""",
    Kind.ORIENTATION: """
gay|lesbian*|bisexual*|pansexual*|asexual*|homosexual*|queer|lgbt*|transgender*|transsexual*
|trans woman|trans man|transitioned|gender dysphoria|non binary|nonbinary|sexual orientation
|sexual preference|sexuality|came out as|came out to|coming out|same sex couple|same sex marriage
|same sex partner|civil partner|his boyfriend|his husband|her girlfriend|her wife|heterosexual*
|sex life|polyamor*|swinger*|sex worker*|prostitut*|pride march|dyke|butch|faggot|homophile
|sapphic|sodomite|gay man|gay woman
""",
    Kind.ETHNICITY: """
black man|black woman|black guy|black lady|black boy|black girl|black customer|black couple
|white man|white woman|white guy|white customer|asian man|asian woman|asian guy|asian customer
|asian looking|brown man|brown skin|dark skinned|dark skin|light skinned|skin colour|skin color
|mixed race|biracial|ethnicity|ethnic minority|ethnic background|ethnic origin|ethnically
|african american|afro caribbean|caribbean descent|native american|aboriginal|of colour|of color
|romani|gypsy|gypsies|roma traveller*|irish traveller*|asylum seeker*|immigrant background
|migrant background|racial*|hispanic|latino|latina|indigenous|white south african
|black south african|black british|british asian|arab|arabs|kurd|kurdish|berber
""",
    Kind.CRIMINAL: """
criminal record|criminal conviction*|criminal charges|criminal proceedings|criminal investigation
|convicted*|conviction|convictions|ex convict|ex offender|offender|sex offender*|felon|felony
|misdemeanour|misdemeanor|in prison|in jail|prison sentence|jail time|sent to prison
|released from prison|out of prison|jailed|imprisoned|served time|did time|behind bars|on parole
|parole|probation*|on bail|bail hearing|ankle monitor|ankle tag|electronic tag
|community service order|suspended sentence|arrested|detained by police|in custody|remanded*
|indicted|charged with|charges pending|pressed charges against|facing charges|awaiting trial
|shoplift*|thief|fraudster|con man|scammer|burglar|drug dealer|drug dealing|drug trafficking
|money launder*|stalker|restraining order|rapist|paedophile|pedophile|murderer|manslaughter
|gang member|domestic violence|drunk driving|driving ban|drink driving|DUI|police caution
|wanted by the police|suspect|suspected of|prosecuted|guilty of|pleaded guilty|embezzle*
|accused of|convict|murder|homicide|killer|assassin|robber|outlaw|gangster|mobster|mafioso|mafia
|hitman|arsonist|arson|blackmailer|forger|swindler|embezzler|extortion*|kidnap*|abductor|hijack*
|smuggl*|poacher|looter|mugger|pickpocket|housebreaker|racketeer*|drug lord|drug trafficker|pimp
|molester|terrorist|traitor|treason|war criminal|perjur*|bigamy|bigamist|parolee|inmate|prisoner
|jailbird|fugitive|accomplice|hooligan|vandal|thug|crook|con artist|bootlegger|gunman|larceny
|mugging|bribery|rape|incest|genocide|tax evasion|insider trading|hate crime|child abuse
|human trafficking|trespassing|racketeering|criminal|criminals|felonies|delinquent|culprit
|lawbreaker|drug addict dealer|identity theft|hit man|hired gun|yakuza|goon|con woman
|repeat offender|accessory to murder|counterfeiter|bandits
""",
}

WEAK: dict[Kind, str] = {
    Kind.HEALTH: """
ill|sick|doctor|gp|operation|medicine|medicines|pills|therapy|physio*|injury|injured|pain
|back pain|knee pain|bad back|bad knee|bad knees|headaches|wheelchair|crutches|dizzy|fainted|faint
|fatigue|recovery|recovering|allergy|allergies|intolerant|addicted|addiction|rehab|treatment
|vaccin*|infected|infection|covid|quarantine|flu|fever|inflammation|childbirth|gave birth
|breastfeeding|scan|mri|x ray|symptoms|trauma|stress|stressed|sleep problems|weight loss
|overweight|blood pressure|sugar levels|chest pain|carer|caregiver|nursing home|care home|limp
|joints|stroke|immune*|unwell|mental health|insomnia|weak heart|lungs|kidneys|liver|MS|condition
|disorder|ailment|malady|impairment|handicap|wound|wounded|bleeding|cramp|cramps|rash|itch|cough
|nausea|vomiting|diarrhoea|diarrhea|constipation|graft|incision|stitches|anaesthe*|anesthe*
|patient|sufferer|poisoning|cold sore|sprain|sprained|dislocated|swelling|rupture|tremor
|transfusion
""",
    Kind.UNION: "union|strike|striking|picket",
    Kind.BELIEF: """
pray|prays|praying|prayer|prayers|priest|vicar|pastor|preacher|sermon|god|allah|fasting|pilgrimage
|parish|faith|gospel|spiritual|saint|apostle|prophet|disciple|guru|lama|curate|rector|deacon
|convert|sect|cult|novice|hermit|sinner|devotee|worshiper|worshipper|spiritualist|witch
|god fearing|pious|martyr
""",
    Kind.POLITICS: """
votes|party branch|manifesto|rally|protest|protesting|leafleting|left wing|right wing|liberal
|conservative|election campaign
""",
    Kind.ORIENTATION: "pride|trans|two mums|two dads|two moms",
    Kind.ETHNICITY: "descent|heritage|roots|ancestry|ethnic",
    Kind.CRIMINAL: """
sentence|sentenced|hearing|theft|fraud|assault|burglary|drugs|police record|crime|charges|robbery
|blackmail|vandalism|swindle|offence|offense|crimes|outcast|villain|hacker|wrongdoing
""",
}

TIED: dict[Kind, str] = {
    Kind.HEALTH: "hospital|blind|cast|ambulance|implant|ward",
    Kind.UNION: "union|unions|dues|strike|branch",
    Kind.BELIEF: "church|mosque|temple|parish|choir|congregation",
    Kind.POLITICS: """
labour|conservatives|conservative|greens|liberals|party|republican|democrat|candidate|election
|elections|left|right|brexit|radical|progressive|nationalist|revolutionary|centrist|whig|loyalist
|traditionalist|hippie|rebel
""",
    Kind.ORIENTATION: "boyfriend|girlfriend|husband|wife|rainbow|pride",
    Kind.ETHNICITY: """
moroccan*|turkish|surinam*|antillean*|african*|somali*|eritre*|ethiopian*|ghana*|nigeria*|syrian*
|iraqi*|iranian*|afghan*|pakistan*|indian|indonesian*|chinese|vietnamese|romanian*|bulgarian*
|arabic|caribbean|jamaican*|bangladesh*|sri lankan|asian*|latin*|mexican*|jewish|irish|roma
|algerian*|angolan*|egyptian*|kenyan*|libyan*|tunisian*|sudanese|senegalese|cameroonian*|ivorian*
|liberian*|malian|rwandan*|ugandan*|tanzanian*|zambian*|zimbabwean*|zulu|hutu|tutsi|yoruba|igbo
|hausa|tuareg|swahili|malagasy|malawian|namibian|gambian|guinean|congolese|mozambican*|botswanan
|burundian|chadian|gabonese|beninese|djiboutian|mauritian|mauritanian|togolese|nigerien|japanese
|korean*|thai|burmese|cambodian*|laotian|malay|malaysian*|filipino|filipina|mongolian*|nepal*
|tibetan*|tamil|sinhalese|punjabi|bengali|gujarati|uzbek*|kazakh*|tajik|turkmen|armenian*
|georgian*|azerbaijani|lebanese|jordanian*|saudi|kuwaiti|yemeni|omani|qatari|palestinian*|israeli*
|bedouin|persian|siberian|tatar|khmer|singaporean|taiwanese|bhutanese|maldivian|asiatic|eurasian
|negro|negress|mulatto|mestizo|eskimo|inuit|maori|papuan|zairean|rhodesian|black|creole|colored
|coloured|oriental|arabian|hmong|parsi|byzantine|iraki|cypriot|sherpa|gurkha|lapp|navajo|sioux
|cheyenne|iroquois|mohawk|apache|cherokee|pueblo|mongol|ottoman|siamese|south african|korean
|east indian|american indian|brahman|brahmin|boer|afrikaner|turks
""",
    Kind.CRIMINAL: """
theft|fraud|assault|burglary|robbery|drugs|violence|murder|blackmail|vandalism|stealing|stole
|stolen|forgery|weapons|prison|jail|court|trial|gang|dealer
""",
}

CUES: dict[Kind, str] = {
    Kind.HEALTH: """
admitted|treated|discharged|surgery|ended|rushed|stay|leg|arm|wrist|broken|registered|went|breast
|cochlear
""",
    Kind.UNION: """
member|members|rep|representative|joined|pays|paying|dues|elected|branch|steward|colleagues
|workers|active
""",
    Kind.BELIEF: """
member|every|sunday|sundays|friday|sings|active|attends|attend|prays|goes|belongs|elder|baptised
|congregation|practising
""",
    Kind.POLITICS: """
vote|votes|voted|voting|member|candidate|canvassing|campaign*|chair|treasurer|elected|supporter
|supports|politic*|leaflet*|party
""",
    Kind.ORIENTATION: "his|gay|couple|married|together|sex",
    Kind.ETHNICITY: (
        "descent|origin|background|heritage|roots|ancestry|ethnic*|born|blood|community"
        "|skin|looking"
    ),
    Kind.CRIMINAL: """
caught|convicted|suspected|suspect|guilty|committed|arrested|charged|accused|sentenced|prison|jail
|inmate|served|released|spent
""",
}

# Nouns that, right behind a people's name, make it somebody's.
PEOPLE = (
    "man|woman|men|women|guy|lady|boy|girl|gentleman|family|couple|customer|parents|"
    "employee|neighbour|neighbor|people"
)

PERSONS = """
i|i'm|i've|me|my|mine|we|us|our|he|he's|him|his|she|she's|her|they|them|their|customer|customer's
|client|mr|mrs|ms|man|woman|gentleman|lady|son|daughter|child|children|kid|kids|father|mother|dad
|mum|mom|brother|sister|husband|wife|partner|boyfriend|girlfriend|friend|colleague|neighbour
|neighbor|family|patient|person|boy|girl|grandfather|grandmother|grandson|granddaughter|employee
|mechanic|parents|somebody|someone
"""

NEGATIONS = (
    "no|not|never|without|neither|isn't|aren't|wasn't|doesn't|don't|hasn't|haven't|didn't|free"
)

QUIET = (
    r"\b(?:church|mosque|temple|hospital|chapel|abbey|convent|prison|synagogue|bishop|priory|"
    r"doctors?|court|union|parish)\s+(?:lane|street|road|st|rd|square|avenue|way|hill|walk|view|"
    r"close|gate|green|drive|terrace|end|row|yard)\b",
    r"\b(?:next to|beside|behind|opposite|near|by|past|after|across from|around the corner from|"
    r"in front of|outside)\s+(?:the|a|an|our)?\s*(?:\w+\s)?(?:church|mosque|synagogue|temple|"
    r"hospital|prison|court|surgery|pharmacy|chapel|clinic|jail)\b",
    r"\b(?:deliver\w*|drop|leave|bring|ship|send|collect\w*|address|entrance|loading|reception|"
    r"car park)\b[^.\n]{0,25}\b(?:hospital|clinic|hospice|court|prison|synagogue|mosque|church|"
    r"surgery|care home|nursing home|pharmacy)\b",
    r"\bhospital\s+(?:loading|reception|car park|entrance|shop|order|facilities|bikes?|fleet)\b",
    r"\bbless you\b|\bin good health\b|\bget well soon\b|\bgood health\b|\bgod ?bless\b|"
    r"\boh my god\b|\bomg\b|\bthank god\b|\bfor god'?s sake\b|\bjesus(?: christ)?\s*[!,]|"
    r"\bhonest to god\b|\bgodsend\b|\bgod knows\b",
    r"\b(?:sick|ill|insane|crazy)\s+(?:paint|bike|deal|price|design|colour|color|job|frame|ride|"
    r"looking|good|fast)\w*|\bthat(?:'s| is) (?:so )?sick\b|\bsick of\b|\bsick and tired\b|"
    r"\bill (?:fitting|advised|prepared)\b",
    r"\baddicted to (?:\w+ )?(?:cycling|biking|bikes?|riding|your|this|the brand|coffee|"
    r"chocolate|gravel|sport\w*|racing)\b",
    r"\bblind (?:spot|bend|corner|rivet\w*|link)\b|\bdead (?:pixel\w*|end|battery|slow|bolt)\b|"
    r"\bcrash course\b|\bdeaf ears\b|\bcrippl\w+ (?:price|cost)\w*",
    r"\b(?:sore|saddle|pedal|grip|brake|helmet|shoe)s?\b[^.\n]{0,30}\bpain\w*|"
    r"\bpain in the (?:neck|backside|arse|butt|wallet)\b|\bpainful (?:price|process)\b|"
    r"\bpain point\w*|\bno pain\b|\bpainless\w*",
    r"\bunion (?:nut|joint|jack|flag|fitting|pipe|bolt|connector)\w*|\beuropean union\b|"
    r"\bcredit union\b|\bwestern union\b|\bstudent\w* union\b|\bstrike (?:plate|me|a deal|rate)"
    r"\b|\bstriking (?:colour|color|design|blue|red|look)\w*|\bthe clock strikes\b",
    r"\b(?:liberal|conservative) (?:return\w*|policy|estimate|amount|use|approach|guess|side|"
    r"design|colour|color|look|pricing|quote)\w*|\bon the conservative side\b",
    r"\b(?:party of \w+|third[- ]party|birthday party|the other party|staff party|party (?:bag|"
    r"tent|hire|size|supplies))\b|\bboth parties\b|\bleaving party\b|\bleaving do\b",
    r"\b(?:turn|on the|to the|top|bottom|keep|left or|the)\s+(?:left|right)\b|\bright (?:after|"
    r"away|now|side|size|before|hand|angle|pedal|crank|one|bike|colour|product)\b|"
    r"\bleft (?:hand|side|pedal|crank|over|it|the|a|my|us|in|with|at|behind|outside)\b|"
    r"\ball right\b|\bthat'?s right\b|\bis right\b",
    r"\bvoted? (?:for (?:your|this|you|the best)|in the best|you)\b|\bgreen (?:frame|bike|paint|"
    r"light|colour|color|energy|electricity|delivery|option)\b",
    r"\b(?:black|white|brown|asian)\s+(?:\w+ )?(?:frame|bike|grips?|saddle|tape|bag|helmet|"
    r"paint|colour|color|tyres?|tires?|lights?|basket|box|edition|friday|model|lock|shoes?|"
    r"version|market)\b",
    r"\b(?:turkish|chinese|polish|indian|african|asian)\s+(?:version|manual|language|restaurant|"
    r"supplier|factory|food|made|delight|market|translation|brand|copy|knock\w*|import\w*|"
    r"cuisine)\b",
    r"\b(?:my|our|the|his|her|a|their)\s+(?:\w+\s)?(?:e-?bike|bike|bicycle|battery|bag|wheel|"
    r"bikes)\s+(?:was|got|has been|have been|were|is)\s+stolen\b|\bstolen (?:bike|bicycle|"
    r"goods insurance)\b|\btheft (?:of my|insurance|protection|cover|of the|alarm)\b|"
    r"\banti-?theft\b|\bbike theft\b|\bpolice report\b",
    r"\bas if i (?:were|was) (?:a|an|some) (?:thief|criminal|burglar|fraudster)\b|"
    r"\blike a (?:thief|criminal|burglar)\b|\bdaylight robbery\b|\bprice is (?:criminal|a crime|"
    r"robbery|theft)\b|\bcriminally\b|\bthis is (?:fraud|theft|robbery)\b",
    r"\bstrike(?:s|d)? (?:through|out|off|that|it)\b|\bstruck (?:through|off|out)\b|"
    r"\bcriminal (?:price|prices|waste)\b|\bgrooming (?:slot|appointment|kit|salon|session)\w*|"
    r"\barrested development\b|\bpolitically correct\b|\boffice politics\b|\bmurder(?:ed|ing)? "
    r"(?:a|an|the|that|for a) (?:\w+ )?(?:steak|song|curry|pint|coffee|cake|burger|pizza)\b|"
    r"\bdepression in the\b|\b(?:printer|machine|seagull|dog|cat|fox|squirrel|wind) stole\b",
    r"\btrial (?:period|version|ride|run|subscription|month)\b|\bfree trial\b|\bcourt (?:shoe|"
    r"yard)\w*|\bcourtyard\b|\btennis court\b|\bsentence in the manual\b|\b(?:usb|phone|battery|"
    r"the|is|fast|re)\s?charg\w*\b(?! (?:with|pending|against))|\bcharges? (?:my|the|your|"
    r"for delivery|for shipping|card|fee)\w*|\bdelivery charges?\b|\bfree of charge\b|"
    r"\bextra charges?\b",
    r"\bcancer research\b|\bmacmillan\b|\bheart foundation\b|\bheart ?rate\b|\bheart and soul\b|"
    r"\bfrom the (?:bottom of my )?heart\b|\bby heart\b|\bheartfelt\b|"
    r"\bblood pressure monitor\b|\bfirst aid\w*",
    r"\b(?:bike|chain|brakes?|battery|motor|frame|tyre|tire|gears?|wheel|screen|bicycle|account|"
    r"website|it|app)\s+(?:is|was|looks|feels|has)\s+(?:\w+ )?(?:sick|dead|ill|blind|tired|"
    r"a disease|paralysed|depressed|crippled)\b|\bthis \w+ is a disease\b",
    r"\b(?:happy|merry) (?:easter|christmas|holidays)\b|\b(?:easter|christmas|xmas) (?:sale|"
    r"break|holiday\w*|card|delivery|offer|gift|monday|opening|present)\b|\bgood friday\b|"
    r"\bred cross\b|\bsalvation army\b",
    r"\bfast (?:delivery|bike|shipping|service|reply|response|charging|charger|tyres?|track|"
    r"enough|and|as|lane|food|answer|wheels?|one|ride)\w*|\b(?:so|very|too|how|really|pretty|"
    r"super|as|that was|that is|go|goes|went|ride|rides|rode) fast\b|\bbreakfast\b|"
    r"\bstuck fast\b|\bin good faith\b|\bbad faith\b|\bfaithful\w*",
    r"\b(?:race|road|gravel|drag|bike|cycle|cycling|charity|the|relay|a|my|our|next|rat)"
    r"\s+race\w*|\brace (?:bike|day|number|kit|pace|ready|weekend|wheels?|tyres?|bicycle)\b|"
    r"\bcast (?:iron|aluminium|alloy)\b|\bbroadcast\b|\bwalker'?s\b|\bwarranty scan\b|"
    r"\bscan (?:the|my|your|this|of) (?:code|barcode|qr|receipt|invoice)\b|\bhip (?:bag|pack|"
    r"design)\b|\boperation (?:of|hours|manual|instructions)\b|\btreatment of (?:the|rust|"
    r"leather)\b",
    r"\b(?:good|mint|perfect|great|excellent|fair|poor|new|used|weather|working|fine|terrible|"
    r"this|that|its|best|payment|the|in)\s+condition\w*|\bconditions\b|\bterms and conditions\b|"
    r"\bcooperation\b|\bpatient(?:ly|ce)?\b(?= (?:with|while|until|about|for))|"
    r"\bthanks? for (?:being|your) patien\w+|\bvery patient\b|\bbe patient\b|\bstrain (?:gauge|"
    r"relief)\b|\binvalid (?:\w+ )?(?:code|number|card|link|address|password|voucher|order|"
    r"coupon|email|date)\b|\b(?:is|was|are) invalid\b|\baccessor(?:y|ies)\b|\bbike dealer\w*|"
    r"\byour dealer\b|\bblack (?:out|box|list)\w*",
)
