"""The outcome in the lines of a mail or letter, made from the reasons; each line in the language of its reader."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from socialewifi.assessment.models import Assessment
from socialewifi.assessment.queries import Told, told
from socialewifi.core.amounts import euros
from socialewifi.initiatives.actions.inform import words_to_read


def values(outcome: Told) -> dict[str, Any]:
    """Return what the region's text ``outcome`` fills in; the lines take the language in which they are read."""
    return {
        "outcome": outcome.name,
        "reason": outcome.reason,
        "parts": lazy(part_lines, str)(outcome),
        "alternative": outcome.alternative,
        "advices": lazy(advice_lines, str)(outcome),
        "municipality": lazy(municipality_line, str)(outcome),
    }


def preview(assessment: Assessment, fields: Mapping[str, Any]) -> str:
    """Return the letter as the first initiator will read it, made from what was filled in; nothing is kept."""
    initiative = assessment.initiative
    assessment.outcome, assessment.reason = fields["outcome"], fields["reason"]
    assessment.alternative = fields["alternative"]
    assessment.below_quorum_because = fields["below_quorum_because"]
    return words_to_read(initiative=initiative, code="outcome", **values(told(assessment, parts=fields["parts"])))


def part_lines(outcome: Told) -> str:
    """Return one line for each part: what it is, and why."""
    lines = []
    for part in outcome.parts:
        what = ", ".join(str(word) for word in (euros(part.amount), part.what) if word)
        name = _("%(name)s (%(what)s)") % {"name": part.name, "what": what} if what else str(part.name)
        lines.append(f"- {name}: {part.reason}")
    return "\n".join(lines)


def advice_lines(outcome: Told) -> str:
    """Return what the residents advised, without their names; disagreement stays as it is (R8)."""
    lines = [f"- {advice.choice}: {advice.reason}" for advice in outcome.advices]
    if outcome.written_down:
        count = ngettext(
            "%(n)s advies is opgeschreven door iemand die hier werkt, voor een panellid dat belde of schreef.",
            "%(n)s adviezen zijn opgeschreven door iemand die hier werkt, voor panelleden die belden of schreven.",
            outcome.written_down,
        )
        lines.append(count % {"n": outcome.written_down})
    if outcome.earlier:
        lines.append(_("Eerder is dit ook gewogen, zonder uitkomst. Toen zeiden inwoners:"))
        lines += [f"- {advice.choice}: {advice.reason}" for advice in outcome.earlier]
    if outcome.below_quorum_because:
        few = _("We gingen verder met minder adviezen dan we willen: %(because)s")
        lines.append(few % {"because": outcome.below_quorum_because})
    return "\n".join(lines)


def municipality_line(outcome: Told) -> str:
    """Return what the municipality answered, or that it did not, or that nobody there could get the question."""
    asked = outcome.municipality
    if asked is None:
        return ""
    if not asked.got_it:
        return _("De gemeente %(name)s heeft nog niemand voor zulke vragen. Daarom is er geen antwoord.") % {
            "name": asked.name
        }
    if not asked.answer:
        return _("De gemeente %(name)s gaf op tijd geen antwoord.") % {"name": asked.name}
    return " ".join([_("De gemeente %(name)s antwoordt: %(answer)s.") % vars(asked), asked.words]).strip()
