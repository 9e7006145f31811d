"""A crowd at the sign-in, guessed codes, huge posts and slow clients: memory stays bounded, and members are served.

The server is the product's own with one process, as `flask --app app start` starts it. Bounds of time are for a machine
that runs other tests beside; figures of an idle one are in docs/deployment.md. `-s` prints what was measured.
"""

from __future__ import annotations

import re
import secrets
import socket
import time
from http.cookies import SimpleCookie

import pytest

from benchmarks import databases
from benchmarks.serving import served
from benchmarks.trial import SLUG, open_trial, session_on
from consultations.responses.codes import receipt_code
from tests.attacks import crowds
from tests.attacks.crowds import FORM, all_at_once, exchanged, head, held, seconds_for, watched

MEMBERS = f"/c/{SLUG}/en/"
MIB = 2**20
#: A member's page, while the attack goes on, on a machine that runs other tests too.
SECONDS = 8.0


@pytest.fixture(scope="module")
def server():
    with databases.folder() as instance, databases.sqlite() as url, pytest.MonkeyPatch.context() as environment:
        environment.setenv("TRUSTED_PROXIES", "1")
        with session_on(url) as session:
            open_trial(session)
        with served(instance, url, workers=1) as running:
            seconds_for(MEMBERS, running.port)
            seconds_for("/staff/sign-in", running.port)
            yield running


def told(what: str, grown_mib: float, seconds: float) -> None:
    print(f"\n{what}: {grown_mib:.0f} MiB more, a member waited {seconds:.2f} s at worst")


@pytest.mark.attack
def test_who_never_ends_a_header_keeps_nobody_waiting_and_is_let_go(server):
    began = time.monotonic()
    with watched(server) as grown, held(server.port, 500, head("GET", MEMBERS)[:-2] + b"X-Slow: a") as clients:
        waited = seconds_for(MEMBERS, server.port)
        clients[0].settimeout(15)
        assert clients[0].recv(1000) == b"" or time.monotonic() - began > 9
    told("500 heads without an end", grown(), waited)
    assert waited < SECONDS
    assert grown() < 100
    assert time.monotonic() - began < 18


@pytest.mark.attack
@pytest.mark.parametrize("address", [MEMBERS, "/staff/sign-in", "/staff/questionnaires/"])
@pytest.mark.parametrize("chunked", [False, True], ids=["with a length", "in chunks"])
def test_posts_of_64_mib_fill_no_memory(server, address, chunked):
    body = b"x" * (64 * MIB)
    length = "Transfer-Encoding: chunked\r\n" if chunked else f"Content-Length: {len(body)}\r\n"
    begins, ends = (f"{len(body):x}\r\n".encode(), b"\r\n0\r\n\r\n") if chunked else (b"", b"")
    sent = b"".join((head("POST", address, FORM + length), begins, body, ends))
    with watched(server) as grown:
        posts = all_at_once(6, lambda _: exchanged(server.port, sent) and None)
        waited = seconds_for(MEMBERS, server.port)
        for post in posts:
            post.join()
    told(f"6 × 64 MiB to {address}, {'chunked' if chunked else 'with length'}", grown(), waited)
    assert grown() < 160
    assert waited < SECONDS


def test_who_asks_for_much_and_reads_nothing_fills_no_memory(server):
    with watched(server) as grown:
        clients = []
        for _ in range(50):
            client = socket.socket()
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            client.connect(("127.0.0.1", server.port))
            client.setblocking(False)
            client.send(head("GET", MEMBERS) * 400)
            clients.append(client)
        time.sleep(1)
        waited = seconds_for(MEMBERS, server.port)
        for client in clients:
            client.close()
    told("50 × 400 pages that nobody reads", grown(), waited)
    assert grown() < 100
    assert waited < SECONDS


def test_a_hundred_people_at_the_sign_in_leave_room_for_members(server):
    """Two runs of Argon2id at once are 128 MiB; who comes when all places are taken is asked to try again."""
    forms = [sign_in_form(server.port) for _ in range(100)]
    answers: list[bytes] = []
    with watched(server) as grown:
        crowd = all_at_once(100, lambda number: answers.append(exchanged(server.port, forms[number], 60)))
        waited = seconds_for(MEMBERS, server.port)
        for each in crowd:
            each.join()
    statuses = sorted({answer[9:12].decode() for answer in answers})
    told(f"100 sign-ins ({', '.join(statuses)})", grown(), waited)
    assert set(statuses) <= {"403", "429", "503"}
    assert grown() < 220
    assert waited < SECONDS


def sign_in_form(port: int) -> bytes:
    """A request with a wrong passphrase, from a browser that opened the page before."""
    page = exchanged(port, head("GET", "/staff/sign-in", "Connection: close\r\n")).decode()
    cookie = SimpleCookie(re.search(r"(?i)set-cookie: ([^;]+)", page)[1])
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
    body = f"csrf_token={token}&name=somebody&passphrase=one+two+three+four+five+six"
    sent = f"Cookie: staff={cookie['staff'].value}\r\nContent-Length: {len(body)}\r\n"
    return head("POST", "/staff/sign-in", FORM + sent) + body.encode()


@pytest.mark.parametrize(("address", "press"), [(MEMBERS, "resume"), (f"{MEMBERS}withdraw", "withdraw")])
def test_a_thousand_guessed_codes_are_cut_short(server, address, press):
    """Nobody meets a code of 22 digits; what counts is that the guessing costs others nothing."""
    with watched(server) as grown:
        statuses = [guessed(server.port, address, press) for _ in range(1000)]
        waited = seconds_for(MEMBERS, server.port)
    told(f"1,000 codes to {press}: {statuses.count(429)} not looked at", grown(), waited)
    assert set(statuses) <= {200, 404, 429}
    assert statuses.count(429) > 800
    assert grown() < 60
    assert waited < SECONDS


def guessed(port: int, address: str, press: str) -> int:
    """The status for a code that nobody has, whose check digits are right, from one address."""
    body = f"code={receipt_code(secrets.token_bytes(16), secrets.token_bytes(32))}&go={press}"
    more = f"{FORM}X-Forwarded-For: 8.8.8.8\r\nContent-Length: {len(body)}\r\n"
    sent = head("POST", address, more) + body.encode()
    return int(exchanged(port, sent)[9:12])


@pytest.mark.attack
@pytest.mark.skipif(crowds.NGINX is None, reason="nginx is not installed: only behind it slow bodies stop nobody")
@pytest.mark.parametrize("sent", [f"{FORM}Content-Length: 900000\r\n", f"{FORM}Transfer-Encoding: chunked\r\n"])
def test_behind_nginx_bodies_that_trickle_in_stop_nobody(server, tmp_path, sent):
    with crowds.nginx_before(server.port, tmp_path) as (https, context), watched(server) as grown:
        clients = []
        for _ in range(150):
            client = context.wrap_socket(socket.create_connection(("127.0.0.1", https)), server_hostname=crowds.HOST)
            client.sendall(head("POST", MEMBERS, sent) + b"5\r\nstate")
            clients.append(client)
        waited = seconds_for(MEMBERS, https, context)
        for client in clients:
            client.close()
        told("150 bodies that trickle in, behind nginx", grown(), waited)
        assert (tmp_path / "error.log").read_text() == ""
    assert waited < SECONDS
    assert grown() < 60
