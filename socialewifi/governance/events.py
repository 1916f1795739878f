"""What can happen to an agreement."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from socialewifi.core.events import EventKind, day, register
from socialewifi.governance.models import Status


def _in_one_line(agreed: Mapping[str, Any]) -> str:
    """Say what was agreed: 4 (Vast; stuurgroep; voor 1 maart 2027)."""
    more = [str(Status(agreed["status"]).label), agreed["owner"]]
    if agreed["decide_by"]:
        more.append(gettext("voor %(day)s") % {"day": day(agreed["decide_by"])})
    words = "; ".join(more)
    return words if agreed["value"] is None else f"{agreed['value']} ({words})"


register(
    {
        "governance.agreement.changed": EventKind(
            _("%(name)s: van %(old)s naar %(new)s. %(reason)s"), reads={"old": _in_one_line, "new": _in_one_line}
        )
    }
)
