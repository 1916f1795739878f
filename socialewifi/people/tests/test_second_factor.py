import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.webauthn.internal.auth import STATE_SESSION_KEY
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import reverse

from socialewifi.core.models import Message
from socialewifi.people import limits
from socialewifi.people.models import ROLES_OF_WORK, Role
from socialewifi.people.tests.factories import RoleFactory
from socialewifi.people.views import codes

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD = "een heel lang wachtwoord"


@pytest.fixture(autouse=True)
def _as_in_production(settings, region):
    settings.REQUIRE_SECOND_FACTOR = True


def app_code(secret=SECRET):
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1]))


def with_password(user):
    user.set_password(PASSWORD)
    user.save()
    return user


def with_app(user):
    TOTP.activate(user, SECRET)
    return user


def sign_in_with_password(client, user):
    return client.post("/account/login/werk/", {"login": user.email, "password": PASSWORD})


def sign_in_with_mail(client, user):
    client.post("/account/login/", {"email": user.email})
    code = re.search(r"\d{6}", Message.objects.latest("id").body)[0]
    return client.post("/account/login/code/", {"code": code})


def may_work(client):
    return client.get("/beheer/").status_code == 200


def test_password_and_second_factor_open_the_pages_of_work(client, administrator):
    with_app(with_password(administrator))

    assert sign_in_with_password(client, administrator).headers["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    client.post(reverse("mfa_authenticate"), {"code": app_code()})

    assert may_work(client)


def test_a_session_of_work_ends_after_eight_hours_without_a_sign_of_life(client, administrator):
    with_app(with_password(administrator))
    sign_in_with_password(client, administrator)
    client.post(reverse("mfa_authenticate"), {"code": app_code()})
    client.get("/beheer/")

    assert client.session.get_expiry_age() == 8 * 60 * 60


def test_whoever_has_no_second_factor_is_sent_to_set_one_up_first(client, administrator):
    sign_in_with_password(client, with_password(administrator))

    assert client.get("/beheer/").headers["Location"] == reverse("mfa_index")
    assert "Eerst dit, dan aan het werk" in client.get(reverse("mfa_index")).content.decode()


@pytest.mark.django_db(transaction=True)
def test_setting_up_the_app_opens_the_pages_of_work_and_gives_recovery_codes(client, administrator):
    sign_in_with_password(client, with_password(administrator))
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = client.session["mfa.totp.secret"]
    assert secret in page
    image = client.get(reverse("totp-image"))
    assert image.headers["Content-Type"] == "image/svg+xml"

    answer = client.post(reverse("mfa_activate_totp"), {"code": app_code(secret)})

    assert answer.headers["Location"] == reverse("mfa_view_recovery_codes")
    assert len(re.findall(r"<code>\d{8}</code>", client.get(answer.headers["Location"]).content.decode())) == 10
    assert may_work(client)


def test_the_secret_of_the_app_is_not_readable_in_the_database(administrator):
    with_app(administrator)

    assert SECRET not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_a_code_by_mail_alone_never_opens_the_pages_of_work(client, guide, administrator):
    with_password(administrator)
    sign_in_with_mail(client, administrator)

    assert client.get("/beheer/").status_code == 302
    assert client.get(reverse("mfa_activate_totp")).headers["Location"].startswith(reverse("account_reauthenticate"))


def test_a_code_by_mail_with_the_second_factor_does(client, administrator):
    with_app(administrator)

    assert sign_in_with_mail(client, administrator).headers["Location"] == reverse("mfa_authenticate")
    client.post(reverse("mfa_authenticate"), {"code": app_code()})

    assert may_work(client)


def test_a_panel_member_needs_no_second_factor(client, panel_member):
    sign_in_with_mail(client, panel_member)

    assert client.get("/account/sessions/").status_code == 200
    assert client.session.get_expiry_age() == 30 * 24 * 60 * 60


def test_a_session_from_before_a_role_was_given_is_not_enough(client, resident):
    client.force_login(resident)
    RoleFactory(user=resident, kind=Role.Kind.ADMINISTRATOR)

    assert client.get("/beheer/").status_code == 302


def test_whoever_came_in_without_the_second_factor_they_have_is_asked_for_it(client, administrator):
    client.force_login(with_app(administrator))

    where = client.get("/beheer/").headers["Location"]
    assert where == f"{reverse('mfa_reauthenticate')}?next=%2Fbeheer%2F"
    assert client.post(where, {"code": app_code(), "next": "/beheer/"}).headers["Location"] == "/beheer/"

    assert may_work(client)


@pytest.mark.django_db(transaction=True)
def test_a_recovery_code_replaces_a_lost_phone_once(client, administrator):
    sign_in_with_password(client, with_password(administrator))
    client.get(reverse("mfa_activate_totp"))
    client.post(reverse("mfa_activate_totp"), {"code": app_code(client.session["mfa.totp.secret"])})
    code = re.search(r"<code>(\d{8})</code>", client.get(reverse("mfa_view_recovery_codes")).content.decode())[1]
    client.post(reverse("account_logout"))
    sign_in_with_password(client, administrator)

    client.post(reverse("mfa_authenticate"), {"code": code})
    assert may_work(client)
    client.post(reverse("account_logout"))
    sign_in_with_password(client, administrator)
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert not may_work(client)


def test_the_demo_asks_no_second_factor(client, administrator, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(administrator)

    assert may_work(client)


@pytest.mark.parametrize(
    "name",
    [
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_deactivate_totp",
        "account_change_password",
        "account_logout",
    ],
)
def test_every_page_of_the_account_is_in_our_own_words(client, administrator, name):
    with_app(with_password(administrator))
    sign_in_with_password(client, administrator)
    client.post(reverse("mfa_authenticate"), {"code": app_code()})

    page = client.get(reverse(name), follow=True).content.decode()

    assert "utrecht-page-header" in page
    assert not re.search(r"\b(Sign|Password|Authenticator|Security Key|Two-Factor|Your|Generate)\b", visible(page))


def visible(page):
    page = re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL)
    return re.sub(r"<[^>]+>", " ", page)


def test_what_a_session_holds_back_stays_held_back_when_a_deed_asks_anew(administrator):
    administrator.withhold(ROLES_OF_WORK)

    administrator.forget_rights()

    assert not administrator.is_staff_member


@pytest.mark.django_db(transaction=True)
def test_a_session_from_before_the_first_second_step_ends_where_one_is_set_up(client, administrator):
    before = Client()
    sign_in_with_password(before, with_password(administrator))
    sign_in_with_password(client, administrator)
    client.get(reverse("mfa_activate_totp"))

    client.post(reverse("mfa_activate_totp"), {"code": app_code(client.session["mfa.totp.secret"])})

    assert may_work(client)
    assert "_auth_user_id" not in before.session


@pytest.mark.parametrize("page", ["mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_deactivate_totp"])
def test_a_password_alone_shows_and_changes_nothing_of_a_second_step(client, administrator, page):
    client.force_login(with_app(with_password(administrator)))

    sent_on = client.post("/account/reauthenticate/", {"password": PASSWORD})
    refused = client.get(reverse(page))

    assert sent_on.headers["Location"].startswith(reverse("mfa_reauthenticate"))
    assert refused.headers["Location"].startswith(reverse("mfa_reauthenticate"))


def test_whoever_has_the_password_does_not_shut_the_owner_out_of_the_second_step(client, administrator):
    with_app(with_password(administrator))
    thief = Client(REMOTE_ADDR="10.9.9.9")
    sign_in_with_password(thief, administrator)
    for _n in range(limits.SECOND_STEPS_PER_ASKER):
        thief.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "te vaak" in thief.post(reverse("mfa_authenticate"), {"code": app_code()}).content.decode()

    sign_in_with_password(client, administrator)
    client.post(reverse("mfa_authenticate"), {"code": app_code()})

    assert may_work(client)


def test_from_everywhere_together_few_codes_are_tried_and_a_known_browser_goes_on(client, administrator):
    with_app(with_password(administrator))
    sign_in_with_password(client, administrator)
    client.post(reverse("mfa_authenticate"), {"code": app_code()})
    client.post(reverse("account_logout"))
    # Each wrong one from another connection; the owner's own was right, and is counted here too.
    for number in range(limits.SECOND_STEPS_PER_ACCOUNT - 1):
        assert limits.may_try_second_step(RequestFactory().get("/", REMOTE_ADDR=f"10.0.3.{number}"), user=administrator)

    elsewhere = RequestFactory().get("/", REMOTE_ADDR="10.0.4.1")
    assert not limits.may_try_second_step(elsewhere, user=administrator)
    here = RequestFactory().get("/", headers={"cookie": client.cookies.output(header="", sep=";")})
    assert limits.may_try_second_step(here, user=administrator)


def test_where_a_sign_in_ends_the_question_to_its_key_ends_too(client, administrator):
    sign_in_with_password(client, with_app(with_password(administrator)))
    client.get(reverse("mfa_authenticate"))
    assert STATE_SESSION_KEY in client.session
    administrator.set_unusable_password()
    administrator.save(update_fields=["password"])

    client.get("/account/login/werk/")

    assert STATE_SESSION_KEY not in client.session


def test_a_code_of_an_app_opens_once(client, administrator, monkeypatch):
    with_app(with_password(administrator))
    code = app_code()
    sign_in_with_password(client, administrator)
    client.post(reverse("mfa_authenticate"), {"code": code})
    # The library forgets it sooner than it ceases to be right.
    cache.clear()
    late = Client(REMOTE_ADDR="10.9.9.8")
    sign_in_with_password(late, administrator)

    late.post(reverse("mfa_authenticate"), {"code": code})

    assert may_work(client)
    assert not may_work(late)


def test_a_session_that_did_not_pass_the_second_step_changes_no_password(client, administrator):
    client.force_login(with_app(with_password(administrator)))
    typed = {
        "oldpassword": PASSWORD,
        "password1": "een heel ander wachtwoord",
        "password2": "een heel ander wachtwoord",
    }

    answer = client.post("/account/password/change/", typed)

    assert answer.headers["Location"].startswith(reverse("mfa_reauthenticate"))
    administrator.refresh_from_db()
    assert administrator.check_password(PASSWORD)


def test_a_password_that_waits_while_a_second_step_is_set_up_is_asked_for_it(client, administrator, monkeypatch):
    with_password(administrator)
    lock = codes.lock_person

    def hold_after_it_was_set_up(user):
        with_app(administrator)
        return lock(user)

    monkeypatch.setattr(codes, "lock_person", hold_after_it_was_set_up)

    assert sign_in_with_password(client, administrator).headers["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session


def test_a_second_step_that_is_taken_away_while_its_code_waits_lets_nobody_in(client, administrator, monkeypatch):
    sign_in_with_password(client, with_app(with_password(administrator)))
    lock = codes.lock_person

    def hold_after_it_was_taken_away(user):
        Authenticator.objects.filter(user=administrator).delete()
        return lock(user)

    monkeypatch.setattr(codes, "lock_person", hold_after_it_was_taken_away)

    client.post(reverse("mfa_authenticate"), {"code": app_code()})

    assert "_auth_user_id" not in client.session
