"""What made-up members send, recorded once so that sending it again costs next to nothing."""

from __future__ import annotations

import http.client
import re
from functools import lru_cache
from random import Random
from typing import Any
from urllib.parse import parse_qsl, urlencode

from benchmarks.wire import Answer, Wire
from consultations.sample.respondents import answer_one

#: The fields of one page; the first step of a script is an empty one, the GET of the welcome page.
Script = list[list[tuple[str, str]]]
_STATE = re.compile(rb'name="state" value="([^"]*)"')


def recorded(port: int, path: str, seed: int) -> Script:
    """The steps of one respondent who answers every question, without those that the server asked to look at again."""
    connection = _Recording(http.client.HTTPConnection("127.0.0.1", port, timeout=30))
    answer_one(connection, path, Random(seed))  # type: ignore[arg-type]  # noqa: S311 - no secret
    connection.close()
    return connection.script


def sent_step(wire: Wire, path: str, fields: list[tuple[str, str]], state: str) -> tuple[Answer, str]:
    """The page that comes after one step, and the state in it; raises ValueError for one that was not taken."""
    answer = wire.post_encoded(path, _body(tuple(fields), state)) if fields else wire.get(path)
    if answer.status != 200:
        raise ValueError(f"status {answer.status}")
    found = _STATE.search(answer.text())
    return answer, found[1].decode() if found else ""


def _body(fields: tuple[tuple[str, str], ...], state: str) -> bytes:
    """A form as a browser sends it; of the state, which is URL-safe base64, only what fills it up is escaped."""
    return b"state=%b&%b" % (state.replace("=", "%3D").encode(), _encoded(fields)) if state else _encoded(fields)


@lru_cache(maxsize=1024)
def _encoded(fields: tuple[tuple[str, str], ...]) -> bytes:
    """Kept, because each script is sent many times over."""
    return urlencode(fields).encode()


class _Recording:
    """Stands before an HTTPConnection and notes what went well."""

    def __init__(self, connection: http.client.HTTPConnection) -> None:
        self._connection = connection
        self._last: list[tuple[str, str]] = []
        self.script: Script = []
        self.close = connection.close

    def request(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> None:
        fields = parse_qsl(body or "", keep_blank_values=True)
        self._last = [(name, value) for name, value in fields if name != "state"]
        self._connection.request(method, path, body, headers)

    def getresponse(self) -> Any:
        response = self._connection.getresponse()
        if response.status == 200:
            self.script.append(self._last)
        return response
