"""Presidio and deduce, each in a process of its own: `python peers.py TOOL < texts > spans`.

Reads lines of JSON [text, language], writes lines [number, start, end, kind] and at last the CPU
seconds. This file imports nothing of the product, so that another environment's Python can run it.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

PEERS = {"presidio": "presidio_analyzer", "deduce": "deduce"}
_PRESIDIO = {"IBAN_CODE": "iban", "CREDIT_CARD": "card"}
_DEDUCE = {"bsn": "bsn"}
Reader = Callable[[str, str], Iterator[tuple[int, int, str]]]


def interpreter_for(peer: str, python: str | None) -> str | None:
    """The Python that can import a peer, null when neither this one nor the given one can."""
    for candidate in filter(None, (python, sys.executable)):
        command = [
            candidate,
            "-c",
            f"import importlib.util as u; exit(u.find_spec('{PEERS[peer]}') is None)",
        ]
        if subprocess.run(command, check=False, capture_output=True).returncode == 0:
            return candidate
    return None


def spans_by(
    peer: str, python: str, texts: list[tuple[str, str]]
) -> tuple[list[tuple[int, int, int, str]], float]:
    """Spans that a peer finds in texts (with their language), and its CPU seconds."""
    given = "".join(json.dumps(pair) + "\n" for pair in texts)
    done = subprocess.run(
        [python, str(Path(__file__).resolve()), peer],
        input=given,
        capture_output=True,
        text=True,
        check=True,
    )
    *lines, seconds = (line for line in done.stdout.splitlines() if line.startswith(("[", "{")))
    found = [json.loads(line) for line in lines]
    return [(row, start, end, kind) for row, start, end, kind in found], json.loads(seconds)["cpu"]


def _presidio() -> Reader:
    import spacy
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import SpacyNlpEngine
    from presidio_analyzer.predefined_recognizers import CreditCardRecognizer, IbanRecognizer
    from presidio_analyzer.recognizer_registry import RecognizerRegistry

    engine = SpacyNlpEngine(
        models=[{"lang_code": c, "model_name": f"blank:{c}"} for c in ("nl", "en")]
    )
    engine.nlp = {code: spacy.blank(code) for code in ("nl", "en")}
    registry = RecognizerRegistry(supported_languages=["nl", "en"])
    for code in ("nl", "en"):
        registry.add_recognizer(CreditCardRecognizer(supported_language=code))
        registry.add_recognizer(IbanRecognizer(supported_language=code))
    analyzer = AnalyzerEngine(
        registry=registry, nlp_engine=engine, supported_languages=["nl", "en"]
    )

    def read(text: str, language: str) -> Iterator[tuple[int, int, str]]:
        for found in analyzer.analyze(text=text, language=language):
            if found.entity_type in _PRESIDIO:
                yield found.start, found.end, _PRESIDIO[found.entity_type]

    return read


def _deduce() -> Reader:
    from deduce import Deduce

    model = Deduce()

    def read(text: str, language: str) -> Iterator[tuple[int, int, str]]:
        for found in model.deidentify(text).annotations:
            if found.tag in _DEDUCE:
                yield found.start_char, found.end_char, _DEDUCE[found.tag]

    return read


def main() -> None:
    """Read texts, write spans."""
    logging.disable(logging.CRITICAL)
    read = {"presidio": _presidio, "deduce": _deduce}[sys.argv[1]]()
    started = time.process_time()
    for number, line in enumerate(sys.stdin):
        text, language = json.loads(line)
        for start, end, kind in read(text, language):
            print(json.dumps([number, start, end, kind]))
    print(json.dumps({"cpu": round(time.process_time() - started, 1)}))


if __name__ == "__main__":
    main()
