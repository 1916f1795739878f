"""
Filling the database of DATABASE_URL, and writing down what to ask and for whom.

It runs in a process of its own (``bench.with_django``), since Django has one database for as long as it lives.
"""

import json
import time
from collections import Counter
from dataclasses import asdict
from datetime import datetime
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.utils import timezone

from bench.fill import Filled, fill
from bench.pages import Visitors, pages
from bench.telling import telling
from socialewifi.assessment.models import PanelSeat
from socialewifi.people.models import User
from socialewifi.people.second_step import SET_UP

REGION = Path(__file__).resolve().parent.parent / "regions" / "zuid-limburg"


def main(file: str, initiatives: str, events: str) -> None:
    """Make the tables, load the region, fill, and leave in ``file`` what the measuring process needs."""
    at = timezone.now().replace(second=0, microsecond=0)
    call_command("migrate", verbosity=0)
    call_command("load_region", str(REGION), stdout=StringIO())
    began = time.monotonic()
    filled = fill(initiatives=int(initiatives), events=int(events), at=at)
    prepared = {
        "initiatives": len(filled.lives),
        "events": filled.events,
        "seconds": round(time.monotonic() - began, 1),
        **ask(filled, at=at),
    }
    Path(file).write_text(json.dumps(prepared), encoding="utf-8")


def ask(filled: Filled, *, at: datetime) -> dict[str, object]:
    """Return the pages with their addresses, and a signed-in session for each of those who look at them."""
    where = Counter(life.place.subregion for life in filled.lives if life.contact)
    visitors = Visitors(
        guide=User.objects.get(pk=filled.cast.guides[where.most_common(1)[0][0]][0].pk),
        coordinator=User.objects.get(pk=filled.cast.whole_region[0].pk),
        member=User.objects.get(pk=_busiest_panel_member()),
    )
    return {
        "cookies": {who: sign_in(user) for who, user in vars(visitors).items()},
        "pages": [asdict(page) for page in [*pages(filled, visitors), telling(at=at)]],
    }


def _busiest_panel_member() -> int:
    waiting = Counter(PanelSeat.objects.waiting().order_by("pk").values_list("member", flat=True))
    return waiting.most_common(1)[0][0]


def sign_in(user: User) -> str:
    """Make the session that someone has after a password and a second factor, and return its cookie."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[SET_UP] = user.pk
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
