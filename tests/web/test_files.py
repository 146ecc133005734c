"""What goes to the browser: vendored files as listed, small enough, every icon there, all Dutch."""

from __future__ import annotations

import gzip
import hashlib
import re
import sys
import tomllib
from pathlib import Path

import pytest

WEB = Path(__file__).resolve().parents[2] / "klantbeeld" / "web"
VENDOR = WEB / "static" / "vendor"
OWN = WEB / "static" / "klantbeeld"
ICON = re.compile(r"""{% icon ["']([a-z-]+)["']""")
LOOK = re.compile(r'Look\("([a-z-]+)"')
BUDGET = 80_000  # bytes of CSS and JavaScript at the first load, compressed


def listed() -> list[dict[str, object]]:
    return tomllib.loads((VENDOR / "vendor.toml").read_text())["package"]


def test_vendored_files_are_what_the_list_says() -> None:
    sums = dict(
        reversed(line.split("  ")) for line in (VENDOR / "SHA256SUMS").read_text().splitlines()
    )
    there = {p.name for p in VENDOR.iterdir()} - {"SHA256SUMS", "vendor.toml"}
    assert there == set(sums)
    for name, digest in sums.items():
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == digest, name


def test_every_vendored_file_has_its_package_and_licence() -> None:
    promised = {str(p.get("sprite", "")) for p in listed()}
    promised |= {str(name) for p in listed() for name in dict(p.get("files", {})).values()}
    there = {
        p.name for p in VENDOR.iterdir() if not p.name.startswith(("LICENSE", "SHA", "vendor"))
    }
    assert there == promised - {""}
    assert len(list(VENDOR.glob("LICENSE.*"))) == len(listed())


def test_every_icon_that_is_asked_for_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'<symbol id="([a-z-]+)"', (VENDOR / "icons.svg").read_text()))
    asked = set(LOOK.findall((WEB / "looks.py").read_text()))
    for path in (WEB / "templates").rglob("*.html"):
        asked |= set(ICON.findall(path.read_text()))
    assert len(asked) > 40
    assert asked <= sprite


def test_the_first_load_is_small() -> None:
    files = [*OWN.glob("*.css"), *OWN.glob("*.js"), *VENDOR.glob("*.js")]
    assert len(files) > 8
    assert sum(len(gzip.compress(p.read_bytes())) for p in files) <= BUDGET


def test_colours_are_tokens() -> None:
    literal = re.compile(r"#[0-9a-f]{3,8}\b|rgb\(|hsl\(", re.IGNORECASE)
    assert literal.search((OWN / "tokens.css").read_text())
    allowed = {"letter.css", "print.css", "tokens.css"}
    for path in OWN.glob("*.css"):
        lines = path.read_text().splitlines()
        # A dialog's backdrop and the ground of a QR code are the same in both themes.
        hits = [
            x for x in lines if literal.search(x) and "backdrop" not in x and ".prose img" not in x
        ]
        assert path.name in allowed or not hits, (path.name, hits)


@pytest.mark.parametrize("arguments", [["messages.py", "--check"]])
def test_every_text_has_its_dutch(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from scripts import messages

    monkeypatch.setattr(sys, "argv", arguments)
    assert messages.main() == 0, capsys.readouterr().out


def test_a_text_without_dutch_is_found(tmp_path: Path) -> None:
    from babel.messages.catalog import Catalog

    from scripts import messages

    catalog = Catalog(locale="nl")
    catalog.add("Known", "Bekend")
    catalog.add("Unknown")
    catalog.add(("%(n)s row", "%(n)s rows"), ("%(n)s regel", ""))
    assert messages.missing(catalog) == ["Unknown", "('%(n)s row', '%(n)s rows')"]


def test_texts_are_found_in_attributes_of_components(tmp_path: Path) -> None:
    from scripts import messages

    page = tmp_path / "x.html"
    page.write_text("<c-panel title=\"{% translate 'Deep inside' %}\">")
    assert b"Deep inside" in messages.template_source(page)
