"""Five thousand requests that make no sense, the same each time: each is answered, and none breaks anything."""

from collections import Counter
from http.cookies import SimpleCookie
from itertools import cycle

import pytest
from django.db import connection, transaction
from django.urls import NoReverseMatch, reverse

from socialewifi.core import health
from tests.journeys.nonsense import FORM, HEADERS, Form, Forms, Fuzzer, Request
from tests.journeys.permission_grid import EXEMPT, PEOPLE, ROWS
from tests.journeys.permission_world import World
from tests.journeys.test_permission_matrix import Browser

SEEDS, EACH = range(4), 1_250
# On so many pages every header is tried with all that may stand in it.
FEW = 8


@pytest.fixture
def world(db):
    health.beat()
    return World()


class Visitor(Browser):
    """A browser that is told of an error as people are: by a page."""

    def __init__(self):
        super().__init__(raise_request_exception=False)

    def send(self, request: Request):
        """Send it, and undo what it did."""
        kept = self.cookies.output(header="")
        with transaction.atomic():
            answer = self.generic(
                request.method, request.address, request.body, request.kind or FORM, headers=request.headers
            )
            # What the database only looks at when a deed is done, it looks at now.
            connection.check_constraints()
            transaction.set_rollback(True)
        self.cookies = SimpleCookie(kept)
        return answer


def visits(world):
    """Return who visits which address: someone who may, and whoever is signed in at the pages of signing in."""
    for row in ROWS:
        signs = row.visit if "o" in row.visit else row.send
        who = "owner" if len(signs) == 1 else PEOPLE[max(signs.replace(" ", "").find("o"), 0)]
        yield who, world.address(row.name, row.where)
    for name in EXEMPT:
        try:
            yield ("anonymous" if "account" in name else "contact"), reverse(name)
        except NoReverseMatch:
            continue


def nonsense(forms, fuzzer, address):
    """Yield what is sent around one page: nonsense in its address, and in each of its forms, without end."""
    while True:
        yield fuzzer.of_an_address(address)
        for form in fuzzer.shuffled(forms * 2):
            yield fuzzer.of_a_form(form, form.action or address)


def forms_of(visitor, address, known):
    """Return the forms of a page, but for those that every page has; what takes only a form is sent one anyhow."""
    page = visitor.get(address)
    html = page.headers.get("Content-Type", "").startswith("text/html")
    found = [form for form in Forms.of(page.content.decode()) if form.fields] if html else []
    new = [form for form in found if (form.action, *form.fields) not in known]
    known |= {(form.action, *form.fields) for form in found if form.action}
    return new or ([] if page.status_code == 200 else [Form("", "post", {"token": [], "reason": []})])


@pytest.fixture
def visitors(world):
    """Everyone, signed in once."""
    found = {person: Visitor() for person in world.people}
    for person, user in world.people.items():
        if user is not None:
            found[person].force_login(user)
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_is_sent_is_answered_and_breaks_nothing(world, visitors, seed):
    fuzzer, broken, answers = Fuzzer(seed), [], Counter()
    sending, known = [], set()
    for who, address in visits(world):
        forms = forms_of(visitors[who], address, known)
        sending.append((visitors[who], nonsense(forms, fuzzer, address)))
    for number in range(EACH):
        # Each seed begins elsewhere, so that together they send each form many times.
        visitor, requests = sending[(number + seed * 31) % len(sending)]
        request = next(requests)
        answer = visitor.send(request)
        answers[answer.status_code] += 1
        if answer.status_code >= 500:
            broken.append(str(request))

    assert broken == []
    # It is not all refused at the door: forms are read, and some of it makes sense after all.
    assert answers[422] > EACH / 10
    assert answers[200] > EACH / 10
    assert answers[302] > EACH / 40


def test_whatever_a_browser_says_of_itself_breaks_nothing(world, visitors):
    """What is read of it is read before the page: everywhere one of its sayings, and all of them on a few pages."""
    said = [(header, value) for header, values in HEADERS.items() for value in values]
    everywhere = list(visits(world))
    requests = [(*visit, *saying) for visit, saying in zip(everywhere, cycle(said), strict=False)]
    requests += [(*visit, *saying) for visit in everywhere[:: len(everywhere) // FEW] for saying in said]
    sent = [
        (visitors[who], Request(method, address, headers={header: value}))
        for number, (who, address, header, value) in enumerate(requests)
        for method in (("GET", "POST") if number < len(everywhere) else ("POST",))
    ]

    assert [str(request) for visitor, request in sent if visitor.send(request).status_code >= 500] == []
