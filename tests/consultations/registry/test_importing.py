import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultations.registry.importing import Row, RowsRefused, import_organisations, load_countries, rows_of
from consultations.registry.models import Country, Organisation


def test_countries_are_loaded_once(session: Session) -> None:
    assert load_countries(session) == 249
    assert load_countries(session) == 0


def test_a_country_that_changed_its_region_is_put_right(session: Session) -> None:
    load_countries(session)
    session.get_one(Country, "KE").region = "europe"
    assert load_countries(session) == 1
    assert session.get_one(Country, "KE").region == "africa"


def test_rows_remember_their_line_and_pass_over_empty_ones() -> None:
    text = '\ufeffName , COUNTRY,language\r\n"Two\nlines",ke\r\n,,\r\n Uno , MX , es ,extra\r\n'
    assert rows_of(text) == (
        Row(3, {"name": "Two\nlines", "country": "ke", "language": ""}),
        Row(5, {"name": "Uno", "country": "MX", "language": "es"}),
    )
    assert rows_of("") == ()


def test_organisations_are_added_with_country_and_language_by_code(session: Session) -> None:
    load_countries(session)
    added = import_organisations(session, rows_of("name,country,language\nСвой голос,kz,Русский\nVoces,MX,es\n"))
    stored = session.scalars(select(Organisation).order_by(Organisation.name)).all()
    assert added == 2
    assert [(each.name, each.country_code, each.language) for each in stored] == [
        ("Voces", "MX", "es"),
        ("Свой голос", "KZ", "ru"),
    ]


def test_every_problem_of_a_file_is_told_and_nothing_is_added(session: Session) -> None:
    load_countries(session)
    import_organisations(session, rows_of("name,country,language\nVoces,MX,es\n"))
    text = "name,country,language\nNew,MX,es\nVOCES,MX,es\n,Kenya,xx\nNew,,\n"
    with pytest.raises(RowsRefused) as refused:
        import_organisations(session, rows_of(text))
    assert [(problem.line, problem.column) for problem in refused.value.problems] == [
        (3, "name"),
        (4, "name"),
        (4, "country"),
        (4, "language"),
        (5, "name"),
        (5, "country"),
        (5, "language"),
    ]
    assert len(session.scalars(select(Organisation)).all()) == 1


def test_a_missing_column_is_named(session: Session) -> None:
    load_countries(session)
    with pytest.raises(RowsRefused) as refused:
        import_organisations(session, rows_of("name,country\nVoces,MX\n"))
    [problem] = refused.value.problems
    assert problem.message % problem.values == "Add a column named “language”."
