"""Writes the sample company into a folder: `data` to be loaded, `truth` for tests only."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

from klantbeeld.sample import (
    contractfiles,
    costs,
    crm,
    desk,
    letters,
    loyalty,
    mailbox,
    newsletter,
    portal,
    social,
    survey,
    web,
    webshop,
)
from klantbeeld.sample.ledger import Ledger
from klantbeeld.sample.model import Model, build_model
from klantbeeld.sample.reckoning import reckon
from klantbeeld.sample.truth import Truth
from klantbeeld.sample.world import Size

DEFAULT_SEED = 7
DEFAULT_TODAY = date(2026, 11, 20)
Progress = Callable[[str, float], None]

# Name shown while writing, and the writer.
WRITERS: tuple[tuple[str, Callable[[Model, Path], list[Ledger]]], ...] = (
    (crm.FILE, crm.write),
    (webshop.FILE, webshop.write),
    ("abonnementen.csv, offertes.csv", contractfiles.write),
    (newsletter.FILE, newsletter.write),
    (mailbox.FILE, mailbox.write),
    ("servicedesk.csv, klachten.csv", desk.write),
    (loyalty.FILE, loyalty.write),
    (web.FILE, web.write),
    (portal.FILE, portal.write),
    (letters.FOLDER, letters.write),
    (survey.FILE, survey.write),
    (social.FILE, social.write),
    (costs.FILE, costs.write),
)


def generate(
    folder: Path,
    size: Size,
    seed: int = DEFAULT_SEED,
    today: date = DEFAULT_TODAY,
    progress: Progress | None = None,
) -> Truth:
    """Writes the sample of `size` into `folder` and returns its truth.

    The same arguments give the same bytes. `today` is the last day of the three years of history.
    `progress` is called with what is being done and the share done (0 to 1). A sample that is
    already in the folder is replaced; raises FileExistsError when `folder`/data holds files that
    this function did not write, and ValueError for an unknown size.
    """
    report = progress or (lambda _name, _share: None)
    report("model", 0.0)
    model = build_model(size, seed, today)
    data = _empty(folder)
    ledgers: list[Ledger] = []
    for number, (name, write) in enumerate(WRITERS, start=1):
        report(name, number / (len(WRITERS) + 2))
        ledgers += write(model, data)
    report("truth", 1 - 1 / (len(WRITERS) + 2))
    truth = reckon(model, ledgers, size)
    truth.save(folder)
    report("truth", 1.0)
    return truth


def _empty(folder: Path) -> Path:
    data = folder / "data"
    if data.exists() and any(data.iterdir()):
        if not (folder / "truth" / "facts.json").exists():
            raise FileExistsError(f"{data} holds files of another kind: choose an empty folder")
        shutil.rmtree(data)
    data.mkdir(parents=True, exist_ok=True)
    return data
