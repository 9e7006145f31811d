"""The application with an open consultation and somebody signed in, for attacks that walk over all its addresses."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from benchmarks.trial import SLUG, open_trial
from consultations.database import engine_for
from consultations.migrations import upgrade
from consultations.settings import Settings
from consultations.staff import stretching
from consultations.staff.passphrases import Passphrase
from consultations.staff.sign_in import create_account, sign_in

ROLES = MappingProxyType({"root": "administrator", "policy": "policy_staff"})
#: What stands for the variables of an address: what is there, where there is something.
EXISTING = MappingProxyType({"language": "en", "paper_language": "en", "slug": SLUG})


@dataclass(frozen=True, slots=True)
class Address:
    """One way into the application."""

    rule: str
    method: str
    path: str
    access: object

    @property
    def is_public(self) -> bool:
        return self.access == "public"


def addresses(app: Flask, **changed: object) -> Iterator[Address]:
    """Every rule with every method but HEAD and OPTIONS; `changed` is put in the place of variables."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        values = {name: _value(rule, name, changed) for name in rule.arguments}
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            access = getattr(app.view_functions[rule.endpoint], "access", None)
            yield Address(rule.rule, method, adapter.build(rule.endpoint, values, method=method), access)


def _value(rule: object, name: str, changed: dict[str, object]) -> object:
    converter = rule._converters[name]  # type: ignore[attr-defined]  # Werkzeug tells it nowhere else
    if "Unicode" not in type(converter).__name__:
        return 1
    return changed.get("text", EXISTING.get(name, "ab"))


@contextlib.contextmanager
def filled(folder: Path, **changed: object) -> Iterator[Flask]:
    """Two open consultations, an administrator named root and somebody of policy staff; Argon2 costs nothing here."""
    url = f"sqlite:///{folder / 'test.sqlite'}"
    engine = engine_for(url)
    upgrade(engine)
    engine.dispose()
    settings = Settings(url, folder, b"\x07" * 32, https=False, trusted_hosts=(), upload_limit_mib=10)
    app = create_app(replace(settings, **changed))  # type: ignore[arg-type]  # names of settings
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stretching, "MEMORY_KIB", 64)
        with app.extensions["sessions"]() as session:
            open_trial(session)
            made = [create_account(session, name, role, "en") for name, role in ROLES.items()]
            app.extensions["passphrases"] = {each.user.name: str(each.passphrase) for each in made}
            session.commit()
        yield app
    app.extensions["engine"].dispose()


def token_of(app: Flask, name: str) -> bytes:
    with app.extensions["sessions"].begin() as session:
        passphrase = Passphrase(app.extensions["passphrases"][name])
        return sign_in(session, name, passphrase, datetime.datetime.now(datetime.UTC))


def at_desk(app: Flask, token: bytes, **changed: object) -> FlaskClient:
    """A browser with that token in its staff cookie."""
    client = app.test_client()
    with client.session_transaction(path="/staff") as cookie:
        cookie["token"] = token
        cookie.update(changed)
    return client
