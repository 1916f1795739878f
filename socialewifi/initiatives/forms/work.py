"""The forms of the deeds at work; their fields are the words of the actions in this room."""

from datetime import timedelta
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from socialewifi.core import clock
from socialewifi.core.deeds import DeedForm
from socialewifi.core.editing import EditForm
from socialewifi.core.fields import LineField, WordsField
from socialewifi.core.workdays import add_workdays
from socialewifi.initiatives.models import (
    Initiative,
    Interest,
    Kind,
    RegionWord,
    SupportKind,
    TargetGroup,
    Theme,
)
from socialewifi.initiatives.queries.doubles import find_joinable
from socialewifi.initiatives.queries.people import workers_there
from socialewifi.people.models import User

LONG = 20_000
COLUMNS = {"class": "choices--two"}
DAY = {"type": "date"}


def words_of(model: type[RegionWord]) -> Any:
    return model._default_manager.filter(retired_at=None).order_by("position")


class WorkForm(DeedForm):
    """A deed about one initiative."""

    @property
    def initiative(self) -> Initiative:
        return cast("Initiative", self.about)


class ReasonForm(WorkForm):
    reason = WordsField(label=_("Waarom?"), longest=250, rows=3)


class PauseForm(WorkForm):
    reason = LineField(label=_("Waarom staat het even stil?"), longest=250)


class ContactForm(WorkForm):
    through = forms.ChoiceField(label=_("Hoe spraken jullie elkaar?"), choices=User.Channel.choices)
    spoken_at = forms.DateTimeField(
        label=_("Wanneer?"),
        required=False,
        help_text=_("Leeg is: zojuist."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )
    summary = WordsField(label=_("Wat spraken jullie af?"), longest=LONG, rows=6)

    def as_it_is(self) -> dict[str, Any]:
        return {"through": User.Channel.PHONE}

    def clean_spoken_at(self) -> Any:
        moment = self.cleaned_data["spoken_at"]
        if moment and moment > clock.now() + timedelta(minutes=1):
            raise forms.ValidationError(_("Dit moment is nog niet geweest."))
        return moment


class BodyForm(WorkForm):
    body = WordsField(label=_("Wat wil je schrijven?"), longest=LONG, rows=6)


class ColleagueField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Someone who works in the sub-region of the initiative."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=User.objects.none(), **kwargs)


class HandoverForm(WorkForm):
    receiver = ColleagueField(label=_("Aan wie?"), empty_label=_("Kies een collega"))
    reason = WordsField(label=_("Waarom draag je over, en wat moet je collega weten?"), longest=2000, rows=4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = workers_there(self.initiative, day=clock.today())
        offer(self, "receiver", there.exclude(initiatives_in_contact=self.initiative))


class TaskForm(WorkForm):
    what = LineField(label=_("Wat moet er gebeuren?"), longest=250)
    due_on = forms.DateField(label=_("Voor wanneer?"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    assignee = ColleagueField(label=_("Wie doet het?"), required=False, empty_label=_("Wie het eerst kan"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "assignee", workers_there(self.initiative, day=clock.today()))

    def as_it_is(self) -> dict[str, Any]:
        return {"due_on": add_workdays(clock.today(), 3), "assignee": self.by.pk}


class ExplorationForm(EditForm, WorkForm):
    what_it_is = WordsField(label=_("Wat is het?"), longest=LONG, rows=4, required=False)
    question = WordsField(label=_("Wat is de vraag?"), longest=LONG, rows=3, required=False)
    asked_where = WordsField(
        label=_("Waar is al om hulp gevraagd, en wat kwam eruit?"), longest=LONG, rows=3, required=False
    )
    what_exists = WordsField(label=_("Wat is er al in de buurt?"), longest=LONG, rows=3, required=False)
    fitting_support = forms.ModelMultipleChoiceField(
        label=_("Welke hulp past erbij?"),
        queryset=SupportKind.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs=COLUMNS),
    )
    fitting_support_words = WordsField(label=_("Waarom past die hulp?"), longest=LONG, rows=3, required=False)

    KNOWN: ClassVar = ("what_it_is", "question", "asked_where", "what_exists", "fitting_support_words")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "fitting_support", words_of(SupportKind))

    def as_it_is(self) -> dict[str, Any]:
        known = getattr(self.initiative, "exploration", None)
        if known is None:
            told = {"question": self.initiative.needs, "asked_where": self.initiative.asked_before}
            return {**dict.fromkeys(self.KNOWN, ""), **told, "fitting_support": []}
        return {name: getattr(known, name) for name in self.KNOWN} | {"fitting_support": known.fitting_support.all()}


class ClassifyForm(EditForm, WorkForm):
    kind = forms.ModelChoiceField(
        label=_("Welke soort is het?"), queryset=Kind.objects.none(), required=False, empty_label=_("Nog niet bekend")
    )
    themes = forms.ModelMultipleChoiceField(
        label=_("Waar gaat het over?"),
        queryset=Theme.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs=COLUMNS),
    )
    target_groups = forms.ModelMultipleChoiceField(
        label=_("Voor wie is het?"),
        queryset=TargetGroup.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs=COLUMNS),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "kind", words_of(Kind))
        offer(self, "themes", words_of(Theme))
        offer(self, "target_groups", words_of(TargetGroup))

    def as_it_is(self) -> dict[str, Any]:
        return {
            "kind": self.initiative.kind_id,
            "themes": self.initiative.themes.all(),
            "target_groups": self.initiative.target_groups.all(),
        }


class PromiseForm(WorkForm):
    kind = forms.ModelChoiceField(
        label=_("Welke hulp is het?"), queryset=SupportKind.objects.none(), empty_label=_("Kies een soort hulp")
    )
    what = LineField(label=_("Wat gaat er gebeuren?"), longest=250)
    who = LineField(label=_("Wie doet dat?"), longest=150)
    before_date = forms.DateField(label=_("Voor wanneer?"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "kind", words_of(SupportKind))

    def as_it_is(self) -> dict[str, Any]:
        return {"who": self.by.name}


class QuestionForm(WorkForm):
    question = WordsField(label=_("Wat is de nieuwe vraag?"), longest=2000, rows=4)


class SignsForm(EditForm, WorkForm):
    signs = WordsField(
        label=_("Waaraan zien jullie dat het op eigen benen staat?"),
        help_text=_("Spreek dit af met de initiatiefnemers, voordat het zover is."),
        longest=2000,
        rows=4,
    )

    def as_it_is(self) -> dict[str, Any]:
        return {"signs": self.initiative.landing_signs}


class InterestForm(WorkForm):
    relation = forms.ChoiceField(
        label=_("Hoe ben je betrokken?"), choices=Interest.Relation.choices, widget=forms.RadioSelect(attrs=COLUMNS)
    )
    explanation = LineField(
        label=_("Toelichting"), longest=250, required=False, help_text=_("De initiatiefnemers lezen dit niet.")
    )


class JoinForm(WorkForm):
    prefilled = ("into",)
    into = LineField(
        label=_("Met welk initiatief?"),
        longest=300,
        help_text=_("De naam, of het adres van de pagina. Dat initiatief gaat verder; dit initiatief rust."),
    )

    def clean_into(self) -> Initiative:
        found = find_joinable(self.cleaned_data["into"], initiative=self.initiative, by=self.by)
        if len(found) == 1:
            return found[0]
        if found:
            raise forms.ValidationError(_("Er zijn er meer met deze naam. Plak het adres van de pagina."))
        raise forms.ValidationError(_("Dit initiatief vinden we niet bij wat nog loopt. Klopt de naam of het adres?"))


def offer(form: forms.Form, name: str, rows: Any) -> None:
    """Give a field of choices its rows."""
    cast("forms.ModelChoiceField[Any]", form.fields[name]).queryset = rows
