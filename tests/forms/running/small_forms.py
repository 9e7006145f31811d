"""Forms of a few questions, made in a line each, and what answers make of them."""

from datetime import date

from forms.questionnaire import Choice, Group, Question, Questionnaire, Source, Text
from forms.running.flow import Flow

TODAY = date(2026, 11, 22)
ROW = Source("survey", 2)
YES_NO = (Choice("yes", Text({"en": "Yes", "fr": "Oui"})), Choice("no", Text({"en": "No"})))
TOWNS = tuple(
    Choice(name, Text({"en": name.title()}), {"region": region})
    for name, region in (("lagos", "africa"), ("accra", "africa"), ("lima", "latin"))
)


def ask(name, kind="text", **columns):
    return Question(name, kind, f"/data/{name}", ROW, **columns)


def group(name, *children, **columns):
    return Group(name, f"/data/{name}", ROW, children=children, **columns)


def form(*children):
    choices = {"yes_no": YES_NO, "towns": TOWNS}
    return Questionnaire(Text({"en": "Form"}), "form", ("en", "fr"), "en", children, choices)


def state(*children, language="en", **answers):
    return Flow(form(*children)).state(answers, TODAY, language)
