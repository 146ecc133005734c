"""Log lines tell what happened and where, never about whom."""

from __future__ import annotations

import json
import logging
import sys

from klantbeeld.core.logs import LineFormatter

NAME = "Fien Zandloper"


def _line(message: str, *arguments: object, **extra: object) -> dict[str, object]:
    record = logging.LogRecord("probe", logging.INFO, __file__, 1, message, arguments, None)
    record.__dict__.update(extra)
    read: dict[str, object] = json.loads(LineFormatter().format(record))
    return read


def _failing() -> None:
    raise ValueError(f"{NAME} has no postcode")


def test_arguments_of_a_message_stay_out() -> None:
    line = _line("stored %s", NAME)
    assert line["event"] == "stored %s"
    assert NAME not in json.dumps(line)


def test_the_text_of_an_exception_stays_out_but_not_its_place() -> None:
    try:
        _failing()
    except ValueError:
        record = logging.LogRecord("probe", logging.ERROR, "", 1, "failed", (), sys.exc_info())
    written = LineFormatter().format(record)
    line = json.loads(written)
    assert line["exception"] == "ValueError"
    assert any("test_logs.py" in place for place in line["trace"])
    assert NAME not in written
    assert "postcode" not in written


def test_of_extra_fields_only_numbers_are_kept() -> None:
    line = _line("loaded", rows=7, seconds=0.5, done=True, customer=NAME, who={"name": NAME})
    assert (line["rows"], line["seconds"], line["done"]) == (7, 0.5, True)
    assert NAME not in json.dumps(line)


def test_a_line_is_one_line() -> None:
    assert "\n" not in json.dumps(_line("two\nlines"))
    record = logging.LogRecord("probe", logging.INFO, "", 1, "two\nlines", (), None)
    assert len(LineFormatter().format(record).splitlines()) == 1
