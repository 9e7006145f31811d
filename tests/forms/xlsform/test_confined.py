"""A library that is broken into by a stranger's file meets a process that can do nothing."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from forms.xlsform.confined import NEEDED
from forms.xlsform.limited import _READERS

PROJECT = Path(__file__).parents[3]


def said_by_a_confined_process(attempt: str) -> str:
    script = f"""
        import os, socket, sys
        sys.path.append({str(PROJECT)!r})
        from forms.xlsform.confined import confine
        confine("xlsx", 700 * 2**20, 10)
        try:
            {attempt}
        except (OSError, MemoryError) as refused:
            print(type(refused).__name__, getattr(refused, "strerror", None) or "")
        else:
            print("it could")
    """
    command = [sys.executable, "-I", "-c", textwrap.dedent(script)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True, env={}).stdout.strip()


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.socket()",
        "socket.create_connection(('127.0.0.1', 9))",
        "open('/etc/passwd').read()",
        "open('/var/tmp/left-behind', 'w')",
        "os.pipe()",
        "os.memfd_create('hidden')",
    ],
)
def test_it_reaches_no_file_and_no_network(attempt):
    assert said_by_a_confined_process(attempt) == "OSError Too many open files"


def test_it_has_only_so_much_memory():
    assert said_by_a_confined_process("bytearray(800 * 2**20)") == "MemoryError"


def test_every_kind_of_file_has_what_it_is_read_with():
    assert set(NEEDED) == set(_READERS)
