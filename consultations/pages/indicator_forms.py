"""The form of an indicator, and the questions of consultations that one can point at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, FloatField, RadioField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange, Optional
from wtforms.widgets import NumberInput

from consultations.analysis.axes import is_tabulated
from consultations.analysis.figures.indicators import DIRECTIONS, LONGEST_CODE, LONGEST_QUESTION, Indicator
from consultations.analysis.figures.readings import UP
from consultations.pages import wording
from consultations.pages.round_forms import CheckboxesField
from consultations.registry.models import REGIONS
from consultations.rounds.models import Consultation
from consultations.rounds.questionnaires import layout_of, questionnaire_of
from forms.questionnaire import Text
from translations.languages import OFFICIAL_LANGUAGES, autonym

LONGEST_NAME = 300
#: Fields that are columns of `Indicator` as they are.
_PLAIN = ("code", "options", "region", "direction", "baseline", "baseline_on", "target", "target_on")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that an indicator can point at, as the newest consultation that has it asks it."""

    name: str
    label: Text
    options: Mapping[str, Text]
    #: People may choose several answers.
    several: bool


def questions(consultations: Iterable[Consultation]) -> dict[str, Asked]:
    """By name, questions with a list of answers that tables are made of; `consultations` are newest first."""
    found: dict[str, Asked] = {}
    for consultation in consultations:
        form, layout = questionnaire_of(consultation.questionnaire), layout_of(consultation.questionnaire)
        for question in form.questions():
            choices = form.choices.get(question.list_name, ())
            if choices and is_tabulated(question, layout) and len(question.name) <= LONGEST_QUESTION:
                options = {choice.name: choice.label for choice in choices}
                several = question.type == "select_multiple"
                found.setdefault(question.name, Asked(question.name, question.label, options, several))
    return found


def _share(label: Any) -> FloatField:
    return FloatField(label, [Optional(), NumberRange(0, 100)], widget=NumberInput(step=0.1, min=0, max=100))


class _IndicatorForm(FlaskForm):
    code = StringField(
        lazy_gettext("Number"),
        [DataRequired(lazy_gettext("Give it a number or a short word.")), Length(max=LONGEST_CODE)],
        description=lazy_gettext("As your plan has it, such as 2.1."),
        render_kw={"autocomplete": "off"},
    )
    options = CheckboxesField(lazy_gettext("Answers that count"))
    region = SelectField(lazy_gettext("Region"), default="")
    direction = RadioField(
        lazy_gettext("Direction"),
        choices=[SelectChoice(key, lazy_gettext(name)) for key, name in DIRECTIONS.items()],
        default=UP,
    )
    baseline = _share(lazy_gettext("Baseline, in per cent (optional)"))
    baseline_on = DateField(lazy_gettext("Day of the baseline (optional)"), [Optional()])
    target = _share(lazy_gettext("Target, in per cent (optional)"))
    target_on = DateField(lazy_gettext("Day by which it should be reached (optional)"), [Optional()])

    def __init__(self, several: bool, **values: Any) -> None:
        super().__init__(**values)
        self.several = several

    def validate_options(self, field: CheckboxesField) -> None:
        if not field.data:
            raise ValidationError(gettext("Choose at least one answer."))
        if self.several and len(field.data) > 1:
            raise ValidationError(
                gettext(
                    "People could choose several answers to this question, and whoever chose two of them would count"
                    " twice. Choose one."
                )
            )

    def validate_target(self, field: FloatField) -> None:
        if field.data is None or self.baseline.data is None:
            return
        rises = field.data > self.baseline.data
        if rises != (self.direction.data == UP):
            raise ValidationError(gettext("From the baseline to this target it goes in the other direction."))

    def validate_code(self, field: StringField) -> None:
        if not any((self[f"name_{code}"].data or "").strip() for code in OFFICIAL_LANGUAGES):
            raise ValidationError(gettext("Write the name in at least one language."))


def indicator_form(question: Asked, indicator: Indicator | None) -> FlaskForm:
    """For an indicator that points at `question`; filled from `indicator` where there is one."""
    names = indicator.name if indicator else {}
    fields = {
        f"name_{code}": StringField(
            gettext("Name – %(language)s", language=autonym(code)), [Length(max=LONGEST_NAME)], default=names.get(code)
        )
        for code in OFFICIAL_LANGUAGES
    }
    form = type("IndicatorForm", (_IndicatorForm,), fields)(several=question.several, obj=indicator)
    form.options.choices = [
        SelectChoice(name, wording.text(label.by_language, name)) for name, label in question.options.items()
    ]
    form.region.choices = [
        SelectChoice("", gettext("All regions together")),
        *(SelectChoice(key, gettext(name)) for key, name in REGIONS.items()),
    ]
    return form


def values(form: FlaskForm, question: Asked) -> dict[str, Any]:
    """What was entered, as `analysis.figures.indicators.save` takes it."""
    texts = {code: (form[f"name_{code}"].data or "").strip() for code in OFFICIAL_LANGUAGES}
    plain = {name: form[name].data for name in _PLAIN}
    names = {code: text for code, text in texts.items() if text}
    return {**plain, "code": plain["code"].strip(), "name": names, "question": question.name}
