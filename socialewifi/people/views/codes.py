"""Filling in a mailed code: allauth's page, on which sending it again counts as asking for it (ADR 16)."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.views import ConfirmLoginCodeView
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from socialewifi.people import limits


class ConfirmCode(ConfirmLoginCodeView):  # type: ignore[misc]
    def _resend_form_valid(self, form: Any) -> HttpResponse:
        """Send once more, or say that it went too often: the same whether the address is known here or not."""
        email = self._process.state.get("email", "")
        if limits.may_mail(self.request, what="code", email=email):
            sent: HttpResponse = super()._resend_form_valid(form)
            return sent
        adapter = get_adapter()
        adapter.add_message(self.request, messages.ERROR, message=adapter.error_messages["rate_limited"])
        return HttpResponseRedirect(self.passthrough_next_url(reverse("account_confirm_login_code")))
