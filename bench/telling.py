"""Ideas that are told up to the last button, so that only the button is measured: it makes the initiative."""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.test import Client
from psycopg.types.json import Jsonb

from bench.copying import copy_in
from bench.pages import REPORT, Page
from socialewifi.core.forms import stamp
from socialewifi.initiatives.models import Draft

# What each question is answered with; everything in order, as someone with an e-mail address tells it.
ANSWERS = {
    "naam": {"title": "Moestuin achter de flat"},
    "plek": {"municipality": "", "place": "achter de flat"},
    "mensen": {"participants": "Tien buren", "audience": "Iedereen uit de straat"},
    "plan": {"existing": "Een leeg veld", "effect": "Dat we elkaar leren kennen"},
    "hulp": {"needs": "Aarde, zaden en een hek", "amount_asked": "", "asked_before": ""},
    "jij": {"name": "Roos Inwoner", "phone": "", "email": "roos@voorbeeld.test"},
    "contact": {"preferred_channel": "email", "preferred_times": "", "language": "nl"},
}
IDEA = "We willen met de straat een moestuin beginnen op het lege veld achter de flat. Wie mee-eet, wiedt mee."
DRAFTS = 6000


class NotTold(Exception):
    """Raised when an idea cannot be told the way this bench does; its text is one line."""


def telling(*, at: datetime) -> Page:
    """Tell one idea page by page, leave thousands like it before the last button, and return the page to measure."""
    answers = _tell(at)
    began = at - timedelta(minutes=5)
    tokens = [uuid.UUID(int=(7 << 64) + n) for n in range(DRAFTS)]
    copy_in(Draft, ["token", "answers", "created_at", "updated_at"], _drafts(tokens, answers, began))
    body = f"homepage=&began={stamp(began)}"
    paths = [f"/vertel/{token}/controle/" for token in tokens]
    return Page("report an idea", *REPORT, paths, "", bodies=[body] * len(paths))


def _tell(at: datetime) -> dict[str, object]:
    """
    Walk through the questions as a browser does.

    :raises NotTold: if a question does not lead to the next one
    """
    browser = Client(SERVER_NAME="localhost")
    first = {"idea": IDEA, "homepage": "", "began": stamp(at - timedelta(minutes=1))}
    page = browser.post("/vertel/", first, secure=True)
    for question, answer in ANSWERS.items():
        if page.status_code != 303:
            raise NotTold(
                f"The question before {question!r} answers {page.status_code}: bench/telling.py is out of date."
            )
        token = page.headers["Location"].split("/")[2]
        page = browser.post(f"/vertel/{token}/{question}/", answer, secure=True)
    if not page.headers.get("Location", "").endswith("/controle/"):
        raise NotTold("Answering every question does not lead to the last button: bench/telling.py is out of date.")
    return Draft.objects.get(pk=token).answers


def _drafts(tokens: list[uuid.UUID], answers: dict[str, object], began: datetime) -> Iterator[tuple[object, ...]]:
    for number, token in enumerate(tokens):
        own = {**answers, "email": f"verteller{number}@voorbeeld.test", "name": f"Verteller {number}"}
        yield token, Jsonb(own), began, began
