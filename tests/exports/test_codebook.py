"""A codebook names the study, its questions and its tables in every language, in the order of the DDI schema."""

from __future__ import annotations

from lxml import etree

from exports.codebook import Answer, Cube, Item, Study, ddi

SPACE = {"d": "ddi:codebook:2_5"}
STUDY = Study(
    id="rights-1",
    title={"en": "Our rights", "ru": "Наши права"},
    asked_by={"en": "The network"},
    purpose={"en": "Why we ask"},
    opened="2026-03-01",
    closed="2026-04-30",
    released="2026-06-01",
    rules={"en": "Small groups are joined."},
    licence="CC BY 4.0",
)
REGION = Item("region", {"en": "Where?"}, "nominal", [Answer("africa", {"en": "Africa"})], is_place=True)
SAFE = Item("safe", {"en": "Safe?", "zh": "安全吗？"}, "ordinal", [Answer("dk", {"en": "Don't know"}, missing=True)])
CUBE = Cube("safe.by.region", {"en": "Safe? – by region"}, ["region", "safe"], 12, [{"en": "Counted together: a+b"}])


def made() -> etree._Element:
    return etree.fromstring(ddi(STUDY, "tables.csv", [REGION, SAFE], [CUBE]))


def names(found: list[etree._Element]) -> list[str]:
    return [etree.QName(each).localname for each in found]


def test_the_study_is_named_in_every_language() -> None:
    titles = made().find("d:stdyDscr/d:citation/d:titlStmt", SPACE)
    assert [(etree.QName(each).localname, each.text) for each in titles] == [
        ("titl", "Our rights"),
        ("parTitl", "Наши права"),
        ("IDNo", "rights-1"),
    ]


def test_questions_and_answers_stand_as_they_were_asked() -> None:
    safe = made().findall("d:dataDscr/d:var", SPACE)[1]
    assert [each.text for each in safe.findall("d:qstn/d:qstnLit", SPACE)] == ["Safe?", "安全吗？"]
    assert safe.find("d:catgry", SPACE).get("missing") == "Y"
    assert safe.find("d:catgry/d:catValu", SPACE).text == "dk"


def test_a_table_is_laid_out_along_its_questions() -> None:
    tree = made()
    cube = tree.find("d:dataDscr/d:nCube", SPACE)
    by_id = {each.get("ID"): each.get("name") for each in tree.findall("d:dataDscr/d:var", SPACE)}
    assert [by_id[each.get("varRef")] for each in cube.findall("d:dmns", SPACE)] == ["region", "safe"]
    assert cube.get("cellQnty") == "12"


def test_elements_stand_in_the_order_of_the_schema() -> None:
    tree = made()
    assert names(list(tree)) == ["stdyDscr", "fileDscr", "dataDscr"]
    assert names(list(tree[0])) == ["citation", "stdyInfo", "method", "dataAccs"]
    assert names(list(tree[2][1])) == ["labl", "labl", "qstn", "catgry"]
    assert names(list(tree[2][2])) == ["location", "labl", "dmns", "dmns", "measure", "measure", "notes"]


def test_the_same_values_give_the_same_bytes() -> None:
    assert etree.tostring(made()) == etree.tostring(made())
