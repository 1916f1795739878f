"""Filling in a mailed code: allauth's page, on which sending it again counts as asking for it (ADR 16)."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.views import ConfirmLoginCodeView, LoginView, RequestLoginCodeView
from allauth.mfa.base.views import AuthenticateView
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from socialewifi.people import limits, waiting_sign_ins
from socialewifi.people.actions.locking import lock_person
from socialewifi.people.models import User


class AskCode(RequestLoginCodeView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        """Mail a code that opens the account for as long as nothing ends its access."""
        if form._user is not None:
            waiting_sign_ins.begin(self.request, form._user)
        mailed: HttpResponse = super().form_valid(form)
        return mailed


class SignInWithPassword(LoginView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        """Let in while the person is held: a second step that was being set up is asked for."""
        with transaction.atomic():
            lock_person(form.user)
            let_in: HttpResponse = super().form_valid(form)
            return let_in


class PassSecondStep(AuthenticateView):  # type: ignore[misc]
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let in while the person is held: with what their second step is then."""
        with transaction.atomic():
            lock_person(self.stage.login.user)
            answer: HttpResponse = super().post(request, *args, **kwargs)
            return answer


class ConfirmCode(ConfirmLoginCodeView):  # type: ignore[misc]
    def _verify_form_valid(self, form: Any) -> HttpResponse:
        """
        Let in while the person is held: the code was mailed to what is their address now, and no access ended since.

        allauth writes the address it was mailed to down as theirs.
        """
        with transaction.atomic():
            user = self._process.user
            if user is None or self._is_still_theirs(user):
                let_in: HttpResponse = super()._verify_form_valid(form)
                return let_in
        self._process.abort()
        adapter = get_adapter()
        adapter.add_message(self.request, messages.ERROR, message=adapter.error_messages["incorrect_code"])
        return HttpResponseRedirect(reverse("account_request_login_code"))

    def _is_still_theirs(self, user: User) -> bool:
        now = lock_person(user)
        return now.email == self._process.state.get("email") and waiting_sign_ins.is_still_open(self.request, now)

    def _resend_form_valid(self, form: Any) -> HttpResponse:
        """Send once more, or say that it went too often: the same whether the address is known here or not."""
        email = self._process.state.get("email", "")
        if limits.may_mail(self.request, what="code", email=email):
            sent: HttpResponse = super()._resend_form_valid(form)
            return sent
        adapter = get_adapter()
        adapter.add_message(self.request, messages.ERROR, message=adapter.error_messages["rate_limited"])
        return HttpResponseRedirect(self.passthrough_next_url(reverse("account_confirm_login_code")))


ask_code = AskCode.as_view()
sign_in_with_password = SignInWithPassword.as_view()
pass_second_step = PassSecondStep.as_view()
confirm_code = ConfirmCode.as_view()
