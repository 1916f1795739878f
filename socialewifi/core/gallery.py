"""The page that shows every component in each state, for whoever builds with them. Only in the demo and in tests."""

import re
from datetime import timedelta

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from socialewifi.core import clock
from socialewifi.core.forms import ChoiceCards


class SampleForm(forms.Form):
    """One field of every kind."""

    idea = forms.CharField(
        label="Vertel je idee in een paar zinnen",
        help_text="Schrijf zoals je praat. Het hoeft niet af te zijn.",
        widget=forms.Textarea(attrs={"rows": 4, "data-draft": True}),
    )
    name = forms.CharField(label="Hoe heet je?")
    phone = forms.CharField(label="Telefoon", required=False, widget=forms.TextInput(attrs={"type": "tel"}))
    place = forms.ChoiceField(
        label="In welke gemeente?",
        choices=[("", "Kies een gemeente"), ("heerlen", "Heerlen"), ("vaals", "Vaals")],
    )
    day = forms.DateField(label="Wanneer begint het?", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    reach = forms.ChoiceField(
        label="Hoe praten we het liefst?",
        choices=[("call", "Bel mij"), ("mail", "Mail mij"), ("visit", "Ik kom langs")],
        widget=ChoiceCards(
            hints={"call": "Tussen 9 en 17 uur, of zeg het erbij", "visit": "Aan de balie in jouw gemeente"}
        ),
    )
    needs = forms.MultipleChoiceField(
        label="Wat heb je nodig?",
        required=False,
        choices=[("place", "Een plek"), ("people", "Mensen die meedoen"), ("money", "Geld")],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices--two"}),
    )
    agree = forms.BooleanField(label="Ik heb het met de anderen besproken")


ROAD = [
    {"title": "Je vertelde je idee", "text": "9 november, aan de balie", "state": "done"},
    {"title": "Samira belde je", "text": "11 november. Jullie spraken over het veld.", "state": "done"},
    {"title": "Buren kijken mee", "text": "Je hoort het uiterlijk op 26 november.", "state": "now"},
    {"title": "Je krijgt hulp", "state": "ahead"},
    {"title": "Je vertelt verder", "state": "ahead"},
]
HOW = [
    {"title": "Je vertelt je idee", "text": "Online, aan de telefoon of aan tafel."},
    {"title": "Iemand belt je", "text": "Binnen 3 werkdagen. Die persoon blijft bij je."},
    {"title": "Buren kijken mee", "text": "Inwoners geven advies over elk idee."},
    {"title": "Je krijgt hulp", "text": "Mensen, een plek, kennis of geld."},
    {"title": "Je vertelt verder", "text": "Een kort verhaal. Geen formulieren."},
]
COUNTS = [
    {"title": "Verteld", "count": 2, "url": "?fase=verteld"},
    {"title": "Verkennen", "count": 6, "url": "?fase=verkennen"},
    {"title": "Meekijken", "count": 4, "url": "?fase=meekijken", "current": True},
    {"title": "Steunen", "count": 8, "url": "?fase=steunen"},
    {"title": "Verder vertellen", "count": 0, "url": "?fase=verder"},
]
# The sixteen as they lie: row, column, number, name and where it may break.
PLACES = """
1 3 14 Sittard-Geleen
2 2 5 Stein
2 3 3 Beek
2 4 6 Beek-daelen
2 5 8 Bruns-sum
3 1 4 Meers-sen
3 2 3 Valken-burg
3 3 2 Voeren-daal
3 4 21 Heerlen
3 5 7 Land-graaf
4 1 19 Maas-tricht
4 2 4 Eijsden-Margr.
4 3 3 Gulpen-Wittem
4 4 0 Simpel-veld
4 5 9 Kerk-rade
5 3 2 Vaals
"""


def tile(row: str, column: str, count: str, name: str) -> dict[str, object]:
    many = int(count)
    return {
        "row": row,
        "column": column,
        "count": many,
        "name": re.sub(r"-([a-z])", r"\1", name),
        "short": re.sub(r"-([a-z])", "\xad\\1", name),
        "url": f"?plaats={row}{column}",
        "level": "c" if many > 15 else "b" if many > 6 else "a" if many else "",
    }


TILES = [tile(*line.split()) for line in PLACES.strip().splitlines()]
FACTS = [
    ("Jouw idee", "Van het lege veld een tuin maken voor iedereen.", "#idee"),
    ("Waar", "Hoensbroek-Noord, Heerlen", "#waar"),
    ("Wie doet mee", "Twaalf buren\nen een schoolklas", ""),
]


def sample_context(request: HttpRequest) -> dict[str, object]:
    today, now = clock.today(), clock.now()
    return {
        "blank": SampleForm(prefix="blank"),
        "refused": SampleForm({"refused-name": "Noor"}, prefix="refused"),
        "road": ROAD,
        "how": HOW,
        "counts": COUNTS,
        "tiles": TILES,
        "facts": FACTS,
        "trail": [("Home", "/"), ("Mijn initiatieven", "/mijn/")],
        "days": [today + timedelta(days=days) for days in (-6, -1, 0, 1, 4, 40)],
        "entries": [
            {
                "at": now,
                "text": "Samira belde met Noor.",
                "by": "Samira Bakkers",
                "words": "Het veld is van de gemeente.",
            },
            {"at": now - timedelta(days=2), "text": "Noor vertelde het idee."},
        ],
        "page": Paginator(range(240), 20).get_page(request.GET.get("page", 5)),
    }


def components(request: HttpRequest) -> HttpResponse:
    return render(request, "core/gallery.html", sample_context(request))


def staff_components(request: HttpRequest) -> HttpResponse:
    return render(request, "core/gallery_staff.html", sample_context(request))
