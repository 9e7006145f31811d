"""`keys`: the trustees' recovery key, and who holds the keys of consultations and case studies."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from consultations.audit import record
from consultations.cli.common import as_user, database, passphrase, plainly, today, working_as
from consultations.papers import holding
from consultations.staff import covering, keyrings, people, trustees
from consultations.staff.accounts import user_named
from consultations.staff.fingerprints import fingerprint
from consultations.staff.models import TrusteesKey, User
from consultations.staff.roles import Permission
from consultations.staff.shares import CARDS, LETTERS, card_number
from consultations.staff.trustees_cards import card_pdf
from translations.languages import INTERFACE_LANGUAGES

WHO = "command line"
_WHAT = click.argument("what", metavar="WHAT")
_TO = click.option("--to", required=True, metavar="NAME", help="Sign-in name of who gets the key.")


@click.group("keys")
def commands() -> None:
    """The key ceremony, and who holds which key; WHAT is a consultation's address, or case-study:NUMBER."""


@commands.command()
@with_appcontext
def status() -> None:
    """What of the ceremony is done, and what comes next."""
    with database() as session:
        for line in _steps(session):
            click.echo(line)


@commands.command()
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder for the cards as PDF, too.")
@click.option("--language", type=click.Choice(INTERFACE_LANGUAGES), default="en", show_default=True)
@with_appcontext
@plainly
def make(out: Path | None, language: str) -> None:
    """Make a recovery key and show its three cards, once; it counts when two of them have confirmed it."""
    with database() as session:
        made = trustees.make(session, today())
        _note(session, "made a recovery key", made.key)
        if out is not None:
            out.mkdir(parents=True, exist_ok=True)
            for card in made.cards:
                _write(out / f"card-{card_number(card)}.pdf", card_pdf(card, made.key, language))
    for card in made.cards:
        click.echo(f"\nCard {card_number(card)} of {CARDS}")
        for number, word in enumerate(card.split(" "), 1):
            click.echo(f"  {number:2}. {word}")
    click.echo(f"\nFingerprint: {fingerprint(made.key.public_key)}")
    click.echo("Nobody can show these words again. Give each card to one trustee, then: keys rehearse")
    click.echo("Whoever has this host's shell can confirm them alone, and nobody else is asked.")


@commands.command()
@with_appcontext
@plainly
def rehearse() -> None:
    """Confirm new cards, or try those of today: asks for the words of two of them and keeps nothing."""
    cards = _typed_cards()
    with database() as session:
        new = trustees.waiting(session)
        key = trustees.rehearse(session, cards, today())
        _note(session, "confirmed a recovery key" if key is new else "rehearsed with a recovery key", key)
    if key is new:
        click.echo("Confirmed by whoever has this host's shell: nobody else was asked. Key holders are told of it.")
    click.echo(f"The cards work. Fingerprint: {fingerprint(key.public_key)}")


@commands.command()
@_WHAT
@_TO
@with_appcontext
@plainly
def recover(what: str, to: str) -> None:
    """Give the key of WHAT to somebody with the cards of two trustees, when every holder has lost theirs."""
    cards = _typed_cards()
    with database() as session:
        found, opened = holding.held(session, what), trustees.opened(session, cards)
        holding.recover(session, found, opened, _person(session, to), who=WHO, today=today())
    click.echo(f"{to} holds the key of {what}.")


@commands.command()
@_WHAT
@with_appcontext
@plainly
def holders(what: str) -> None:
    """Who holds the key of WHAT, and its fingerprint."""
    with database() as session:
        keyring_id = holding.held(session, what).keyring_id
        for user in keyrings.holders(session, keyring_id):
            click.echo(user.name)
        covered = covering.is_covered(session, keyring_id)
        click.echo(f"Trustees: {'any two of their cards' if covered else 'not yet'}")
        click.echo(f"Fingerprint: {fingerprint(keyrings.public_key(session, keyring_id))}")


@commands.command()
@as_user
@passphrase
@with_appcontext
@plainly
def cover(user: str, passphrase: str) -> None:
    """Give the trustees a copy of every key that one holder holds, and turn those that somebody took along.

    To new cards of theirs the holder agrees by this: compare the fingerprint with a trustee's new card first.
    """
    with database() as session, working_as(session, user, passphrase) as me:
        for each in holding.everything(session):
            if keyrings.holds(session, each.keyring_id, me.user):
                holding.make_ready(session, each, me, today())
        holding.agree(session, me, today())
        left = [each.name for each in holding.everything(session) if not covering.is_covered(session, each.keyring_id)]
    click.echo(f"Not covered yet: {', '.join(left) or 'nothing'}.")


@commands.command()
@_WHAT
@_TO
@click.option("--hand-over", is_flag=True, help="Give one's own copy up in the same step.")
@as_user
@passphrase
@with_appcontext
@plainly
def give(what: str, to: str, hand_over: bool, user: str, passphrase: str) -> None:
    """Give the key of WHAT to somebody."""
    act = holding.hand_over if hand_over else holding.give
    with database() as session, working_as(session, user, passphrase) as me:
        act(session, holding.held(session, what), _person(session, to), me, today())
    click.echo(f"{to} holds the key of {what}.")


@commands.command()
@_WHAT
@click.option("--from", "whom", required=True, metavar="NAME", help="Sign-in name of who loses the key.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@as_user
@passphrase
@with_appcontext
@plainly
def take(what: str, whom: str, yes: bool, user: str, passphrase: str) -> None:
    """Take the key of WHAT from somebody, and put a new one in its place. What was read cannot be unread."""
    if not yes:
        click.confirm("What they have read cannot be unread. Take the key and turn it?", abort=True)
    with database() as session, working_as(session, user, passphrase) as me:
        broken = holding.take(session, holding.held(session, what), _person(session, whom), me, today())
    click.echo(f"{whom} holds the key of {what} no more; {broken} sealed pieces did not open and stay as they were.")


def _steps(session: Session) -> list[str]:
    current, new = trustees.current(session), trustees.waiting(session)
    holding_keys = people.active_with(session, Permission.UNLOCK)
    uncovered = set(covering.uncovered(session))
    names = [each.name for each in holding.everything(session) if each.keyring_id in uncovered]
    due = trustees.rehearsal_is_due(session, today())
    return [
        _step(bool(people.active_with(session, Permission.MANAGE_STAFF)), "an administrator: staff add"),
        _step(len(holding_keys) >= 2, "two people who can hold keys: staff add"),
        _step(bool(current or new), "cards for three trustees: keys make"),
        _step(current is not None and new is None and not due, "proof that the cards work: keys rehearse"),
        _step(current is not None and not names, f"covered by the trustees; missing: {', '.join(names) or 'nothing'}"),
        *([f"Fingerprint of the recovery key: {fingerprint(current.public_key)}"] if current else []),
    ]


def _step(done: bool, what: str) -> str:
    return f"[{'x' if done else ' '}] {what}"


def _typed_cards() -> tuple[str, ...]:
    """The words of two cards, a line each, not shown while they are typed."""
    return tuple(click.prompt(f"Words of card {letter}, in one line", hide_input=True) for letter in LETTERS)


def _person(session: Session, name: str) -> User:
    found = user_named(session, name)
    if found is None:
        raise click.ClickException(f"There is no account named {name}.")
    return found


def _note(session: Session, what: str, key: TrusteesKey) -> None:
    record(session, who=WHO, what=what, subject=trustees.in_the_log(session, key), day=today())


def _write(file: Path, content: bytes) -> None:
    """For the owner of the file alone."""
    file.touch(mode=0o600)
    file.write_bytes(content)
