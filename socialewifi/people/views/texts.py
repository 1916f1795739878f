"""The administration of the words in mails and letters."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from socialewifi.core import texts
from socialewifi.core.htmx import render_page
from socialewifi.core.models import Text
from socialewifi.people import rules
from socialewifi.people.signed_in import SignedInRequest, only


@only(rules.can_administer)
@require_safe
def text_list(request: SignedInRequest) -> HttpResponse:
    found = [
        {"text": text, "label": texts.KINDS[text.code].label}
        for text in Text.objects.filter(code__in=texts.KINDS).order_by("code", "language")
    ]
    return render_page(request, "people/texts.html", {"texts": found})
