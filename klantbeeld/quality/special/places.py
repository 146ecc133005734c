"""Lands that say something of somebody's descent, in Dutch and English, as one pattern."""

from __future__ import annotations

from klantbeeld.quality.words import words

PLACES = "|".join(
    sorted(
        words(
            """
afghanistan albanië albania algerije algeria angola argentinië argentina armenië armenia aruba
azerbeidzjan azerbaijan bangladesh barbados belarus wit-rusland benin bolivia bosnië bosnia
brazilië brazil bulgarije bulgaria burundi cambodja cambodia cameroon kameroen kaapverdië chili
chile china colombia congo cuba curaçao curacao cyprus dominica ecuador egypte egypt eritrea
ethiopië ethiopia gambia gaza georgië georgia ghana griekenland greece grenada guatemala guinee
guinea guyana haïti haiti honduras hongarije hungary india indië indonesië indonesia irak iraq
iran israël israel italië italy ivoorkust jamaica japan java jemen yemen joegoslavië yugoslavia
jordanië jordan kashmir kazachstan kazakhstan kenia kenya koerdistan kurdistan korea kosovo
kroatië croatia laos letland latvia libanon lebanon liberia libië libya litouwen lithuania
macedonië macedonia madagaskar malawi maleisië malaysia mali marokko morocco mauritanië mexico
moldavië moldova molukken mongolië mongolia montenegro mozambique myanmar birma burma namibië
namibia nepal nicaragua niger nigeria oeganda uganda oekraïne ukraine oezbekistan uzbekistan
pakistan palestina palestine panama paraguay peru filipijnen philippines polen poland portugal
roemenië romania rusland russia rwanda senegal servië serbia singapore slowakije slovakia soedan
sudan somalië somalia somaliland sri.lanka suriname syrië syria tadzjikistan taiwan tanzania
thailand tibet togo trinidad tsjaad chad tsjechië tsjetsjenië chechnya tunesië tunisia turkije
turkey turkmenistan uruguay venezuela vietnam xinjiang zambia zimbabwe zuid-afrika south.africa
antillen caribbean caraïben afrika africa azië asia midden-oosten middle.east balkan latin.america
zuid-amerika st.*maarten bonaire punjab bengal gujarat
"""
        )
    )
)
