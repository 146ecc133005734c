"""The data map: four columns of names with lines between them, as SVG that reads in any theme."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _

WIDTH, BOX, STEP, TOP = 960, 190, 30, 44
COLUMNS = (0, 256, 514, 770)
_LETTERS = 24


def drawn(
    sources: Sequence[str], links: Sequence[tuple[str, str]], receivers: Sequence[str]
) -> str:
    """The picture; `links` are pairs of category and purpose."""
    kinds = sorted({kind for kind, _purpose in links})
    purposes = sorted({purpose for _kind, purpose in links})
    columns = (list(sources), kinds, purposes, list(receivers))
    height = TOP + STEP * max(1, *(len(column) for column in columns)) + 8
    lines = [
        *(_line(COLUMNS[0], _y(n), COLUMNS[1], _middle(kinds)) for n in range(len(sources))),
        *(
            _line(COLUMNS[1], _y(kinds.index(kind)), COLUMNS[2], _y(purposes.index(purpose)))
            for kind, purpose in links
        ),
        *(_line(COLUMNS[2], _middle(purposes), COLUMNS[3], _y(n)) for n in range(len(receivers))),
    ]
    titles = (_("Sources"), _("Data"), _("Purposes"), _("Recipients"))
    boxes = [
        part
        for x, title, names in zip(COLUMNS, titles, columns, strict=True)
        for part in (_title(x, title), *(_box(x, _y(n), name) for n, name in enumerate(names)))
    ]
    label = escape(_("Data map"), {'"': "&quot;"})
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"'
        f' aria-label="{label}" font-family="system-ui, sans-serif" font-size="11.5"'
        f' fill="currentColor">{"".join(lines)}{"".join(boxes)}</svg>'
    )


def _y(place: int) -> int:
    return TOP + STEP * place


def _middle(names: Sequence[str]) -> int:
    return _y(max(0, len(names) - 1) // 2)


def _line(left: int, from_y: int, right: int, to_y: int) -> str:
    start, half = left + BOX, (left + BOX + right) // 2
    return (
        f'<path d="M{start} {from_y + 11} C{half} {from_y + 11} {half} {to_y + 11} {right}'
        f' {to_y + 11}" fill="none" stroke="currentColor" stroke-opacity=".28"/>'
    )


def _title(x: int, text: str) -> str:
    return f'<text x="{x + 4}" y="22" font-weight="600" font-size="14">{escape(text)}</text>'


def _box(x: int, y: int, name: str) -> str:
    short = name if len(name) <= _LETTERS else name[: _LETTERS - 1] + "…"
    return (
        f'<g><title>{escape(name)}</title><rect x="{x}" y="{y}" width="{BOX}" height="22" rx="5"'
        f' fill="none" stroke="currentColor" stroke-opacity=".55"/>'
        f'<text x="{x + 8}" y="{y + 15}">{escape(short)}</text></g>'
    )
