from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone, translation

from socialewifi.core import events
from socialewifi.core.addresses import masked
from socialewifi.core.events import label
from socialewifi.core.models import Event
from socialewifi.people.actions import keys
from socialewifi.people.models import AccessKey, User
from socialewifi.people.tests.factories import NOON, AccessKeyFactory

LINK, LETTER = AccessKey.Kind.LINK, AccessKey.Kind.LETTER
MAILBOX = "roos@voorbeeld.test"


def kinds_of_events(user):
    return list(Event.objects.about(user).order_by("id").values_list("kind", flat=True))


def test_a_link_opens_the_page_of_its_owner_again_and_again_until_it_expires(offline_resident):
    token = keys.issue_link(user=offline_resident, sent_to=MAILBOX, by=None, at=NOON, days=14)

    assert keys.open_with_key(kind=LINK, typed=token, at=NOON) == offline_resident
    assert keys.open_with_key(kind=LINK, typed=token, at=NOON + timedelta(days=13)) == offline_resident
    with pytest.raises(keys.KeyDoesNotOpen) as refusal:
        keys.open_with_key(kind=LINK, typed=token, at=NOON + timedelta(days=14))
    assert refusal.value.key.user == offline_resident


def test_neither_link_nor_code_is_kept_itself(offline_resident):
    token = keys.issue_link(user=offline_resident, sent_to=MAILBOX, by=None, at=NOON, days=14)
    code = keys.issue_letter_code(user=offline_resident, by=None, at=NOON, days=90)

    kept = " ".join(str(value) for row in AccessKey.objects.values_list() for value in row)
    assert token not in kept
    assert code not in kept


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: code.lower(),
        lambda code: code.replace("-", ""),
        lambda code: code.replace("-", " ") + " ",
        lambda code: code.replace("-", "–"),
        lambda code: code.translate(str.maketrans("25860Z", "ZSBGO2")),
        lambda code: code.replace("Q", "O").replace("D", "0"),
    ],
)
def test_a_letter_code_is_read_with_patience(offline_resident, typed):
    code = keys.issue_letter_code(user=offline_resident, by=None, at=NOON, days=90)

    assert keys.open_with_key(kind=LETTER, typed=typed(code), at=NOON) == offline_resident


@pytest.mark.parametrize("typed", ["", "ABCD", "2222-2222-2222", "' or 1=1", "é" * 500])
@pytest.mark.django_db
def test_another_code_opens_nothing_and_says_nothing(typed):
    with pytest.raises(keys.KeyDoesNotOpen) as refusal:
        keys.open_with_key(kind=LETTER, typed=typed, at=NOON)

    assert refusal.value.key is None


def test_the_code_of_a_letter_is_not_a_link(offline_resident):
    code = keys.issue_letter_code(user=offline_resident, by=None, at=NOON, days=90)

    with pytest.raises(keys.KeyDoesNotOpen):
        keys.open_with_key(kind=LINK, typed=code, at=NOON)


def test_a_revoked_link_opens_nothing(offline_resident):
    token = keys.issue_link(user=offline_resident, sent_to=MAILBOX, by=None, at=NOON, days=14)
    keys.revoke_keys(user=offline_resident, by=offline_resident, at=NOON)

    with pytest.raises(keys.KeyDoesNotOpen):
        keys.open_with_key(kind=LINK, typed=token, at=NOON)


def test_a_closed_account_cannot_be_opened(offline_resident):
    token = keys.issue_link(user=offline_resident, sent_to=MAILBOX, by=None, at=NOON, days=14)
    offline_resident.is_active = False
    offline_resident.save(update_fields=["is_active"])

    with pytest.raises(keys.KeyDoesNotOpen):
        keys.open_with_key(kind=LINK, typed=token, at=NOON)


def test_making_using_and_revoking_stand_in_the_timeline_of_the_person(offline_resident, guide):
    token = keys.issue_link(user=offline_resident, sent_to=MAILBOX, by=guide, at=NOON, days=14)
    keys.open_with_key(kind=LINK, typed=token, at=NOON)
    keys.revoke_keys(user=offline_resident, by=offline_resident, at=NOON)
    keys.revoke_keys(user=offline_resident, by=offline_resident, at=NOON)

    assert kinds_of_events(offline_resident) == ["people.key.issued", "people.key.used", "people.key.revoked"]
    first = Event.objects.about(offline_resident).earliest("id")
    assert first.by == guide
    assert "24 juni 2026" in events.label(first)


def test_a_code_printed_under_an_older_secret_still_opens(offline_resident, settings):
    code = keys.issue_letter_code(user=offline_resident, by=None, at=NOON, days=90)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a newer secret"

    assert keys.open_with_key(kind=LETTER, typed=code, at=NOON) == offline_resident


def test_codes_have_no_signs_that_look_alike():
    codes = {AccessKey.new_code() for _n in range(200)}

    assert len(codes) == 200
    assert not set("".join(codes)) & set("01ILO")


def test_only_its_owner_recognises_a_masked_address():
    assert masked(MAILBOX) == "r…s@voorbeeld.test"
    assert masked("") == ""


@pytest.mark.parametrize("whose", ["resident", "panel_member", "guide", "administrator"])
def test_no_link_and_no_code_is_made_for_an_account(request, whose):
    account = request.getfixturevalue(whose)

    with pytest.raises(keys.OpensAccount):
        keys.issue_link(user=account, sent_to=account.email, by=None, at=NOON, days=14)
    with pytest.raises(keys.OpensAccount):
        keys.issue_letter_code(user=account, by=None, at=NOON, days=90)
    with pytest.raises(IntegrityError, match="never opens an account"):
        AccessKeyFactory(user=account)


def test_who_is_known_by_one_idea_never_gets_a_mailbox_a_password_or_a_second_factor(offline_resident):
    for spoil in (
        lambda: User.objects.filter(pk=offline_resident.pk).update(email="nieuw@voorbeeld.test"),
        lambda: User.objects.filter(pk=offline_resident.pk).update(password="argon2$x"),
        lambda: Authenticator.objects.create(user=offline_resident, type=Authenticator.Type.TOTP, data={}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            spoil()


def test_an_account_keeps_a_mailbox(resident):
    with pytest.raises(DatabaseError):
        User.objects.filter(pk=resident.pk).update(email=None)


def test_the_log_keeps_codes_and_days_whatever_language_someone_reads(offline_resident):
    with translation.override("en"):
        keys.issue_letter_code(user=offline_resident, by=None, at=NOON, days=9)

    kept = Event.objects.get(kind="people.key.issued")
    assert kept.details == {"what": "letter", "until": timezone.localdate(NOON + timedelta(days=9)).isoformat()}
    assert label(kept) == "Code op een brief gemaakt, geldig tot en met 19 juni 2026"
