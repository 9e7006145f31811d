"""Mail goes out over a line that nobody reads, through a real server, or it does not go out."""

import datetime
import ipaddress
import socket
import ssl

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from consultations.mail import MailNotSent, mail_server, send

FROM = "post@example.org"
#: This machine too, but not one of the names under which a missing STARTTLS is forgiven.
ELSEWHERE = "127.0.0.2"


class Box:
    """A mailbox behind the server."""

    def __init__(self):
        self.mails = []

    async def handle_DATA(self, server, session, envelope):
        self.mails.append((session.ssl is not None, session.authenticated, envelope))
        return "250 OK"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """(file with key and certificate, a context that believes it)."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "t")])
    now = datetime.datetime.now(datetime.UTC)
    alternatives = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address(ELSEWHERE))]
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("mail") / "server.pem"
    plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(key.private_bytes(*plain) + made.public_bytes(serialization.Encoding.PEM))
    return file, ssl.create_default_context(cafile=str(file))


def free_port(host):
    with socket.socket() as held:
        held.bind((host, 0))
        return held.getsockname()[1]


@pytest.fixture
def serve(certificate):
    """Starts a mail server -> (its port, its mailbox)."""
    running = []

    def start(host=ELSEWHERE, *, tls=True):
        context = None
        if tls:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(certificate[0])
        box = Box()
        controller = Controller(
            box,
            hostname=host,
            port=free_port(host),
            tls_context=context,
            require_starttls=tls,
            authenticator=lambda server, session, envelope, mechanism, data: AuthResult(
                success=data.login == b"desk" and data.password == b"p@ss:word"
            ),
            auth_require_tls=tls,
        )
        controller.start()
        running.append(controller)
        return controller.port, box

    yield start
    for controller in running:
        controller.stop()


def test_a_mail_arrives_encrypted_after_a_sign_in(serve, certificate):
    port, box = serve()
    server = mail_server(f"smtp://desk:p%40ss%3Aword@{ELSEWHERE}:{port}", FROM)
    send(server, "ana@example.net", "账号", "你好\n\nhttps://example.org/x", trusted=certificate[1])
    ((encrypted, signed_in, envelope),) = box.mails
    assert (encrypted, signed_in) == (True, True)
    assert (envelope.mail_from, envelope.rcpt_tos) == (FROM, ["ana@example.net"])
    assert b"Content-Type: text/plain" in envelope.content


def test_what_is_sent_names_neither_this_machine_nor_this_program(serve, certificate):
    port, box = serve()
    send(mail_server(f"smtp://{ELSEWHERE}:{port}", FROM), "a@example.net", "x", "y", trusted=certificate[1])
    headers = box.mails[0][2].content.split(b"\r\n\r\n")[0].decode()
    names = {line.split(":")[0] for line in headers.splitlines() if not line.startswith(" ")}
    assert names <= {
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
        "Content-Transfer-Encoding", "X-Peer", "X-MailFrom", "X-RcptTo",
    }  # fmt: skip
    assert "@example.org>" in next(line for line in headers.splitlines() if line.startswith("Message-ID"))


def test_a_server_whose_certificate_nobody_vouches_for_gets_nothing(serve):
    port, box = serve()
    with pytest.raises(MailNotSent):
        send(mail_server(f"smtp://{ELSEWHERE}:{port}", FROM), "a@example.net", "x", "y")
    assert box.mails == []


def test_a_server_without_starttls_gets_nothing(serve):
    port, box = serve(tls=False)
    with pytest.raises(MailNotSent):
        send(mail_server(f"smtp://{ELSEWHERE}:{port}", FROM), "a@example.net", "x", "y")
    assert box.mails == []


def test_on_this_machine_a_server_may_do_without(serve):
    port, box = serve("127.0.0.1", tls=False)
    send(mail_server(f"smtp://127.0.0.1:{port}", FROM), "a@example.net", "x", "y")
    assert len(box.mails) == 1


@pytest.mark.parametrize("to", ["a@example.net\nBcc: b@example.net", ""])
def test_an_address_that_is_none_is_refused_before_or_by_the_server(serve, certificate, to):
    port, box = serve()
    with pytest.raises(MailNotSent):
        send(mail_server(f"smtp://{ELSEWHERE}:{port}", FROM), to, "x", "y", trusted=certificate[1])
    assert box.mails == []


def test_a_wrong_password_or_nobody_at_home_is_one_plain_failure(serve, certificate):
    port, _ = serve()
    for url in (f"smtp://desk:wrong@{ELSEWHERE}:{port}", f"smtp://127.0.0.1:{free_port('127.0.0.1')}"):
        with pytest.raises(MailNotSent) as refused:
            send(mail_server(url, FROM), "a@example.net", "x", "y", trusted=certificate[1])
        assert refused.value.__suppress_context__
        assert "example" not in str(refused.value)


def test_the_setting_is_read_into_its_parts():
    server = mail_server("smtps://desk:secret@mail.example.org", FROM)
    assert (server.scheme, server.host, server.port) == ("smtps", "mail.example.org", 465)
    assert "secret" not in repr(server)
    assert mail_server("", FROM) is None


@pytest.mark.parametrize(("url", "sender"), [("http://x", FROM), ("smtp://", FROM), ("smtp://x", "")])
def test_a_setting_that_cannot_be_read_is_refused(url, sender):
    with pytest.raises(ValueError, match="SMTP_URL"):
        mail_server(url, sender)
