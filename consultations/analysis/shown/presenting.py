"""A released table -> the table that papers and pages show, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from consultations.analysis.disclosure import LEAST_BASE_FOR_SHARES, LEAST_COUNT
from consultations.analysis.figures.profile import LANGUAGE
from consultations.analysis.figures.weights import IMPUTED, EqualVoice, equal_voice
from consultations.analysis.regional import REGION
from consultations.analysis.tables import EVERYBODY, MERGED, Label, ReleasedCell, ReleasedRow, ReleasedTable
from consultations.errors import N_
from exports.document import Row, Table
from forms.questionnaire import Text
from translations.catalogues import words
from translations.formats import joined, separated, signed, written_number, written_share
from translations.languages import autonym
from translations.phrases import UNNAMED, filled, foreign

ALL = N_("Everybody")
TOGETHER = N_("Smaller groups together")
ANSWER = N_("Answer")
PEOPLE = N_("People who answered")
BY_REGION = N_("%(question)s – by region")
BY_OTHER = N_("%(question)s – by: %(breakdown)s")
IN_FIRST_PLACE = N_("%(question)s – in first place")
RANKED = N_("%(question)s – in order")
IN_WHICH_PLACE = N_("%(question)s – the place of “%(answer)s”")
WITHIN = N_("%(table)s – in %(region)s")
LANGUAGES = N_("Languages that people answered in")
EQUAL_VOICE = N_("Each region counts the same")
FEW_NOTE = N_("“<%(count)s” stands for fewer than %(count)s people, or none.")
NOISE_NOTE = N_("Every figure is changed by a small random amount, so that nobody can be recognised.")
SHARES_NOTE = N_("Where fewer than %(share)s people answered, numbers of people stand in place of shares.")
SEVERAL_NOTE = N_("People could choose several answers.")
RANKED_NOTE = N_("People put the answers in order. The table shows which answer they put first.")
MERGED_NOTE = N_("“Smaller groups together” stands for: %(names)s.")
HIDDEN_NOTE = N_("Too few people answered to show figures for: %(names)s.")
EQUAL_NOTE = N_(
    "“Each region counts the same” is an estimate: the mean of the regions’ shares, as if equally many people had"
    " answered in each region."
)
EQUAL_HIDDEN_NOTE = N_("Regions without figures have no part in it.")
IMPUTED_NOTE = N_("Estimates take “<%(count)s” for %(imputed)s people.")
#: Where there is no figure, or none may be given.
NOTHING = "–"


def caption(table: ReleasedTable, language: str) -> str:
    """`Do you ...? – by region`: the question in the author's words, what breaks it down, and whom it is about."""
    return about(table, asked(table, language), language)


def about(table: ReleasedTable, question: str, language: str) -> str:
    """`question` with the breakdown of the table, and with the region that it tells of alone."""
    translate = words(language).gettext
    if table.breakdown:
        breakdown = worded(table.breakdown_label, table.breakdown, language)
        message = BY_REGION if table.breakdown == REGION else BY_OTHER
        question = filled(translate(message), {"question": question, "breakdown": breakdown})
    if not table.within:
        return question
    region = worded(table.within_label, table.within, language)
    return filled(translate(WITHIN), {"table": question, "region": region})


def asked(table: ReleasedTable, language: str) -> str:
    """The question in the author's words; of a ranking, which place or whose places are meant."""
    translate = words(language).gettext
    if table.question == LANGUAGE:
        return translate(LANGUAGES)
    question = question_text(table, language)
    if table.kind == "ranking":
        return filled(translate(IN_FIRST_PLACE), {"question": question})
    if table.kind == "places":
        return filled(translate(IN_WHICH_PLACE), {"question": question, "answer": item_name(table, language)})
    return question


def question_text(table: ReleasedTable, language: str) -> str:
    return worded(table.question_label, table.question, language)


def item_name(table: ReleasedTable, language: str) -> str:
    """The choice of a ranking whose places are counted."""
    return worded(table.item_label, table.item, language)


def worded(label: Label, name: str, language: str) -> str:
    """An author's words, else the name that they gave the thing; words in another language remember which."""
    return Text(label).told_to(language) or foreign(name, UNNAMED, language)


def row_name(row: ReleasedRow, language: str, among: Sequence[ReleasedRow] = ()) -> str:
    """How a group of people is called; `among` other rows, of which a ladder may have merged several."""
    if row.kind == MERGED and several_merged(among):
        return _names(row.members, language)
    fixed = {EVERYBODY: ALL, MERGED: TOGETHER}.get(row.kind)
    return words(language).gettext(fixed) if fixed else Text(row.members[0]).told_to(language)


def several_merged(rows: Iterable[ReleasedRow]) -> bool:
    """Whether merged rows need their members' names to be told from each other."""
    return sum(row.kind == MERGED for row in rows) > 1


def column_names(table: ReleasedTable, language: str) -> tuple[str, ...]:
    """The answers in the author's words; languages as their own readers call them."""
    if table.question == LANGUAGE:
        return tuple(own_name(column.name, language) for column in table.columns)
    return tuple(worded(column.label, column.name, language) for column in table.columns)


def own_name(spoken: str, language: str) -> str:
    """What its own readers call the language `spoken`."""
    return foreign(autonym(spoken), spoken, language)


def notes(table: ReleasedTable, language: str) -> tuple[str, ...]:
    """Whole sentences that say what was merged, hidden and changed, only those that apply to this table."""
    applying = {
        SEVERAL_NOTE: table.kind == "multiple",
        RANKED_NOTE: table.kind == "ranking",
        MERGED_NOTE: bool(table.merged) and not several_merged(table.rows),
        HIDDEN_NOTE: bool(table.hidden),
        FEW_NOTE: table.has_few,
        SHARES_NOTE: any(row.base < LEAST_BASE_FOR_SHARES for row in table.rows),
        NOISE_NOTE: True,
    }
    return said(tuple(message for message, applies in applying.items() if applies), table, language)


def equal_voice_notes(table: ReleasedTable, language: str) -> tuple[str, ...]:
    """What the column in which each region counts the same is made of; none where there is no such column."""
    voice = equal_voice(table)
    if voice is None:
        return ()
    applying = {EQUAL_NOTE: True, EQUAL_HIDDEN_NOTE: bool(voice.left_out), IMPUTED_NOTE: table.has_few}
    return said(tuple(message for message, applies in applying.items() if applies), table, language)


def said(messages: tuple[str, ...], table: ReleasedTable, language: str) -> tuple[str, ...]:
    """Each of these notes in `language`, with the figures and the names that belong to the table."""
    translate = words(language).gettext
    merged = [member for row in table.merged for member in row.members]
    named = {MERGED_NOTE: merged, HIDDEN_NOTE: table.hidden}
    values = {"count": LEAST_COUNT, "share": LEAST_BASE_FOR_SHARES, "imputed": IMPUTED}
    return tuple(
        filled(translate(message), {**values, "names": _names(named.get(message, ()), language)})
        for message in messages
    )


def _names(labels: Iterable[Label], language: str) -> str:
    return separated((Text(label).told_to(language) for label in labels), language)


def to_table(table: ReleasedTable, language: str) -> Table:
    """Answers down, groups of people across: five regions fit a page, and answers are longer than that.

    A table by region has one column more, beside everybody's: what the shares are when each region counts the same.
    """
    voice = equal_voice(table)
    answers = [
        Row(
            name,
            _beside([cell_text(row.cells[place], language) for row in table.rows], _voiced(voice, place, language)),
        )
        for place, name in enumerate(column_names(table, language))
    ]
    bases = [written_number(row.base, language) for row in table.rows]
    translate = words(language).gettext
    people = Row(translate(PEOPLE), _beside(bases, NOTHING if voice else ""))
    return Table(
        caption=caption(table, language),
        corner=translate(ANSWER),
        columns=_beside(
            [row_name(row, language, table.rows) for row in table.rows], translate(EQUAL_VOICE) if voice else ""
        ),
        rows=(*answers, people),
        note=joined((*notes(table, language), *equal_voice_notes(table, language)), language),
    )


def _beside(cells: list[str], added: str) -> tuple[str, ...]:
    """`added` in the second place, beside everybody's; nothing where it is ''."""
    return (cells[0], added, *cells[1:]) if added else tuple(cells)


def _voiced(voice: EqualVoice | None, place: int, language: str) -> str:
    if voice is None:
        return ""
    share = voice.shares[place]
    return NOTHING if share is None else written_share(share, language)


def cell_text(cell: ReleasedCell, language: str) -> str:
    """A share where one may be shown, else the number of people, else `<5`."""
    if cell.percent is not None:
        return written_share(cell.percent, language)
    return signed(cell.shown, language) if cell.count is None else written_number(cell.count, language)
