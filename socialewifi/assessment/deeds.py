"""What people do in a weighing, each with its own page: who weighs, and who is on the panel."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from socialewifi.assessment import rules
from socialewifi.assessment.actions import advice, municipality, opening, outcome, written
from socialewifi.assessment.forms import panel, weighing
from socialewifi.assessment.models import AmbassadorQuestion, PanelSeat
from socialewifi.assessment.queries import told_municipality
from socialewifi.core.deeds import Deed, Text
from socialewifi.governance.queries import number
from socialewifi.initiatives.outsiders import as_outsiders_read


def _advice_of(seat: PanelSeat) -> Text:
    return gettext("Advies van %(name)s") % {"name": seat.member}


def _is_it_right(seat: PanelSeat) -> Text:
    return gettext("Klopt het advies van %(name)s?") % {"name": seat.member}


def _answer_of(question: AmbassadorQuestion) -> Text:
    return gettext("Antwoord van de gemeente %(name)s") % {"name": question.municipality}


def _stepping_aside(seat: PanelSeat) -> Text:
    words = gettext(
        "Fijn dat je het zegt. Wie betrokken is, kijkt niet mee. "
        "Je ziet ‘%(title)s’ daarna niet meer bij het meekijken."
    )
    return words % {"title": as_outsiders_read(seat).assessment.initiative.title}


def _not_my_advice(seat: PanelSeat) -> Text:
    if seat.assessment.is_open:
        return gettext(
            "Dan telt dit advies niet meer mee. Het blijft wel bewaard, met jouw bezwaar erbij. "
            "Daarna kun je zelf advies geven."
        )
    return gettext("De uitkomst is er al. Het advies blijft staan, met jouw bezwaar erbij.")


OF_INITIATIVE = (
    Deed(
        "open",
        "openen",
        _("Begin met wegen"),
        _("De weging is begonnen. Wie meekijkt, krijgt bericht."),
        rules.can_open_assessment,
        opening.open_assessment,
        weighing.OpenForm,
        above="assessment/deeds/open.html",
        context=lambda _initiative: {"term": number("panel-term")},
    ),
)
OF_WEIGHING = (
    Deed(
        "add-member",
        "panel",
        _("Vraag erbij"),
        _("Het panellid is erbij gevraagd."),
        rules.can_run,
        opening.add_panel_member,
        weighing.PanelMemberForm,
        heading=_("Vraag iemand erbij"),
        explanation=_("Wie erbij betrokken is, staat er niet bij."),
    ),
    Deed(
        "ask-municipality",
        "gemeente",
        _("Stuur de vraag"),
        _("De vraag staat klaar voor de gemeente."),
        rules.can_ask_municipality,
        municipality.ask_ambassador,
        weighing.AskForm,
        heading=_("Vraag de gemeente"),
        above="assessment/deeds/ask.html",
        context=lambda _assessment: {"term": number("ambassador-term")},
    ),
    Deed(
        "return",
        "terug",
        _("Terug naar verkennen"),
        _("Het initiatief is terug bij verkennen."),
        rules.can_run,
        outcome.return_to_exploring,
        weighing.ReturnForm,
        heading=_("Eerst iets uitzoeken"),
        explanation=_("Het initiatief gaat terug naar verkennen. Daarna begint een nieuwe weging."),
    ),
)
OF_SEAT = (
    Deed(
        "write-advice",
        "advies",
        _("Schrijf op"),
        _("Het advies is opgeschreven."),
        rules.can_still_write_advice,
        advice.write_advice_for,
        panel.WrittenAdviceForm,
        heading=_advice_of,
        explanation=_(
            "Schrijf op wat er aan de telefoon of op papier gezegd is. "
            "Het telt net zo zwaar, en je naam staat erbij als schrijver."
        ),
    ),
    Deed(
        "write-objection",
        "bezwaar",
        _("Schrijf het bezwaar op"),
        _("Het bezwaar is opgeschreven."),
        rules.can_still_object_for,
        written.object_to_advice,
        panel.ObjectionForm,
        heading=_is_it_right,
        explanation=_("Lees dit voor. Zegt het panellid dat het niet klopt? Schrijf dat dan hier op."),
        cancel=_("Het klopt"),
        above="assessment/deeds/objection_for.html",
    ),
)
OF_QUESTION = (
    Deed(
        "write-answer",
        "antwoord",
        _("Schrijf op"),
        _("Het antwoord van de gemeente is opgeschreven."),
        rules.can_write_answer,
        municipality.write_answer_of_municipality,
        panel.WrittenAnswerForm,
        heading=_answer_of,
        explanation=_(
            "Schrijf op wat er aan de telefoon, in een gesprek of op papier gezegd is. "
            "Het telt net zo zwaar, en je naam staat erbij als schrijver."
        ),
        above="assessment/deeds/answer.html",
        context=lambda question: {"because": told_municipality(question.assessment)},
    ),
)
OF_OWN_SEAT = (
    Deed(
        "recuse",
        "betrokken",
        _("Ik stap opzij"),
        _("Je stapt opzij. Dank je wel dat je het zei."),
        rules.can_recuse,
        advice.recuse,
        panel.RecusalForm,
        heading=_("Ik ben hierbij betrokken"),
        explanation=_stepping_aside,
    ),
    Deed(
        "object",
        "bezwaar",
        _("Dit klopt niet"),
        _("Dank je wel dat je het zei. De coördinator hoort het."),
        rules.can_still_object,
        written.object_to_advice,
        panel.ObjectionForm,
        heading=_("Dit is niet mijn advies"),
        explanation=_not_my_advice,
        above="assessment/deeds/objection.html",
        context=lambda seat: {"advice": as_outsiders_read(seat).advice},
    ),
)
