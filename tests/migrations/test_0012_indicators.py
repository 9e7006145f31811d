"""Indicators come and go as a table of their own, and hold shares only."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import IntegrityError

from consultations.migrations import downgrade, upgrade

INDICATOR = (
    "INSERT INTO indicators (id, code, name, question, options, region, direction, baseline, target)"
    " VALUES ({id}, '{code}', '{{}}', 'safe', '[\"yes\"]', '{region}', '{direction}', {baseline}, 60)"
)
GOOD = {"id": 1, "code": "2.1", "region": "", "direction": "up", "baseline": "40.5"}


def test_indicators_are_there_from_here_on_and_gone_before(engine: Engine) -> None:
    downgrade(engine, "0011")
    assert "indicators" not in inspect(engine).get_table_names()
    upgrade(engine, "0012")
    with engine.begin() as connection:
        connection.execute(text(INDICATOR.format(**GOOD)))
        assert connection.scalar(text("SELECT baseline FROM indicators")) == 40.5
    downgrade(engine, "0011")
    assert "indicators" not in inspect(engine).get_table_names()


@pytest.mark.parametrize(
    "wrong", [{"region": "atlantis"}, {"direction": "left"}, {"baseline": "140"}, {"id": 2, "code": "2.1"}]
)
def test_what_is_no_share_no_region_or_no_direction_is_refused(engine: Engine, wrong: dict[str, object]) -> None:
    with engine.begin() as connection:
        connection.execute(text(INDICATOR.format(**GOOD)))
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(text(INDICATOR.format(**{**GOOD, "id": 2, "code": "2.2", **wrong})))
