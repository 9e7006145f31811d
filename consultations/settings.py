"""Everything that an operator can set, read once from the environment."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).parents[1]
SECRET_BYTES = 32
#: Version 3 of onion services: a public key, its checksum and the version in base32.
ONION_HOST = re.compile(r"[a-z2-7]{56}\.onion")

SECOND_FACTOR = ("asked", "required")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where data lie, and what the process may use; docs/settings.md says the same to operators."""

    #: `DATABASE_URL`: an SQLAlchemy URL; SQLite in the instance folder when unset.
    database_url: str
    #: `INSTANCE_DIR`: the folder for the embedded database, the server's secret and papers that were written.
    instance: Path
    #: 32 bytes that all web processes of one installation share: page states and cookies are sealed under keys from it.
    secret: bytes
    #: `HTTPS`: cookies are marked Secure and HSTS is sent; off only for a trial on one's own machine.
    https: bool
    #: `TRUSTED_HOSTS`: host names that may be asked for, separated by commas; empty accepts any.
    trusted_hosts: tuple[str, ...]
    #: `UPLOAD_LIMIT_MIB`: the largest request body, in MiB.
    upload_limit_mib: int
    #: `TRUSTED_PROXIES`: how many proxies of ours stand before the application and add to `X-Forwarded-For`.
    trusted_proxies: int = 0
    #: `ONION_ADDRESS`: the onion service's host name, that Tor Browser is told of; empty when there is none.
    onion_address: str = ""
    #: `SECONDS_A_PAGE`: who sends faster than this, for each page of a consultation, is asked to look once more.
    seconds_a_page: int = 0
    #: `CALM_SENDS_A_MINUTE`: more answers than this in a process cost work or waiting; 0 for never.
    calm_sends_a_minute: int = 0
    #: `SMTP_URL`: the mail server for invitations of staff; empty: links are shown to be copied.
    smtp_url: str = field(default="", repr=False)
    #: `MAIL_FROM`: the address that mail comes from.
    mail_from: str = ""
    #: `JOBS_URL`: the queue of jobs, `redis://`, `postgresql://` or `sqlite:///`; empty: a file in the instance folder.
    jobs_url: str = field(default="", repr=False)
    #: `SECOND_FACTOR`: `asked` or `required` of administrators and of whoever may unlock answers.
    second_factor: str = "asked"


def public_address(settings: Settings) -> str:
    """`https://example.org` of the first trusted host; empty where none is set, and a request has to say it."""
    hosts = [host.removeprefix(".") for host in settings.trusted_hosts]
    return f"{'https' if settings.https else 'http'}://{hosts[0]}" if hosts else ""


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this process; makes the instance folder and its secret when they are not there yet.

    Raises ValueError when a value or the secret cannot be read.
    """
    instance = Path(environment.get("INSTANCE_DIR", PROJECT / "instance"))
    instance.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Settings(
        database_url=environment.get("DATABASE_URL") or f"sqlite:///{instance / 'consultations.sqlite'}",
        instance=instance,
        secret=_secret(instance / "secret"),
        https=environment.get("HTTPS", "off").lower() in {"1", "on", "true", "yes"},
        trusted_hosts=tuple(host for host in environment.get("TRUSTED_HOSTS", "").split(",") if host),
        upload_limit_mib=int(environment.get("UPLOAD_LIMIT_MIB", "10")),
        trusted_proxies=int(environment.get("TRUSTED_PROXIES", "0")),
        onion_address=_onion(environment.get("ONION_ADDRESS", "")),
        seconds_a_page=int(environment.get("SECONDS_A_PAGE", "2")),
        calm_sends_a_minute=int(environment.get("CALM_SENDS_A_MINUTE", "60")),
        smtp_url=environment.get("SMTP_URL", ""),
        mail_from=environment.get("MAIL_FROM", ""),
        jobs_url=environment.get("JOBS_URL", ""),
        second_factor=_one_of(SECOND_FACTOR, environment.get("SECOND_FACTOR", "asked")),
    )


def _one_of(known: tuple[str, ...], value: str) -> str:
    """Raises ValueError: a word that was mistyped shall not be read as the weaker choice."""
    if value not in known:
        raise ValueError(f"SECOND_FACTOR is {value!r}; it can be {' or '.join(known)}.")
    return value


def _onion(address: str) -> str:
    """The host name in `http://….onion/`, or what is a host name already. Raises ValueError for another address."""
    host = address.strip().lower().removeprefix("http://").removesuffix("/")
    if host and not ONION_HOST.fullmatch(host):
        raise ValueError("ONION_ADDRESS is not the address of an onion service (56 letters and digits, then .onion).")
    return host


def _secret(path: Path) -> bytes:
    """The installation's secret, readable by its owner alone; made by one process only when several start at once.

    It is written beside its place and linked there when it is whole: a process that starts at the same moment finds
    all of it or none. Raises ValueError when the file does not hold 32 bytes.
    """
    if not path.exists():
        whole = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(SECRET_BYTES))
        with contextlib.suppress(FileExistsError):
            os.link(whole, path)
        whole.unlink()
    secret = path.read_bytes()
    if len(secret) != SECRET_BYTES:
        raise ValueError(f"{path} is damaged: it does not hold {SECRET_BYTES} bytes. Put it back from a backup.")
    return secret
