"""Log lines as JSON, without values: what happened and where, never to whom."""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime

_STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime"}


class LineFormatter(logging.Formatter):
    """One JSON object a line.

    Arguments of a message and texts of exceptions can hold personal data, so only the message
    template, the exception's type and its place in the code are written. Extra fields are
    written when they are numbers or booleans.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of JSON."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": str(record.msg),
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["exception"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])[-5:]
            line["trace"] = [f"{f.filename.rsplit('/', 1)[-1]}:{f.lineno}" for f in frames]
        for key, value in record.__dict__.items():
            if key not in _STANDARD and isinstance(value, int | float | bool):
                line[key] = value
        return json.dumps(line, ensure_ascii=False)
