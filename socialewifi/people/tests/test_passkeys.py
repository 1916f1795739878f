"""A key that lets in alone: only with its PIN, and only when its owner chose so."""

import hashlib
import json
import os
import struct

import pytest
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.webauthn import forms as webauthn_forms
from allauth.mfa.webauthn.internal.auth import STATE_SESSION_KEY, WebAuthn
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.urls import reverse
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

from socialewifi.people.sign_in_forms import AddPasskeyForm
from socialewifi.people.tests.test_second_factor import (
    _as_in_production,
    sign_in_with_password,
    with_app,
    with_password,
)

__all__ = ["_as_in_production"]


class SoftKey:
    """A security key made of software: it says truthfully whether its holder typed a PIN."""

    def __init__(self):
        self.private, self.number = ec.generate_private_key(ec.SECP256R1()), os.urandom(32)

    def _signs(self, *, pin, new=b""):
        flags = 1 | (4 if pin else 0) | (0x40 if new else 0)
        return hashlib.sha256(b"testserver").digest() + bytes([flags]) + struct.pack(">I", 1) + new

    def _asked(self, what, challenge):
        told = {"type": what, "challenge": challenge, "origin": "https://testserver", "crossOrigin": False}
        return json.dumps(told).encode()

    def _credential(self, *, told=None, **response):
        sent = {name: websafe_encode(value) for name, value in response.items()}
        number = websafe_encode(self.number)
        return {
            "id": number, "rawId": number, "type": "public-key", "response": sent, "clientExtensionResults": told or {},
        }  # fmt: skip

    def of(self, user, *, alone):
        """Let this be a key of ``user``, ``alone`` or only as a second step."""
        public = cbor.encode(dict(ES256.from_cryptography_key(self.private.public_key())))
        new = bytes(16) + struct.pack(">H", len(self.number)) + self.number + public
        made = {"fmt": "none", "attStmt": {}, "authData": self._signs(pin=True, new=new)}
        credential = self._credential(
            told={"credProps": {"rk": alone}},
            clientDataJSON=self._asked("webauthn.create", "eA"),
            attestationObject=cbor.encode(made),
        )
        WebAuthn.add(user, "Sleutel", credential)

    def answer(self, challenge, user, *, pin):
        signs, asked = self._signs(pin=pin), self._asked("webauthn.get", challenge)
        signature = self.private.sign(signs + hashlib.sha256(asked).digest(), ec.ECDSA(hashes.SHA256()))
        handle = user_pk_to_url_str(user).encode()
        return self._credential(clientDataJSON=asked, authenticatorData=signs, signature=signature, userHandle=handle)


@pytest.mark.parametrize(
    ("alone", "pin", "lets_in"), [(True, True, True), (True, False, False), (False, True, False), (False, False, False)]
)
def test_a_key_alone_lets_in_who_typed_its_pin_whatever_another_page_asked_of_it(
    client, administrator, panel_member, alone, pin, lets_in
):
    key = SoftKey()
    key.of(administrator, alone=alone)
    # The second step of somebody else asks for no PIN, in the same session.
    sign_in_with_password(client, with_app(with_password(panel_member)))
    client.get(reverse("mfa_authenticate"))
    challenge = client.session[STATE_SESSION_KEY]["challenge"]
    # That sign-in waited too long; what was asked of a key stays behind.
    session = client.session
    del session["account_login"]
    session.save()

    answered = json.dumps(key.answer(challenge, administrator, pin=pin))
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": answered}, secure=True)

    assert (client.session.get("_auth_user_id") == str(administrator.pk)) is lets_in
    assert answer.status_code == 302


@pytest.mark.parametrize("reported", [None, {"rk": True}, {"rk": False}])
@pytest.mark.parametrize("chosen", ["on", ""])
def test_whether_a_key_lets_in_alone_is_what_its_owner_chose_whatever_the_browser_says(
    administrator, monkeypatch, reported, chosen
):
    monkeypatch.setattr(webauthn_forms._BaseAddWebAuthnForm, "clean", lambda form: form.cleaned_data)
    credential = {"clientExtensionResults": {"credProps": reported} if reported else {}}
    sent = {"name": "Sleutel", "passwordless": chosen, "credential": json.dumps(credential)}

    form = AddPasskeyForm(sent, user=administrator)

    assert form.is_valid()
    assert form.cleaned_data["credential"]["clientExtensionResults"]["credProps"] == {"rk": bool(chosen)}
