"""The administration of the words in mails and letters."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from socialewifi.core import clock, deeds, events, texts
from socialewifi.core.htmx import render_page
from socialewifi.core.models import Event, Text
from socialewifi.people.actions.texts import change_text
from socialewifi.people.forms import TextForm
from socialewifi.people.signed_in import SignedInRequest
from socialewifi.people.views.administration import administrators_only


@administrators_only
@require_safe
def text_list(request: SignedInRequest) -> HttpResponse:
    found = [
        {"text": text, "label": texts.KINDS[text.code].label}
        for text in Text.objects.filter(code__in=texts.KINDS).order_by("code", "language")
    ]
    return render_page(request, "people/texts.html", {"texts": found})


@administrators_only
def text(request: SignedInRequest, code: str, language: str) -> HttpResponse:
    """Show a text with what can be filled in, and change it; with ``preview`` only show how it would look."""
    one = get_object_or_404(Text.objects.filter(code__in=texts.KINDS), code=code, language=language)
    form = TextForm(request.POST or None, initial={"subject": one.subject, "body": one.body})
    history = Event.objects.about(one).select_related("by").order_by("-at")[:20]
    context = {
        "text": one,
        "label": texts.KINDS[code].label,
        "placeholders": sorted(texts.allowed(code).items()),
        "preview": _preview(one, form),
        "history": [{"at": event.at, "text": events.label(event), "by": event.by} for event in history],
    }
    if "preview" in request.POST:
        return render_page(request, "people/text.html", {**context, "form": form}, partial="deed")
    return deeds.answer(
        request,
        form=form,
        act=lambda **fields: change_text(text=one, by=request.user, at=clock.now(), **fields),
        done=reverse("text-list"),
        said=_("De tekst is bewaard."),
        template="people/text.html",
        context=context,
    )


def _preview(one: Text, form: TextForm) -> dict[str, str]:
    """Fill in what each placeholder holds, so that the reader sees where something comes."""
    subject = form["subject"].value() or one.subject
    body = form["body"].value() or one.body
    explained = texts.allowed(one.code)

    def fill(words: str) -> str:
        return texts.PLACEHOLDER.sub(lambda found: f"[{explained.get(found[1], _('onbekend'))}]", words)

    return {"subject": fill(subject), "body": fill(body)}
