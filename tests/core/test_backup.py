"""Backups: whole, verified, private, and put back only where nothing is lost."""

from __future__ import annotations

import io
import json
import os
import stat
import sys
import tarfile
from pathlib import Path

import pytest

from tests.installation import Installation

USER = ("user", "add", "anna@example.com", "--generate-password", "--role", "service")


def _emails(installation: Installation) -> list[str]:
    return [user["email"] for user in installation.json("user", "list")]


def _wiped(installation: Installation, tmp_path: Path) -> Installation:
    """The same environment with another, empty home; on PostgreSQL with its tables gone."""
    home = tmp_path / "second"
    environment = {**installation.environment, "KLANTBEELD_HOME": str(home)}
    if url := environment.get("KLANTBEELD_DATABASE_URL"):
        import psycopg

        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
    return Installation(home, environment)


@pytest.mark.slow
def test_a_backup_put_back_elsewhere_holds_everything(
    installation: Installation, tmp_path: Path
) -> None:
    installation.run(*USER)
    (installation.home / "mappings").mkdir()
    (installation.home / "mappings" / "crm.yaml").write_text("source: crm\n", encoding="utf-8")
    (installation.home / "copy").mkdir()
    (installation.home / "copy" / "rebuilt.parquet").write_bytes(b"x" * 1000)
    (installation.home / "staging" / "ab12").mkdir(parents=True)
    (installation.home / "staging" / "ab12" / "000000.parquet").write_bytes(b"half an import")
    made = installation.json("backup", "--to", str(tmp_path / "b.tar.gz"))
    assert installation.json("backup", "--verify", made["path"])["files"] == made["files"]

    second = _wiped(installation, tmp_path)
    second.run("backup", "--restore", made["path"])
    assert _emails(second) == ["anna@example.com"]
    assert (second.home / "mappings" / "crm.yaml").read_text(encoding="utf-8") == "source: crm\n"
    assert (second.home / "secret.key").read_bytes() == (
        installation.home / "secret.key"
    ).read_bytes()
    assert not (second.home / "copy").exists()
    assert not (second.home / "staging").exists()
    assert second.json("check")["ok"]


@pytest.mark.slow
def test_data_that_is_there_is_replaced_only_with_force(installation: Installation) -> None:
    installation.run(*USER)
    made = installation.json("backup")
    installation.run("user", "add", "bea@example.com", "--generate-password")
    refused = installation.run("backup", "--restore", made["path"], code=2)
    assert "--force" in refused.stderr
    assert _emails(installation) == ["anna@example.com", "bea@example.com"]
    installation.run("backup", "--restore", made["path"], "--force")
    assert _emails(installation) == ["anna@example.com"]


@pytest.mark.alike
def test_a_damaged_backup_replaces_nothing(installation: Installation, tmp_path: Path) -> None:
    installation.run(*USER)
    whole = Path(installation.json("backup")["path"])
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(whole.read_bytes()[:-2000])
    changed = tmp_path / "changed.tar.gz"
    with tarfile.open(whole) as source, tarfile.open(changed, "w:gz") as target:
        for member in source.getmembers():
            content = source.extractfile(member)
            assert content is not None
            held = content.read()
            if member.name == "home/secret.key":
                held = held[::-1]
            target.addfile(member, io.BytesIO(held))
    for broken in (cut, changed, tmp_path / "absent.tar.gz"):
        said = installation.run("backup", "--restore", str(broken), "--force", code=2)
        assert broken.name in said.stderr
        assert len(said.stderr.strip().splitlines()) == 1
    assert _emails(installation) == ["anna@example.com"]


@pytest.mark.parametrize("name", ["home/../../evil.txt"])
def test_a_backup_cannot_write_outside_the_home(
    installation: Installation, tmp_path: Path, name: str
) -> None:
    forged = tmp_path / "inner" / "forged.tar.gz"
    forged.parent.mkdir()
    kind = "postgresql" if "KLANTBEELD_DATABASE_URL" in installation.environment else "sqlite"
    listed = json.dumps(
        {"format": 1, "made_at": "", "version": "", "database": kind, "files": {name: ""}}
    ).encode()
    with tarfile.open(forged, "w:gz") as archive:
        for entry, held in ((name, b"evil"), ("backup.json", listed)):
            member = tarfile.TarInfo(entry)
            member.size = len(held)
            archive.addfile(member, io.BytesIO(held))
    said = installation.run("backup", "--restore", str(forged), "--force", code=2)
    assert "plain file" in said.stderr
    assert not list(tmp_path.rglob("evil.txt"))


@pytest.mark.alike
@pytest.mark.skipif(os.name == "nt", reason="Windows has no mode bits")
def test_only_the_owner_reads_a_backup(installation: Installation) -> None:
    made = Path(installation.json("backup")["path"])
    assert stat.S_IMODE(made.stat().st_mode) == 0o600


@pytest.mark.alike
def test_an_existing_file_is_not_overwritten(installation: Installation, tmp_path: Path) -> None:
    there = tmp_path / "there.tar.gz"
    there.write_text("mine", encoding="utf-8")
    assert "exists already" in installation.run("backup", "--to", str(there), code=2).stderr
    assert there.read_text(encoding="utf-8") == "mine"


@pytest.mark.alike
def test_nothing_is_put_back_under_a_running_worker(installation: Installation) -> None:
    made = installation.json("backup")
    serving = installation.start("serve", "--only", "worker")
    try:
        for _ in range(100):
            tried = installation.run("backup", "--restore", made["path"], "--force", code=None)
            if tried.returncode:
                break
        assert "is running" in tried.stderr
    finally:
        serving.terminate()
        serving.communicate(timeout=30)


@pytest.mark.sqlite
def test_a_new_home_has_nothing_to_back_up(new_installation: Installation) -> None:
    assert "no database yet" in new_installation.run("backup", code=2).stderr


@pytest.mark.postgresql
@pytest.mark.skipif(sys.platform == "win32", reason="the PATH is not enough to hide a program")
def test_without_pg_dump_the_package_is_named(installation: Installation, tmp_path: Path) -> None:
    said = installation.run("backup", code=2, PATH=str(tmp_path))
    assert "postgresql-client" in said.stderr
