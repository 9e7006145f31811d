"""Any questionnaire that can be built is written and read again without loss."""

from hypothesis import given, settings
from hypothesis import strategies as st

from forms.questionnaire import UNNAMED, Choice, Group, Question, Questionnaire, Source, Text
from forms.xlsform import limited
from forms.xlsform.child import as_sheets
from forms.xlsform.importing import read_questionnaire
from forms.xlsform.writing import write_xlsx

NOWHERE = Source("survey", 0)
#: Words that spreadsheets, XML and our own marks make trouble with; a cell's edges are never white.
WORDS = st.text(st.sampled_from("aé中ع =@-+'\"<&|\\*_#\n\U0001f600"), min_size=1, max_size=12).map(
    lambda words: f"x{words}x".replace("${", "")
)
CONDITIONS = st.sampled_from(["", "true()", "${first} = 'a'", "selected(${first}, 'b') and today() > '2020-01-01'"])
LISTS = st.sampled_from(["l", "m"])
FORMS = st.sampled_from([(UNNAMED,), ("en",), ("fr", "en"), ("sw", "zh-Hant", "ar")])
#: type -> what a question of it may have besides texts and conditions.
KINDS = {
    "text": {"parameters": {"rows": "3"}, "appearance": "multiline", "default": "=1+1"},
    "integer": {"constraint": ". >= 0 and . < 120", "anonymise": "band", "default": "007"},
    "decimal": {"anonymise": "drop"},
    "range": {"parameters": {"start": "0", "end": "10", "step": "2"}, "anonymise": "keep"},
    "date": {"appearance": "month-year", "default": "today()"},
    "time": {},
    "datetime": {"read_only": "true()"},
    "acknowledge": {},
    "note": {},
    "select_one": {"list_name": "l", "disaggregation": True, "parameters": {"randomize": "true", "seed": "42"}},
    "select_multiple": {"list_name": "m", "choice_filter": "size = 'big' or ${first} = 'a'", "appearance": "minimal"},
    "rank": {"list_name": "l"},
    "calculate": {"calculation": "concat(${first}, 'x')", "trigger": ("first",)},
    "hidden": {"default": "z"},
}
SILENT = ("calculate", "hidden")


@st.composite
def texts(draw, languages):
    chosen = draw(st.lists(st.sampled_from(languages), unique=True, max_size=3))
    return Text({language: draw(WORDS) for language in languages if language in chosen})


@st.composite
def questions(draw, path, number, languages):
    type = draw(st.sampled_from(sorted(KINDS)))
    name = f"q{number}"
    own = {key: value for key, value in KINDS[type].items() if type in SILENT or draw(st.booleans())}
    own |= {key: KINDS[type][key] for key in ("list_name",) if key in KINDS[type]}
    if type not in SILENT:
        own |= {key: draw(texts(languages)) for key in ("hint", "guidance_hint", "constraint_message")}
        own["label"] = Text({language: draw(WORDS) for language in languages})
        own["required"] = draw(CONDITIONS) if type != "note" else ""
    extra = draw(st.sampled_from([{}, {"Notes": "mine"}, {"bind::odd": "1", "media::image::French": "a.png"}]))
    relevant = draw(CONDITIONS)
    return Question(name=name, type=type, path=f"{path}/{name}", source=NOWHERE, relevant=relevant, extra=extra, **own)


@st.composite
def groups(draw, path, number, languages, depth):
    name = f"g{number}"
    here = f"{path}/{name}"
    children = []
    for place in range(draw(st.integers(1, 3))):
        inner = groups if depth < 2 and draw(st.integers(0, 3)) == 0 else None
        step = f"{number}_{place}"
        node = draw(inner(here, step, languages, depth + 1) if inner else questions(here, step, languages))
        children.append(node)
    is_repeat = draw(st.booleans())
    return Group(
        name=name,
        path=here,
        source=NOWHERE,
        label=draw(texts(languages)),
        relevant=draw(CONDITIONS),
        appearance=draw(st.sampled_from(["", "field-list"])),
        is_repeat=is_repeat,
        # A count that is no reference gets a row of its own when it is read, as in ODK.
        repeat_count=draw(st.sampled_from(["", "${first}"])) if is_repeat else "",
        children=tuple(children),
    )


@st.composite
def questionnaires(draw):
    languages = draw(FORMS)
    label = Text(dict.fromkeys(languages, "First"))
    first = Question(name="first", type="select_one", path="/data/first", source=NOWHERE, label=label, list_name="l")
    parts = [first]
    for number in range(draw(st.integers(0, 4))):
        kind = draw(st.booleans())
        parts.append(draw(groups("/data", number, languages, 0) if kind else questions("/data", number, languages)))
    return Questionnaire(
        title=Text({languages[0]: draw(WORDS)}),
        form_id="f1",
        version=draw(st.sampled_from(["", "2026-11"])),
        languages=languages,
        default_language=draw(st.sampled_from(languages)) if languages != (UNNAMED,) else UNNAMED,
        children=tuple(parts),
        choices={"l": draw(lists(languages)), "m": draw(lists(languages)), "unused": draw(lists(languages))},
        extra_settings={"style": "pages", "allow_choice_duplicates": "yes"},
    )


@st.composite
def lists(draw, languages):
    names = ["a", "b", *draw(st.lists(st.sampled_from(["a", "b", "c", "-1", "x.y"]), max_size=2))]
    columns = st.sampled_from(
        [{}, {"size": "big"}, {"value": "3", "label": "own", "column::x": "y", "price in €": "4"}]
    )
    return tuple(Choice(name, Text({code: draw(WORDS) for code in languages}), draw(columns)) for name in names)


@settings(max_examples=40, deadline=None)
@given(questionnaires())
def test_what_is_written_is_read_again(questionnaire):
    # Without the child that a stranger's file is read in: it takes a tenth of a second to start.
    found = read_questionnaire(as_sheets(limited.answer("xlsx", write_xlsx(questionnaire))))
    errors = [problem for problem in found.problems if problem.level == "error"]
    assert errors == []
    assert found.questionnaire == questionnaire


@settings(max_examples=10, deadline=None)
@given(questionnaires())
def test_the_same_questionnaire_is_written_in_the_same_bytes(questionnaire):
    assert write_xlsx(questionnaire) == write_xlsx(questionnaire)
