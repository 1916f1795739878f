"""
A sign-in that waits for its second step ends with everything else that opens an account.

allauth keeps it in the session of a visitor, so it is no session of the account that could be ended.
"""

from allauth.account.internal.stagekit import LOGIN_SESSION_KEY, clear_login
from allauth.account.utils import url_str_to_user_pk
from django.http import HttpRequest

from socialewifi.people.models import User

BEGUN_WITH = "people.sign_in_begun_with"


def begin(request: HttpRequest, user: User) -> None:
    """Remember with which password the sign-in begins: where access ends, that becomes another one."""
    request.session[BEGUN_WITH] = user.get_session_auth_hash()


def end_where_access_ended(request: HttpRequest) -> None:
    """Forget the sign-in that waits in this session, if its account was closed or opens otherwise since."""
    begun_with = request.session.get(BEGUN_WITH)
    if begun_with is None or request.user.is_authenticated:
        return
    waiting = request.session.get(LOGIN_SESSION_KEY)
    if not waiting or not waiting["user_pk"]:
        return
    user = User.objects.filter(pk=url_str_to_user_pk(waiting["user_pk"]), is_active=True).first()
    if user is None or user.get_session_auth_hash() != begun_with:
        clear_login(request)
        del request.session[BEGUN_WITH]
