"""One run of Argon2id proves a sign-in and wraps a private key, with two secrets that do not tell of each other."""

import threading
import time

import pytest

from consultations.staff import stretching
from consultations.staff.keys import DoesNotOpen, new_key_pair
from consultations.staff.passphrases import Passphrase, new_recovery_key
from consultations.staff.stretching import SignInBusy, new_salt, recovery_wrapping_key, stretched, unwrap, wrap

PHRASE = Passphrase("apple bread coffee delay eager fabric")
SALT = bytes(16)


def test_the_same_passphrase_and_salt_prove_themselves():
    assert stretched(PHRASE, SALT).proves(stretched(PHRASE, SALT).auth_hash)


def test_another_salt_or_passphrase_proves_nothing():
    stored = stretched(PHRASE, SALT).auth_hash
    assert not stretched(PHRASE, new_salt()).proves(stored)
    assert not stretched(Passphrase("apple bread coffee delay eager face"), SALT).proves(stored)


def test_parameters_are_those_that_stored_accounts_were_made_with():
    """Changing one of them, or a label, would lock every account out."""
    assert stretched(PHRASE, SALT).auth_hash.hex() == (
        "687d3ff07779761ddb947d351e16f557d4b1f13cdb9a6bb19014be12d9260dfc"
    )
    assert stretched(PHRASE, SALT).wrapping_key.hex() == (
        "91d97484111860c09fe37fa0e3b33ccf9e114c432f010cdefcb32196f0f132a8"
    )


def test_a_private_key_is_unwrapped_with_its_key_only():
    pair, key, other = new_key_pair(), bytes(32), bytes([1] * 32)
    wrapped = wrap(pair.private, key, pair.public)

    assert unwrap(wrapped, key, pair.public) == pair.private
    with pytest.raises(DoesNotOpen):
        unwrap(wrapped, other, pair.public)
    with pytest.raises(DoesNotOpen):
        unwrap(wrapped, key, new_key_pair().public)


def test_a_recovery_key_wraps_however_it_is_typed():
    recovery_key = new_recovery_key()
    assert recovery_wrapping_key(recovery_key) == recovery_wrapping_key(recovery_key.lower().replace("-", " "))


def test_secrets_are_not_printed():
    secret = stretched(PHRASE, SALT)
    assert repr(secret.wrapping_key) not in repr(secret)


class Crowd:
    """Stands in for Argon2id: counts how many run at once, and holds them until it is told."""

    def __init__(self):
        self.running = self.most = 0
        self.lock, self.go = threading.Lock(), threading.Event()

    def __call__(self, *_):
        with self.lock:
            self.running += 1
            self.most = max(self.most, self.running)
        self.go.wait(10)
        with self.lock:
            self.running -= 1
        return bytes(32)


def test_two_run_two_wait_and_a_fifth_is_asked_to_come_back(monkeypatch):
    crowd = Crowd()
    monkeypatch.setattr(stretching, "hash_secret_raw", crowd)
    threads = [threading.Thread(target=stretched, args=(PHRASE, SALT)) for _ in range(4)]
    for thread in threads:
        thread.start()
    while stretching._FOUR_IN_ALL._value or crowd.running < 2:
        time.sleep(0.001)

    with pytest.raises(SignInBusy):
        stretched(PHRASE, SALT)
    crowd.go.set()
    for thread in threads:
        thread.join()
    assert crowd.most == 2
