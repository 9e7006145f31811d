"""HTTP/1.1 on a socket, counted byte by byte, and light enough not to eat what is measured."""

from __future__ import annotations

import re
import socket
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

import brotli

DECODERS: dict[bytes, Callable[[bytes], bytes]] = {
    b"br": brotli.decompress,
    b"gzip": lambda body: zlib.decompress(body, 31),
    b"": bytes,
}
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_ENCODING = re.compile(rb"\r\ncontent-encoding: *(\w+)", re.IGNORECASE)
_FORM = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
#: How long an answer is waited for.
SECONDS = 30
#: What Chrome on Android sends with a page over HTTPS, without cookies.
PHONE = (
    "User-Agent: Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/140.0.0.0 Mobile Safari/537.36\r\n"
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8\r\n"
    "Accept-Language: en-GB,en;q=0.9\r\nUpgrade-Insecure-Requests: 1\r\n"
    "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-User: ?1\r\nSec-Fetch-Dest: document\r\n"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A response: `received` and `sent` count bytes with their headers."""

    status: int
    head: bytes
    body: bytes
    sent: int
    received: int

    def text(self) -> bytes:
        found = _ENCODING.search(self.head)
        return DECODERS[found[1].lower() if found else b""](self.body)


class Wire:
    """One connection that is kept open."""

    def __init__(self, port: int, encoding: str = "br", more: str = "") -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=SECONDS)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        # Python's own timeout asks the kernel before each call whether it may be made, which doubles the calls.
        self._socket.settimeout(None)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", SECONDS, 0))
        accepted = f"Accept-Encoding: {encoding}\r\n" if encoding else ""
        self._headers = f"Host: 127.0.0.1:{port}\r\nConnection: keep-alive\r\n{accepted}{more}".encode()

    def get(self, path: str) -> Answer:
        return self._exchange(b"GET %b HTTP/1.1\r\n%b\r\n" % (path.encode(), self._headers))

    def post(self, path: str, fields: list[tuple[str, str]]) -> Answer:
        return self.post_encoded(path, urlencode(fields).encode())

    def post_encoded(self, path: str, body: bytes) -> Answer:
        head = b"POST %b HTTP/1.1\r\n%b%b%d\r\n\r\n" % (path.encode(), self._headers, _FORM, len(body))
        return self._exchange(head + body)

    def close(self) -> None:
        self._socket.close()

    def _exchange(self, request: bytes) -> Answer:
        self._socket.sendall(request)
        received = b""
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._more()
        head = received[:end]
        length = _LENGTH.search(head)
        wanted = end + 4 + (int(length[1]) if length else 0)
        while len(received) < wanted:
            received += self._more()
        return Answer(int(head[9:12]), head, received[end + 4 :], len(request), len(received))

    def _more(self) -> bytes:
        part = self._socket.recv(65_536)
        if not part:
            raise ConnectionError("The server closed the connection.")
        return part
