"""Numbers in addresses, as far as a database can hold them."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug import routing

#: PostgreSQL's `integer`, which our ids are: a larger one was an error of the driver, and so a page with a 500.
LARGEST_ID = 2**31 - 1


class IntegerConverter(routing.IntegerConverter):
    """`<int:paper_id>`: an address with a larger number leads nowhere."""

    def __init__(self, map: routing.Map, max: int = LARGEST_ID, **more: Any) -> None:
        super().__init__(map, max=max, **more)


def join(app: Flask) -> None:
    """To be called before any address is registered."""
    app.url_map.converters["int"] = IntegerConverter
