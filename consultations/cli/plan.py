"""`analysis plan`: the tables that a consultation will have, and what they could show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click
from flask.cli import with_appcontext

from consultations.analysis.plans import opening
from consultations.analysis.plans.estimates import Estimate, Tally
from consultations.analysis.plans.plan import Plan
from consultations.analysis.regional import LEAST_ANSWERS_THREE_WAY
from consultations.cli.common import database, plainly
from consultations.rounds import consultations


@click.command()
@click.argument("slug")
@with_appcontext
@plainly
def plan(slug: str) -> None:
    """Print the tables that SLUG will have, and about how much of them could be shown at 100, 300, 1,000 answers."""
    with database() as session:
        consultation = consultations.by_slug(session, slug)
        found = opening.plan_of(consultation)
        for line in _lines(found, opening.estimates_of(session, consultation, found)):
            click.echo(line)
        faults = opening.faults_of(consultation)
    for fault in faults:
        click.echo(f"It cannot open: {fault.message % fault.values}")
    if consultation.opened_on:
        click.echo(f"Fixed on {consultation.opened_on}.")


def _lines(plan: Plan, estimates: Sequence[Estimate]) -> Iterator[str]:
    """Tab-separated: a table's id, then for each size rows that stand alone, are merged, are left out, and cells."""
    sizes = "\t".join(f"{each.size:,} answers" for each in estimates)
    yield f"Table\t{sizes}"
    for table in plan.tables:
        made = (_shares(each.of([table.id])) if not table.within or each.within else "-" for each in estimates)
        yield "\t".join([table.id, *made])
    always = sum(not table.within for table in plan.tables)
    yield "\t".join([f"{always} tables", *(_shares(each.total) for each in estimates)])
    yield "Estimated per cent of rows that stand alone / are merged / are left out, and of cells that show a number."
    yield f"Tables within a region are made from {LEAST_ANSWERS_THREE_WAY:,} answers on, where the region stands alone."
    for name, ladder in plan.ladders.items():
        for number, level in enumerate(ladder.levels, 1):
            together = "; ".join(" + ".join(group) for group in level if len(group) > 1)
            yield f"Ladder of {name}, level {number}: {together}"
    yield f"Digest of the plan: {plan.digest}"


def _shares(tally: Tally) -> str:
    alone, merged, hidden = tally.shares
    return f"{alone}/{merged}/{hidden}, {tally.cells_shown}"
