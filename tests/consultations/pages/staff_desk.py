"""Browsers of staff who sign in through the pages, with and without a second factor."""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import dataclass, field
from typing import Any

import lxml.html
import pyotp
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from consultations.pages.web import now
from tests.consultations.staff.soft_authenticator import SoftAuthenticator

HOST = "http://localhost"


@dataclass
class Desk:
    """One browser; `name` is who sits there."""

    app: Flask
    name: str
    passphrase: str = field(repr=False)
    client: FlaskClient = field(init=False)

    def __post_init__(self) -> None:
        self.client = self.app.test_client()

    def get(self, address: str, **more: Any) -> TestResponse:
        return self.client.get(address, base_url=HOST, **more)

    def post(self, address: str, **data: str) -> TestResponse:
        return self.client.post(address, base_url=HOST, data=data)

    def sign_in(self) -> TestResponse:
        return self.post("/staff/sign-in", name=self.name, passphrase=self.passphrase)

    def add_app(self) -> pyotp.TOTP:
        """Add a code app as a person would; its code of a minute ago is used up by it."""
        page = tree(self.get("/staff/account/app"))
        app = pyotp.TOTP(page.find_class("secret")[0].text_content().replace(" ", ""))
        offered = page.xpath("//*[@name='offered']")[0].get("value")
        code = app.at(now() - datetime.timedelta(seconds=30))
        added = self.post("/staff/account/app", offered=offered, code=code, passphrase=self.passphrase)
        assert added.status_code in (200, 303), added.text
        return app

    def add_passkey(self, name: str = "blue key") -> SoftAuthenticator:
        key = SoftAuthenticator(HOST)
        answer = key.create(options(self.get("/staff/account/passkey")))
        added = self.post("/staff/account/passkey", name=name, passphrase=self.passphrase, answer=answer)
        assert added.status_code in (200, 303), added.text
        return key

    def token(self) -> bytes | None:
        with self.client.session_transaction(base_url=HOST, path="/staff") as cookie:
            return cookie.get("token")


def tree(response: TestResponse) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(response.text)


def words(response: TestResponse) -> str:
    return re.sub(r"\s+", " ", tree(response).text_content())


def options(response: TestResponse) -> str:
    found = tree(response).xpath("//@data-options")[0]
    json.loads(found)
    return found
