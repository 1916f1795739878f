"""What a panel member and an ambassador fill in."""

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from socialewifi.assessment.models import AmbassadorQuestion, PanelAdvice
from socialewifi.core.deeds import DeedForm
from socialewifi.core.fields import LineField, WordsField
from socialewifi.core.forms import ChoiceCards
from socialewifi.initiatives.models import Interest


class AdviceForm(DeedForm):
    choice = forms.ChoiceField(label=_("Wat vind jij?"), choices=PanelAdvice.Choice.choices, widget=ChoiceCards)
    reason = WordsField(
        label=_("Waarom?"),
        help_text=_("Een of twee zinnen. Wie het idee bedacht, leest dit zonder jouw naam."),
        longest=1500,
        rows=3,
    )


class WrittenAdviceForm(AdviceForm):
    """The same, for advice given on the phone or on paper."""

    field_order = ("choice", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["choice"].label = _("Wat vindt het panellid?")


class RecusalForm(DeedForm):
    relation = forms.ChoiceField(
        label=_("Hoe ben je erbij betrokken?"), choices=Interest.Relation.choices, widget=ChoiceCards
    )
    explanation = LineField(
        label=_("Wil je er iets bij zeggen?"),
        help_text=_("Alleen de coördinator leest dit."),
        longest=250,
        required=False,
    )


class WrittenRecusalForm(RecusalForm):
    """The same, for what a member said on the phone or on paper."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["relation"].label = _("Hoe is het panellid erbij betrokken? Kies wat het panellid zelf zou kiezen.")
        self.fields["explanation"].label = _("Wat zei het panellid erbij?")


class ObjectionForm(DeedForm):
    words = WordsField(
        label=_("Wat klopt er niet?"),
        help_text=_("De coördinator leest dit. Het mag ook leeg blijven."),
        longest=1500,
        rows=3,
        required=False,
    )


class AnswerForm(DeedForm):
    """The municipality's one answer."""

    answer = forms.ChoiceField(
        label=_("Wat vindt de gemeente?"),
        choices=AmbassadorQuestion.Answer.choices,
        widget=ChoiceCards(
            hints={
                AmbassadorQuestion.Answer.AGREE: _("Er staat niets in de weg."),
                AmbassadorQuestion.Answer.CONDITIONS: _("Schrijf hieronder welke."),
                AmbassadorQuestion.Answer.TALK_FIRST: _("Schrijf hieronder waarover, en wie we kunnen bellen."),
            }
        ),
    )
    words = WordsField(
        label=_("Toelichting"),
        help_text=_("De begeleider en de initiatiefnemers lezen dit."),
        longest=3000,
        rows=4,
        required=False,
    )


class WrittenAnswerForm(AnswerForm):
    """The same, for an answer by telephone, in a talk or on paper."""

    spoken_by = LineField(
        label=_("Wie zei dit namens de gemeente?"), help_text=_("Naam en functie, en hoe je het hoorde."), longest=150
    )
    # Which municipality was asked when this page was opened: it may have moved since.
    question = forms.IntegerField(widget=forms.HiddenInput, required=False)
    field_order = ("spoken_by", "answer", "words")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["question"] = self.about.pk

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or self.cleaned_data
        if fields.pop("question", None) not in {None, self.about.pk}:
            # What is drawn again is the question of now; whoever presses again read the name of that municipality.
            self.data = cast("QueryDict", self.data).copy()
            self.data["question"] = str(self.about.pk)
            raise forms.ValidationError(
                _("Dit idee ligt nu in een andere gemeente. Kijk wie er gevraagd is, en schrijf dat antwoord op.")
            )
        return fields
