"""Whom or what a sentence is about: words for people, for beasts, plants and things."""

from __future__ import annotations

# Besides the PERSONS of each language's lexicon: who is spoken of in notes of all kinds of firms.
ROLES = frozenset(
    """
huurder huurster aanvrager aanvraagster beller belster cursist cursiste deelnemer deelneemster
gast gasten bewoner bewoonster chauffeur leerling student studente scholier verkoper verkoopster
bruid bruidegom tante oom neef nicht nichtje neefje ex weduwe weduwnaar schoonzoon schoondochter
schoonzus zwager stiefvader stiefmoeder pleegkind pleegzoon pleegdochter grootmoeder grootvader
baas chef directeur directrice eigenaar eigenaresse werkgever werknemer werkneemster sollicitant
sollicitante kandidaat uitzendkracht stagiair stagiaire docent docente leraar lerares juf
verpleegkundige bestuurder bijrijder passagier reiziger abonnee koper koopster debiteur verzekerde
eiser gedaagde cliënt cliënte client relatie contactpersoon mw heren dames jongeman jongedame knul
meid meiden vent kerel gozer peuter kleuter baby tiener puber zusje broertje tweeling stel
echtpaar gezin ouder verloofde vriendje vriendinnetje penningmeester boekhouder kassière
teamleider leidinggevende personeelslid beveiliger voorzitter piloot machinist buurjongen
buurmeisje buren oma's opa's mama papa bewindvoerder cliënten collega's ondernemer bezoeker
bezoekster inzittende hoofdhuurder medehuurder onderhuurder lid ambtenaar kapster chauffeuse
mevrouw's zus jongste oudste kleinkind kleinkinderen tenant tenants applicant caller guest guests
resident driver pupil student students salesman saleswoman bride groom aunt uncle nephew niece
widow widower grandson teenager toddler baby lad lass bloke chap fella fiancé fiancée owner boss
manager supervisor employer worker workers intern candidate teacher nurse pilot passenger
subscriber buyer shopper debtor policyholder claimant insured patient cousin grandma grandpa nan
landlord landlady lodger roommate flatmate carer bookkeeper cashier treasurer receptionist waiter
waitress builder plumber electrician engineer farmer visitor member twin twins whose himself
herself themselves he'll she'll they'll he'd she'd they'd they're they've we're we've hes shes
theyre contractor courier trainee apprentice foreman delegate witness occupant gran granny grandad
stepson stepdaughter stepfather stepmother partner's lady's man's husband's wife's son's
daughter's mother's father's mum's dad's sibling siblings parent homeowner leaseholder colleagues
coworker co-worker bridesmaid hubby missus
""".split()  # noqa: SIM905
)

# A sentence with one of these tells of its health, and of nobody's.
OTHERS = frozenset(
    """
hond honden hondje puppy pup teckel labrador herder retriever poedel kat katten kater poes kitten
paard paarden pony merrie hengst veulen koe koeien kalf varken varkens schaap schapen geit geiten
kip kippen konijn konijnen cavia hamster rat muis vogel papegaai parkiet vis vissen goudvis
schildpad dierenarts dierenkliniek trimsalon roos rozen plant planten boom bomen heg haag buxus
appelboom gazon gras tomaten tomatenplanten kas orchidee blad bladeren wortel zaailingen dog dogs
doggy puppy spaniel labrador poodle terrier collie hound cat cats kitten horse horses pony mare
stallion foal cow cows cattle calf pig pigs sheep lamb goat goats chicken hens rabbit bunny
hamster parrot budgie goldfish tortoise kennel vet vets veterinary rose roses plant plants tree
trees hedge lawn grass tomatoes orchid leaf leaves seedlings shrub shrubs driveway tarmac asphalt
printer laptop router software website app server browser firmware plugin spreadsheet computer pc
harddisk
""".split()  # noqa: SIM905
)
