"""Words to make invented Dutch customers of: names with their short forms, streets, towns.

Lists are in falling order of use; `frequencies` makes of a list the skewed shares that names have.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Texts = npt.NDArray[np.object_]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# Baptismal name = names that its bearers go by; of those born before and after 1980.
MEN_BEFORE = _words(
    """
    johannes=jan,hans,johan,joop cornelis=kees,cor hendrik=henk,hein,rik jan willem=wim pieter=piet
    gerrit=ger,gert petrus=peter,piet adrianus=ad,adrie,janus jacobus=jaap,koos,sjaak
    johannes=john antonius=ton,toon,anton franciscus=frans,frank martinus=martin,tinus dirk
    theodorus=theo,dorus arie marinus=rinus wilhelmus=wim,willy jacob=jaap,jaco klaas lambertus=bert
    gerardus=gerard,gerrit henricus=henk,harrie leonardus=leo,leon albertus=bert,ab robert=rob
    nicolaas=nico,klaas hermanus=herman,manus teunis=teun ronald=ron rudolf=ruud paul bernardus=ben
    eduard=ed,edwin erik marcel michael=michel,mike rene richard edwin patrick raymond=ray jeroen
    maarten mark dennis vincent evert egbert sjoerd douwe wiebe jelle harm roelof derk lucas=luuk
    """
)
MEN_SINCE = _words(
    """
    daan sem thomas=tom tim lucas=luuk levi bram milan luuk jesse thijs jayden lars stijn ruben finn
    julian max niels mees sven nick gijs hugo rick kevin jordy bas teun floris benjamin=ben,benny
    mohamed=mo ahmed youssef bilal ibrahim mehmet emre samuel=sam noah james=jim adam olivier
    matthijs=thijs sebastiaan=bas,seb alexander=alex,sander christiaan=chris,bas joshua=josh
    nathan dylan jasper wouter koen joris pepijn casper boaz tygo quinten=quin vince mick owen
    """
)
WOMEN_BEFORE = _words(
    """
    maria=ria,marie,mieke,riet johanna=joke,annie,hanneke,jo anna=anneke,annie,ans
    cornelia=corrie,nel,cora elisabeth=els,betty,liesbeth,bep wilhelmina=willy,mien,wil
    hendrika=riek,hennie,rika catharina=toos,trees,karin,tineke adriana=jeanne,ad,sjaan
    petronella=nel,petra,nelly margaretha=greet,margriet,gre jacoba=coby,jacqueline,co
    geertruida=truus,trudy,geertje antonia=toni,tonny hendrikje grietje aaltje=alie,ali
    theodora=doortje,thea martina=tineke,tiny alida=lida,aly johanna=janny francisca=cisca,fransje
    helena=leny,heleen gerarda=gerda,gerry ingrid monique yvonne astrid marianne anita
    wendy sandra angelique patricia=pat mirjam ellen marjan jolanda saskia linda esther
    jantje trijntje neeltje=nel gerritje=gerrie dina klaasje aafke sietske froukje
    """
)
WOMEN_SINCE = _words(
    """
    emma sophie julia anna lisa isa eva lotte sanne anne fleur iris femke laura lieke tess sara
    roos amber lynn noa maud naomi zoe jasmijn merel floor evi saar mila nora yara liv
    fatima=fatiha aisha khadija zeynep elif meryem chantal kimberly=kim samantha=sam
    charlotte=lotte,charly josephine=jos,fien annemarie=anne,marie rosalie=roos valerie=val
    isabella=isa,bella elisabeth=lise,liz dominique=do michelle=mies nathalie=nat manon bo puck
    """
)
_PREFIXED = """
    de jong|de vries|van den berg|van dijk|bakker|janssen|visser|smit|meijer|de boer|mulder|
    de groot|bos|vos|peters|hendriks|van leeuwen|dekker|brouwer|de wit|dijkstra|smits|de graaf|
    van der meer|van der linden|kok|jacobs|de haan|vermeulen|van den heuvel|van der veen|
    van den broek|de bruijn|de bruin|van der heijden|schouten|van beek|willems|van vliet|
    van de ven|hoekstra|maas|verhoeven|koster|van dam|van der wal|prins|blom|huisman|peeters|
    de jonge|kuipers|van veen|post|kuiper|veenstra|kramer|van den brink|scholten|van wijk|postma|
    martens|vink|de ruiter|timmermans|groen|gerritsen|jonker|van loon|boer|van der velde|willemsen|
    smeets|de lange|de vos|bosch|van dongen|schipper|de koning|van der laan|koning|
    van der velden|driessen|van doorn|hermans|evers|van den bosch|van der meulen|hofman|bosman|
    wolters|sanders|van der horst|mol|kuijpers|molenaar|van de pol|de leeuw|verbeek|yilmaz|kaya|
    demir|el idrissi|ben ali|singh|ramdin|nguyen|chen|kowalski|schmidt|muller|dubois|ter horst|
    ten brink|in 't veld|op den kamp|'t hart|van 't hof|von der heide|te riele
"""
SURNAMES = tuple(" ".join(name.split()) for name in _PREFIXED.split("|"))
_STEMS = _words(
    """
    berg veld hout beek dam land horst kamp brug eik linde wester ooster noor zuider hage raven
    wolf haan spreeuw mole acker wey bloem kerk kloost boven neder oude nieuw hoge lage stam
    wille hen ger har wie tjeerd haver rogge tarwe boek schoen smeed kuip wagen timmer
    """
)
_ENDS = _words(
    """
    stra sma inga ing ink mans man huis horst veld kamp berg laar hoek aar sen s wijk meijer
    burg stein hoven beek dijk hout wald feld scheer maker enga ema
    """
)
_BEFORE_STEM = ("", "", "", "van ", "van de ", "van der ", "de ", "ter ", "van den ")
STREETS = _words(
    """
    dorps kerk school molen station wilhelmina juliana beatrix nieuw eik linde beuken kastanje hoofd
    raadhuis markt tuin veld water haven spoor burgemeester thorbecke vondel rembrandt mozart
    meidoorn zonnebloem leeuwerik merel zwaluw roos lelie hof akker weide polder dijk bos heide
    """
)
STREET_ENDS = _words("straat straat straat weg laan laan plein hof kade pad dreef singel steeg")
_TOWN_STARTS = _words(
    "ooster wester noor zuider oud nieuw groot klein hoog laag wolf beek berg eik linden molen vos"
)
_TOWN_ENDS = _words("dam dijk huizen kerk burg veen wolde hoven drecht stede loo broek horst rode")
HOSTS = ("mail.example.nl", "post.example.com", "example.nl", "thuis.example.nl", "web.example.org")
HANDLES = _words("fietsfan tuinkabouter zeilgek puzzelaar motorrijder bakplezier hardloper visser")
NO_EMAIL = ("geen@example.nl", "nomail@example.com", "onbekend@example.nl", "-", "n.v.t.")
NO_PHONE = ("0000000000", "0612345678", "n.v.t.", "06")
NO_BIRTH = ("1900-01-01", "1970-01-01", "1111-11-11")


def forms(words: tuple[str, ...]) -> tuple[list[str], list[tuple[str, ...]]]:
    """Baptismal names, and for each the names that its bearers go by (itself at least)."""
    parts = [word.split("=") for word in words]
    return [part[0] for part in parts], [
        tuple(part[1].split(",")) if len(part) > 1 else (part[0],) for part in parts
    ]


def frequencies(size: int, offset: float, power: float) -> Floats:
    """Zipf-Mandelbrot shares 1 / (rank + offset) ** power, that add up to one."""
    shares = 1 / (np.arange(size) + offset) ** power
    result: Floats = shares / shares.sum()
    return result


def kept(texts: Texts, where: npt.NDArray[np.bool_]) -> Texts:
    """The texts where asked, None elsewhere."""
    result = texts.copy()
    result[~where] = None
    return result


def surnames() -> Texts:
    """The common surnames, then some ten thousand composed ones, in a fixed mixed order."""
    made = [
        f"{before}{stem}{end}" for stem in _STEMS for end in _ENDS for before in _BEFORE_STEM[2:]
    ]
    random = np.random.default_rng(1980)
    return np.array([*SURNAMES, *random.permutation(sorted(set(made)))], dtype=object)


def towns() -> Texts:
    """Names of towns, the largest first."""
    made = [start + end for start in _TOWN_STARTS for end in _TOWN_ENDS]
    return np.array(np.random.default_rng(1981).permutation(made), dtype=object)
