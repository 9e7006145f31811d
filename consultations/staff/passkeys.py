"""Passkeys: security keys, phones and computers that sign a challenge (WebAuthn level 2)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from consultations.errors import N_, Problem
from consultations.staff import kept_passkeys
from consultations.staff.challenges import new_challenge, taken_challenge
from consultations.staff.kept_passkeys import Held
from consultations.staff.sessions import SignedIn

if TYPE_CHECKING:
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

#: The library is imported where it is used: it takes a third of a second, and most processes never see one.
MOST_PASSKEYS, LONGEST_NAME = 10, 40
#: What the browser shows while it asks. It names neither the person nor the network: phones keep it, and so do the
#: services that copy passkeys from one phone to the next.
SHOWN_NAME = "staff"


class PasskeyRefused(Problem):
    status = 403
    message = N_("This passkey was not accepted. Please try again, or use another way.")


class PasskeyCopied(Problem):
    """The counter did not go up: two devices hold what only one should (WebAuthn level 2, section 6.1.1)."""

    status = 403
    message = N_(
        "This passkey was not accepted: somebody else may have a copy of it. Use another way to sign in, "
        "then remove this passkey and tell an administrator."
    )


class TooManyPasskeys(Problem):
    status = 409
    message = N_("Your account has ten passkeys. Remove one of them first.")


@dataclass(frozen=True, slots=True)
class Site:
    """The host that was asked for, as passkeys are bound to it, and the origin that the browser signs."""

    host: str
    origin: str


def creation_options(session: Session, me: SignedIn, token: bytes, site: Site, now: datetime.datetime) -> str:
    """What `navigator.credentials.create` is asked, as JSON. The user handle is random and new for each passkey."""
    from webauthn import generate_registration_options, options_to_json
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    options = generate_registration_options(
        rp_id=site.host,
        rp_name=site.host,
        user_name=SHOWN_NAME,
        challenge=new_challenge(session, token, now),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=_described(kept_passkeys.of(session, me), site),
    )
    return options_to_json(options)


def add(
    session: Session, me: SignedIn, token: bytes, site: Site, answer: str, name: str, now: datetime.datetime
) -> None:
    """Keep the passkey that `answer`, the JSON of what the browser made, tells of.

    That no other account has its credential id is not asked: a passkey is looked for in one account only, after the
    passphrase named it. Raises PasskeyRefused, TooManyPasskeys.
    """
    from webauthn import verify_registration_response
    from webauthn.helpers import parse_registration_credential_json

    challenge = taken_challenge(session, token, now)
    held = kept_passkeys.of(session, me)
    if challenge is None:
        raise PasskeyRefused
    if len(held) >= MOST_PASSKEYS:
        raise TooManyPasskeys
    try:
        parsed = parse_registration_credential_json(answer)
        made = verify_registration_response(
            credential=parsed,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except Exception as failure:  # whatever it is that cannot be read in what a browser sends, it is refused
        raise PasskeyRefused from failure
    if any(other.credential_id == made.credential_id for other in held):
        raise PasskeyRefused
    transports = tuple(str(transport.value) for transport in parsed.response.transports or ())
    kept_passkeys.keep(
        session,
        me,
        Held(
            id=0,
            name=name.strip()[:LONGEST_NAME],
            host=site.host,
            credential_id=made.credential_id,
            public_key=made.credential_public_key,
            sign_count=made.sign_count,
            transports=transports,
        ),
    )


def request_options(session: Session, who: SignedIn, token: bytes, site: Site, now: datetime.datetime) -> str:
    """What `navigator.credentials.get` is asked, as JSON."""
    from webauthn import generate_authentication_options, options_to_json
    from webauthn.helpers.structs import UserVerificationRequirement

    options = generate_authentication_options(
        rp_id=site.host,
        challenge=new_challenge(session, token, now),
        allow_credentials=_described(kept_passkeys.of(session, who), site),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json(options)


def check(session: Session, who: SignedIn, token: bytes, site: Site, answer: str, now: datetime.datetime) -> None:
    """Take a signature over this sign-in's challenge. Raises PasskeyRefused, PasskeyCopied."""
    from webauthn import verify_authentication_response
    from webauthn.helpers import parse_authentication_credential_json

    challenge = taken_challenge(session, token, now)
    if challenge is None:
        raise PasskeyRefused
    try:
        parsed = parse_authentication_credential_json(answer)
        held = next(
            one
            for one in kept_passkeys.of(session, who)
            if one.credential_id == parsed.raw_id and one.host == site.host
        )
        verified = verify_authentication_response(
            credential=parsed,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=held.public_key,
            credential_current_sign_count=0,  # looked at below, when the signature is known to be good
            require_user_verification=True,
        )
    except Exception as failure:  # as above
        raise PasskeyRefused from failure
    # Many passkeys do not count and always say 0.
    if verified.new_sign_count <= held.sign_count and (verified.new_sign_count or held.sign_count):
        raise PasskeyCopied
    if not kept_passkeys.change(session, who, held, replace(held, sign_count=verified.new_sign_count)):
        raise PasskeyRefused


def _described(held: list[Held], site: Site) -> list[PublicKeyCredentialDescriptor]:
    from webauthn.helpers.structs import AuthenticatorTransport, PublicKeyCredentialDescriptor

    return [
        PublicKeyCredentialDescriptor(
            id=one.credential_id, transports=[AuthenticatorTransport(name) for name in one.transports] or None
        )
        for one in held
        if one.host == site.host
    ]
