"""The deeds at work on one initiative: each a verb with its own address, rule, form and action."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from socialewifi.initiatives import rules
from socialewifi.initiatives.actions import (
    contact,
    conversation,
    doubles,
    explore,
    interest,
    place,
    road,
    support,
    tasks,
)
from socialewifi.initiatives.forms import work as forms
from socialewifi.initiatives.forms.work_place import PlaceForm
from socialewifi.initiatives.forms.work_rows import (
    CallForm,
    DropPromiseForm,
    FinishForm,
)
from socialewifi.initiatives.models import Initiative, SupportPromise, Task
from socialewifi.people.models import User

Text = str | Promise

PAGE = _("De initiatiefnemers lezen dit op hun pagina.")
TOLD = _("De initiatiefnemers lezen dit. Ze krijgen het ook per mail, brief of telefoon: zoals ze het liefst willen.")
INSIDE = _("Alleen collega's lezen dit. De initiatiefnemers lezen het niet.")
ASIDE = _("De initiatiefnemers lezen dat je opzij stapt, niet waarom.")
HANDED = _("De initiatiefnemers lezen wie je vraagt. Waarom, leest alleen je collega.")


@dataclass(frozen=True)
class WorkDeed:
    """One verb; ``readers`` tells whoever writes who reads it, and rare ones stand behind "Meer"."""

    path: str
    verb: Text
    done: Text
    may: Callable[[User, Initiative], bool]
    act: Callable[..., object]
    form: type[forms.WorkForm] = forms.ConfirmForm
    readers: Text = PAGE
    explanation: Text = ""
    is_rare: bool = False


DEEDS: tuple[WorkDeed, ...] = (
    WorkDeed(
        "oppakken",
        _("Contact oppakken"),
        _("Jij bent nu contactpersoon."),
        rules.can_take_contact,
        contact.take_contact,
        readers=TOLD,
        explanation=_("Je wordt de contactpersoon. De initiatiefnemers horen dat jij het bent en hoe ze je bereiken."),
    ),
    WorkDeed(
        "overnemen",
        _("Overdracht aannemen"),
        _("Jij bent nu contactpersoon."),
        rules.can_answer_handover,
        contact.accept_handover,
        readers=TOLD,
        explanation=_("Je wordt de contactpersoon. De initiatiefnemers horen dat jij het nu bent."),
    ),
    WorkDeed(
        "niet-overnemen",
        _("Overdracht weigeren"),
        _("Je nam het niet over."),
        rules.can_answer_handover,
        contact.refuse_handover,
        forms.ReasonForm,
        readers=_("Je collega leest waarom. De initiatiefnemers lezen wie hun contactpersoon blijft."),
    ),
    WorkDeed(
        "gesprek",
        _("Gesprek noteren"),
        _("Het gesprek is genoteerd."),
        rules.can_work_on,
        contact.log_contact,
        forms.ContactForm,
    ),
    WorkDeed(
        "bericht",
        _("Bericht sturen"),
        _("Het bericht is verstuurd."),
        rules.can_work_on,
        conversation.write_to_initiators,
        forms.BodyForm,
        readers=TOLD,
    ),
    WorkDeed(
        "verkenning",
        _("Verkenning bijwerken"),
        _("De verkenning is bijgewerkt."),
        rules.can_explore,
        explore.record_exploration,
        forms.ExplorationForm,
    ),
    WorkDeed(
        "hulp",
        _("Hulp beloven"),
        _("De hulp staat erbij."),
        rules.can_support,
        support.promise_support,
        forms.PromiseForm,
    ),
    WorkDeed("taak", _("Taak maken"), _("De taak staat erbij."), rules.can_work_on, tasks.add_task, forms.TaskForm),
    WorkDeed(
        "notitie",
        _("Notitie schrijven"),
        _("De notitie is bewaard."),
        rules.can_work_on,
        conversation.write_note,
        forms.BodyForm,
        readers=INSIDE,
    ),
    WorkDeed(
        "bestendigen",
        _("Naar bestendigen"),
        _("Het initiatief staat op bestendigen."),
        rules.can_sustain,
        road.sustain_initiative,
        explanation=_("De hulp is geregeld. Vanaf nu bel je af en toe hoe het gaat."),
    ),
    WorkDeed(
        "nieuwe-vraag",
        _("Nieuwe vraag opschrijven"),
        _("Het initiatief krijgt weer hulp."),
        rules.can_take_new_question,
        road.take_new_question,
        forms.QuestionForm,
    ),
    WorkDeed(
        "landen-afspreken",
        _("Landen afspreken"),
        _("De afspraak staat erbij."),
        rules.can_support,
        road.agree_landing_signs,
        forms.SignsForm,
        is_rare=True,
    ),
    WorkDeed(
        "landen",
        _("Het is geland"),
        _("Het initiatief is geland. Mooi werk!"),
        rules.can_land,
        road.land_initiative,
        explanation=_("Het initiatief staat op eigen benen, zoals jullie van tevoren afspraken."),
    ),
    WorkDeed(
        "doorverwijzing",
        _("Overname bevestigen"),
        _("De overname is bevestigd."),
        rules.can_confirm_redirect,
        road.confirm_redirect,
        readers=TOLD,
        explanation=_("De partner heeft laten weten dat ze het overnemen. Dat horen de initiatiefnemers nu."),
    ),
    WorkDeed(
        "overdragen",
        _("Overdragen"),
        _("De overdracht is gevraagd. Tot je collega ja zegt, blijft de contactpersoon dezelfde."),
        rules.can_begin_handover,
        contact.offer_handover,
        forms.HandoverForm,
        readers=HANDED,
    ),
    WorkDeed(
        "overdracht-intrekken",
        _("Overdracht intrekken"),
        _("De overdracht is ingetrokken."),
        rules.can_drop_handover,
        contact.drop_handover,
        explanation=_("De contactpersoon blijft dezelfde."),
        is_rare=True,
    ),
    WorkDeed(
        "plek", _("Plek invullen"), _("De plek is ingevuld."), rules.can_work_on, place.place_initiative, PlaceForm
    ),
    WorkDeed(
        "indelen",
        _("Soort en thema's kiezen"),
        _("Soort en thema's zijn bijgewerkt."),
        rules.can_work_on,
        explore.classify_initiative,
        forms.ClassifyForm,
    ),
    WorkDeed(
        "gelezen",
        _("Berichten gelezen"),
        _("De berichten staan op gelezen."),
        rules.has_unread_posts,
        conversation.mark_posts_read,
        explanation=_("Gebruik dit als een bericht geen antwoord nodig heeft."),
        is_rare=True,
    ),
    WorkDeed(
        "pauze",
        _("Pauzeren"),
        _("Het initiatief staat even stil."),
        rules.can_begin_pause,
        road.pause_initiative,
        forms.PauseForm,
        is_rare=True,
    ),
    WorkDeed(
        "verder",
        _("Weer verder"),
        _("Het initiatief gaat weer verder."),
        rules.can_end_pause,
        road.resume_initiative,
        explanation=_("De termijnen schuiven op met de werkdagen dat het stilstond."),
    ),
    WorkDeed(
        "heropenen",
        _("Heropenen"),
        _("Het initiatief is weer open."),
        rules.can_reopen,
        road.reopen_initiative,
        forms.ReasonForm,
    ),
    WorkDeed(
        "betrokken",
        _("Ik ben zelf betrokken"),
        _("Je stapt opzij. Je ziet dit initiatief niet meer."),
        rules.can_step_aside,
        interest.declare_interest,
        forms.InterestForm,
        readers=ASIDE,
        is_rare=True,
    ),
    WorkDeed(
        "samenvoegen",
        _("Vragen om samen te gaan"),
        _("De vraag is gesteld. Het gaat door als iedereen ja zegt."),
        rules.can_propose_join,
        doubles.propose_join,
        forms.JoinForm,
        readers=_("De initiatiefnemers van beide krijgen deze vraag, zoals ze het liefst willen. Zij beslissen."),
        is_rare=True,
    ),
    WorkDeed(
        "samengaan-intrekken",
        _("Vraag om samen te gaan intrekken"),
        _("De vraag is ingetrokken."),
        rules.can_answer_for_join,
        doubles.drop_join,
        readers=_("De initiatiefnemers van beide lezen dat de vraag is ingetrokken."),
        is_rare=True,
    ),
    WorkDeed(
        "splitsen",
        _("Niet meer samen"),
        _("De initiatieven gaan weer elk hun eigen weg."),
        rules.can_undo_join,
        doubles.undo_join,
        readers=_("De initiatiefnemers van beide lezen dat ze weer apart verder gaan."),
    ),
)


@dataclass(frozen=True)
class RowDeed:
    """A verb about one task or one promise of help."""

    path: str
    verb: Text
    done: Text
    rows: Callable[[Initiative], Any]
    may: Callable[[User, Initiative, Any], bool]
    act: Callable[..., object]
    form: type[forms.WorkForm] = forms.ConfirmForm
    readers: Text = PAGE
    explanation: Text = ""


def _finish(*, initiative: Initiative, row: Task, **fields: Any) -> None:  # noqa: ARG001
    tasks.finish_task(task=row, **fields)


def _note_call(*, initiative: Initiative, row: Task, **fields: Any) -> None:  # noqa: ARG001
    tasks.note_call(task=row, **fields)


def _keep(*, initiative: Initiative, row: SupportPromise, **fields: Any) -> None:  # noqa: ARG001
    support.keep_promise(promise=row, **fields)


def _drop(*, initiative: Initiative, row: SupportPromise, **fields: Any) -> None:  # noqa: ARG001
    support.drop_promise(promise=row, **fields)


ROW_DEEDS: tuple[RowDeed, ...] = (
    RowDeed(
        "taak-klaar",
        _("Taak afvinken"),
        _("De taak is klaar."),
        lambda initiative: initiative.tasks.filter(kind=Task.Kind.TODO),
        rules.can_finish_task,
        _finish,
        FinishForm,
    ),
    RowDeed(
        "taak-gebeld",
        _("Gesprek noteren"),
        _("Het gesprek is genoteerd."),
        lambda initiative: initiative.tasks.filter(kind=Task.Kind.CALL).select_related("to_call"),
        rules.can_finish_task,
        _note_call,
        CallForm,
        readers=_("Sprak je een initiatiefnemer? Dan lezen de initiatiefnemers dit. Anders alleen collega's."),
    ),
    RowDeed(
        "hulp-gekomen",
        _("Hulp is gekomen"),
        _("Genoteerd: de hulp is gekomen."),
        lambda initiative: initiative.promises,
        rules.can_answer_for_promise,
        _keep,
    ),
    RowDeed(
        "hulp-vervallen",
        _("Hulp gaat niet door"),
        _("Genoteerd: de hulp gaat niet door."),
        lambda initiative: initiative.promises,
        rules.can_answer_for_promise,
        _drop,
        DropPromiseForm,
    ),
)


def offered_deeds(user: User, initiative: Initiative) -> list[WorkDeed]:
    """Return what this person may do now, in the order of the work."""
    return [deed for deed in DEEDS if deed.may(user, initiative)]


class DeedPath:
    """The addresses of the deeds, and no others: other rooms have pages beside them."""

    deeds: tuple[WorkDeed | RowDeed, ...] = DEEDS
    regex = "|".join(deed.path for deed in DEEDS)

    def to_python(self, value: str) -> WorkDeed | RowDeed:
        return next(deed for deed in self.deeds if deed.path == value)

    def to_url(self, value: str) -> str:
        return value


class RowDeedPath(DeedPath):
    deeds = ROW_DEEDS
    regex = "|".join(deed.path for deed in ROW_DEEDS)
