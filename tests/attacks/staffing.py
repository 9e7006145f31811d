"""The staff of an installation that is filled: accounts, keys of trustees, second factors, all through their pages."""

from __future__ import annotations

import re

import pyotp

from tests.attacks.browsing import Browser, Ledger
from tests.attacks.serving import Server


class Staffing:
    """Who works at one installation, and their browsers."""

    def __init__(self, server: Server, ledger: Ledger) -> None:
        self.server, self.ledger = server, ledger
        self.desks: dict[str, Browser] = {}
        self.passphrases: dict[str, str] = {}

    def browser(self) -> Browser:
        return Browser(self.server.address, self.ledger)

    def staff(self) -> None:
        """An administrator made on the command line, who invites everybody else; then the trustees' ceremony."""
        printed = self.server.command("staff", "add", "root", "--role", "administrator")
        words = dict(re.findall(r"^(\w[\w ]+):\s+(.+)$", printed, re.MULTILINE))
        for name in ("Passphrase", "Recovery key"):
            self.ledger.keep("administrator", words[name])
        root = self.sign_in("root", words["Passphrase"])
        for name, role in (("ana", "policy_staff"), ("ben", "policy_staff"), ("carla", "community_consultant")):
            self.desks[name] = self.join(root, name, role)
        self.ceremony(root)
        self.second_factors(self.desks["carla"])
        self.desks["root"] = root
        self.account_pages(root)

    def join(self, root: Browser, name: str, role: str) -> Browser:
        root.open("/staff/people/invite")
        root.send(form="^role$", role=role, pages_in="en", consultation=["*"], country=["*"], region=["*"])
        link = root.page.find_class("secret")[0].text_content().strip()
        self.ledger.keep("link", link.rpartition("/")[2])
        desk = self.browser().open(link)
        desk.send(form="^name$", name=name)
        passphrase, recovery = (shown.text_content().strip() for shown in desk.page.find_class("secret"))
        desk.send(form="^passphrase$", name=name, passphrase=passphrase)
        if name == "ben":  # lost, and got back with the recovery key
            lost = self.browser().open("/staff/recover").send(name=name, recovery_key=recovery)
            return self.sign_in(name, lost.page.find_class("secret")[0].text_content().strip())
        return self.sign_in(name, passphrase)

    def ceremony(self, root: Browser) -> None:
        """Three cards, of which two are typed in where somebody sits who did not make them."""
        root.open("/staff/keys/").send(form="/make$")
        cards = [form.fields["words"] for form in root.page.forms if "words" in form.fields]
        assert len(cards) == 3, root.text()
        for words in cards:
            self.ledger.keep("card", words)
            self.ledger.keep("half of a card", " ".join(words.split()[:10]))
        ana = self.desks["ana"]
        ana.open("/staff/keys/rehearse").send(form="^card_a$", card_a=cards[0], card_b=cards[1])
        assert ana.url.endswith("/keys/"), ana.text()

    def second_factors(self, desk: Browser) -> None:
        """A code app and its recovery codes."""
        desk.open("/staff/account/app")
        secret = desk.page.find_class("secret")[0].text_content().replace(" ", "")
        self.ledger.keep("secret of the app", secret)
        desk.send(form="^code$", code=pyotp.TOTP(secret).now(), passphrase=self.passphrases["carla"])
        assert desk.status == 200, desk.text()
        desk.open("/staff/account/recovery-codes")
        if desk.page.xpath("//input[@name='passphrase']"):
            desk.send(form="^passphrase$", passphrase=self.passphrases["carla"])
        for code in desk.page.xpath("//ol//li"):
            self.ledger.keep("recovery code", code.text_content().strip())

    def sign_in(self, name: str, passphrase: str) -> Browser:
        self.passphrases[name] = passphrase
        desk = self.browser()
        desk.open("/staff/sign-in").send(name=name)  # something else is typed as the passphrase
        assert desk.status == 403, desk.text()
        desk.send(name=name, passphrase=passphrase)
        assert desk.status == 200, desk.text()
        for cookie in desk.cookies:
            self.ledger.keep("cookie", (cookie.value or "").split(".")[0])
        return desk

    def account_pages(self, root: Browser) -> None:
        """What is asked again before a way to sign in changes, mostly answered wrong: nothing changes."""
        root.open("/staff/keys/recover")
        if root.page.xpath("//textarea[@name='card_a']"):
            root.send(form="^card_a$")
        carla, ben = self.desks["carla"], self.desks["ben"]
        carla.open("/staff/account/app/remove").send(form="^passphrase$")
        root.open("/staff/people/").follow(r"/people/4$")
        root.open("/staff/people/4/second-factors").send(form="^passphrase$")
        ben.open("/staff/account/sessions/end").send(form="^passphrase$")
        ben.open("/staff/account/passphrase").send(form="^passphrase$", passphrase=self.passphrases["ben"])
        waiting = self.browser()
        waiting.open("/staff/sign-in").send(name="carla", passphrase=self.passphrases["carla"])
        waiting.send(form="^code$")
        waiting.send(form="^recovery_code$")
