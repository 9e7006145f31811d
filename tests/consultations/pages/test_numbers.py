"""Numbers in addresses that no database can hold lead nowhere."""

from __future__ import annotations

import pytest
from werkzeug.exceptions import NotFound

from app import create_app

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def addresses(settings):
    app = create_app(settings)
    yield app.url_map.bind("localhost")
    app.extensions["engine"].dispose()


def test_the_largest_id_is_found(addresses):
    endpoint, values = addresses.match("/staff/papers/2147483647")
    assert (endpoint, values) == ("papers.editor", {"paper_id": 2**31 - 1})


@pytest.mark.parametrize("number", [2**31, 10**40])
def test_a_larger_one_leads_nowhere(addresses, number):
    for address in (f"/staff/papers/{number}", f"/staff/fieldwork/{number}", f"/staff/questionnaires/{number}"):
        with pytest.raises(NotFound):
            addresses.match(address)
