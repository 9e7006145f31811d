"""The forms of fieldwork: a case study, an interview, its names, its marked passages."""

from __future__ import annotations

from flask_babel import get_locale, gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange

from consultations.fieldwork.coding import THEMES, ThemeUnknown
from consultations.fieldwork.consent import ASKERS, ATTRIBUTIONS, ROLES, NotToBeKept
from consultations.pages.wording import option
from consultations.registry.countries import by_name
from translations.languages import INTERFACE_LANGUAGES, LANGUAGES, OFFICIAL_LANGUAGES, autonym

#: A long interview: three hours of talk are about 150,000 letters.
LONGEST_TRANSCRIPT = 500_000
LONGEST_NOTE = 20_000
LONGEST_BOX = 6_000
BLANK_NAMES = 3
LONGEST_NAME = 200


def chosen(names: dict[str, str]) -> list[SelectChoice]:
    """Choices from a table of keys and marked words, in the reader's language."""
    return [SelectChoice(key, gettext(name)) for key, name in names.items()]


class CaseStudyForm(FlaskForm):
    consultation = SelectField(lazy_gettext("Consultation"))
    country = SelectField(lazy_gettext("Country"), description=lazy_gettext("The country that it tells about."))
    retention_months = IntegerField(
        lazy_gettext("Months until its interviews are destroyed"),
        [
            InputRequired(lazy_gettext("Write a number of months from 1 to 60.")),
            NumberRange(1, 60, lazy_gettext("Write a number of months from 1 to 60.")),
        ],
        default=24,
        description=lazy_gettext(
            "Counted from when the consultation closes. Whoever is interviewed is told so, and it never changes."
        ),
        render_kw={"min": 1, "max": 60},
    )

    def offer(self, consultations: list[tuple[str, str]], country_codes: list[str]) -> None:
        """Give both lists their choices, countries by name in the reader's language."""
        self.consultation.choices = [option(slug, title) for slug, title in consultations]
        countries = by_name(country_codes, str(get_locale()))
        self.country.choices = [
            SelectChoice("", gettext("Choose a country")),
            *(SelectChoice(*pair) for pair in countries),
        ]

    def validate_country(self, field: SelectField) -> None:
        if not field.data:
            raise ValidationError(gettext("Choose a country from the list."))


class InterviewForm(FlaskForm):
    role = SelectField(
        lazy_gettext("Who was asked"),
        description=lazy_gettext("The role only. Never write a name, a workplace or an unusual job here or below."),
    )
    asked_by = SelectField(lazy_gettext("Who asked"))
    language = SelectField(lazy_gettext("Language of the interview"))
    recorded = BooleanField(lazy_gettext("to be kept here and used in the case study"))
    quoted = BooleanField(lazy_gettext("to be quoted word for word"))
    translated = BooleanField(lazy_gettext("to be translated into other languages"))
    attribution = SelectField(
        lazy_gettext("What a quote may say about who speaks"),
        description=lazy_gettext(
            "Choose less where few people have this role: a country and a role can point to one person."
        ),
    )
    transcript = TextAreaField(
        lazy_gettext("Transcript or notes"),
        [Length(max=LONGEST_TRANSCRIPT, message=lazy_gettext("This text is too long."))],
        description=lazy_gettext("Quotes are taken from here word for word. Names are replaced in the next step."),
        render_kw={"rows": 14},
    )

    def offer(self) -> None:
        """Give the lists their choices in the reader's language."""
        self.role.choices = [SelectChoice("", gettext("Choose a role")), *chosen(dict(ROLES))]
        self.asked_by.choices = chosen(dict(ASKERS))
        self.attribution.choices = chosen(dict(ATTRIBUTIONS))
        others = sorted((each.code for each in LANGUAGES if each.code not in INTERFACE_LANGUAGES), key=autonym)
        self.language.choices = [SelectChoice(code, autonym(code)) for code in (*INTERFACE_LANGUAGES, *others)]

    def validate_role(self, field: SelectField) -> None:
        if not field.data:
            raise ValidationError(gettext("Choose the role that comes nearest."))

    def validate_recorded(self, field: BooleanField) -> None:
        if not field.data:
            raise ValidationError(gettext(NotToBeKept.message))

    def validate_transcript(self, field: TextAreaField) -> None:
        notes = (each.data for each in self if each.name.startswith("note_"))
        if not any(text and text.strip() for text in (field.data, *notes)):
            raise ValidationError(gettext("Write what was said, here or at one of the guide questions."))


class NameForm(Form):
    """One name and what stands for it; without a token of its own, since it is part of a form that has one."""

    use = BooleanField()
    name = HiddenField(validators=[Length(max=LONGEST_NAME)])
    pseudonym = StringField(validators=[Length(max=LONGEST_NAME)])


class OtherNameForm(Form):
    name = StringField(lazy_gettext("Name or words"), [Length(max=LONGEST_NAME)])
    pseudonym = StringField(lazy_gettext("What stands for it"), [Length(max=LONGEST_NAME)])

    def validate_pseudonym(self, field: StringField) -> None:
        if self.name.data and self.name.data.strip() and not (field.data and field.data.strip()):
            raise ValidationError(gettext("Write what shall stand in place of this name."))


class NamesForm(FlaskForm):
    found = FieldList(FormField(NameForm))
    others = FieldList(FormField(OtherNameForm), min_entries=BLANK_NAMES)

    def validate_found(self, field: FieldList) -> None:
        for entry in field:
            if entry.form.use.data and not (entry.form.pseudonym.data or "").strip():
                entry.form.pseudonym.errors = [gettext("Write what shall stand in place of this name.")]
                raise ValidationError(gettext("Every name that is replaced needs a pseudonym."))

    def pseudonyms(self) -> dict[str, str]:
        """Name -> what stands for it, of the rows that were ticked and the names that were written by hand."""
        ticked = [entry.form for entry in self.found if entry.form.use.data]
        written = [entry.form for entry in self.others if (entry.form.name.data or "").strip()]
        return {form.name.data.strip(): form.pseudonym.data.strip() for form in (*ticked, *written)}


class MarkForm(FlaskForm):
    sentences = SelectMultipleField(lazy_gettext("Sentences"), coerce=int, validate_choice=False)
    theme = SelectField(lazy_gettext("Theme"))
    #: Which text the sentences were counted in: see `passages.text_mark`.
    counted_in = HiddenField(validators=[Length(max=128)])

    def offer(self) -> None:
        self.theme.choices = [SelectChoice("", gettext(ThemeUnknown.message)), *chosen(dict(THEMES))]

    def validate_theme(self, field: SelectField) -> None:
        if not field.data:
            raise ValidationError(gettext(ThemeUnknown.message))


def box_form(written: dict[str, tuple[str, str]]) -> FlaskForm:
    """A title and a text in each official language, filled with what was written so far."""
    fields: dict[str, object] = {}
    for code in OFFICIAL_LANGUAGES:
        too_long = lazy_gettext("This text is too long.")
        fields[f"title_{code}"] = StringField(lazy_gettext("Title"), [Length(max=200, message=too_long)])
        fields[f"text_{code}"] = TextAreaField(lazy_gettext("Summary"), [Length(max=LONGEST_BOX, message=too_long)])
    data = {f"title_{code}": title for code, (title, _) in written.items()}
    data |= {f"text_{code}": text for code, (_, text) in written.items()}
    form: FlaskForm = type("BoxForm", (FlaskForm,), fields)(data=data)
    return form


def translations_form(languages: list[str], written: dict[str, str]) -> FlaskForm:
    """One text for each language, under the name `text_` and its code."""
    fields = {f"text_{code}": TextAreaField(autonym(code), [Length(max=LONGEST_NOTE)]) for code in languages}
    form: FlaskForm = type("TranslationsForm", (FlaskForm,), fields)(
        data={f"text_{code}": text for code, text in written.items()}
    )
    return form


def interview_form(questions: dict[str, str], data: dict[str, object] | None = None) -> InterviewForm:
    """The interview's form with a field for notes on each guide question, under the name `note_` and its key."""
    fields = {
        f"note_{key}": TextAreaField(
            gettext(question), [Length(max=LONGEST_NOTE, message=lazy_gettext("This text is too long."))]
        )
        for key, question in questions.items()
    }
    form: InterviewForm = type("InterviewForm", (InterviewForm,), fields)(data=data)
    form.offer()
    return form
