from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from socialewifi.core import events
from socialewifi.core.errors import NotAllowed
from socialewifi.core.models import Event
from socialewifi.governance.actions import CannotChange, change_agreement
from socialewifi.governance.models import AgreementChange, Status
from socialewifi.governance.queries import number
from socialewifi.governance.rules import can_change_agreements, can_read_agreements
from socialewifi.governance.tests.factories import AgreementFactory
from socialewifi.people.tests.factories import NOON


@pytest.fixture
def quorum(db):
    return AgreementFactory(code="panel-quorum", name="Adviezen", value=3)


def change(agreement, by, **fields):
    wanted = {"value": 4, "status": Status.FIXED, **fields}
    reason = wanted.pop("reason", "Stuurgroep 8 juni")
    agreement.refresh_from_db()
    return change_agreement(
        agreement=agreement, agreed=replace(agreement.agreed, **wanted), reason=reason, by=by, at=NOON
    )


def test_a_decision_changes_the_number_and_ends_what_was_provisional(quorum, administrator):
    assert number("panel-quorum").is_provisional

    change(quorum, administrator)

    assert (number("panel-quorum").value, number("panel-quorum").is_provisional) == (4, False)


def test_every_change_stays_with_who_when_why_and_what_it_was(quorum, administrator):
    change(quorum, administrator)
    change(quorum, administrator, value=5, reason="Terugblik")

    first, second = quorum.changes.order_by("id")
    assert (first.old_value, first.new_value, first.old_status, first.new_status) == (3, 4, "open", "fixed")
    assert (second.old_value, second.new_value, second.by, second.reason) == (4, 5, administrator, "Terugblik")
    assert "van 3 (Nog open; Stuurgroep) naar 4 (Vast; Stuurgroep). Stuurgroep 8 juni" in events.label(
        Event.objects.earliest("id")
    )


def test_who_decides_and_before_when_can_change_with_their_history(client, quorum, administrator):
    change(quorum, administrator, value=3, status=Status.OPEN, owner="Regiegroep", decide_by=date(2027, 3, 1))

    quorum.refresh_from_db()
    assert (quorum.owner, quorum.decide_by, quorum.value) == ("Regiegroep", date(2027, 3, 1), 3)
    client.force_login(administrator)
    page = client.get("/beheer/afspraken/panel-quorum/").content.decode()
    assert "Nu beslist: Regiegroep." in page
    assert "Besluit nodig voor 1 maart 2027." in page


def test_history_cannot_be_rewritten(quorum, administrator):
    change(quorum, administrator)

    with pytest.raises(DatabaseError), transaction.atomic():
        AgreementChange.objects.update(reason="anders")


@pytest.mark.parametrize("value", [0, 1])
def test_one_resident_is_never_agreed_to_be_a_panel(client, quorum, administrator, value):
    with pytest.raises(CannotChange, match="minstens 2"):
        change(quorum, administrator, value=value)
    client.force_login(administrator)
    page = "/beheer/afspraken/panel-quorum/wijzigen/"
    token = client.get(page).context["form"]["token"].value()
    sent = {"token": token, "value": value, "status": "fixed", "owner": "Stuurgroep", "reason": "Sneller"}
    assert client.post(page, sent).status_code == 422
    with pytest.raises(IntegrityError, match="within_bounds"), transaction.atomic():
        type(quorum).objects.update(value=value)


def test_no_term_is_agreed_to_be_nothing(administrator):
    term = AgreementFactory(code="panel-term")

    with pytest.raises(CannotChange, match="minstens 1"):
        change(term, administrator, value=0)
    with pytest.raises(IntegrityError, match="within_bounds"), transaction.atomic():
        type(term).objects.update(value=0)


@pytest.mark.parametrize(
    "fields",
    [{"reason": " "}, {"value": None}, {"owner": " "}, {"value": 3, "status": Status.OPEN}],
    ids=["why", "number", "owner", "same"],
)
def test_a_change_without_reason_number_or_difference_is_refused(quorum, administrator, fields):
    with pytest.raises(CannotChange):
        change(quorum, administrator, **fields)

    assert not AgreementChange.objects.exists()


def test_what_is_agreed_in_words_has_no_number(administrator):
    mandate = AgreementFactory(text_only=True)

    with pytest.raises(CannotChange):
        change(mandate, administrator, value=4)
    change(mandate, administrator, value=None)

    mandate.refresh_from_db()
    assert mandate.status == Status.FIXED


@pytest.mark.parametrize(
    ("who", "reads", "changes"),
    [
        ("resident", False, False),
        ("panel_member", False, False),
        ("guide", False, False),
        ("coordinator", True, False),
        ("regional_coordinator", True, False),
        ("ambassador", False, False),
        ("treasurer", False, False),
        ("steering_member", True, False),
        ("convener", False, False),
        ("administrator", True, True),
    ],
)
def test_who_sees_and_who_changes_agreements(request, client, quorum, who, reads, changes):
    user = request.getfixturevalue(who)
    client.force_login(user)

    assert (can_read_agreements(user), can_change_agreements(user)) == (reads, changes)
    assert client.get("/beheer/afspraken/").status_code == (200 if reads else 403)
    assert client.get("/beheer/afspraken/panel-quorum/").status_code == (200 if reads else 403)
    assert client.get("/beheer/afspraken/panel-quorum/wijzigen/").status_code == (200 if changes else 403)
    if not changes:
        with pytest.raises(NotAllowed):
            change(quorum, user)


def test_the_list_says_what_is_open_and_takes_few_queries(client, coordinator, django_assert_max_num_queries):
    for number_of in range(20):
        AgreementFactory(code=f"term-{number_of}")
    client.force_login(coordinator)

    with django_assert_max_num_queries(8):
        page = client.get("/beheer/afspraken/").content.decode()

    assert "20 afspraken staan nog niet vast" in page
    assert "Een besluit schrijft de beheerder hier op" in page


def test_a_decision_is_written_down_on_the_page(client, quorum, administrator):
    client.force_login(administrator)
    page = client.get("/beheer/afspraken/panel-quorum/wijzigen/")
    token = page.context["form"]["token"].value()
    sent = {"token": token, "value": "5", "status": "fixed", "owner": quorum.owner, "reason": "Stuurgroep"}

    refused = client.post("/beheer/afspraken/panel-quorum/wijzigen/", {**sent, "reason": ""})
    assert refused.status_code == 422
    for _again in range(2):
        answer = client.post("/beheer/afspraken/panel-quorum/wijzigen/", sent)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/beheer/afspraken/panel-quorum/")

    assert quorum.changes.count() == 1
    assert "Van 3 naar 5" in client.get("/beheer/afspraken/panel-quorum/").content.decode()
