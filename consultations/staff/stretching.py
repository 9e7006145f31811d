"""From a passphrase to two secrets that do not tell of each other: proof of who signs in, and a wrapping key."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
from dataclasses import dataclass, field

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from consultations.errors import N_, Problem
from consultations.staff.keys import KEY_BYTES, canonical, derived, open_under, seal_under
from consultations.staff.passphrases import Passphrase, recovery_letters

SALT_BYTES = 16
#: Argon2id by RFC 9106's second recommended option: three passes over 64 MiB in four lanes.
PASSES, MEMORY_KIB, LANES = 3, 64 * 1024, 4
#: More at once would let a crowd at the sign-in page take the memory that answers need: two are 128 MiB.
_TWO_AT_ONCE = threading.BoundedSemaphore(2)
#: The running two and two that wait: more waiting would hold every thread of the process, and members could not answer.
_FOUR_IN_ALL = threading.BoundedSemaphore(4)


class SignInBusy(Problem):
    status = 503
    message = N_("Several people are signing in at this moment. Please try again in a few seconds.")


@dataclass(frozen=True, slots=True)
class Stretched:
    """What one run of Argon2id gives, by HKDF with two labels."""

    #: SHA-256 of the sign-in half: what is stored, so that a stolen table cannot be replayed as the half itself.
    auth_hash: bytes
    wrapping_key: bytes = field(repr=False)

    def proves(self, stored_auth_hash: bytes) -> bool:
        """Whether this is the passphrase of that account, in time that does not depend on how nearly it is."""
        return hmac.compare_digest(self.auth_hash, stored_auth_hash)


def new_salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


def stretched(passphrase: Passphrase, salt: bytes) -> Stretched:
    """Takes 64 MiB and some tenths of a second; waits while two others run, and raises SignInBusy when two wait."""
    if not _FOUR_IN_ALL.acquire(blocking=False):
        raise SignInBusy
    try:
        with _TWO_AT_ONCE:
            root = hash_secret_raw(passphrase.encode(), salt, PASSES, MEMORY_KIB, LANES, KEY_BYTES, Type.ID)
    finally:
        _FOUR_IN_ALL.release()
    return Stretched(
        auth_hash=hashlib.sha256(derived(root, "sign-in")).digest(),
        wrapping_key=derived(root, "wrap private key"),
    )


def recovery_wrapping_key(recovery_key: str) -> bytes:
    """The wrapping key in a printed recovery key: 160 random bits need no stretching."""
    return derived(recovery_letters(recovery_key), "wrap private key for recovery")


def wrap(private_key: bytes, wrapping_key: bytes, public_key: bytes) -> bytes:
    """The private key sealed under a wrapping key, bound to the public half that it belongs to."""
    return seal_under(AESGCM(wrapping_key), private_key, canonical("private key of", public_key))


def unwrap(wrapped: bytes, wrapping_key: bytes, public_key: bytes) -> bytes:
    """The private key; raises DoesNotOpen."""
    return open_under(AESGCM(wrapping_key), wrapped, canonical("private key of", public_key))
