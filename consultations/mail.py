"""Plain-text mail through the operator's own server, or an answer that it could not be sent."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import unquote, urlsplit

from consultations.errors import N_, Problem

#: A person waits for the page meanwhile.
TIMEOUT_SECONDS = 10
_PORTS = {"smtp": 587, "smtps": 465}
#: Where nothing leaves the machine, STARTTLS may be missing.
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


class MailNotSent(Problem):
    """Says nothing of why: a server's answer may hold the address."""

    status = 502
    message = N_("The mail could not be sent.")


@dataclass(frozen=True, slots=True)
class MailServer:
    """`SMTP_URL` in its parts. `smtps`: TLS from the first byte; `smtp`: STARTTLS, without which nothing is sent."""

    scheme: str
    host: str
    port: int
    user: str
    password: str = field(repr=False)
    sender: str


def mail_server(url: str, sender: str) -> MailServer | None:
    """`smtp://user:password@host:587`; None where no URL is set. Raises ValueError for another kind of URL."""
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname or not sender:
        raise ValueError("SMTP_URL has the form smtp://user:password@host:587 or smtps://…, and MAIL_FROM is needed.")
    port = parts.port or _PORTS[parts.scheme]
    return MailServer(
        parts.scheme, parts.hostname, port, unquote(parts.username or ""), unquote(parts.password or ""), sender
    )


def send(server: MailServer, to: str, subject: str, text: str, *, trusted: ssl.SSLContext | None = None) -> None:
    """Send one mail now, once; nothing is queued or kept. Raises MailNotSent.

    `trusted`: whose certificates are believed; the system's when not given.
    """
    context = trusted or ssl.create_default_context()
    try:
        message = _message(server, to, subject, text)
        with _connected(server, context) as connection:
            if server.user:
                connection.login(server.user, server.password)
            connection.send_message(message)
    except (OSError, smtplib.SMTPException, ValueError, HeaderParseError):
        # `from None`: what the server said may name the address, and a traceback may reach a log.
        raise MailNotSent from None


def _message(server: MailServer, to: str, subject: str, text: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = server.sender, to, subject
    message["Date"] = formatdate()
    # Of the sender's domain: the library would write the machine's own name.
    message["Message-ID"] = make_msgid(domain=server.sender.rpartition("@")[2].rstrip(">"))
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office replies
    message.set_content(text)
    return message


def _connected(server: MailServer, context: ssl.SSLContext) -> smtplib.SMTP:
    """A connection that nobody on the way can read. Raises OSError, SMTPException."""
    if server.scheme == "smtps":
        return smtplib.SMTP_SSL(
            server.host, server.port, local_hostname="localhost", timeout=TIMEOUT_SECONDS, context=context
        )
    connection = smtplib.SMTP(server.host, server.port, local_hostname="localhost", timeout=TIMEOUT_SECONDS)
    try:
        connection.ehlo()
        # To this machine the certificate is often one that nobody vouches for; a password is not sent past it even so.
        if server.host not in _LOCAL or (server.user and connection.has_extn("starttls")):
            connection.starttls(context=context)
    except BaseException:
        connection.close()
        raise
    return connection
