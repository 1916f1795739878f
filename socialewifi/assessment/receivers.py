"""What happens to an initiative and concerns its weighing, in the same transaction (initiatives.signals)."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from socialewifi.assessment.actions.stopping import stop_weighing
from socialewifi.initiatives.models import Initiative
from socialewifi.initiatives.signals import initiative_withdrawn


@receiver(initiative_withdrawn)
def close_weighing(initiative: Initiative, at: datetime, **_kwargs: Any) -> None:
    stop_weighing(initiative=initiative, at=at)
