"""What was told so far, in the words of the questions, to check and to print."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from socialewifi.intake.actions.drafts import Answers
from socialewifi.intake.forms.report import ADDRESS, QUESTIONS, Question
from socialewifi.intake.queries.promise import Promise
from socialewifi.people.models import User

ROAD = (
    ("done", _("Je vertelde je idee"), ""),
    ("now", _("Iemand neemt contact met je op"), _("Die persoon blijft bij je.")),
    ("ahead", _("Buren kijken mee"), _("Inwoners geven advies over elk idee.")),
    ("ahead", _("Je krijgt hulp"), _("Mensen, een plek, kennis of geld.")),
    ("ahead", _("Je vertelt verder"), _("Een kort verhaal. Geen formulieren.")),
)


def road_ahead() -> list[dict[str, object]]:
    return [{"state": state, "title": title, "text": text} for state, title, text in ROAD]


def promise_in_words(promise: Promise, *, is_sender: bool = True) -> dict[str, str]:
    """Say who makes contact and how; the number or address is told to whoever just gave it, and to no one after."""
    owner = promise.initiator
    desk = promise.desk.desk_name if promise.desk else gettext("ons")
    who = gettext("Iemand van %(desk)s in %(team)s") if promise.team else gettext("Iemand van %(desk)s")
    how = {
        User.Channel.PHONE: gettext("belt je op %(phone)s."),
        User.Channel.EMAIL: gettext("mailt je op %(email)s."),
        User.Channel.LETTER: gettext("schrijft je een brief."),
        User.Channel.VISIT: gettext("maakt een afspraak om elkaar te spreken."),
    }[User.Channel(owner.preferred_channel)]
    if not is_sender:
        how = gettext("neemt contact op.")
    # A number stays on one line.
    phone = owner.phone.replace(" ", "\N{NO-BREAK SPACE}")
    values = {"desk": desk, "team": promise.team, "phone": phone, "email": owner.email}
    return {"who": who % values, "how": how % values}


@dataclass(frozen=True)
class ToldPage:
    """One page of questions: its title, where to change it, and what was answered; skipped fields are left out."""

    title: str
    address: str
    answers: list[tuple[str, str]]


def told_pages(told: Mapping[str, Any], address_of: Callable[[Question], str]) -> list[ToldPage]:
    """Return every page with its answers in words."""
    questions = list(QUESTIONS)
    if told.get("preferred_channel") == User.Channel.LETTER:
        questions.append(ADDRESS)
    return [ToldPage(str(one.title), address_of(one), _answers(one, told)) for one in questions]


def _answers(question: Question, told: Mapping[str, Any]) -> list[tuple[str, str]]:
    answers = [(str(field.label), _in_words(name, field, told)) for name, field in question.form.base_fields.items()]
    return [(label, words) for label, words in answers if words]


def _in_words(name: str, field: forms.Field, told: Mapping[str, Any]) -> str:
    answer = str(told.get(name) or "")
    if name == "title":
        return Answers(told).title()
    if name == "amount_asked" and answer:
        return f"€ {number_format(answer, decimal_pos=2, use_l10n=True, force_grouping=True)}"
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(answer, ""))  # type: ignore[arg-type]
    return answer
