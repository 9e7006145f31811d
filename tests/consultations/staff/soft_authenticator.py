"""An authenticator made of software: answers as a browser and a security key would (WebAuthn level 2, ES256)."""

from __future__ import annotations

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

USER_PRESENT, USER_VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class SoftAuthenticator:
    def __init__(self, origin: str = "http://localhost", *, verifies: bool = True) -> None:
        self.origin = origin
        self.flags = USER_PRESENT | (USER_VERIFIED if verifies else 0)
        self.sign_count = 0
        self.credential_id = secrets.token_bytes(32)
        self.key = ec.generate_private_key(ec.SECP256R1())

    def create(self, options: str) -> str:
        """The JSON that a page hands over after `navigator.credentials.create`."""
        asked = json.loads(options)
        authenticator_data = (
            self._head(asked["rp"]["id"], self.flags | ATTESTED)
            + bytes(16)
            + len(self.credential_id).to_bytes(2, "big")
            + self.credential_id
            + self._cose_key()
        )
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": authenticator_data})
        response = {
            "clientDataJSON": b64(self._client_data("webauthn.create", asked["challenge"])),
            "attestationObject": b64(attestation),
            "transports": ["internal", "hybrid"],
        }
        return self._credential(response)

    def get(self, options: str) -> str:
        """The JSON that a page hands over after `navigator.credentials.get`; the counter goes up by one."""
        asked = json.loads(options)
        self.sign_count += 1
        client_data = self._client_data("webauthn.get", asked["challenge"])
        authenticator_data = self._head(asked["rpId"], self.flags)
        signed = authenticator_data + hashlib.sha256(client_data).digest()
        response = {
            "clientDataJSON": b64(client_data),
            "authenticatorData": b64(authenticator_data),
            "signature": b64(self.key.sign(signed, ec.ECDSA(SHA256()))),
        }
        return self._credential(response)

    def _head(self, host: str, flags: int) -> bytes:
        return hashlib.sha256(host.encode()).digest() + bytes([flags]) + self.sign_count.to_bytes(4, "big")

    def _client_data(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _cose_key(self) -> bytes:
        numbers = self.key.public_key().public_numbers()
        x, y = numbers.x.to_bytes(32, "big"), numbers.y.to_bytes(32, "big")
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})

    def _credential(self, response: dict[str, object]) -> str:
        id_ = b64(self.credential_id)
        return json.dumps({"id": id_, "rawId": id_, "type": "public-key", "response": response})


def b64(value: bytes) -> str:
    return urlsafe_b64encode(value).decode().rstrip("=")


def unb64(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
