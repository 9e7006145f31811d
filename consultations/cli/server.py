"""How the server is started: what a client may send before a thread of ours meets it, and that nothing is logged."""

from __future__ import annotations

import sys
from pathlib import Path

GRANIAN = str(Path(sys.executable).with_name("granian"))
#: Requests that run at once in a process. People who sign in can hold four (staff/stretching.py): with four in all a
#: hundred of them kept members waiting for ten seconds.
THREADS = 8
#: A client that has not said what it wants after this long is let go of.
HEADER_MILLISECONDS = 10_000
#: The longest head of a request; browsers send about 1 kB.
HEAD_BYTES = 64 * 1024
#: Open connections of one process, idle and slow ones among them; more wait in the kernel's queue.
MOST_CONNECTIONS = 2048


def command(host: str, port: int, workers: int, application: str = "app:app") -> list[str]:
    """The server's command line. It has no access log, and logs of its own only what keeps it from serving.

    A slow body still holds a thread: where strangers reach the server, nginx stands before it (deploy/nginx.conf).
    """
    return [
        *(GRANIAN, "--interface", "wsgi", "--http", "1", "--no-ws"),
        *("--host", host, "--port", str(port), "--workers", str(workers), "--blocking-threads", str(THREADS)),
        *("--http1-header-read-timeout", str(HEADER_MILLISECONDS), "--http1-buffer-size", str(HEAD_BYTES)),
        *("--backpressure", str(MOST_CONNECTIONS), "--no-access-log", "--log-level", "error", application),
    ]
