"""From paths to tables ready to be loaded: found, staged, recognised, related."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from secrets import token_hex
from zlib import crc32

import polars as pl
from django.conf import settings

from klantbeeld.core import sealing
from klantbeeld.core.actor import system_actor
from klantbeeld.engine.files import Lock
from klantbeeld.pipeline.blocks import TableWork
from klantbeeld.pipeline.episodes import episodes
from klantbeeld.pipeline.guarding import Guard
from klantbeeld.pipeline.mended import put_mended
from klantbeeld.pipeline.naming import Named, Names, mask_name, mask_problem
from klantbeeld.pipeline.numbering import recall_numbers
from klantbeeld.pipeline.own_keys import decide
from klantbeeld.pipeline.relations import Found, is_products, pair_lines, share_numbers
from klantbeeld.pipeline.staging import Staged, stage
from klantbeeld.pipeline.standard import options_for
from klantbeeld.pipeline.subjects import KEY_ROLES, Subjects, telling_roles
from klantbeeld.privacy import actions as privacy
from klantbeeld.privacy.tables import no_tombstones
from klantbeeld.quality.tables import MASK
from klantbeeld.sources.errors import UnreadableFile
from klantbeeld.sources.tables import (
    ColumnMapping,
    Mapping,
    Table,
    TableMapping,
    plain_name,
    recognise,
    template_mapping,
)

SAMPLE_ROWS = 5_000
# In a staging folder: files that lie sealed otherwise.
OPENED = "opened"
MACHINE = system_actor("job")
_MASKED = re.compile(re.escape(MASK) + r"(?: \(\d+\))?")
# A column that lacks more of its values is no row's own number.
MAY_LACK = 0.02
# What numbers the rows of a kind of table; of other tables' numbers they have several.
OWN_KEY_ROLES = {
    "orders": ("order_number",),
    "quotes": ("quote_number",),
    "cases": ("case_number", "event_id"),
    "subscriptions": ("subscription_number",),
    "messages": ("message_id", "event_id"),
    "events": ("event_id",),
    "loyalty": ("event_id",),
    "surveys": ("event_id",),
    "documents": ("file_name",),
    "products": ("product_code",),
    "customers": tuple(role for role, _ in KEY_ROLES[:6]),
}


@dataclass
class Plan:
    """What an import found: tables by delivery, files it could not read, columns left out."""

    found: list[Found] = field(default_factory=list)
    bytes_of: dict[int, Callable[[int, str], bytes]] = field(default_factory=dict)
    unreadable: list[UnreadableFile] = field(default_factory=list)
    mappings: dict[str, Mapping] = field(default_factory=dict)


def source_key(name: str) -> str:
    """The key of the source a file belongs to: its name without dates, digits and extension."""
    return as_key(plain_name(Path(name).stem))


def as_key(name: str) -> str:
    """A name as the key of a source, which is also the name of a file: letters, digits, hyphens.

    A name in another script keeps a key of its own, or two files would be one source. A guarded
    number is left out of it.
    """
    name = _MASKED.sub(MASK, mask_name(name).name)
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    key = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:80]
    return key or f"bestand-{crc32(name.encode()):08x}"


@contextmanager
def staging_folder() -> Iterator[Path]:
    """A folder for this import alone; those of imports that were killed are removed first."""
    base = Path(settings.HOME) / "staging"
    base.mkdir(parents=True, exist_ok=True)
    for left in base.glob("*.lock"):
        lock = Lock(left)
        if lock.acquire():
            _remove(left.with_suffix(""))
            lock.release(remove=True)
    folder = base / token_hex(6)
    lock = Lock(folder.with_suffix(".lock"))
    lock.acquire()
    folder.mkdir()
    try:
        yield folder
    finally:
        _remove(folder)
        lock.release(remove=True)


def _remove(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file():
            # Of an import that was killed too: a file as it came, opened to be read.
            if OPENED in path.parts:
                sealing.overwrite(path)
            path.unlink()
        else:
            path.rmdir()
    if folder.exists():
        folder.rmdir()


def make_plan(
    paths: Sequence[Path],
    folder: Path,
    *,
    source: str | None = None,
    mapping: Mapping | None = None,
    progress: Callable[[str, int], None] = lambda stage, rows: None,
    names: Names | None = None,
) -> Plan:
    """Read, stage and recognise everything under `paths`.

    A table that its source's saved mapping knows is read by that; others are recognised, and
    added to it, as is one that was not recognised before. `names` tells of what names were masked
    before.
    """
    plan, names = Plan(), names or Names()
    for path in paths:
        for named in names.tables(path, plan.unreadable.append):
            try:
                _add(plan, named, folder, source, mapping)
            except UnreadableFile as problem:
                plan.unreadable.append(mask_problem(problem))
                continue
            progress("reading", plan.found[-1].staged.rows)
    relate(plan, folder)
    return plan


def relate(plan: Plan, folder: Path) -> None:
    """Find out how the tables of a plan belong together; `folder` takes rows as people mended them.

    Lines with their orders, whose customer numbers a table uses, and what was mended before. A
    table of which no column has a meaning holds nothing that could be used, whatever its name.
    """
    for found in plan.found:
        if not set(found.mapping.roles().values()) - {"keep"}:
            found.mapping = replace(found.mapping, holds="unknown")
    pair_lines(plan.found)
    put_mended(plan.found, folder)
    share_numbers(plan.found)
    recall_numbers(plan.found)


def _add(
    plan: Plan, named_table: Named, folder: Path, source: str | None, given: Mapping | None
) -> None:
    table = named_table.table
    # A file in an archive or folder is named by itself; sheets and tables share their file's name.
    file_name = table.path.replace("\\", "/").rsplit("/", 1)[-1]
    named = source or (given.source if given else "")
    key = as_key(named) if named else source_key(file_name)
    known = given or plan.mappings.get(key) or saved_mapping(key)
    mapped: list[TableMapping] = []

    def understand(head: pl.DataFrame) -> dict[str, str]:
        mapped.append(_mapping_for(table, head.head(SAMPLE_ROWS), known, known is given))
        return mapped[0].roles()

    guard = Guard(
        privacy.special_plan(MACHINE, key), understand,
        headings=named_table.headings, in_names=named_table.special,
    )  # fmt: skip
    staged = stage(table, folder / str(len(plan.found)), guard)
    if known is not given or given is None:
        plan.mappings[key] = (known or Mapping(key)).with_table(mapped[0])
    is_former = bool(table.details.get("is_former"))
    plan.found.append(Found(key, table.path, table.name, staged, mapped[0], is_former=is_former))
    bytes_of = bytes_for(table)
    if bytes_of is not None:
        plan.bytes_of[len(plan.found) - 1] = bytes_of


def bytes_for(table: Table) -> Callable[[int, str], bytes] | None:
    """What gives the bytes of a table's letters or attachments by row and SHA-256, if any."""
    bytes_of = table.details.get("content_bytes") or table.details.get("attachment_bytes")
    if not callable(bytes_of):
        return None
    return _by_row(bytes_of, "content_bytes" in table.details)


def _by_row(bytes_of: Callable[..., bytes], is_letter: bool) -> Callable[[int, str], bytes]:
    return (lambda row, sha256: bytes_of(row)) if is_letter else bytes_of


def _mapping_for(
    table: Table, sample: pl.DataFrame, known: Mapping | None, is_given: bool
) -> TableMapping:
    told = table.details.get("mapping")
    if isinstance(told, TableMapping):
        return told
    match = known.match(table) if known else None
    # What could not be recognised before is looked at anew: this time it may be another table.
    if match is not None and (is_given or not match.mapping.is_unrecognised):
        return match.mapping
    known_export = template_mapping(table)
    if known_export is not None:
        return known_export
    found = recognise(table, sample)
    return replace(found, holds="products") if is_products(found) else found


def mapping_path(source: str) -> Path:
    """Where the mapping of a source is kept, to be read and changed by people."""
    return Path(settings.HOME) / "mappings" / f"{source}.yaml"


def saved_mapping(source: str) -> Mapping | None:
    """The mapping that the last import of the source left; raises MappingError when it is wrong."""
    path = mapping_path(source)
    return Mapping.load(path.read_text(encoding="utf-8")) if path.exists() else None


def save_mappings(plan: Plan) -> None:
    """Keep the mappings for the next import of each source."""
    for key, mapping in plan.mappings.items():
        path = mapping_path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".new")
        unfinished.write_text(mapping.dump(), encoding="utf-8")
        unfinished.replace(path)


def work_for(plan: Plan, found: Found, moment: int) -> TableWork:
    """Decide everything about a table as a whole."""
    mapping, staged = found.mapping, found.staged
    if mapping.unmapped == "keep":
        kept = tuple(
            ColumnMapping(column, "keep") for column in mapping.unmapped_in(staged.columns)
        )
        mapping = replace(mapping, columns=mapping.columns + kept)
    content = [c.column for c in mapping.columns if c.role != "ignore"]
    content = [c for c in content if c in staged.columns]
    whole = staged.scan()
    place = next(n for n, f in enumerate(plan.found) if f is found)
    telling = found.roles & telling_roles(mapping.holds)
    return TableWork(
        name=found.name,
        staged=staged,
        mapping=mapping,
        options=options_for(mapping, whole),
        own_keys=decide(staged, _own_key(mapping, staged), content),
        subjects=Subjects(_facet(plan, found, telling), mapping.holds != "customers"),
        source=found.source,
        updated_at=moment,
        number_of=found.number_of,
        number_width=found.number_width,
        has_tombstones=not no_tombstones(),
        is_bare=mapping.holds != "customers" and len(telling) <= 1,
        episodes=episodes(whole, mapping),
        file_bytes=plan.bytes_of.get(place),
        mended=found.mended,
        is_former=found.is_former,
    )


def _own_key(mapping: TableMapping, staged: Staged) -> str:
    """The column with the rows' own number, or ""."""
    if mapping.holds == "lines":
        return ""
    if mapping.key and mapping.key in mapping:
        return mapping.key
    roles = (*OWN_KEY_ROLES.get(mapping.holds, ()), "record_key")
    named = [mapping.column_for(role) for role in roles]
    candidates = [c.column for c in named if c and c.column in staged.columns]
    if len(candidates) < 2 or not staged.rows:
        return next(iter(candidates), "")
    nulls = staged.scan().select(pl.col(c).null_count() for c in candidates).collect().row(0)
    filled = [c for c, n in zip(candidates, nulls, strict=True) if n <= MAY_LACK * staged.rows]
    return (filled or candidates)[0]


def _facet(plan: Plan, found: Found, telling: frozenset[str]) -> str:
    """See `Subjects.facet`: only tables of happenings that also describe people need one."""
    if found.mapping.holds == "customers":
        tables = [f for f in plan.found if f.source == found.source and f.path == found.path]
        others = [f for f in tables if f.mapping.holds == "customers"]
        if found is others[0] or not _overlap(found, others[0]):
            return ""
        return source_key(found.name)
    return source_key(found.name) if len(telling) > 1 else ""


def _overlap(table: Found, first: Found) -> bool:
    ours, theirs = table.values("customer_number"), first.values("customer_number")
    return bool(ours.drop_nulls().is_in(theirs.drop_nulls().implode()).any())
