"""What people do in a weighing, each with its own page: who weighs, and who is on the panel."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from socialewifi.assessment import queries, rules
from socialewifi.assessment.actions import advice, municipality, opening, outcome, written
from socialewifi.assessment.actions.scoring import score_criteria
from socialewifi.assessment.forms import panel, weighing
from socialewifi.assessment.forms.outcome import OutcomeForm
from socialewifi.assessment.models import AmbassadorQuestion, Assessment, PanelSeat
from socialewifi.assessment.pages import question_with_its_context, seat_to_advise_on
from socialewifi.assessment.plan import what_is_weighed
from socialewifi.assessment.queries import told_municipality
from socialewifi.core import clock
from socialewifi.core.deeds import Deed
from socialewifi.core.lazy import StrOrPromise
from socialewifi.governance.queries import number
from socialewifi.initiatives.outsiders import as_outsiders_read
from socialewifi.people.models import User


def _advice_of(seat: PanelSeat) -> StrOrPromise:
    return gettext("Advies van %(name)s") % {"name": seat.member}


def _steps_aside(seat: PanelSeat) -> StrOrPromise:
    return gettext("%(name)s stapt opzij") % {"name": seat.member}


def _is_it_right(seat: PanelSeat) -> StrOrPromise:
    return gettext("Klopt het advies van %(name)s?") % {"name": seat.member}


def _answer_of(question: AmbassadorQuestion) -> StrOrPromise:
    return gettext("Antwoord van de gemeente %(name)s") % {"name": question.municipality}


def _stepping_aside(seat: PanelSeat) -> StrOrPromise:
    words = gettext(
        "Fijn dat je het zegt. Wie betrokken is, kijkt niet mee. "
        "Je ziet ‘%(title)s’ daarna niet meer bij het meekijken."
    )
    return words % {"title": as_outsiders_read(seat).assessment.initiative.title}


def _not_my_advice(seat: PanelSeat) -> StrOrPromise:
    if seat.assessment.is_open:
        return gettext(
            "Dan telt dit advies niet meer mee. Het blijft wel bewaard, met jouw bezwaar erbij. "
            "Daarna kun je zelf advies geven."
        )
    return gettext("De uitkomst is er al. Het advies blijft staan, met jouw bezwaar erbij.")


def _of_outcome(user: User, assessment: Assessment) -> dict[str, Any]:
    by_another = not rules.can_conclude(user, assessment)
    advices = queries.advices_of(assessment)
    return {
        **what_is_weighed(assessment.initiative),
        "criteria": queries.criteria_with_scores(assessment),
        "municipality": queries.question_of(assessment),
        "because": told_municipality(assessment),
        "advices": advices.counted,
        "written_down": advices.written_down,
        "objections": queries.objections_in(assessment),
        "by_another": by_another,
        "deciders": queries.others_who_conclude(assessment, user, clock.today()) if by_another else [],
    }


OF_INITIATIVE = (
    Deed(
        name="open",
        path="openen",
        verb=_("Begin met wegen"),
        done=_("De weging is begonnen. Wie meekijkt, krijgt bericht."),
        may=rules.can_open_assessment,
        act=opening.open_assessment,
        form=weighing.OpenForm,
        above="assessment/deeds/open.html",
        context=lambda _user, _initiative: {"term": number("panel-term")},
    ),
)
OF_WEIGHING = (
    Deed(
        name="criteria",
        path="uitgangspunten",
        verb=_("Uitgangspunten invullen"),
        done=_("De uitgangspunten zijn bewaard."),
        may=rules.can_note_criteria,
        act=score_criteria,
        form=weighing.CriteriaForm,
        heading=_("Uitgangspunten"),
        template="assessment/weigh_criteria.html",
        context=lambda _user, assessment: what_is_weighed(assessment.initiative),
    ),
    Deed(
        name="outcome",
        path="uitkomst",
        verb=_("Bepaal de uitkomst"),
        done=_("De uitkomst staat vast. De initiatiefnemers krijgen bericht."),
        may=rules.can_decide,
        act=outcome.set_route,
        form=OutcomeForm,
        template="assessment/weigh_outcome.html",
        context=_of_outcome,
    ),
    Deed(
        name="add-member",
        path="panel",
        verb=_("Vraag erbij"),
        done=_("Het panellid is erbij gevraagd."),
        may=rules.can_run,
        act=opening.add_panel_member,
        form=weighing.PanelMemberForm,
        heading=_("Vraag iemand erbij"),
        explanation=_("Wie erbij betrokken is, staat er niet bij."),
    ),
    Deed(
        name="ask-municipality",
        path="gemeente",
        verb=_("Stuur de vraag"),
        done=_("De vraag staat klaar voor de gemeente."),
        may=rules.can_ask_municipality,
        act=municipality.ask_ambassador,
        form=weighing.AskForm,
        heading=_("Vraag de gemeente"),
        above="assessment/deeds/ask.html",
        context=lambda _user, _assessment: {"term": number("ambassador-term")},
    ),
    Deed(
        name="return",
        path="terug",
        verb=_("Terug naar verkennen"),
        done=_("Het initiatief is terug bij verkennen."),
        may=rules.can_run,
        act=outcome.return_to_exploring,
        form=weighing.ReturnForm,
        heading=_("Eerst iets uitzoeken"),
        explanation=_("Het initiatief gaat terug naar verkennen. Daarna begint een nieuwe weging."),
    ),
)
OF_SEAT = (
    Deed(
        name="write-advice",
        path="advies",
        verb=_("Schrijf op"),
        done=_("Het advies is opgeschreven."),
        may=rules.can_still_write_advice,
        act=advice.write_advice_for,
        form=panel.WrittenAdviceForm,
        heading=_advice_of,
        explanation=_(
            "Schrijf op wat er aan de telefoon of op papier gezegd is. "
            "Het telt net zo zwaar, en je naam staat erbij als schrijver."
        ),
    ),
    Deed(
        name="write-recusal",
        path="opzij",
        verb=_("Schrijf op"),
        done=_("Het panellid stapt opzij. Iemand anders vraagt nog of het klopt."),
        may=rules.can_still_write_recusal,
        act=advice.write_recusal_for,
        form=panel.WrittenRecusalForm,
        heading=_steps_aside,
        explanation=_(
            "Schrijf dit alleen op als het panellid het zelf zei, aan de telefoon of op papier. "
            "Het panellid ziet dit idee daarna niet meer. Dat is niet terug te draaien."
        ),
    ),
    Deed(
        name="write-objection",
        path="bezwaar",
        verb=_("Schrijf het bezwaar op"),
        done=_("Het bezwaar is opgeschreven."),
        may=rules.can_still_object_for,
        act=written.object_to_advice,
        form=panel.ObjectionForm,
        heading=_is_it_right,
        explanation=_("Lees dit voor. Zegt het panellid dat het niet klopt? Schrijf dat dan hier op."),
        cancel=_("Het klopt"),
        above="assessment/deeds/objection_for.html",
    ),
)
OF_QUESTION = (
    Deed(
        name="write-answer",
        path="antwoord",
        verb=_("Schrijf op"),
        done=_("Het antwoord van de gemeente is opgeschreven."),
        may=rules.can_write_answer,
        act=municipality.write_answer_of_municipality,
        form=panel.WrittenAnswerForm,
        heading=_answer_of,
        explanation=_(
            "Schrijf op wat er aan de telefoon, in een gesprek of op papier gezegd is. "
            "Het telt net zo zwaar, en je naam staat erbij als schrijver."
        ),
        above="assessment/deeds/answer.html",
        context=lambda _user, question: {"because": told_municipality(question.assessment)},
    ),
)
OF_OWN_SEAT = (
    Deed(
        name="advise",
        path="advies",
        verb=_("Geef advies"),
        done="",
        may=rules.can_advise,
        act=advice.give_advice,
        form=panel.AdviceForm,
        template="assessment/panel_seat.html",
        context=seat_to_advise_on,
    ),
    Deed(
        name="recuse",
        path="betrokken",
        verb=_("Ik stap opzij"),
        done=_("Je stapt opzij. Dank je wel dat je het zei."),
        may=rules.can_recuse,
        act=advice.recuse,
        form=panel.RecusalForm,
        heading=_("Ik ben hierbij betrokken"),
        explanation=_stepping_aside,
    ),
    Deed(
        name="object",
        path="bezwaar",
        verb=_("Dit klopt niet"),
        done=_("Dank je wel dat je het zei. De coördinator hoort het."),
        may=rules.can_still_object,
        act=written.object_to_advice,
        form=panel.ObjectionForm,
        heading=_("Dit is niet mijn advies"),
        explanation=_not_my_advice,
        above="assessment/deeds/objection.html",
        context=lambda _user, seat: {"advice": as_outsiders_read(seat).advice},
    ),
)
OF_OWN_QUESTION = (
    Deed(
        name="answer",
        path="antwoord",
        verb=_("Geef antwoord"),
        done=_("Dank je wel. Het antwoord is verstuurd."),
        may=rules.can_still_answer,
        act=municipality.answer_ambassador,
        form=panel.AnswerForm,
        template="assessment/ambassador_question.html",
        context=question_with_its_context,
    ),
)
