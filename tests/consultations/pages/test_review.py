"""The review has every question that somebody answers, and nothing else, word for word as a template would draw it."""

# ruff: noqa: E501 - a form drawn as a table is read across

from __future__ import annotations

import datetime
import html
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from consultations.pages.repeating import named
from consultations.pages.review import review_sections
from forms.builder import NO_WORDS, Wording, answer_words, page_headings
from forms.question_types import is_asked
from forms.questionnaire import Choice, Question, Questionnaire, Source, Text
from forms.running.flow import Flow
from forms.xlsform.importing import import_file
from translations import catalogues

DAY = datetime.date(2026, 11, 22)
#: What the review looked like when a template drew it, each word looked up anew: slow, and sure to escape.
TEMPLATE = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string("""
{%- for number, spot, heading, answers in parts %}
<section class="part">
{% if heading.html %}<h2{{ heading.attrs }}>{{ heading.html }}</h2>{% else %}<h2>{{ _("Page %(number)d") % {"number": number} }}</h2>{% endif %}
<dl>
{% for label, texts in answers %}
<dt{{ label.attrs }}>{{ label.html }}</dt>
{% for text in texts %}
<dd{{ text.attrs }}>{{ text.html }}</dd>
{% else %}
<dd class="soft">{{ _("Not answered") }}</dd>
{% endfor %}
{% endfor %}
</dl>
<button class="go second small" name="go" value="change-{{ spot }}">{{ _("Change") }}<span class="hidden"> {{ _("Page %(number)d") % {"number": number} }}</span></button>
</section>
{% endfor %}
""")
FORM = """
| survey |
| | type | name | label::English (en) | label::العربية (ar) | label::Kiswahili (sw) | relevant | appearance | parameters | choice_filter | constraint |
| | begin_group | one | Times & <numbers> | أوقات | | | field-list | | | |
| | acknowledge | agreed | I take *part*. | أشارك | Ninashiriki | | | | | |
| | time | opens | When? | متى؟ | Lini? | | | | | |
| | datetime | seen | Seen "when"? | | | | | | | |
| | date | came | Came | جاء | | | month-year | | | |
| | date | born | Born | | Kuzaliwa | | year | | | |
| | date | day | Day | | | | | | | |
| | range | safe | Safe? | آمن؟ | | | | start=0 end=10 | | |
| | integer | age | Age | العمر | Umri | | | | | . < 150 |
| | decimal | share | Share | | | | | | | |
| | end_group | | | | | | | | | |
| | begin_group | two | | | | | field-list | | | |
| | select_one place | place | Where, at ${age}? | أين؟ | Wapi? | | | | | |
| | select_one town | town | Which town? | أي مدينة؟ | | | | | place = ${place} | |
| | rank need | needs | In order | | | | | | | |
| | select_multiple need | helps | What helps? | ما يساعد؟ | | | | | | |
| | select_one twin | twin | Twin | توأم | | | | | | |
| | text | story | Why ${place}? | لماذا؟ | | | multiline | | | |
| | note | told | Read this | اقرأ | | | | | | |
| | end_group | | | | | | | | | |
| | begin_repeat | job | Workplace of ${age} | مكان | | | | | | |
| | text | doing | What do you do there? | | | | | | | |
| | select_one need | lacks | What is needed? | | | | | | | |
| | end_repeat | | | | | | | | | |
| | begin_group | three | Three | ثلاثة | | ${age} > 17 | | | | |
| | text | more | More | المزيد | Zaidi | | | | | |
| | end_group | | | | | | | | | |
| choices |
| | list_name | name | label::English (en) | label::العربية (ar) | place |
| | place | north | North & "far" | شمال | |
| | place | south | South of ${age} | جنوب | |
| | town | alpha | Alpha | ألفا | north |
| | town | omega | | أوميغا | south |
| | need | home | A **home** | سكن | |
| | need | money | Money's worth | مال | |
| | twin | same | First | أول | |
| | twin | other | Other | آخر | |
"""
WHOLE = {
    "agreed": "OK",
    "opens": "09:30:00.000",
    "seen": "2024-03-05T21:30:00.000",
    "came": "2020-05-01",
    "born": "1990-01-01",
    "day": "2024-02-29",
    "safe": "7",
    "age": "34",
    "share": "0.5",
    "place": "north",
    "town": "alpha",
    "needs": "money home",
    "helps": "home money",
    "twin": "other",
    "story": "x < y & \"z\" 'ж'",
    "more": "a\r\nb",
    "/data/job": "2",
    "doing[1]": "<b>bread</b>",
    "lacks[1]": "home",
    "doing[2]": "{} %s ${age}",
}
SIGNS = "<>&\"'%(){}$*_\\\\ \n1aж\u202e\x00"
LANGUAGES = [("en", "en"), ("ar", "ar"), ("sw", "en"), ("en", "ar"), ("fr", "fr")]
FLOW = Flow(import_file("form.md", FORM.encode()).questionnaire)


def both(answers: dict[str, str], language: str, page_language: str, flow: Flow = FLOW) -> tuple[str, str]:
    """The review, and what the template makes of the same answers."""
    wording = Wording(flow.state(answers, DAY, language), language, page_language)
    parts = []
    for number, spot in enumerate(flow.spots(wording.state), 1):
        here = replace(wording, positions=spot.positions)
        asked = [pair for pair in flow.questions(spot) if wording.state.relevance[pair[0]] and is_asked(pair[1])]
        told = [(here.of(question.label), answer_words(name, here)) for name, question in asked]
        heading = (page_headings(flow, spot, here) or (NO_WORDS,))[-1]
        parts += [(number, named(spot), heading, told)] if told else []
    drawn = TEMPLATE.render(parts=parts, _=catalogues.words(page_language).gettext)
    return str(review_sections(flow, wording)), drawn


@pytest.mark.parametrize(("language", "page_language"), LANGUAGES)
def test_every_type_of_question_is_drawn_as_a_template_would_draw_it(language: str, page_language: str) -> None:
    review, drawn = both(WHOLE, language, page_language)
    assert review == drawn
    assert review.count("<section") == 5
    assert "x &lt; y &amp; &#34;z&#34; &#39;ж&#39;" in review


@given(
    st.dictionaries(
        st.sampled_from(sorted(WHOLE)), st.text(SIGNS, max_size=40) | st.sampled_from(sorted(WHOLE.values()))
    ),
    st.sampled_from(LANGUAGES),
)
def test_whatever_is_answered_is_drawn_as_a_template_would_draw_it(answers, languages) -> None:
    review, drawn = both({name: text for name, text in answers.items() if name != "/data/job"}, *languages)
    assert review == drawn


@pytest.mark.parametrize("sign", ["<", "&", '"', "'", "ж", "\u202e", "{}", "%(number)d", "${age}"])
def test_twenty_thousand_signs_arrive_as_they_were_written(sign: str) -> None:
    review, drawn = both({**WHOLE, "story": sign * 20_000}, "ar", "ar")
    assert review == drawn
    assert html.unescape(review).count(f"<bdi>{sign * 20_000}</bdi>") == 1


def test_a_choice_that_stands_twice_in_its_list_is_read_as_it_was_offered() -> None:
    rows = (Choice("a", Text({"en": "First"}), {"of": "x"}), Choice("a", Text({"en": "Second"}), {"of": "y"}))
    asked = Question(
        "q", "select_one", "/data/q", Source("survey", 2), Text({"en": "Q"}), list_name="l", choice_filter="of='y'"
    )
    flow = Flow(Questionnaire(Text(), "form", ("en",), "en", (asked,), {"l": rows}))
    review, drawn = both({"q": "a"}, "en", "en", flow)
    assert review == drawn
    assert "Second" in review
    assert "First" not in review


def test_the_head_of_a_grid_is_not_asked_and_not_read_back() -> None:
    def question(name: str, type: str, appearance: str = "") -> Question:
        label = Text({"en": name})
        return Question(name, type, f"/data/{name}", Source("survey", 2), label, list_name="yn", appearance=appearance)

    grid = (question("head", "select_one", "label"), question("row", "select_one", "list-nolabel"))
    asked = (*grid, question("told", "note"), question("agreed", "acknowledge"))
    flow = Flow(Questionnaire(Text(), "form", ("en",), "en", asked, {"yn": (Choice("yes", Text({"en": "Yes"})),)}))
    state = flow.state({"row": "yes", "agreed": "OK"}, DAY, "en")
    review = review_sections(flow, Wording(state, "en", "en"))
    assert review.count("<section") == 1
    assert "<dt>row</dt>\n<dd>Yes</dd>\n<dt>agreed</dt>\n<dd>I confirm this</dd>\n</dl>" in review
    assert review.count("<dt>") == 2
