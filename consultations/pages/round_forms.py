"""The form for a new consultation; which fields it has depends on the questionnaire's languages."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, SelectMultipleField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from consultations.errors import N_
from consultations.pages import wording
from consultations.rounds.certifying import asks_region
from consultations.rounds.consultations import possible_breakdowns
from consultations.rounds.leaving import LONGEST_SITE, SiteUnfit, checked_sites, neutral_site
from consultations.rounds.lifecycle import LEAST_KEY_HOLDERS
from consultations.staff.models import User
from forms.questionnaire import UNNAMED, Questionnaire
from translations.languages import autonym

_PARTS = (
    ("title", lazy_gettext("Title"), StringField, 200),
    ("asked_by", lazy_gettext("Who asks"), StringField, 200),
    ("purpose", lazy_gettext("Why, and what for"), TextAreaField, 2000),
)
#: More would be printed for nobody.
MOST_CODES = 10_000
REGION_KNOWN = N_(
    "A code counts once and certifies the region of its organisation. The questionnaire then shows the region and does "
    "not ask for it."
)
REGION_UNKNOWN = N_(
    "A code counts once. This questionnaire has no question named “region” that lists all regions of the network, so "
    "that answers with codes will have no certified region: you only see how many codes of each region were used."
)


class CheckboxesField(SelectMultipleField):
    """Several of a list, as checkboxes rather than a list box that needs a modifier key."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class _NewConsultation(FlaskForm):
    slug = StringField(
        lazy_gettext("Address"),
        [InputRequired(lazy_gettext("Choose a word for the address.")), Length(max=40)],
        description=lazy_gettext(
            "A neutral word of small letters, such as “spring”. Others may see it on a shared phone: name no topic."
        ),
    )
    key_holders = CheckboxesField(
        lazy_gettext("Who holds the key"),
        description=lazy_gettext("Only these people can unlock the answers. Choose at least two."),
    )
    table_plan = CheckboxesField(
        lazy_gettext("What tables are broken down by"),
        description=lazy_gettext("Fixed when the consultation opens: tables cannot be cut in other ways later."),
    )
    retention_months = IntegerField(
        lazy_gettext("Months until everything is destroyed"),
        [InputRequired(lazy_gettext("Enter a number of months.")), NumberRange(1, 60)],
    )

    access = RadioField(
        lazy_gettext("Who can answer"),
        choices=[
            SelectChoice("open", lazy_gettext("Open to all: whoever has the address")),
            SelectChoice("invited", lazy_gettext("Invited: whoever has a code from a member organisation")),
        ],
        default="open",
    )
    invitation_quota = IntegerField(
        lazy_gettext("Codes for each organisation, at most"),
        [Optional(), NumberRange(1, MOST_CODES)],
        default=50,
        description=lazy_gettext("Only where members are invited. You can change it for one organisation later."),
    )

    def validate_key_holders(self, field: CheckboxesField) -> None:
        if len(field.data or []) < LEAST_KEY_HOLDERS:
            raise ValidationError(
                gettext("Choose at least two people: one alone may be ill or gone when it is needed.")
            )


def new_consultation_form(questionnaire: Questionnaire, users: list[User], me: User) -> FlaskForm:
    """The form with a title, an asker and a purpose for each language of `questionnaire`."""
    fields: dict[str, Any] = {}
    for code in questionnaire.languages:
        for name, label, kind, longest in _PARTS:
            needed = InputRequired(lazy_gettext("Write this in every language that the questionnaire has."))
            fields[f"{name}_{code}"] = kind(_named(label, code), [needed, Length(max=longest)])
        fields[f"leave_to_{code}"] = StringField(
            _named(lazy_gettext("Where “Leave now” leads"), code),
            [Length(max=LONGEST_SITE), _harmless],
            description=lazy_gettext(
                "A harmless site that many people open, with https:// before it. Empty: %(site)s",
                site=neutral_site({}, code),
            ),
        )
    form = type("NewConsultation", (_NewConsultation,), fields)(
        slug="",
        retention_months=24,
        key_holders=[me.name],
        table_plan=_planned(questionnaire),
        **{f"title_{code}": questionnaire.title.by_language.get(code, "") for code in questionnaire.languages},
    )
    form.access.description = gettext(REGION_KNOWN if asks_region(questionnaire) else REGION_UNKNOWN)
    form.key_holders.choices = [SelectChoice(user.name) for user in users]
    form.table_plan.choices = [
        SelectChoice(name, _question_name(questionnaire, name)) for name in possible_breakdowns(questionnaire)
    ]
    return form


def _harmless(form: FlaskForm, field: StringField) -> None:
    try:
        checked_sites({"": field.data or ""})
    except SiteUnfit as problem:
        raise ValidationError(gettext(problem.message) % problem.values) from None


def _question_name(questionnaire: Questionnaire, name: str) -> str:
    return wording.text(questionnaire.question(name).label.by_language, name)


def by_language(form: FlaskForm, part: str) -> dict[str, str]:
    """What was written for `part` (`title`, `asked_by`, `purpose`) in each language."""
    prefix = f"{part}_"
    return {name.removeprefix(prefix): form[name].data or "" for name in form._fields if name.startswith(prefix)}


def _named(label: object, code: str) -> str:
    return str(label) if code == UNNAMED else f"{label} · {autonym(code)}"


def _planned(questionnaire: Questionnaire) -> list[str]:
    return [name for name in possible_breakdowns(questionnaire) if questionnaire.question(name).disaggregation]
