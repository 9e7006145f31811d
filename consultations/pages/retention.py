"""When what ends, the certificates of what has ended, and a sealed copy to take elsewhere."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass

from flask import Blueprint, render_template, send_file
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import HiddenField, StringField, ValidationError

from consultations.audit import record
from consultations.fieldwork import retention as interviews
from consultations.fieldwork.models import CaseStudy
from consultations.pages.reached import consultation_for, consultations_reached, reaches_case_study
from consultations.pages.web import database, needs, page_language, staff, today
from consultations.papers.daily import Ending, ending_soon
from consultations.papers.exporting import left_out, lines
from consultations.registry.countries import country_name
from consultations.responses import retention as answers
from consultations.rounds.models import Consultation
from consultations.staff import sealed_files
from consultations.staff.certificates import Certificate, certificates
from consultations.staff.keyrings import private_key
from consultations.staff.passphrases import WORDS_IN_PASSPHRASE, as_typed, new_passphrase, words
from consultations.staff.roles import Permission
from consultations.staff.sealed_files import ToPassphrase, ToPerson

pages = Blueprint("retention", __name__, url_prefix="/staff")


class ExportForm(FlaskForm):
    public_key = StringField(
        lazy_gettext("Public key of whoever opens it"),
        description=lazy_gettext(
            "64 digits and letters, from the other installation. Leave it empty to use the six words above."
        ),
        render_kw={"autocomplete": "off", "spellcheck": "false", "maxlength": 64},
    )
    words = HiddenField()

    def validate_public_key(self, field: StringField) -> None:
        try:
            right = not field.data or len(bytes.fromhex(field.data)) * 2 == len(field.data.strip()) == 64
        except ValueError:
            right = False
        if not right:
            raise ValidationError(gettext("This is not a public key: it has 64 digits 0-9 and letters a-f."))

    def validate_words(self, field: HiddenField) -> None:
        typed = as_typed(field.data or "").split()
        if len(typed) != WORDS_IN_PASSPHRASE or not set(typed) <= set(words()):
            raise ValidationError(gettext("The words are not those of this page. Open it again."))

    def recipient(self) -> ToPerson | ToPassphrase:
        key = (self.public_key.data or "").strip()
        return ToPerson(bytes.fromhex(key)) if key else ToPassphrase(self.words.data)


@dataclass(frozen=True, slots=True)
class Row:
    """One consultation: when its answers and the interviews of its case studies end, and what is certified."""

    consultation: Consultation
    #: None while it is not closed.
    ends_on: object
    #: (country, day) of each case study that the account reaches.
    case_studies: list[tuple[str, object]]
    certificates: list[Certificate]


@pages.get("/retention")
@needs(Permission.SEE_CONSULTATIONS)
def overview() -> str:
    written = certificates(database())
    rows = [_row(each, written) for each in consultations_reached()]
    return render_template("retention/overview.html", rows=rows)


@pages.route("/consultations/<slug>/export", methods=["GET", "POST"])
@needs(Permission.UNLOCK)
def export(slug: str) -> Response | str | tuple[str, int]:
    consultation = consultation_for(slug)
    private_key(database(), consultation.keyring_id, staff())  # only a holder comes further
    form = ExportForm()
    if form.validate_on_submit():
        # On the disk it is sealed already, and it has no name there.
        sealed = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the response
        sealed_files.write(sealed, lines(database(), consultation, staff()), form.recipient())
        sealed.seek(0)
        record(database(), who=staff().user.name, what="exported the consultation", subject=slug, day=today())
        return send_file(sealed, "application/octet-stream", as_attachment=True, download_name="consultation.sealed")
    form.words.data = new_passphrase()
    missing = left_out(database(), consultation, staff())
    shown = render_template("retention/export.html", consultation=consultation, form=form, missing=missing)
    return shown, 422 if form.errors else 200


def ending_here() -> list[Ending]:
    """What ends soon, as far as the account reaches it."""
    slugs = {each.slug for each in consultations_reached()}
    return [
        each
        for each in ending_soon(database(), today())
        if each.consultation.slug in slugs and (each.case_study is None or reaches_case_study(each.case_study))
    ]


def _row(consultation: Consultation, written: list[Certificate]) -> Row:
    studies = database().scalars(select(CaseStudy).where(CaseStudy.consultation_id == consultation.id))
    mine = [each for each in written if each.subject.rpartition(" of ")[2] == consultation.slug]
    return Row(
        consultation,
        answers.ends_on(consultation),
        [
            (country_name(each.country_code, page_language()), interviews.ends_on(database(), each))
            for each in studies
            if reaches_case_study(each)
        ],
        mine,
    )
