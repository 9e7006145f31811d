"""`consultations export` and `import`: one consultation from one installation to another, sealed on the way."""

from __future__ import annotations

import os
from pathlib import Path

import click
from flask.cli import with_appcontext

from consultations.audit import record
from consultations.cli.backups import FileIsThere
from consultations.cli.common import as_user, database, passphrase, plainly, today, working_as
from consultations.papers.exporting import left_out, lines
from consultations.papers.importing import take_in
from consultations.rounds import consultations
from consultations.staff import sealed_files
from consultations.staff.accounts import user_named
from consultations.staff.fingerprints import fingerprint
from consultations.staff.passphrases import new_passphrase
from consultations.staff.sealed_files import Opener, ToPassphrase, ToPerson

KEY_DIGITS = 64


class PublicKey(click.ParamType[bytes]):
    name = "key"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> bytes:
        try:
            key = bytes.fromhex(value)
        except ValueError:
            key = b""
        if len(value.strip()) != KEY_DIGITS or len(key) * 2 != KEY_DIGITS:
            self.fail("A public key is 64 digits 0-9 a-f, as `consultations public-key` prints them.", param, ctx)
        return key


@click.command("public-key")
@click.argument("name")
@with_appcontext
@plainly
def public_key(name: str) -> None:
    """The public key of NAME: what another installation exports a consultation to."""
    with database() as session:
        user = user_named(session, name)
        if user is None:
            raise click.ClickException("There is no account of this name.")
        click.echo(user.public_key.hex())
        click.echo(f"Fingerprint, to be compared by voice: {fingerprint(user.public_key)}")


@click.command("export")
@click.argument("slug")
@as_user
@passphrase
@click.option("--to", "file", required=True, type=click.Path(dir_okay=False, path_type=Path), help="A new file.")
@click.option("--for-key", type=PublicKey(), help="Public key of who opens it; else six words are drawn.")
@with_appcontext
@plainly
def export(slug: str, user: str, passphrase: str, file: Path, for_key: bytes | None) -> None:
    """Write SLUG with all its answers into FILE, sealed; docs/portable-format.md says what is in it."""
    if file.exists():
        raise FileIsThere
    words = "" if for_key else new_passphrase()
    to = ToPerson(for_key) if for_key else ToPassphrase(words)
    with database() as session, working_as(session, user, passphrase) as me:
        consultation = consultations.by_slug(session, slug)
        missing = left_out(session, consultation, me)
        content = lines(session, consultation, me)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as sealed:
            try:
                sealed_files.write(sealed, content, to)
            except BaseException:
                file.unlink()
                raise
        record(session, who=me.user.name, what="exported the consultation", subject=slug, day=today())
    click.echo(f"{slug} is in {file}, sealed.")
    if missing:
        click.echo(f"{missing} sealed pieces could not be opened, and are not in it. They stay here as they are.")
    if words:
        click.echo(f"It opens with these words, which are kept nowhere: {words}")
        click.echo("Send them by another way than the file.")


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@as_user
@passphrase
@click.option("--words", envvar="CONSULTATIONS_EXPORT_WORDS", help="The export's six words; asked for when needed.")
@click.option("--slug", default="", help="Its address here, where the one it has is taken.")
@with_appcontext
@plainly
def import_it(file: Path, user: str, passphrase: str, words: str | None, slug: str) -> None:
    """Take in the consultation in FILE; NAME becomes its only key holder here, and can give the key to others."""
    with file.open("rb") as sealed:
        if sealed_files.is_for_passphrase(sealed) and not words:
            words = click.prompt("The export's six words", hide_input=True)
        with database() as session, working_as(session, user, passphrase) as me:
            content = sealed_files.read(sealed, Opener(me.private_key, words or ""))
            arrived = take_in(session, content, me, slug)
            slug = arrived.consultation.slug
            record(session, who=me.user.name, what="imported the consultation", subject=slug, day=today())
    click.echo(f"{slug} is here, and {user} holds its key.")
    if arrived.refused:
        click.echo(f"{arrived.refused} answers did not open where they came from, and were left out.")
    if arrived.left_out:
        click.echo(f"{arrived.left_out} other sealed pieces did not open where they came from, and were left out.")
