"""`consultations`: create, open, close."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from consultations.analysis.plans import opening
from consultations.cli.carrying import export, import_it, public_key
from consultations.cli.common import database, plainly, today
from consultations.responses.answering import drop_sent_hashes
from consultations.responses.drafts import drop_drafts
from consultations.responses.epochs import EPOCHS
from consultations.responses.stirring import wipe
from consultations.rounds import consultations, questionnaires
from consultations.rounds.certifying import takes_region_from_code
from consultations.rounds.invitations import drop_codes
from consultations.rounds.lifecycle import LEAST_KEY_HOLDERS
from consultations.staff.people import everyone
from forms.questionnaire import Questionnaire

WHO = "command line"


@click.group("consultations")
def commands() -> None:
    """Consultations from draft to closed."""


@commands.command()
@click.argument("slug")
@click.option(
    "--questionnaire", "number", type=int, required=True, help="Its number, as `questionnaires import` prints."
)
@click.option("--holder", "holders", multiple=True, required=True, help="Sign-in name of a key holder; at least two.")
@click.option(
    "--by", "plan", multiple=True, help="Question that tables are broken down by; the form says when not given."
)
@click.option("--title", help="Title in every language; the form's when not given.")
@click.option("--asked-by", default="", help="Who asks.")
@click.option("--purpose", default="", help="Why, and what for.")
@click.option("--leave-to", default="", help="Where `Leave now` leads; a search page of each language when not given.")
@click.option(
    "--invited",
    "quota",
    type=click.IntRange(1),
    metavar="CODES",
    help="Only members with a code can answer; each organisation may have so many. Open to all when not given.",
)
@with_appcontext
@plainly
def create(
    slug: str,
    number: int,
    holders: tuple[str, ...],
    plan: tuple[str, ...],
    title: str,
    asked_by: str,
    purpose: str,
    leave_to: str,
    quota: int | None,
) -> None:
    """Create a draft under the address /c/SLUG/."""
    with database() as session:
        stored = questionnaires.by_id(session, number)
        form = questionnaires.questionnaire_of(stored)
        users = {user.name: user for user in everyone(session)}
        unknown = [name for name in holders if name not in users]
        if unknown:
            raise click.ClickException(f"There is no account named {', '.join(unknown)}.")
        made = consultations.create(
            session,
            slug=slug,
            questionnaire=stored,
            title=_everywhere(form, title) if title else dict(form.title.by_language),
            asked_by=_everywhere(form, asked_by),
            purpose=_everywhere(form, purpose),
            leave_to=_everywhere(form, leave_to),
            key_holders=[users[name] for name in holders],
            table_plan=plan or None,
            invited=quota is not None,
            invitation_quota=quota or 50,
        )
        consultations.note_first_holders(session, made, (users[name] for name in holders), who=WHO, today=today())
        if made.invited and not takes_region_from_code(questionnaires.questionnaire_of(made.questionnaire)):
            click.echo("Note: no question named `region` lists all regions, so answers will have no certified region.")
        if len(set(holders)) < LEAST_KEY_HOLDERS:
            click.echo(
                f"Note: it opens when {LEAST_KEY_HOLDERS} people hold its key. A second one gets it from {holders[0]}:"
                f" keys give {made.slug} --to NAME --as {holders[0]}"
            )
        click.echo(f"Draft /c/{made.slug}/ with tables by {', '.join(made.table_plan) or 'nothing'}.")


def _everywhere(form: Questionnaire, text: str) -> dict[str, str]:
    return dict.fromkeys(form.languages, text)


@commands.command("open")
@click.argument("slug")
@with_appcontext
@plainly
def open_it(slug: str) -> None:
    """Open SLUG to members."""
    with database() as session:
        consultation = consultations.by_slug(session, slug)
        onion_address = current_app.extensions["settings"].onion_address
        opening.open_to_members(session, consultation, who=WHO, today=today(), onion_address=onion_address)
    click.echo(f"Open: /c/{slug}/")


@commands.command("close")
@click.argument("slug")
@with_appcontext
@plainly
def close_it(slug: str) -> None:
    """Close SLUG to answers."""
    with database() as session:
        consultation = consultations.by_slug(session, slug)
        consultations.close(session, consultation, who=WHO, today=today())
        drop_sent_hashes(session, consultation)
        drop_drafts(session, consultation.id)
        drop_codes(session, consultation)
    EPOCHS.stir(consultation.id)
    wipe(current_app.extensions["engine"])
    click.echo(f"Closed: /c/{slug}/")


@commands.command("list")
@with_appcontext
def list_consultations() -> None:
    """All consultations."""
    with database() as session:
        for each in consultations.newest_first(session):
            click.echo(f"{each.slug}\t{each.status}\t{', '.join(each.languages)}")


for carried in (public_key, export, import_it):
    commands.add_command(carried)
