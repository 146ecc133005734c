"""Contact cards of versions 2.1, 3.0 and 4.0."""

from __future__ import annotations

from pathlib import Path

import pytest

from klantbeeld.sources.readers import UnreadableFile
from klantbeeld.sources.tables import ROW
from tests.sources.files import only_table, whole, written

CARDS = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Vri=
=C3=ABs;Jan;de;Dhr.;
FN:Jan de Vriës
TEL;CELL:0970-00012345
TEL;WORK;VOICE:020-0001234
TEL;FAX:020-0009999
ADR;HOME:;;Dorpsstraat 1;Ede;Gelderland;6711 AA;Nederland
END:VCARD
BEGIN:VCARD
VERSION:3.0
N:Smit;Anna;;;
FN:Anna
  Smit
ORG:Bakkerij Bos\\, Ede;Verkoop
TITLE:inkoper
item1.EMAIL;TYPE=INTERNET:anna@example.nl
EMAIL;TYPE=WORK:werk@example.nl
NOTE:eerste regel\\nmet\\; punten
CATEGORIES:vip,fiets
END:VCARD
begin:vcard
VERSION:4.0
FN:Bo Bos
BDAY:19800229
TEL;VALUE=uri;TYPE="voice,cell":tel:+31-970-00012345
URL:https://bo.example.nl
UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1
end:vcard
BEGIN:VCARD
FN:Half
"""


def test_cards_become_rows(tmp_path: Path) -> None:
    table = only_table(written(tmp_path, "adresboek.vcf", CARDS.replace("\n", "\r\n")))
    frame = whole(table)
    assert frame[ROW].to_list() == [1, 11, 23]
    jan, anna, bo = frame.to_dicts()
    assert (jan["first_name"], jan["surname_prefix"], jan["surname"]) == ("Jan", "de", "Vriës")
    assert (jan["mobile"], jan["phone"], jan["fax"]) == (
        "0970-00012345",
        "020-0001234",
        "020-0009999",
    )
    assert (jan["street"], jan["postcode"], jan["city"]) == ("Dorpsstraat 1", "6711 AA", "Ede")
    assert (anna["full_name"], anna["organisation_name"]) == ("Anna Smit", "Bakkerij Bos, Ede")
    assert (anna["email"], anna["email_2"]) == ("anna@example.nl", "werk@example.nl")
    assert anna["note"] == "eerste regel\nmet; punten"
    assert (bo["birth_date"], bo["mobile"]) == ("19800229", "+31-970-00012345")
    assert bo["record_key"] == "4fbe8971-0bc3-424c-9c26-36c3e1eff6b1"
    assert [(r.row, r.reason) for r in table.rejects()] == [(31, "invalid_card")]


def test_a_file_without_a_whole_card_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as raised:
        only_table(written(tmp_path, "a.vcf", "BEGIN:VCARD\nFN:Half\n"))
    assert raised.value.code == "invalid_card"
