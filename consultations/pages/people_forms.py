"""The forms that say what somebody may do: a role, and what it is limited to."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import get_locale, gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from consultations.pages.round_forms import CheckboxesField
from consultations.pages.wording import told
from consultations.registry.countries import by_name
from consultations.registry.models import REGIONS
from consultations.rounds.models import Consultation
from consultations.staff.limits import ALL, LIMIT_NAMES
from consultations.staff.links import LONGEST_DAYS
from consultations.staff.roles import LIMITED_BY, ROLE_NAMES, Limit, Role
from translations.formats import separated
from translations.languages import INTERFACE_LANGUAGES, autonym
from translations.phrases import marked_up


class RoleForm(FlaskForm):
    """A role with its limits; a field for each kind, named as `Limit` has it."""

    role = SelectField(lazy_gettext("Role"))
    consultation = CheckboxesField()
    country = CheckboxesField()
    region = CheckboxesField()
    language = CheckboxesField()

    def offer(self, consultations: list[Consultation], countries: list[str]) -> None:
        """Give the lists their choices in the reader's language."""
        reader = str(get_locale() or "en")
        self.role.choices = [SelectChoice(str(role), gettext(name)) for role, name in ROLE_NAMES.items()]
        spoken = dict.fromkeys((*INTERFACE_LANGUAGES, *(code for each in consultations for code in each.languages)))
        offered = {
            Limit.CONSULTATION: [(each.slug, title_of(each)) for each in consultations],
            Limit.COUNTRY: list(by_name(countries, reader)),
            Limit.REGION: [(key, gettext(name)) for key, name in REGIONS.items()],
            Limit.LANGUAGE: [(code, autonym(code)) for code in spoken],
        }
        for kind, pairs in offered.items():
            everything = SelectChoice(ALL, gettext("All, also what is added later"))
            self[kind].label.text = gettext(LIMIT_NAMES[kind])
            self[kind].description = gettext("Counts for: %(roles)s.", roles=_roles_limited_by(kind, reader))
            self[kind].choices = [everything, *(SelectChoice(value, marked_up(name)) for value, name in pairs)]

    def validate(self, extra_validators: object = None) -> bool:
        """A role needs something of each kind that it is limited by, or its account would reach nothing."""
        fits = bool(super().validate(extra_validators))
        if self.role.data not in Role.__members__.values():
            return fits
        for kind in LIMITED_BY[Role(self.role.data)]:
            if not self[kind].data:
                self[kind].errors = [gettext("Choose at least one, or all.")]
                fits = False
        return fits

    def limits(self) -> Mapping[Limit, list[str]]:
        """What was chosen, of the kinds that the role is limited by."""
        return {kind: self[kind].data or [] for kind in LIMITED_BY[Role(self.role.data)]}


class InviteForm(RoleForm):
    pages_in = SelectField(
        lazy_gettext("Language of these pages"),
        choices=[SelectChoice(code, autonym(code)) for code in INTERFACE_LANGUAGES],
    )
    days = IntegerField(
        lazy_gettext("How many days the link works"),
        [InputRequired(lazy_gettext("Enter a number of days.")), NumberRange(1, LONGEST_DAYS)],
        default=7,
    )
    address = StringField(
        lazy_gettext("E-mail address (optional)"),
        [
            Optional(),
            Length(max=254),
            Regexp(r"[^@\s,;<>]+@[^@\s,;<>]+$", message=lazy_gettext("This is not an e-mail address.")),
        ],
        description=lazy_gettext("The link is sent there. The address is stored nowhere."),
        render_kw={"inputmode": "email", "autocomplete": "off", "autocapitalize": "none", "dir": "ltr"},
    )


class JoinForm(FlaskForm):
    name = StringField(
        lazy_gettext("Sign-in name"),
        [InputRequired(lazy_gettext("Choose a sign-in name.")), Length(max=80)],
        description=lazy_gettext("What you type to sign in. It need not be your own name; colleagues see it."),
        render_kw={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "username"},
    )


def title_of(consultation: Consultation) -> str:
    """In the reader's language or the nearest there is."""
    return told(consultation.title, consultation.slug)


def _roles_limited_by(kind: Limit, reader: str) -> str:
    return separated([gettext(ROLE_NAMES[role]) for role in Role if kind in LIMITED_BY[role]], reader)
