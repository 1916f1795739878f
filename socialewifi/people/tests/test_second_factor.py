import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.urls import reverse

from socialewifi.core.models import Message
from socialewifi.people.models import ROLES_OF_WORK, Role
from socialewifi.people.tests.factories import RoleFactory

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
