"""
A sign-in that waits for its second step ends with everything else that opens an account.

allauth keeps it in the session of a visitor, so it is no session of the account that could be ended.
"""

from allauth.account.internal.stagekit import LOGIN_SESSION_KEY, clear_login
from allauth.account.utils import url_str_to_user_pk
from allauth.mfa.webauthn.internal.auth import STATE_SESSION_KEY
from django.http import HttpRequest

from socialewifi.people.models import User

BEGUN_WITH = "people.sign_in_begun_with"


def begin(request: HttpRequest, user: User) -> None:
    """Remember with which password the sign-in begins: where access ends, that becomes another one."""
    request.session[BEGUN_WITH] = user.get_session_auth_hash()


def is_still_open(request: HttpRequest, user: User) -> bool:
    """Tell whether nothing ended the access of this account since the sign-in in this session began."""
    return user.is_active and request.session.get(BEGUN_WITH) == user.get_session_auth_hash()


def end_where_access_ended(request: HttpRequest) -> None:
    """Forget the sign-in that waits in this session, if its account was closed or opens otherwise since."""
    if BEGUN_WITH not in request.session or request.user.is_authenticated:
        return
    waiting = request.session.get(LOGIN_SESSION_KEY)
    if not waiting or not waiting["user_pk"]:
        return
    user = User.objects.filter(pk=url_str_to_user_pk(waiting["user_pk"]), is_active=True).first()
    if user is None or not is_still_open(request, user):
        clear_login(request)
        # What was asked of a key belongs to the sign-in that ended.
        request.session.pop(STATE_SESSION_KEY, None)
        del request.session[BEGUN_WITH]
