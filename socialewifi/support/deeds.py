"""What people promise and do around one initiative: help, tasks, calls."""

from django.utils.translation import gettext_lazy as _

from socialewifi.core.deeds import Deed
from socialewifi.initiatives import rules
from socialewifi.initiatives.deeds import PAGE
from socialewifi.initiatives.forms import work as forms
from socialewifi.support.actions import promises as support
from socialewifi.support.actions import tasks
from socialewifi.support.forms.rows import CallForm, DropPromiseForm, FinishForm

ROW = "support/deed_row.html"

OF_INITIATIVE = (
    Deed(
        name="promise-support",
        path="hulp",
        verb=_("Hulp beloven"),
        done=_("De hulp staat erbij."),
        may=rules.can_support,
        act=support.promise_support,
        form=forms.PromiseForm,
        readers=PAGE,
    ),
    Deed(
        name="add-task",
        path="taak",
        verb=_("Taak maken"),
        done=_("De taak staat erbij."),
        may=rules.can_work_on,
        act=tasks.add_task,
        form=forms.TaskForm,
        readers=PAGE,
    ),
)
TODO_DEEDS = (
    Deed(
        name="finish-task",
        path="afvinken",
        verb=_("Taak afvinken"),
        done=_("De taak is klaar."),
        may=rules.can_finish_task,
        act=tasks.finish_task,
        form=FinishForm,
        readers=PAGE,
        above=ROW,
    ),
)
CALL_DEEDS = (
    Deed(
        name="note-call",
        path="gesprek",
        verb=_("Gesprek noteren"),
        done=_("Het gesprek is genoteerd."),
        may=rules.can_finish_task,
        act=tasks.note_call,
        form=CallForm,
        readers=_("Sprak je een initiatiefnemer? Dan lezen de initiatiefnemers dit. Anders alleen collega's."),
        above=ROW,
    ),
)
PROMISE_DEEDS = (
    Deed(
        name="keep-promise",
        path="gekomen",
        verb=_("Hulp is gekomen"),
        done=_("Genoteerd: de hulp is gekomen."),
        may=rules.can_answer_for_promise,
        act=support.keep_promise,
        readers=PAGE,
        above=ROW,
    ),
    Deed(
        name="drop-promise",
        path="vervallen",
        verb=_("Hulp gaat niet door"),
        done=_("Genoteerd: de hulp gaat niet door."),
        may=rules.can_answer_for_promise,
        act=support.drop_promise,
        form=DropPromiseForm,
        readers=PAGE,
        above=ROW,
    ),
)
