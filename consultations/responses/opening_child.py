"""A process that reads and opens a range of sealed rows: `python -m` it, with an order on its standard input.

The order is a line of JSON with the epoch keys: keys travel through the pipe only, never through arguments, environment
or files. The process ends when the pipe does, also when whoever started it was killed.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Iterator
from contextlib import closing
from itertools import islice, repeat
from typing import Any, BinaryIO

from consultations.responses.opening import OpenedRows, Row, ciphers_of, open_rows

#: Rows that are opened before they are handed on: a megabyte.
AT_ONCE = 10_000
_BY_ID = """
    SELECT id, epoch_id, hot, cold FROM sealed_responses WHERE consultation_id = ? AND id >= ? AND id < ?
"""
#: A row with its epoch costs more to send and to take apart than to open: two hundred travel together. A long one goes
#: alone, as arrays have to stay below a gigabyte.
_BY_EPOCH = """
    SELECT epochs.id, lot.* FROM epochs, LATERAL (
        SELECT array_agg(id), array_agg(hot), array_agg(cold) FROM sealed_responses
        WHERE consultation_id = epochs.consultation_id AND epoch_id = epochs.id
        GROUP BY CASE WHEN octet_length(hot) + octet_length(cold) > 16384 THEN id END
    ) AS lot
    WHERE epochs.consultation_id = %s AND epochs.id >= %s AND epochs.id < %s
"""


def main(orders: BinaryIO, results: BinaryIO) -> None:
    order = json.loads(orders.readline())
    keys = {bytes.fromhex(epoch): bytes.fromhex(key) if key else None for epoch, key in order["keys"].items()}
    ciphers = ciphers_of(keys, order["consultation"], order["form_version"])
    rows = READ[order["dialect"]](order)
    gc.disable()  # nothing here refers to itself, and looking for that takes a tenth of the time
    while (opened := open_rows(islice(rows, AT_ONCE), ciphers, order["width"])).read:
        write(results, opened)
    results.write(b"\n")
    results.flush()


def write(results: BinaryIO, opened: OpenedRows) -> None:
    """One lot: a line of JSON with lengths, then the bytes that have them."""
    damaged = {epoch.hex(): [row_id.hex() for row_id in ids] for epoch, ids in opened.damaged.items()}
    lengths = [len(text) for text in opened.texts]
    head = {"read": opened.read, "hot": len(opened.hot), "places": opened.places, "texts": lengths, "damaged": damaged}
    results.writelines((json.dumps(head).encode(), b"\n", opened.hot, *opened.texts))
    results.flush()


def lots(results: BinaryIO) -> Iterator[OpenedRows]:
    """What `write` wrote, to the end. Raises EOFError where the process ended before it was done."""
    while line := results.readline():
        if line == b"\n":
            return
        head = json.loads(line)
        hot = bytearray(results.read(head["hot"]))
        texts = [results.read(length) for length in head["texts"]]
        damaged = {bytes.fromhex(epoch): [bytes.fromhex(one) for one in ids] for epoch, ids in head["damaged"].items()}
        yield OpenedRows(hot, head["places"], texts, damaged, head["read"])
    raise EOFError


def _from_sqlite(order: dict[str, Any]) -> Iterator[Row]:
    """What was committed when this begins: whoever gave the order holds the only right to write."""
    import sqlite3

    with closing(sqlite3.connect(order["arguments"][0])) as connection:
        connection.execute("PRAGMA query_only = ON")
        yield from connection.execute(_BY_ID, (order["consultation"], *_range(order)))


def _from_postgresql(order: dict[str, Any]) -> Iterator[Row]:
    """Epoch after epoch, as its cipher stays at hand: rows in the order of their ids take twice as long to open.

    COPY in its binary form takes half of what a cursor does.
    """
    import psycopg

    values = (order["consultation"], *_range(order))
    with (
        psycopg.connect(*order["arguments"], **order["options"]) as connection,
        connection.cursor() as cursor,
        cursor.copy(f"COPY ({_BY_EPOCH}) TO STDOUT (FORMAT BINARY)", values) as copy,
    ):
        copy.set_types(["bytea", "bytea[]", "bytea[]", "bytea[]"])
        for epoch, ids, hot, cold in copy.rows():
            yield from zip(ids, repeat(epoch, len(ids)), hot, cold, strict=True)


READ = {"sqlite": _from_sqlite, "postgresql": _from_postgresql}


def _range(order: dict[str, Any]) -> tuple[bytes, bytes]:
    low, high = order["range"]
    return bytes.fromhex(low), bytes.fromhex(high)


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
