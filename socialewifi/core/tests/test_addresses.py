"""One written form for one mailbox, and no form for what can be taken for another (R14)."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from socialewifi.core.addresses import address_or_none, normal_address

VICTIM = "jan@gmail.example"


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("Jan@Gmail.Example", VICTIM),
        ("  jan@gmail.example\n", VICTIM),
        ("O'Brien+buurt@voorbeeld.co.uk", "o'brien+buurt@voorbeeld.co.uk"),
        ("jan@müller.example", "jan@xn--mller-kva.example"),
        ("jan@MÜLLER.example", "jan@xn--mller-kva.example"),
        ("jan@xn--mller-kva.example", "jan@xn--mller-kva.example"),
        ("jan@straße.example", "jan@xn--strae-oqa.example"),
    ],
)
def test_a_mailbox_has_one_form(typed, address):
    assert normal_address(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "jan@gmaıl.example",  # without a dot
        "jan@gmaIl\u200b.example",  # invisible
        "ja\u200dn@gmail.example",
        "jan\ufeff@gmail.example",
        "jan\u00ad@gmail.example",
        "jan@gmail\u2024example",  # a dot that is none
        "jan@gmail。example",
        "ｊan@gmail.example",  # full width
        "jan@ｇmail.example",
        "jаn@gmail.example",  # Cyrillic
        "jan@gmаil.example",
        "jan@gmαil.example",  # Greek
        "jan@gmaiⅼ.example",  # a Roman numeral
        "ja\u212a@gmail.example",  # the sign for kelvin
        "jan@\ufb01rma.example",  # a ligature
        "jan@mu\u0308ller.example",  # a letter and its accent apart
        "jan@xn--gmal-nza.example",  # the dotless i, as it stands in the name service
        "jan@xn--80ak6aa92e.example",  # Cyrillic, as it stands in the name service
        "jan@\u202egmail.example",  # the other way round
        "jan@gmail.exаmple",
        "ĳan@gmail.example",
    ],
)
def test_what_can_be_taken_for_another_address_is_refused(typed):
    with pytest.raises(ValidationError, match="teken dat op een ander lijkt"):
        normal_address(typed)


@pytest.mark.parametrize(
    "typed",
    ["", "jan", "jan@", "@gmail.example", "jan@localhost", "jan@[127.0.0.1]", '"jan jansen"@gmail.example', "a..b@c.nl",
     "jan@-x.nl", "jan@x-.nl", "jan@x..nl", "jan@gmail.example, piet@gmail.example", "jan@gmail.example\nbcc: x@y.nl",
     "=?utf-8?q?jan?=@gmail.example", "jan%x@gmail.example", "jan!x@gmail.example", "jan@127.0.0.1", "jan@x.1",
     "a" * 65 + "@gmail.example", "a@" + "b" * 260 + ".nl", "jan@xn--.nl", "jan\x00@gmail.example"],
)  # fmt: skip
def test_what_is_no_address_is_refused(typed):
    assert address_or_none(typed) is None


@given(st.text(max_size=40), st.text(max_size=40))
def test_whatever_is_accepted_is_plain_and_stays_what_it_is(name, domain):
    address = address_or_none(f"{name}@{domain}.example")

    if address is not None:
        assert address.isascii()
        assert address == address.lower()
        assert normal_address(address) == address


@given(st.integers(0, len(VICTIM) - 1), st.characters())
def test_no_sign_in_the_place_of_another_gives_the_same_address(place, sign):
    typed = VICTIM[:place] + sign + VICTIM[place + 1 :]

    if address_or_none(typed) == VICTIM:
        assert typed.strip().lower() == VICTIM or unicodedata.normalize("NFC", typed).lower() == VICTIM
        assert typed.isascii()
