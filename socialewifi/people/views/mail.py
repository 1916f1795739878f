"""The administration of mail that could not arrive."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from socialewifi.core import clock, deeds
from socialewifi.core.deeds import DeedForm
from socialewifi.core.htmx import render_page
from socialewifi.core.models import Message
from socialewifi.people import queries
from socialewifi.people.actions import mail as actions
from socialewifi.people.signed_in import SignedInRequest
from socialewifi.people.views.administration import administrators_only, page_of


@administrators_only
@require_safe
def undeliverable(request: SignedInRequest) -> HttpResponse:
    """Show which mails could not arrive. Of a resident nothing is shown but that there is one (domain.md §5)."""
    page = page_of(request, queries.undeliverable_mails())
    return render_page(
        request, "people/mails.html", {"page": page, "mails": [queries.UndeliverableMail.of(one) for one in page]}
    )


@administrators_only
def send_again(request: SignedInRequest, pk: int) -> HttpResponse:
    mail = get_object_or_404(Message.objects.filter(channel=Message.Channel.EMAIL), pk=pk)
    shown = queries.UndeliverableMail.of(mail)
    return deeds.answer(
        request,
        form=DeedForm(request.POST or None),
        act=lambda: actions.send_again(mail=mail, by=request.user, at=clock.now()),
        done=reverse("mail-list"),
        said=_("De mail gaat opnieuw op weg."),
        template="people/deed.html",
        context={
            "title": _("Verstuur de mail opnieuw"),
            "lead": _("Aan %(who)s. %(why)s") % {"who": shown.who, "why": shown.why},
            "button": _("Verstuur opnieuw"),
            "back": reverse("mail-list"),
        },
    )
