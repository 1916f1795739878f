"""How many ideas may come from one connection before a person looks first. Nobody is refused: a library shares one."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django_ratelimit.core import is_ratelimited

IDEAS_PER_CONNECTION = "30/h"


def too_many_ideas(request: HttpRequest) -> str:
    """Count this idea; return why a person should look first, or nothing."""
    is_much = is_ratelimited(request, group="initiatives.report", key="ip", rate=IDEAS_PER_CONNECTION, increment=True)
    return _("Veel ideeën van dezelfde verbinding") if is_much else ""
