"""Whatever way in: a citizen service number is stored nowhere, and what is told of it has none."""

from __future__ import annotations

import json
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.db import connection

from klantbeeld.core.actor import Actor, system_actor
from klantbeeld.identity.models import Membership
from klantbeeld.pipeline import actions
from klantbeeld.privacy import actions as privacy
from klantbeeld.privacy.models import SpecialFinding
from klantbeeld.sources.models import Quarantined
from klantbeeld.timeline.models import Document, Interaction
from tests.house.canaries import found_in_tables

pytestmark = pytest.mark.django_db(transaction=True)
ACTOR = system_actor()
SERVICE = Actor("Sem Service", "service")
BSN = "999990019"
PEOPLE = "Klantnr;Naam;E-mail\nK-1;Fien Zandloper;fien@example.com\n"


@pytest.fixture
def home(settings: Any, tmp_path: Path) -> Path:
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    return Path(settings.HOME)


def where(home: Path) -> set[str]:
    """Names of the files and tables in which the number stands, Parquet decoded."""
    database = Path(str(connection.settings_dict["NAME"]))
    paths = [*home.rglob("*"), *database.parent.glob(f"{database.name}*")]
    files = {p.name for p in paths if p.is_file() and BSN.encode() in _content(p)}
    # PostgreSQL's files lie elsewhere.
    return files | set(found_in_tables({("", "bsn"): BSN}))


def _content(path: Path) -> bytes:
    content = path.read_bytes()
    if content[:4] != b"PAR1":
        return content
    frame = pl.read_parquet(path)
    return content + b"".join(repr(frame[c].to_list()).encode() for c in frame.columns)


def load(folder: Path, name: str, content: bytes) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    report = actions.import_paths(ACTOR, [folder / name])
    assert not report.unreadable
    assert BSN not in json.dumps(report.as_json())


def mail(home: Path, files: Path) -> None:
    message = EmailMessage()
    message["From"], message["To"] = "fien@example.com", "info@example.org"
    message["Date"], message["Subject"] = "Mon, 02 Nov 2026 10:00:00 +0100", f"bsn {BSN}"
    message["Message-ID"] = "<1@example.com>"
    message.set_content(f"Mijn bsn is {BSN}. Groet, Fien")
    message.add_attachment(f"burgerservicenummer: {BSN}\n", filename="gegevens.txt")
    load(files, "mail.eml", message.as_bytes())
    assert Interaction.objects.filter(subject="bsn […]").exists()
    assert not Document.objects.exclude(sha256="").exists()


def letter(home: Path, files: Path) -> None:
    text = f"Utrecht, 2 november 2026\n\nGeachte heer,\n\nMijn bsn is {BSN}.\n\nFien Zandloper\n"
    load(files, "brief.txt", text.encode())


def survey(home: Path, files: Path) -> None:
    rows = f"Datum;E-mail;NPS;Antwoord\n01-11-2026;fien@example.com;9;mijn bsn is {BSN}\n"
    load(files, "enquete.csv", rows.encode())


def api_customers(home: Path, files: Path) -> None:
    row = {"customer_number": "K-9", "full_name": "Bas Wit", "note": f"bsn {BSN}"}
    actions.bring(ACTOR, "shop", "customers", [row])


def api_orders(home: Path, files: Path) -> None:
    row = {
        "order_number": "1", "ordered_at": "2026-11-01", "order_amount": "10",
        "email": "fien@example.com", "note": f"mijn BSN: {BSN}",
    }  # fmt: skip
    actions.bring(ACTOR, "shop", "orders", [row])


def new_customer(home: Path, files: Path) -> None:
    told = {"full_name": "Bas Wit", "email": "bas@example.com", "city": f"bsn {BSN}"}
    actions.enter_customer(SERVICE, told, f"zijn bsn is {BSN}")


def note(home: Path, files: Path) -> None:
    load(files, "klanten.csv", PEOPLE.encode())
    customer = Membership.objects.latest("customer").customer_id
    actions.enter_note(SERVICE, customer, f"zijn bsn is {BSN}")


def mended(home: Path, files: Path) -> None:
    rows = "Bestelnummer;E-mail;Besteldatum;Bedrag;Opmerking\n1;fien@example.com;31-02-2026;10;\n"
    load(files, "orders.csv", rows.encode())
    row = Quarantined.objects.get()
    actions.mend_row(SERVICE, row, {"Besteldatum": "01-02-2026", "Opmerking": f"bsn {BSN}"})
    actions.retry_rows(SERVICE, [row])


WAYS = (mail, letter, survey, api_customers, api_orders, new_customer, note, mended)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_the_number_is_stored_nowhere(
    home: Path, tmp_path: Path, way: Callable[[Path, Path], None]
) -> None:
    way(home, tmp_path / "files")
    assert where(home) == set()


@pytest.mark.parametrize("way", [survey, api_customers, note], ids=lambda way: way.__name__)
def test_without_the_recognisers_it_would_be(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: Callable[[Path, Path], None]
) -> None:
    plan = privacy.special_plan

    def allowing(actor: Actor, source: str) -> Any:
        held = plan(actor, source)
        return type(held)(source, dict.fromkeys(held.treatments, "allow"))

    monkeypatch.setattr(privacy, "special_plan", allowing)
    way(home, tmp_path / "files")
    assert found_in_tables({("", "bsn"): BSN})


def test_what_was_found_goes_with_its_delivery(home: Path, tmp_path: Path) -> None:
    survey(home, tmp_path / "files")
    finding = SpecialFinding.objects.get()
    assert (finding.column, finding.rows, finding.kind) == ("Antwoord", [[2, 2]], "bsn")
    actions.undo_delivery(ACTOR, finding.delivery)
    assert not SpecialFinding.objects.exists()
