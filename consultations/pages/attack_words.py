"""What attacks on tables are called on a page; what has no words here yet is shown as the report has it."""

from __future__ import annotations

from collections.abc import Mapping

from consultations.errors import N_

#: `analysis.attacks.findings.Tried.what` -> words.
TRIED: Mapping[str, str] = {
    "cells of the two files compared": N_("Cells of the two files compared"),
    "bases of rows": N_("Rows checked for too few people"),
    "shown counts": N_("Counts checked for being too small"),
    "shares beside small figures": N_("Shares checked for standing beside small figures"),
    "percentages turned back into counts": N_("Percentages turned back into counts"),
    "middle answers": N_("Middle answers reckoned again"),
    "tables within one region": N_("Tables of one region checked for groups hidden elsewhere"),
    "figures of the same people in two tables": N_("Figures of the same people compared in two tables"),
    "sums that could add up": N_("Sums tried that could add up"),
    "small groups looked at for one answer of all": N_("Small groups looked at in which all might have answered alike"),
    "hidden counts bounded by linear programming": N_("Hidden counts that a computer tried to work out"),
    "linear programs": N_("Calculations with all published figures at once"),
    "programs in whole numbers": N_("The same calculations with whole people"),
    "growth between releases bounded by linear programming": N_("Differences between releases that a computer tried"),
    "rows compared with earlier releases": N_("Rows compared with earlier releases"),
    "newcomers guessed at": N_("Guesses at what a new person answered"),
}
