"""Bytes on the wire for a member: the first view, and a whole consultation: `python -m benchmarks.page_bytes`."""

from __future__ import annotations

import re

from benchmarks import databases
from benchmarks.machine import machine, print_table
from benchmarks.members import recorded, sent_step
from benchmarks.serving import served
from benchmarks.trial import SLUGS, open_trial, session_on
from benchmarks.wire import PHONE, Answer, Wire

#: 14 KiB: ten segments, which a server may send before the first acknowledgement (RFC 6928), less TLS and TCP.
TARGET_BYTES = 14_336
ENCODINGS = {"br": "gzip, deflate, br", "gzip": "gzip, deflate", "none": ""}
#: Style sheets and scripts, each fetched once; what else a page would load is counted as a request.
_FILE = re.compile(rb'(?:rel="stylesheet" href|<script src)="([^"]+)"')
_LOADED = re.compile(rb"<(?:img|iframe)\b|url\(|@import|<link(?![^>]+(?:stylesheet|data:,))")


def main() -> None:
    print(machine())
    with databases.folder() as instance, databases.sqlite() as url:
        with session_on(url) as session:
            open_trial(session)
        with served(instance, url, workers=1) as server:
            _first_views(server.port)
            _whole_ways(server.port)


def _first_views(port: int) -> None:
    rows = []
    for language, slug in SLUGS.items():
        path = f"/c/{slug}/{language}/"
        for name, accepted in ENCODINGS.items():
            wire = Wire(port, accepted, PHONE)
            welcome = wire.get(path)
            files = _fetched(wire, welcome)
            question = wire.post(path, [("go", "begin")])
            assert (welcome.status, question.status) == (200, 200)
            size = sum(file.received for file in files)
            first = welcome.received + size
            alone = question.received + sum(file.received for file in _fetched(wire, question))
            loaded = len(files) + len(_LOADED.findall(b"".join(file.text() for file in (welcome, *files))))
            figures = (first, question.received, alone)
            rows.append(
                (
                    *(language, name, f"{welcome.received:,}", f"{size:,}", 1 + loaded),
                    *(*(f"{size:,}" for size in figures), f"{first / TARGET_BYTES:.0%}"),
                )
            )
            wire.close()
    print(f"\nThe target for a first view is {TARGET_BYTES:,} bytes; headers are counted, TCP and TLS are not.")
    print("The sample has no Arabic texts: its Russian ones stand in, within an interface that is Arabic.")
    head = ("language", "compressed", "welcome", "style and script", "requests", "first view", "first question page")
    print_table((*head, "with its files", "first view of the target"), rows)


def _fetched(wire: Wire, *pages: Answer) -> list[Answer]:
    """Every style sheet and script of these pages, once."""
    named = dict.fromkeys(name for page in pages for name in _FILE.findall(page.text()))
    files = [wire.get(name.decode()) for name in named]
    assert all(file.status == 200 for file in files)
    return files


def _whole_ways(port: int) -> None:
    """Welcome, its files once, every page, review, thanks; the client sends what Chrome on Android does."""
    rows = []
    for language, slug in SLUGS.items():
        path = f"/c/{slug}/{language}/"
        script = recorded(port, path, seed=1)
        for name, accepted in ENCODINGS.items():
            wire, state = Wire(port, accepted, PHONE), ""
            answers = []
            for fields in script:
                answer, state = sent_step(wire, path, fields, state)
                answers.append(answer)
            thanks = answers[-1]
            answers += _fetched(wire, *answers)
            # The thanks have a browser forget what it kept, style sheet and script with it.
            answers += _fetched(wire, thanks) if b"clear-site-data" in thanks.head.lower() else []
            down, up = sum(answer.received for answer in answers), sum(answer.sent for answer in answers)
            most = max(answer.received for answer in answers)
            rows.append((language, name, len(answers), f"{down:,}", f"{up:,}", f"{down + up:,}", f"{most:,}"))
            wire.close()
    print("\nThe sample consultation from the welcome page to the thanks, every question answered:")
    print_table(("language", "compressed", "requests", "down", "up", "both ways", "largest response"), rows)


if __name__ == "__main__":
    main()
