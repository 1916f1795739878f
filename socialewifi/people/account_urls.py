"""
The pages of signing in that we show, out of everything allauth has. Nobody signs up or changes an address here.

Passwords and second factors belong to an account: whoever came in with a link or a code, for one idea, has none (R14).
"""

from allauth.account import views as account
from allauth.socialaccount import views as social
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView

from socialewifi.people.signed_in import accounts_only
from socialewifi.people.views import codes, sessions

credential_urlpatterns: list[URLPattern | URLResolver] = [
    path("reauthenticate/", sessions.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("2fa/totp/beeld.svg", sessions.totp_image, name="totp-image"),
    path("2fa/authenticate/", codes.pass_second_step, name="mfa_authenticate"),
    path("2fa/", include("allauth.mfa.urls")),
]

urlpatterns: list[URLPattern | URLResolver] = [
    *accounts_only(credential_urlpatterns),
    path("login/", codes.ask_code, name="account_request_login_code"),
    path("login/code/", codes.confirm_code, name="account_confirm_login_code"),
    path("login/werk/", codes.sign_in_with_password, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    # Whoever has no account needs none: they tell their idea on the home page.
    path("signup/", RedirectView.as_view(url="/"), name="account_signup"),
    path("sessions/", sessions.sessions, name="usersessions_list"),
    path("sessions/<int:pk>/einde/", sessions.end_session, name="session-end"),
    path("sessions/sleutels/<int:pk>/einde/", sessions.end_key, name="key-end"),
]

# Signing in with the account of one's organisation.
organisation_urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("organisatie/afgebroken/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("organisatie/mislukt/", social.login_error, name="socialaccount_login_error"),
]

if settings.SINGLE_SIGN_ON:
    urlpatterns += organisation_urlpatterns
