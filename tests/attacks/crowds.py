"""Clients that mean harm, memory that is measured, and nginx as deploy/ has it: for the attacks on a running server."""

from __future__ import annotations

import contextlib
import datetime
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from benchmarks.serving import Server, family, free_port
from consultations.settings import PROJECT

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
HOST = "ask.example.org"
FORM = "Content-Type: application/x-www-form-urlencoded\r\n"


def head(method: str, path: str, more: str = "") -> bytes:
    return f"{method} {path} HTTP/1.1\r\nHost: {HOST}\r\n{more}\r\n".encode()


@contextlib.contextmanager
def held(port: int, count: int, sent: bytes) -> Iterator[list[socket.socket]]:
    """So many connections that sent this much, and then nothing more."""
    with contextlib.ExitStack() as stack:
        clients = [stack.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(count)]
        for client in clients:
            client.sendall(sent)
        yield clients


def exchanged(port: int, sent: bytes, seconds: float = 20, context: ssl.SSLContext | None = None) -> bytes:
    """The answer; b"" where the server hangs up at once or says nothing in time."""
    with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
        client = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=seconds))
        if context:
            client = stack.enter_context(context.wrap_socket(client, server_hostname=HOST))
        with contextlib.suppress(OSError):  # a server that refuses hangs up before all is sent
            client.sendall(sent)
        return _whole(client)
    return b""


def _whole(client: socket.socket) -> bytes:
    answer = client.recv(65_536)
    length = re.search(rb"(?i)content-length: (\d+)", answer)
    whole = answer.find(b"\r\n\r\n") + 4 + int(length[1]) if length else 0
    while len(answer) < whole:
        more = client.recv(65_536)
        if not more:
            break
        answer += more
    return answer


def seconds_for(path: str, port: int, context: ssl.SSLContext | None = None) -> float:
    """How long a member waits for a page, at worst of three; fails when it is not there after 20 seconds."""
    worst = 0.0
    for _ in range(3):
        began = time.monotonic()
        answer = exchanged(port, head("GET", path), context=context)
        assert answer.startswith(b"HTTP/1.1 200"), answer[:200]
        worst = max(worst, time.monotonic() - began)
    return worst


def resident_mib(pid: int) -> float:
    """What a process and all its children hold in memory (RSS)."""
    total = 0
    for each in family(pid):
        with contextlib.suppress(OSError):
            found = re.search(r"^VmRSS:\s+(\d+)", Path(f"/proc/{each}/status").read_text(), re.MULTILINE)
            total += int(found[1]) if found else 0
    return total / 1024


@contextlib.contextmanager
def watched(server: Server) -> Iterator[Callable[[], float]]:
    """By how many MiB the server's memory grew at most while this ran: call what is given."""
    before = peak = resident_mib(server.pids[0])
    done = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.05):
            peak = max(peak, resident_mib(server.pids[0]))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield lambda: peak - before
    finally:
        done.set()
        watcher.join()


def all_at_once(count: int, does: Callable[[int], None]) -> list[threading.Thread]:
    """Started threads, for whoever called to join."""
    threads = [threading.Thread(target=does, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    return threads


@contextlib.contextmanager
def nginx_before(port: int, folder: Path) -> Iterator[tuple[int, ssl.SSLContext]]:
    """nginx with the configuration of deploy/, its places and ports changed -> its HTTPS port, and who trusts it."""
    assert NGINX is not None
    https = free_port()
    certificate(folder)
    configuration = folder / "nginx.conf"
    configuration.write_text(_moved((PROJECT / "deploy" / "nginx.conf").read_text(), folder, port, https))
    command = [NGINX, "-c", str(configuration), "-p", str(folder), "-e", str(folder / "start.log")]
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    process = subprocess.Popen([*command, "-g", "daemon off;"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    context = ssl.create_default_context(cafile=str(folder / "fullchain.pem"))
    try:
        for _ in range(100):
            if exchanged(https, head("GET", "/"), context=context):
                break
            time.sleep(0.1)
        yield https, context
    finally:
        process.terminate()
        process.wait(20)


def _moved(text: str, folder: Path, port: int, https: int) -> str:
    """The configuration for a server on 127.0.0.1 alone, that needs no rights and touches no folder but its own."""
    text = re.sub(r"^user .*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"^ +listen \[::].*\n", "", text, flags=re.MULTILINE)
    changes = {
        "unix:/run/consultations/web.sock": f"127.0.0.1:{port}",
        "/run/nginx.pid": str(folder / "nginx.pid"),
        "/run/nginx-bodies": str(folder / "bodies"),
        "/var/log/nginx/error.log": str(folder / "error.log"),
        "/etc/consultations/tls": str(folder),
        "worker_processes auto": "worker_processes 1",
        "listen 80": f"listen 127.0.0.1:{free_port()}",
        "listen 443": f"listen 127.0.0.1:{https}",
    }
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


def certificate(folder: Path) -> None:
    """A certificate of its own for HOST, as fullchain.pem and privkey.pem."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST), x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    (folder / "privkey.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain))
