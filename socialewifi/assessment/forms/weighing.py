"""What a coordinator and a guide fill in to weigh."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from socialewifi.assessment import queries
from socialewifi.assessment.actions.scoring import Score
from socialewifi.assessment.models import Assessment, Criterion, CriterionScore, Trigger
from socialewifi.core import clock
from socialewifi.core.deeds import DeedForm
from socialewifi.core.editing import EditForm
from socialewifi.core.fields import LineField, WordsField
from socialewifi.core.forms import ChoiceCards
from socialewifi.governance.queries import number
from socialewifi.people.models import User


class AskForm(DeedForm):
    """When the municipality is asked, and what."""

    triggers = forms.ModelMultipleChoiceField(
        label=_("Raakt het de gemeente?"),
        help_text=_("Vink aan wat past. Dan krijgt de ambassadeur van de gemeente één vraag."),
        queryset=Trigger.objects.filter(retired_at=None).order_by("position", "pk"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies waar het de gemeente raakt.")},
    )
    question = WordsField(
        label=_("Wat wil je de gemeente vragen?"),
        help_text=_("De ambassadeur en de initiatiefnemers lezen dit."),
        longest=2000,
        rows=3,
        required=False,
    )


class OpenForm(AskForm):
    members = forms.ModelMultipleChoiceField(
        label=_("Wie kijken mee?"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices--two"}),
    )
    is_living_environment = forms.BooleanField(
        label=_("Het gaat over de leefomgeving"),
        help_text=_("Dan kijken we ook naar de zeven uitgangspunten voor een gezonde leefomgeving."),
        required=False,
    )
    field_order = ("members", "triggers", "question", "is_living_environment")

    def as_it_is(self) -> dict[str, Any]:
        """Begin with why the municipality was asked before: that holds in each weighing of this initiative (R3)."""
        known = queries.asked_before(self.about)
        if known.triggers:
            names = ", ".join(map(str, known.triggers))
            self.fields["triggers"].help_text = _("De gemeente is eerder gevraagd, om: %(names)s. Dat blijft.") % {
                "names": names
            }
        return {"triggers": known.triggers, "question": known.question}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        quorum = number("panel-quorum").value
        self.fields["triggers"].required = False
        members = self.fields["members"]
        members.error_messages["required"] = _("Kies minstens %(quorum)s panelleden.") % {"quorum": quorum}
        members.queryset = queries.panel_candidates(self.about, clock.today())  # type: ignore[attr-defined]
        members.help_text = _("Kies er minstens %(quorum)s. Wie erbij betrokken is, staat er niet bij.") % {
            "quorum": quorum
        }


class PanelMemberForm(DeedForm):
    member = forms.ModelChoiceField(
        label=_("Wie vraag je erbij?"), queryset=User.objects.none(), widget=ChoiceCards, empty_label=None
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = queries.panel_candidates(self.about.initiative, clock.today())
        asked = self.about.seats.values("member")
        self.fields["member"].queryset = free.exclude(pk__in=asked)  # type: ignore[attr-defined]


class CriteriaForm(EditForm):
    """All criteria on one page; what is left open stays open."""

    def __init__(self, *args: Any, about: Assessment, **kwargs: Any) -> None:
        super().__init__(*args, about=about, **kwargs)
        self.criteria = list(queries.criteria_of(about))
        for criterion in self.criteria:
            self.fields[f"answer_{criterion.pk}"] = forms.ChoiceField(
                label=criterion.name,
                help_text=criterion.explanation,
                choices=CriterionScore.Answer.choices,
                widget=forms.RadioSelect(attrs={"class": "choices--three"}),
                required=False,
            )
            self.fields[f"why_{criterion.pk}"] = LineField(label=_("Waarom?"), longest=500, required=False)
        for field in self.fields.values():
            # The page says that what is left open can be done later.
            field.page_says_optional = True  # type: ignore[attr-defined]
        self.remember()

    def as_it_is(self) -> dict[str, Any]:
        self.scored = {score.criterion_id: score for score in self.about.scores.all()}
        noted = [(key, score) for key, score in self.scored.items() if f"answer_{key}" in self.fields]
        answers = {f"answer_{key}": score.answer for key, score in noted}
        empty = {name: "" for name in self.fields if name.startswith(("answer_", "why_"))}
        return empty | answers | {f"why_{key}": score.why for key, score in noted}

    @property
    def rows(self) -> list[tuple[Criterion, forms.BoundField, forms.BoundField]]:
        return [(one, self[f"answer_{one.pk}"], self[f"why_{one.pk}"]) for one in self.criteria]

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or self.cleaned_data
        scores = [score for one in self.criteria if (score := self._score(one, fields)) is not None]
        return {"token": fields.get("token"), "scores": scores}

    def _score(self, criterion: Criterion, fields: dict[str, Any]) -> Score | None:
        """Return what was noted on this criterion, unless nothing was, or it was noted before."""
        answer, why = fields.get(f"answer_{criterion.pk}", ""), fields.get(f"why_{criterion.pk}", "")
        known = self.scored.get(criterion.pk)
        if known is not None and (known.answer, known.why) == (answer, why):
            return None
        if why and not answer:
            self.add_error(f"answer_{criterion.pk}", _("Kies er één."))
        return Score(criterion, answer, why) if answer else None


class ReturnForm(DeedForm):
    reason = WordsField(
        label=_("Wat zoeken jullie eerst nog uit?"),
        help_text=_("De initiatiefnemers lezen dit."),
        longest=2000,
        rows=4,
    )
