"""Headings as people write them."""
import re
_W=set("naam name email e-mail klantnr klantnummer telefoon adres postcode plaats woonplaats bedrag datum voornaam achternaam id nr number date phone city country customerid quantity unitprice description invoicedate titel status order ordernummer artikel aantal prijs geslacht straat huisnummer".split())
def is_heading(text: str) -> bool:
    return any(w in _W for w in re.findall(r"[a-zé-]+", text.casefold()))
