"""Delimited text: encodings, delimiters, quotation marks, headers, and rows that do not fit."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from klantbeeld.sources.readers import Reject, UnreadableFile, encoding
from klantbeeld.sources.readers.records import records_of
from tests.sources.files import only_table, rows, whole, written

NAMES = [(2, "1", "Zoë"), (3, "2", "Coöperatie België"), (4, "3", "André")]
TEXT = "id;naam\n1;Zoë\n2;Coöperatie België\n3;André\n"


@pytest.mark.parametrize(
    ("codec", "shown"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8 (BOM)"),
        ("utf-16", "UTF-16-LE (BOM)"),
        ("utf-16-le", "UTF-16-LE"),
        ("utf-16-be", "UTF-16-BE"),
        ("cp1252", "Windows-1252"),
        ("latin-1", "Windows-1252"),
        ("cp850", "CP850"),
        ("mac_roman", "Mac Roman"),
    ],
)
def test_an_encoding_is_known_by_its_bytes(tmp_path: Path, codec: str, shown: str) -> None:
    table = only_table(written(tmp_path, "klanten.csv", TEXT.encode(codec)))
    assert rows(table) == NAMES
    assert table.details["encoding"] == shown


def test_letters_beyond_the_first_megabytes_tell_the_encoding(tmp_path: Path) -> None:
    plain = "".join(f"{n};Jan de Vries\n" for n in range(200_000))
    content = ("id;naam\n" + plain + "9;Zoë Daniëls\n").encode("cp850")
    table = only_table(written(tmp_path, "klanten.csv", content))
    assert whole(table)["naam"][-1] == "Zoë Daniëls"


def test_a_line_in_another_encoding_is_read_and_told(tmp_path: Path) -> None:
    content = TEXT.encode() + "4;René\n".encode("cp1252")
    table = only_table(written(tmp_path, "klanten.csv", content))
    assert rows(table)[-1] == (5, "4", "René")
    assert table.details["foreign_bytes"] == 1
    assert [note.code for note in table.notes] == ["foreign_bytes"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_delimiter_and_line_ends_are_found(tmp_path: Path, delimiter: str, newline: str) -> None:
    text = f"id{delimiter}naam{delimiter}bedrag{newline}"
    text += f"007{delimiter}Jan{delimiter}12.50{newline}008{delimiter}Piet{delimiter}{newline}"
    table = only_table(written(tmp_path, "klanten.csv", text))
    assert rows(table) == [(2, "007", "Jan", "12.50"), (3, "008", "Piet", None)]


def test_a_decimal_comma_is_told(tmp_path: Path) -> None:
    table = only_table(written(tmp_path, "b.csv", "id;bedrag\n1;12,50\n2;1.234,00\n"))
    assert table.details["decimal"] == ","
    assert table.details["delimiter"] == ";"


def test_nul_bytes_are_removed_and_told(tmp_path: Path) -> None:
    table = only_table(written(tmp_path, "n.csv", b"id;naam\n1;J\0an\n2;P\0iet\0\n"))
    assert rows(table) == [(2, "1", "Jan"), (3, "2", "Piet")]
    assert table.details["nul_bytes"] == 3
    assert "nul_bytes" in [note.code for note in table.notes]


def test_titles_totals_remarks_and_headers_are_no_data(tmp_path: Path) -> None:
    text = (
        "Klantenlijst 2024\n\nklantnr;naam;plaats;bedrag\n1;Jan;Ede;2,00\n"
        "klantnr;naam;plaats;bedrag\n2;Totaal Wonen;Tiel;3,00\nTotaal;;;5,00\nBron: CRM\n"
    )
    table = only_table(written(tmp_path, "k.csv", text))
    assert rows(table) == [(4, "1", "Jan", "Ede", "2,00"), (6, "2", "Totaal Wonen", "Tiel", "3,00")]
    assert [(reject.row, reject.reason) for reject in table.rejects()] == [
        (5, "repeated_header"), (7, "total_row"), (8, "footer_row"),
    ]  # fmt: skip
    assert table.details["title"] == ("Klantenlijst 2024",)
    assert table.details["header_row"] == 3


def test_rows_of_another_width_are_rejected_with_their_text(tmp_path: Path) -> None:
    text = "id;naam;plaats\n1;Jan\n2;Piet;Ede;extra\n3;Kees;Ede\n4;Anna;Tiel;;\n\n;;\n5;Bo;Ede\n"
    table = only_table(written(tmp_path, "k.csv", text))
    assert rows(table) == [(4, "3", "Kees", "Ede"), (5, "4", "Anna", "Tiel"), (8, "5", "Bo", "Ede")]
    assert table.rejects() == [
        Reject(2, "1;Jan", "too_few_cells"), Reject(3, "2;Piet;Ede;extra", "too_many_cells"),
    ]  # fmt: skip
    assert table.details["empty_rows"] == 2


def test_rejects_are_complete_after_a_pass_and_do_not_pile_up(tmp_path: Path) -> None:
    table = only_table(written(tmp_path, "k.csv", "id;naam;plaats\n1;Jan\n3;Kees;Ede\n"))
    assert table.sample(1).height == 1
    whole(table)
    whole(table)
    assert len(table.rejects()) == 1


@pytest.mark.parametrize(
    "text",
    [
        "1001;Jan Jansen;jan@example.nl;Ede\n1002;Piet Smit;piet@example.nl;Tiel\n",
        "Jan;Ede;1234 AB\nPiet;Tiel;2345 BC\nJan;Ede;1234 AC\n",
        "2024-01-02;12,50\n2024-01-03;13,50\n",
    ],
)
def test_a_missing_header_is_noticed(tmp_path: Path, text: str) -> None:
    table = only_table(written(tmp_path, "k.csv", text))
    assert len(whole(table)) == text.count("\n")
    assert table.columns[0] == "kolom 1"
    assert [note.code for note in table.notes] == ["no_header"]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('1;Velg 5" breed;x', ("1", 'Velg 5" breed', "x")),
        ('1;"Café ""De Kroon""";x', ("1", 'Café "De Kroon"', "x")),
        ('1;"Café "De Kroon"";x', ("1", 'Café "De Kroon"', "x")),
        ('1;27";x', ("1", '27"', "x")),
        ('1;"a;b";"c\nd"', ("1", "a;b", "c\nd")),
        ('1;"";x', ("1", None, "x")),
    ],
)
def test_quotation_marks_are_read_as_meant(tmp_path: Path, line: str, cells: object) -> None:
    text = f"id;naam;extra\n{line}\n2;Piet;y\n"
    table = only_table(written(tmp_path, "k.csv", text))
    found = rows(table)
    assert found[0][1:] == cells
    assert found[1][1:] == ("2", "Piet", "y")
    assert not table.rejects()


def test_an_unclosed_mark_costs_one_line(tmp_path: Path) -> None:
    lines = [f'{n};"Jan";Ede\n' for n in range(1000)]
    lines[400] = '400;"Jan;Ede\n'
    lines[700] = '700;"Jan;Ede\n'
    table = only_table(written(tmp_path, "k.csv", "id;naam;plaats\n" + "".join(lines)))
    assert len(whole(table)) == 998
    assert [(r.row, r.reason) for r in table.rejects()] == [
        (402, "unclosed_quote"), (702, "unclosed_quote"),
    ]  # fmt: skip


@pytest.mark.parametrize("cell", ["x" * 10_000_000, '"' + "x\n" * 5_000_000 + '"'])
def test_a_monstrous_cell_is_rejected_alone(tmp_path: Path, cell: str) -> None:
    table = only_table(written(tmp_path, "k.csv", f"id;naam\n1;{cell}\n2;Jan\n"))
    assert [row[1:] for row in rows(table)] == [("2", "Jan")]
    (reject,) = table.rejects()
    assert (reject.row, reject.reason) == (2, "cell_too_long")
    assert len(reject.raw) < 100_000


def test_300_columns_are_read(tmp_path: Path) -> None:
    names = [f"veld {n}" for n in range(300)]
    text = ";".join(names) + "\n" + ";".join(map(str, range(300))) + "\n"
    table = only_table(written(tmp_path, "k.csv", text))
    assert table.columns == tuple(names)
    assert rows(table)[0][300] == "299"


def test_names_of_columns_are_never_empty_and_never_twice(tmp_path: Path) -> None:
    table = only_table(written(tmp_path, "k.csv", "naam;Naam;;_row\nJan;Smit;x;y\nBo;Bos;x;y\n"))
    assert table.columns == ("naam", "Naam (2)", "kolom 3", "_row")


def test_lines_that_end_in_a_delimiter_have_no_column_more(tmp_path: Path) -> None:
    table = only_table(written(tmp_path, "k.csv", "id;naam;\n1;Jan;\n2;Piet;\n"))
    assert rows(table) == [(2, "1", "Jan"), (3, "2", "Piet")]


def test_lines_in_quotation_marks_as_a_whole_are_unwrapped(tmp_path: Path) -> None:
    text = '"id;naam;plaats"\r\n"1;Jan ""J"" Smit;Ede"\r\n"2;Piet;Ede"\r\n'
    table = only_table(written(tmp_path, "k.csv", text))
    assert rows(table)[1] == (3, "2", "Piet", "Ede")


def test_a_declared_separator_is_obeyed(tmp_path: Path) -> None:
    table = only_table(written(tmp_path, "k.csv", "sep=|\nid|naam\n1|Jan, de oude\n"))
    assert rows(table) == [(3, "1", "Jan, de oude")]


def test_trailing_cells_left_out_by_the_program_are_empty(tmp_path: Path) -> None:
    lines = "".join(f"{n};Jan;Ede\n{n};Piet\n" for n in range(60))
    table = only_table(written(tmp_path, "k.csv", "id;naam;plaats\n" + lines))
    assert len(whole(table)) == 120
    assert "short_rows_filled" in [note.code for note in table.notes]


def test_files_laid_behind_each_other_and_an_end_mark_of_old(tmp_path: Path) -> None:
    part = "\ufeffid;naam;plaats\n1;Jan;Ede\n"
    table = only_table(written(tmp_path, "k.csv", part + part + "\x1a"))
    assert [row[1:] for row in rows(table)] == [("1", "Jan", "Ede")] * 2
    assert [reject.reason for reject in table.rejects()] == ["repeated_header"]


def test_prose_is_no_table(tmp_path: Path) -> None:
    text = "Beste mensen, dit is een brief.\nZonder tabel.\nMet, zo hier en daar, komma's.\n"
    with pytest.raises(UnreadableFile) as raised:
        only_table(written(tmp_path, "LEESMIJ", text))
    assert raised.value.code == "no_table"


CELLS = st.text(st.sampled_from('ab;,"\n é|5'), max_size=6)


@settings(max_examples=150, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(
    cells=st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=12),
    chunk=st.integers(5, 60),
)
def test_text_by_the_book_is_read_as_written_whatever_the_blocks(
    tmp_path: Path, cells: list[list[str]], chunk: int
) -> None:
    """Against Python's own csv module, with blocks cut at every place."""
    keyed = [[f"k{at}", *row] for at, row in enumerate(cells)]
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\n").writerows(
        [["klantnr", "x", "y", "z"], *keyed]
    )
    path = written(tmp_path, "klanten.csv", text.getvalue())
    table = only_table(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encoding, "CHUNK", chunk)
        patch.setattr("klantbeeld.sources.readers.lines.SLOW_BYTES", 10)
        found = [[cell or "" for cell in row[1:]] for row in rows(table)]
    assert table.columns == ("klantnr", "x", "y", "z")
    assert found == keyed
    assert not table.rejects()


@settings(max_examples=100, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(lines=st.lists(st.text(st.sampled_from('a;"b '), min_size=1, max_size=8), max_size=12),
       chunk=st.integers(3, 40))  # fmt: skip
def test_no_line_is_lost_however_it_is_written(
    tmp_path: Path, lines: list[str], chunk: int
) -> None:
    """Rows, rejects and empty rows together are the lines, wherever the blocks are cut."""
    text = "".join(line + "\n" for line in ["klantnr;naam", "1;Jan", *lines, "9;Bo"])
    path = written(tmp_path, "klanten.csv", text)
    table = only_table(path)
    for size in (1 << 20, chunk):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(encoding, "CHUNK", size)
            patch.setattr("klantbeeld.sources.readers.lines.SLOW_BYTES", size)
            kept = sum(1 + str(row).count("\\n") for row in rows(table))
        kept += sum(1 + reject.raw.count("\n") for reject in table.rejects())
        empty = table.details["empty_rows"]
        assert isinstance(empty, int)
        assert kept + empty == len(lines) + 2


def test_a_mark_closed_far_away_does_not_swallow_the_rows_between(tmp_path: Path) -> None:
    lines = [f"{n};Jan;Ede\n" for n in range(500)]
    lines[10], lines[400] = '10;"Jan;Ede\n', '400;Jan";Ede\n'
    table = only_table(written(tmp_path, "k.csv", "id;naam;plaats\n" + "".join(lines)))
    assert len(whole(table)) == 499
    assert [(r.row, r.reason) for r in table.rejects()] == [(12, "unclosed_quote")]


def test_the_careful_reader_goes_on_after_a_stray_mark() -> None:
    found = list(records_of(['1;"a', '2;"b";x', '3;c;"d', 'e"'], ";", '"', 3, 1))
    assert [(r.line, r.lines, r.reason) for r in found] == [
        (1, 1, "unclosed_quote"), (2, 1, ""), (3, 2, ""),
    ]  # fmt: skip
