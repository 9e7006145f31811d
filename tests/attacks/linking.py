"""Members who answer with codes, and an attacker who has the database with all its files."""

from __future__ import annotations

import json
import math
import re

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import select

from consultations.responses.models import Epoch, SealedResponse
from consultations.responses.sealing import Place, open_answer, open_epoch_key
from consultations.rounds.invitations import hash_of
from consultations.rounds.models import Consultation
from tests.attacks.test_codes_cannot_be_linked import orders
from tests.attacks.test_order_cannot_be_read import guesses
from tests.consultations.pages.phones import Phone

MEMBERS, SPARE = 60, 20
HALF = MEMBERS // 2
#: Every third member writes a long answer: another class of length on the disk.
LONG, EVERY = "and much more was said about it. " * 20, 3
SAVING, TAKING_BACK = range(0, MEMBERS, 4), range(5, MEMBERS, 10)
#: One run in so many finds fault where there is none, whatever number of guesses it makes.
ONE_IN = 1000


def most_by_luck(tries: int, groups: int = 1) -> int:
    """How many of a drawn order are right by luck, but for one in a thousand of so many tries.

    The fixed points of a random permutation are Poisson-distributed about 1 (for each group that is drawn apart);
    the tries together are bounded by their sum (Bonferroni).
    """
    right, beyond = 0, 1.0
    while beyond * tries > 1 / ONE_IN:
        beyond -= math.exp(-groups) * groups**right / math.factorial(right)
        right += 1
    return right - 1


def member(app, code, number):
    """From the first page to the thanks, with a stop on the way and a change of mind for some."""
    phone = Phone(app)
    phone.press("begin", code=code)
    story = f"[{number}] {LONG if number % EVERY == 0 else ''}"
    if number in SAVING:
        phone.press("save", story=story)
        phone.press("stay")
    phone.press("next", story=story)
    phone.press("send")
    assert phone.response.status_code == 200, phone.text
    if number in TAKING_BACK:
        receipt = re.sub(r"\D", "", phone.page.find_class("digits")[0].text_content())
        phone.client.post("/c/rights/en/withdraw", data={"code": receipt, "go": "withdraw"})


def numbers_of(session, pair):
    """Which member wrote each stored answer: what only key holders can see."""
    consultation = session.scalars(select(Consultation)).one()
    version, found = consultation.questionnaire.version, {}
    for epoch in session.scalars(select(Epoch)):
        cipher = AESGCM(open_epoch_key(pair.private, epoch.sealed_key, consultation.id, epoch.id))
        place = Place(consultation.id, version, epoch.id)
        for row in session.scalars(select(SealedResponse).where(SealedResponse.epoch_id == epoch.id)):
            _, cold = open_answer(cipher, place, row.id, row.hot, row.cold)
            found[row.id] = int(json.loads(cold)["story"].partition("]")[0][1:])
    return found


class Attacker:
    """Has the database with all its files; is told the truth only to count what was guessed right."""

    def __init__(self, app, settings, codes, pair):
        self.engine = app.extensions["engine"]
        with app.extensions["sessions"]() as session:
            self.wrote = numbers_of(session, pair)
            self.sizes = {row.id: len(row.cold) for row in session.scalars(select(SealedResponse))}
            self.epochs = dict(session.execute(select(SealedResponse.id, SealedResponse.epoch_id)).all())
        self.spent_by = {hash_of(settings.secret, 1, code): number for number, code in enumerate(codes)}

    def guessed(self, groups=None):
        """(how many codes the best guess gives to the right answer, how many guesses there were).

        Any order of the codes against any order of the answers, these also by length and by epoch. `groups` parts the
        codes, where two copies of the disk told which were spent before and after: then each group is guessed apart.
        """
        answers = dict(guesses(self.engine, SealedResponse, SealedResponse.id))
        answers |= {f"{name}, by length": sorted(order, key=self.sizes.get) for name, order in answers.items()}
        right = []
        for code_order in orders(self.engine, {}).values():
            for order in answers.values():
                sides = self._parted(code_order, order, groups) if groups else [(code_order, order)]
                pairs = [pair for side in sides for pair in zip(*side, strict=True)]
                right.append(sum(self.spent_by[code] == self.wrote[answer] for code, answer in pairs))
        return max(right), len(right)

    def _parted(self, codes, answers, before):
        first = next(self.epochs[answer] for answer in answers if self.wrote[answer] < HALF)
        return [
            (
                [code for code in codes if (code in before) == early],
                [answer for answer in answers if (self.epochs[answer] == first) == early],
            )
            for early in (True, False)
        ]
