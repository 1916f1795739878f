"""The same questions on paper: to print, to fill in with a pen, and to hand in (R10)."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext, override
from django.views.decorators.http import require_safe

from socialewifi.core import pdf
from socialewifi.intake.forms.report import ADDRESS, QUESTIONS, Question
from socialewifi.places.models import Region
from socialewifi.places.queries import the_region

LANGUAGES = ("nl", "en", "de")


@require_safe
def paper_form(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("taal") or get_language() or "nl"
    language = asked if asked in LANGUAGES else "nl"
    response = HttpResponse(paper_pdf(language), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="vertel-je-idee-{language}.pdf"'
    return response


def paper_pdf(language: str) -> bytes:
    with override(language):
        return pdf.make_pdf(pdf.TEMPLATES / "paper.typ", _content(the_region(), language))


def _content(region: Region | None, language: str) -> dict[str, Any]:
    desk = region.desk_name if region else gettext("ons")
    phone = region.desk_phone if region else ""
    values = {"desk": desk, "phone": phone, "hours": region.hours if region else ""}
    return {
        "language": language,
        "title": gettext("Vertel je idee"),
        "desk": desk,
        "intro": [
            gettext("Vertel wat jij wilt doen voor je buurt. Wij denken mee, en jij blijft de baas over je idee."),
            gettext("Alleen je naam en een telefoonnummer of e-mailadres hebben we nodig. De rest mag je openlaten."),
            gettext("Klaar? Geef dit formulier af aan iemand van %(desk)s bij jou in de buurt.") % values,
        ],
        "sections": [*(_section(question) for question in (*QUESTIONS, ADDRESS)), _consent(desk)],
        "footer": gettext("Vragen? Bel %(phone)s, %(hours)s.") % values if phone else desk,
    }


def _section(question: Question) -> dict[str, Any]:
    return {
        "title": str(question.title),
        "lead": str(question.lead),
        "fields": [_field(name, field) for name, field in question.form.base_fields.items()],
    }


def _field(name: str, field: forms.Field) -> dict[str, Any]:
    rows = field.widget.attrs.get("rows", 0)
    help_text = "" if name == "place" else str(field.help_text)
    if isinstance(field, forms.ChoiceField) and name != "municipality":
        choices = [str(label) for _value, label in field.choices]  # type: ignore[misc, union-attr]
        return {"kind": "choices", "label": str(field.label), "help": help_text, "choices": choices}
    return {"kind": "space", "label": str(field.label), "help": help_text, "lines": (rows + 1) if rows else 1.4}


def _consent(desk: str) -> dict[str, Any]:
    goes_in = gettext("Iemand van %(desk)s mag dit voor mij in de computer zetten.") % {"desk": desk}
    return {
        "title": gettext("Goed zo?"),
        "lead": goes_in,
        "fields": [
            {"kind": "space", "label": gettext("Datum"), "help": "", "lines": 1.4},
            {"kind": "space", "label": gettext("Handtekening"), "help": "", "lines": 2.5},
        ],
    }
