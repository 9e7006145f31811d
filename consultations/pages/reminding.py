"""What somebody is told right after they signed in, about their own account."""

from __future__ import annotations

from flask import flash, url_for
from flask_babel import gettext, ngettext
from markupsafe import Markup

from consultations.pages.web import database, settings
from consultations.staff import recovery_codes, second_factors
from consultations.staff.models import User
from consultations.staff.notices import SENTENCES, taken_notices

#: With so few codes left it is time for a new sheet.
FEW_CODES = 3


def say_what_happened(user: User) -> None:
    for notice in taken_notices(database(), user):
        flash(gettext(SENTENCES[notice]))
    if second_factors.has_one(database(), user):
        _say_codes_left(user)
    elif second_factors.is_asked(user):
        _with_link(
            gettext("Your account has no second factor yet. Before you go on, please add one.")
            if settings().second_factor == "required"
            else gettext("Your account has no second factor yet. Please add one when you have ten minutes."),
            gettext("Add a second factor"),
        )


def _say_codes_left(user: User) -> None:
    left = sum(code.used_on is None for code in recovery_codes.codes_of(database(), user))
    if left <= FEW_CODES:
        sentence = ngettext("You have %(num)d recovery code left.", "You have %(num)d recovery codes left.", left)
        _with_link(sentence, gettext("Make new recovery codes"))


def _with_link(sentence: str, words: str) -> None:
    flash(Markup('{} <a href="{}">{}</a>').format(sentence, url_for("account.overview") + "#second-factors", words))
