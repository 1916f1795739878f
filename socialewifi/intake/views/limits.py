"""How many ideas may come from one connection before a person looks first. Nobody is refused: a library shares one."""

from datetime import timedelta

from django.http import HttpRequest

from socialewifi.core import limits
from socialewifi.initiatives.models import Doubt
from socialewifi.people.limits import client_address

IDEAS_PER_CONNECTION = 30


def too_many_ideas(request: HttpRequest) -> str:
    """Count this idea; return why a person should look first, or nothing."""
    is_little = limits.take("idea", client_address(request), most=IDEAS_PER_CONNECTION, within=timedelta(hours=1))
    return "" if is_little else Doubt.SAME_CONNECTION
