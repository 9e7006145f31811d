"""Released tables are cut to what a reader reaches: rows of their regions, and what all regions have together."""

from consultations.analysis.tables import EVERYBODY, MERGED, ONE, ReleasedRow, ReleasedTable
from consultations.pages.results import shown_to
from consultations.registry.models import REGIONS


def table(breakdown, *rows):
    made = [ReleasedRow(kind, name, (), 100, ()) for kind, name in rows]
    return ReleasedTable("id", "safe", {}, breakdown, {}, "categories", (), tuple(made))


BY_REGION = table("region", (EVERYBODY, ""), (ONE, "africa"), (ONE, "europe"), (MERGED, "asia-pacific+latin-america"))
BY_PLACE = table("place", (EVERYBODY, ""), (ONE, "outdoors"))


def names(tables):
    return [row.name for each in tables for row in each.rows]


def test_a_coordinator_sees_their_region_and_what_all_have_together():
    seen = shown_to([BY_REGION, BY_PLACE], "regional_coordinator", ["africa"])
    assert names(seen) == ["", "africa", "asia-pacific+latin-america", "", "outdoors"]


def test_whoever_reaches_all_regions_sees_the_tables_as_they_were_released():
    assert shown_to([BY_REGION, BY_PLACE], "policy_staff", list(REGIONS)) == (BY_REGION, BY_PLACE)


def test_a_role_without_the_permission_sees_nothing_of_all_regions_by_other_breakdowns():
    assert shown_to([BY_REGION, BY_PLACE], "translator", ["africa"])[0].breakdown == "region"
    assert len(shown_to([BY_REGION, BY_PLACE], "translator", ["africa"])) == 1


def test_no_region_at_all_leaves_no_region_s_row():
    assert names(shown_to([BY_REGION], "regional_coordinator", [])) == ["", "asia-pacific+latin-america"]
