"""The trial itself: planted, found, erased among writers and kills, re-imported, restored."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.erasure import company
from benchmarks.erasure.company import Size

ROOT = Path(__file__).resolve().parents[2]
NOTHING: dict[str, Any] = {"tables": {}, "files": {}}
# Where they must have stood beforehand, or finding nothing afterwards would tell nothing.
TABLES = frozenset(
    {"core_record.data", "core_recordversion.data", "core_recordversion.raw",
     "sources_quarantined.values", "timeline_interaction.details", "timeline_document.text",
     "profiles_profile.data", "identity_compared.said", "django_tasks_database_dbtaskresult.args_kwargs"}
)  # fmt: skip
FILES = ("copy/", "files/", "staging/")


@dataclass
class House:
    """A migrated installation and its commands."""

    home: Path
    environment: dict[str, str]

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a command as a process of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "klantbeeld", *arguments], env=self.environment,
            cwd=self.home.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            encoding="utf-8",
        )  # fmt: skip

    @contextmanager
    def inside(self) -> Iterator[Inside]:
        """A process on the house that can be asked."""
        process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.erasure.inside"], env=self.environment, cwd=ROOT,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip
        try:
            yield Inside(process)
        finally:
            process.kill()
            process.wait()


@dataclass
class Inside:
    """Asks a process on the house (see `inside`)."""

    process: subprocess.Popen[str]

    def ask(self, what: str, **of: Any) -> Any:
        """The answer; raises when the process died of the question."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps({"ask": what, "of": of}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"nothing answered {what}")
        return json.loads(line)["answer"]

    def run(self, *arguments: str) -> str:
        """What a command of the house wrote."""
        return str(self.ask("command", arguments=list(arguments)))


@dataclass
class Trial:
    """One run. Every promise is an assertion; `figures` are what was counted and timed."""

    house: House
    folder: Path
    size: Size
    writers: int = 8
    kills: int = 3
    birds: int = 3
    backups: int = 3
    figures: dict[str, Any] = field(default_factory=dict)

    def run(self) -> dict[str, Any]:
        """The whole of it."""
        files = company.write(self.folder / "files", self.size)
        with self.house.inside() as inside, self._timed("whole"):
            with self._timed("import"):
                inside.run("import", str(files))
            assert inside.ask("mixed") == 0
            kept = [self._back_up(inside, 1)]
            self._plant(inside)
            kept.append(self._back_up(inside, 2))
            with self._timed("begin"):
                begun = inside.ask("begin")
            assert begun["begun"] == self.size.leaving + self.birds, begun
            assert begun["left"] == 0
            self.figures |= {"out_of_sight_slowest": begun["slowest"],
                             "out_of_sight_middle": begun["middle"]}  # fmt: skip
            kept.append(self._back_up(inside, 3))
            self._look_into_backups(inside)
            with self._timed("erase_among_writers"):
                self._erase_among_writers(inside)
            self._nothing_left(inside, "erased")
            inside.run("import", str(files))
            self._nothing_left(inside, "imported again")
            for nth, path in enumerate(kept[: self.backups]):
                with self._timed(f"restore_{nth + 1}"):
                    inside.run("backup", "--restore", path, "--force")
                self._nothing_left(inside, f"restored {nth + 1}")
            inside.run("import", str(files))
            self._nothing_left(inside, "restored and imported again")
        return self.figures

    @contextmanager
    def _timed(self, name: str) -> Iterator[None]:
        started = time.monotonic()
        yield
        self.figures[f"{name}_seconds"] = round(time.monotonic() - started, 1)
        print(f"{name}: {self.figures[f'{name}_seconds']} s", file=sys.stderr, flush=True)

    def _back_up(self, inside: Inside, nth: int) -> str:
        path = self.folder / "kept" / f"backup{nth}.tar.gz"
        if nth <= self.backups:
            inside.run("backup", "--to", str(path))
        return str(path)

    def _found(self, inside: Inside) -> Any:
        return inside.ask("found", customers=self.size.customers, leaving=self.size.leaving)

    def _plant(self, inside: Inside) -> None:
        sums = inside.ask("sums", path=str(self.folder / "sums.json"))
        assert sums == {"people": self.size.customers - self.size.leaving, "differing": 0}, sums
        planted = inside.ask("plant", birds=self.birds)
        assert planted["found"] == planted["canaries"], planted
        before = self._found(inside)
        missing = TABLES - set(before["tables"])
        assert not missing, missing
        for place in FILES:
            assert any(name.startswith(place) for name in before["files"]), place
        self.figures |= {
            "canaries": planted["canaries"], "columns_before": len(before["tables"]),
            "files_before": len(before["files"]),
            "encodings_before": len({k for kinds in before["files"].values() for k in kinds}),
        }  # fmt: skip

    def _look_into_backups(self, inside: Inside) -> None:
        held = inside.ask("found_in", folder=str(self.folder / "kept"),
                          customers=self.size.customers, leaving=self.size.leaving)  # fmt: skip
        assert len(held) == self.backups, held
        self.figures["encodings_in_backups"] = len({k for kinds in held.values() for k in kinds})

    def _nothing_left(self, inside: Inside, when: str) -> None:
        with self._timed("probe"):
            found = self._found(inside)
        assert found == NOTHING, (when, found)
        assert inside.ask("headless") == 0, when
        sums = inside.ask("sums", path=str(self.folder / "sums.json"))
        people = self.size.customers - self.size.leaving
        assert sums == {"people": people, "differing": 0}, (when, sums)
        self.figures |= {"found_afterwards": 0, "others_differing": 0, "others": people,
                         "pairs": self.size.pairs, "pairs_wrong": 0}  # fmt: skip

    def _erase_among_writers(self, inside: Inside) -> None:
        """Imports at once, of new people and of those who go; erasers and a writer are killed."""
        writers = {number: self._writer(number) for number in range(self.writers)}
        steps = (self.size.leaving + self.birds) * 8
        for kill in range(self.kills):
            self._kill_at(inside, steps * (kill + 1) // (self.kills + 1))
        writers[0].kill()
        writers[0].wait()
        writers[0] = self._writer(0)
        for writer in writers.values():
            self._ended(writer)
        with self._timed("last_eraser"):
            self._ended(self.house.start("erase", "--resume"))
        assert inside.ask("states") == {"done": self.size.leaving + self.birds}

    def _writer(self, number: int) -> subprocess.Popen[str]:
        path = self.folder / f"nieuw{number}.csv"
        rows = [company.newcomer(number * 100 + n).row for n in range(100)]
        rows += [company.leaver(n).row for n in range(number, self.size.leaving, self.writers)]
        path.write_text("\n".join([company.HEAD, *rows]) + "\n", encoding="utf-8")
        return self.house.start("import", str(path), "--source", "klanten")

    def _kill_at(self, inside: Inside, steps: int) -> None:
        """Start an eraser and kill it when so many steps are noted; -9, so without warning."""
        eraser = self.house.start("erase", "--resume")
        while eraser.poll() is None and inside.ask("progress") < steps:
            time.sleep(0.1)
        is_killed = eraser.poll() is None
        eraser.kill()
        eraser.communicate()
        self.figures["kills"] = self.figures.get("kills", 0) + is_killed

    def _ended(self, process: subprocess.Popen[str]) -> None:
        _, told = process.communicate(timeout=1200)
        assert process.returncode == 0, told[-2000:]
