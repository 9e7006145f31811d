"""Codes are made from the command line, into files that only who made them can read."""

from __future__ import annotations

import csv
import io
import stat

import pytest
from sqlalchemy import select

from app import create_app
from consultations.registry.models import REGIONS, Country, Organisation
from consultations.responses.epochs import EPOCHS
from consultations.rounds.consultations import by_slug
from consultations.rounds.invitations import certified_region
from consultations.rounds.models import Invitation
from consultations.staff import stretching

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

FORM = "\n".join(
    [
        "| survey |",
        "| | type | name | label |",
        "| | select_one region | region | Where? |",
        "| choices |",
        "| | list_name | name | label |",
        *(f"| | region | {code} | {code} |" for code in REGIONS),
    ]
)
INVITE = ("consultations", "invite", "spring", "--url", "https://example.org")


@pytest.fixture
def app(settings, monkeypatch, hold_ceremony):
    monkeypatch.setattr(stretching, "MEMORY_KIB", 64)  # what it costs is tested where it is made
    made = create_app(settings)
    with made.extensions["sessions"].begin() as session:
        hold_ceremony(session)
    yield made
    EPOCHS.stir()
    made.extensions["engine"].dispose()


@pytest.fixture
def run(app):
    def command(*words, status=0):
        result = app.test_cli_runner().invoke(args=[str(word) for word in words])
        assert result.exit_code == status, result.output
        return result.output

    return command


@pytest.fixture
def spring(app, run, tmp_path):
    file = tmp_path / "form.md"
    file.write_text(FORM, "utf-8")
    for name in ("ana", "ben"):
        run("staff", "add", name, "--role", "policy_staff")
    run("questionnaires", "import", file)
    holders = ("--holder", "ana", "--holder", "ben")
    said = run("consultations", "create", "spring", "--questionnaire", 1, *holders, "--invited", 3)
    assert "no certified region" not in said
    with app.extensions["sessions"].begin() as session:
        session.add_all([Country(code="KE", region="africa"), Country(code="FR", region="europe")])
        session.flush()
        session.add_all(
            [
                Organisation(name="Dada", country_code="KE", language="en"),
                Organisation(name="Roses", country_code="FR", language="fr"),
            ]
        )


def test_a_list_for_each_organisation_is_written(app, run, spring, tmp_path, settings):
    out = tmp_path / "cards"
    said = run(*INVITE, "--count", 5, "--out", out, "--as", "csv")
    assert "6 codes for 2 organisations" in said
    assert sorted(file.name for file in out.iterdir()) == ["cards-Dada.csv", "cards-Roses.csv"]
    file = out / "cards-Roses.csv"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    code = list(csv.reader(io.StringIO(file.read_text("utf-8-sig"))))[1][0]
    with app.extensions["sessions"]() as session:
        assert certified_region(session, by_slug(session, "spring"), settings.secret, code)[1] == "europe"


def test_more_than_an_organisation_may_have_is_refused_and_nothing_written(run, spring, tmp_path):
    out = tmp_path / "cards"
    said = run(*INVITE, "--organisation", "Dada", "--count", 4, "--out", out, "--as", "csv", status=1)
    assert "Dada may have 3 more" in said
    assert list(out.iterdir()) == []


def test_a_second_file_does_not_replace_the_first(run, spring, tmp_path):
    for _ in range(2):
        run(*INVITE, "--organisation", "Dada", "--count", 1, "--out", tmp_path / "cards", "--as", "csv")
    assert sorted(file.name for file in (tmp_path / "cards").iterdir()) == ["cards-Dada-2.csv", "cards-Dada.csv"]


def test_an_unknown_organisation_is_said(run, spring, tmp_path):
    said = run(*INVITE, "--organisation", "Nobody", "--count", 1, "--out", tmp_path, status=1)
    assert "There is no organisation named Nobody." in said


def test_closing_deletes_the_codes(app, run, spring, tmp_path):
    run(*INVITE, "--count", 1, "--out", tmp_path / "cards", "--as", "csv")
    run("consultations", "open", "spring")
    run("consultations", "close", "spring")
    with app.extensions["sessions"]() as session:
        assert session.scalars(select(Invitation)).all() == []


def test_a_backup_is_written_and_never_twice_over(run, spring, tmp_path):
    assert "Never in a backup: invitations," in run("database", "backup", tmp_path / "backup.sqlite")
    assert "There is such a file already." in run("database", "backup", tmp_path / "backup.sqlite", status=1)
    assert "empty one" in run("database", "restore", tmp_path / "backup.sqlite", status=1)
