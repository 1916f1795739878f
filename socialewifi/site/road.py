"""The road in a resident's words, with the promise of the first contact."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from socialewifi.governance.queries import Number


def road(term: Number | None) -> list[dict[str, str]]:
    """Return the five stones, each with a line."""
    return [
        {"title": _("Je vertelt je idee"), "text": _("Online, aan de telefoon of aan tafel.")},
        {"title": _("Iemand belt je"), "text": f"{_within(term)} {_('Die persoon blijft bij je.')}".strip()},
        {"title": _("Buren kijken mee"), "text": _("Inwoners geven advies over elk idee.")},
        {"title": _("Je krijgt hulp"), "text": _("Mensen, een plek, kennis of geld.")},
        {"title": _("Je vertelt verder"), "text": _("Een kort verhaal. Geen formulieren.")},
    ]


def long_road(term: Number | None) -> list[dict[str, str]]:
    """Return the same stones for who wants to know more."""
    texts = [
        _(
            "Een paar zinnen is genoeg. Het hoeft niet af te zijn. Je hebt geen account nodig. Je mag ook bellen of "
            "langskomen: dan schrijven wij het op."
        ),
        _(
            "Je krijgt één persoon die bij je blijft. Die belt, mailt of komt langs: wat jij het fijnst vindt. Samen "
            "kijk je wat er al is en wat er nodig is."
        ),
        _(
            "Inwoners uit de regio lezen elk idee en geven advies. Zij zien je naam en telefoonnummer niet. Gaat het "
            "over een gebouw, een plein of een vergunning? Dan vragen we de gemeente op tijd om mee te denken."
        ),
        _(
            "Dat kan van alles zijn: iemand die meedenkt, meer handen, een plek, kennis of een bedrag om te beginnen. "
            "Past je idee beter bij iemand anders? Dan brengen we je daarheen. We blijven bij je tot je er bent."
        ),
        _("Na een tijdje vragen we wat het bracht. Een kort verhaal is genoeg. Jij kiest of anderen het mogen lezen."),
    ]
    texts[1] = f"{_within(term)} {texts[1]}".strip()
    return [{**stone, "text": text} for stone, text in zip(road(term), texts, strict=True)]


def _within(term: Number | None) -> str:
    if term is None:
        return ""
    return ngettext("Binnen %(days)s werkdag.", "Binnen %(days)s werkdagen.", term.value) % {"days": term.value}
