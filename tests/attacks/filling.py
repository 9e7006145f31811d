"""Fills an installation through its pages: every field that a person types into gets something that is searched for."""

from __future__ import annotations

import csv
import io
import re
import time
from collections.abc import Iterator

from consultations.pages.pacing import TRAP
from tests.attacks.browsing import Browser
from tests.attacks.filled_with import CHOSEN, FORM, LANGUAGES, OFFICIAL
from tests.attacks.needles import drawn_word
from tests.attacks.staffing import Staffing


class Filling(Staffing):
    """One installation that is being filled; `run` does all of it."""

    def run(self) -> None:
        self.staff()
        self.consultation("spring", access="open")
        for _ in range(2):
            for language in LANGUAGES:
                self.answer("spring", language)
        self.unlock_and_quote("spring")
        self.figures("spring")
        self.fieldwork("spring")
        self.paper("spring")
        self.consultation("autumn", access="invited")
        self.members("autumn")
        self.refusals("autumn")

    def consultation(self, slug: str, access: str) -> None:
        ana = self.desks["ana"]
        if access == "open":
            ana.open("/staff/questionnaires/").send(form="workbook", files={"workbook": ("f.md", FORM.encode())})
        ana.open("/staff/questionnaires/").follow(r"questionnaire=\d+")
        ana.send(form="^slug$", slug=slug, access=[access], key_holders=["ana", "ben"])
        assert ana.url.endswith(slug), ana.text()
        ana.send(form="/open$")
        assert "The consultation is open" in ana.text(), ana.text()

    def answer(self, slug: str, language: str, code: str = "", save: bool = False, send: bool = True) -> Browser:
        """A member from the first page to the thanks, with a stop on the way where `save` is true."""
        phone = self.browser().open(f"/c/{slug}/{language}/")
        phone.send(("go", "begin"), **({"code": code} if code else {}))
        for page in range(12):
            if phone.page.xpath("//button[@value='send']"):
                break
            phone.send(("go", "next"), form="^state$", **CHOSEN)
            assert phone.status == 200, phone.text()
            if save and not page:
                self.save_and_go_on(phone, slug, language)
        if send:
            if language == "zh" and phone.page.xpath(f"//input[@name='{TRAP}']"):
                # A machine writes into the field that people do not see, and is asked once more.
                phone.send(("go", "send"), form="^state$", leave=["code"])
            phone.send(("go", "send"), form="^state$", leave=["code", TRAP])
            assert phone.page.find_class("digits"), phone.text()
        return phone

    def save_and_go_on(self, phone: Browser, slug: str, language: str) -> None:
        phone.send(("go", "save"), form="^state$")
        code = re.sub(r"\D", "", phone.page.find_class("digits")[0].text_content())
        phone.open(f"/c/{slug}/{language}/continue").send(("go", "resume"), form="^code$", code=code)
        assert phone.status == 200, phone.text()

    def unlock_and_quote(self, slug: str) -> None:
        ana, here = self.desks["ana"], f"/staff/consultations/{slug}"
        ana.open(here).send(form="/close$")
        ana.open(f"{here}/results").send(form="/unlock$")
        deadline = time.monotonic() + 60
        while not ana.open(f"{here}/results").page.xpath("//a[contains(@href, '/quotes')]"):  # a worker does it
            assert time.monotonic() < deadline, ana.text()
            time.sleep(0.5)
        for question in ("story", "one_line"):
            ana.open(f"{here}/quotes?question={question}").follow(rf"quotes/{question}/")
            whole = ana.page.xpath("//textarea[@name='text']")[0].value.strip()
            ana.send(form="^theme$", text=whole)
            assert ana.status == 200, ana.text()

    def figures(self, slug: str) -> None:
        """Pages about tables, and an indicator that follows a question."""
        ana = self.desks["ana"]
        for page in ("plan", "release", "profile", "compare", "import/"):
            ana.open(f"/staff/consultations/{slug}/{page}")
            assert ana.status == 200, (page, ana.text())
        ana.open("/staff/indicators/new?question=region").send(form="^code$", options=["europe"])
        one = ana.url
        assert re.search(r"/indicators/\d+$", one), ana.text()
        ana.open(f"{one}/change").send(form="^code$", options=["europe"])
        ana.open("/staff/indicators/indicators.csv")
        ana.open(f"{one}/delete")

    def fieldwork(self, slug: str) -> None:
        carla = self.desks["carla"]
        carla.open("/staff/fieldwork/").send(form="^country$", consultation=slug, country="KE")
        home = carla.url
        assert carla.status == 200, carla.text()
        assert re.search(r"/fieldwork/\d+$", home), (home, carla.text())
        for language in LANGUAGES:
            carla.open(f"{home}/interviews/new")
            carla.send(
                form="^transcript$",
                language=language,
                role="outreach_worker",
                recorded=True,
                quoted=True,
                translated=True,
            )
            if language == "ru":
                carla.open(carla.url.removesuffix("/names") + "/edit")
                carla.send(form="^role$", recorded=True, quoted=True, translated=True)
            self.names_and_passages(carla)
            if language == "ru":
                carla.open(carla.url + "/withdraw").send()
            elif language != "zh":  # one stays as it is; the others forget who the pseudonyms stand for
                carla.open(carla.url + "/finish").send()
        carla.open("/staff/fieldwork/take-back").send(form="^reference$")
        carla.open(f"{home}/box").send(form="^title_en$")

    def names_and_passages(self, carla: Browser) -> None:
        interview = carla.url.removesuffix("/names")
        names = {f"others_{at}_name": drawn_word("en") for at in range(3)}
        carla.open(f"{interview}/names").send(form="^others-0-name$", **names)
        carla.open(f"{interview}/passages").send(form="^sentences$", sentences=["0"], theme="violence")
        assert carla.url == interview, carla.text()
        carla.follow("/translations$").send(form="^text_")

    def paper(self, slug: str) -> None:
        ana = self.desks["ana"]
        ana.open(f"/staff/consultations/{slug}/papers").send()
        editor = ana.url
        ana.open(f"{editor}/title").send(form="^title_en$")
        ana.open(f"{editor}/write").send(form="^text_en$", level="1")
        ana.open(f"{editor}/write").send(form="^text_en$")
        assert ana.status == 200, ana.text()
        for language in OFFICIAL:
            ana.open(f"{editor}/preview/{language}")
            assert ana.status == 200, ana.text()
        ana.open(f"{editor}/zh.pdf")
        assert ana.content[:4] == b"%PDF", ana.text()

    def members(self, slug: str) -> None:
        """Invited: six answers with saving on the way, one begun and saved, one taken back, one code in hand."""
        codes = iter(self.codes(slug))
        for language in LANGUAGES:
            self.answer(slug, language, next(codes), save=True)
        self.answer(slug, "en", next(codes), save=True, send=False)
        phone = self.answer(slug, "fr", next(codes))
        receipt = re.sub(r"\D", "", phone.page.find_class("digits")[0].text_content())
        phone.open(f"/c/{slug}/fr/withdraw").send(form="^code$", code=receipt)
        phone.send(("go", "withdraw"), form="^code$")
        assert phone.status == 200, phone.text()

    def codes(self, slug: str) -> Iterator[str]:
        ana = self.desks["ana"]
        ana.open(f"/staff/consultations/{slug}/codes").send(form="^organisation$", kind=["csv"])
        for row in csv.reader(io.StringIO(ana.content.decode("utf-8-sig"))):
            found = re.search(r"\b(\w{4}-\w{4}-\w{4})\b", " ".join(row))
            if found:
                self.ledger.keep("invitation code", found[1])
                self.ledger.keep("invitation code", found[1].replace("-", ""))
                yield found[1]

    def refusals(self, slug: str) -> None:
        """What was typed wrong, or where no page is, is in no log either."""
        phone = self.browser()
        phone.open(f"/c/{slug}/ru/").send(("go", "begin"))
        phone.open(f"/c/{slug}/ru/continue").send(("go", "resume"), form="^code$")
        phone.open(f"/c/{slug}/ru/withdraw").send(form="^code$")
        for address in ("/c/{}/en/", "/staff/{}", "/c/spring/en/?q={}"):
            word = drawn_word("en")
            self.ledger.keep("an address", word)
            phone.open(address.format(word))
