"""Asking the owner of a mailbox whether an idea that was told with its address is theirs (R14)."""

from collections.abc import Collection

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from socialewifi.core import clock, deeds
from socialewifi.initiatives.actions import claims
from socialewifi.initiatives.forms.mine import ClaimForm
from socialewifi.initiatives.models import Initiator
from socialewifi.initiatives.queries.standing import joined_in_name_of, standing_in_name_of
from socialewifi.initiatives.views.mine.deeds import DEED
from socialewifi.people.signed_in import SignedInRequest, signed_in


@signed_in
@DEED
def claim(request: SignedInRequest, key: str) -> HttpResponse:
    """Ask it, and keep the answer."""
    found = Initiator.objects.unrecognised(request.user).filter(initiative__key=key)
    initiator = get_object_or_404(found.select_related("user", "initiative", "invited_by"))
    standing = standing_in_name_of(initiator, at=clock.now())
    form = ClaimForm(request.POST or None, was_invited=initiator.invited_by_id is not None, standing=standing)

    def act(*, is_mine: bool, keeps: Collection[str] = ()) -> None:
        if is_mine:
            claims.recognise(initiator=initiator, keeps=keeps, by=request.user, at=clock.now())
        else:
            claims.disown(initiator=initiator, by=request.user, at=clock.now())

    def said() -> str:
        mine, no_more = _("Dit idee staat nu bij jouw initiatieven."), _("Dank je wel. We mailen je er niet meer over.")
        return mine if form.cleaned_data["is_mine"] else no_more

    def done() -> str:
        return reverse("mine-initiative", args=[key]) if form.cleaned_data["is_mine"] else reverse("mine-list")

    joined = joined_in_name_of(initiator).exclude(pk=initiator.pk).order_by("pk")
    return deeds.answer(
        request,
        form=form,
        act=act,
        done=done,
        said=lazy(said, str)(),
        template="initiatives/mine/claim.html",
        context={"initiator": initiator, "initiative": initiator.initiative, "joined": joined},
    )
