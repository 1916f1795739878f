"""Mail that could not arrive: an administrator finds it, has it sent again, and reads nothing of a resident."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from socialewifi.core import clock
from socialewifi.core.actions import send_mail, send_written_mail
from socialewifi.core.models import Event, Message
from socialewifi.core.tests.factories import TextFactory
from socialewifi.people.actions.mail import NotWaiting, send_again
from socialewifi.people.tests.factories import NOON, UserFactory

pytestmark = pytest.mark.django_db


def did_not_arrive(mail, because="550"):
    mail.note_undeliverable(at=NOON, because=because)
    return mail


@pytest.fixture
def of_the_guide(guide):
    sent = send_written_mail(
        kind="people.access_changed",
        subject="Toegang",
        body="Iets",
        name=guide.name,
        email=guide.email,
        language="nl",
        at=NOON,
        recipient_id=guide.pk,
    )
    return did_not_arrive(sent)


@pytest.fixture
def of_a_resident():
    TextFactory(code="report-confirmed", language="nl", subject="Je idee: een moestuin", body="Dag")
    someone = UserFactory(name="Roos Resident", email=None)
    sent = send_mail(
        code="report-confirmed",
        name=someone.name,
        email="roos@voorbeeld.test",
        language="nl",
        at=NOON,
        recipient_id=someone.pk,
        about=someone,
    )
    return did_not_arrive(sent, because="week")


def test_the_administrator_is_told_and_finds_it(client, administrator, guide, of_the_guide):
    client.force_login(administrator)

    assert "1 mail kwam niet aan" in client.get("/beheer/").content.decode()
    page = client.get("/beheer/mail/").content.decode()

    assert guide.email in page
    assert "weigert hem voorgoed (550)" in page


def test_of_a_resident_the_administrator_reads_only_that_there_is_one(client, administrator, of_a_resident):
    client.force_login(administrator)

    page = client.get("/beheer/mail/").content.decode()

    assert "een inwoner" in page
    assert "De contactpersoon heeft de vraag om te bellen" in page
    assert not any(words in page for words in ("Roos", "roos@", "moestuin"))


def test_what_is_sent_again_is_on_its_way_and_off_the_page(client, administrator, of_the_guide):
    client.force_login(administrator)
    path = f"/beheer/mail/{of_the_guide.pk}/opnieuw/"
    token = client.get(path).context["form"]["token"].value()

    for _twice in range(2):
        assert client.post(path, {"token": token}).status_code == 303

    assert not Message.objects.undeliverable().exists()
    assert ProcrastinateJob.objects.filter(args__message_id=of_the_guide.pk).count() == 2
    assert Event.objects.filter(kind="people.mail.sent_again").count() == 1


def test_what_went_on_its_way_meanwhile_is_not_sent_twice(administrator, of_the_guide):
    send_again(mail=of_the_guide, by=administrator, at=clock.now())

    with pytest.raises(NotWaiting):
        send_again(mail=of_the_guide, by=administrator, at=clock.now())


def test_a_mail_server_that_does_not_answer_is_told_after_an_hour(client, administrator, of_the_guide):
    client.force_login(administrator)
    assert "langer dan een uur" not in client.get("/beheer/").content.decode()
    Message.objects.filter(pk=of_the_guide.pk).update(undeliverable_at=None, undeliverable_because="")

    assert "1 mail wacht al langer dan een uur" in client.get("/beheer/").content.decode()


def test_of_a_mail_that_waits_for_nobody_an_administrator_reads_nothing(client, administrator, of_the_guide):
    of_the_guide.note_again(at=NOON)
    client.force_login(administrator)

    assert client.get(f"/beheer/mail/{of_the_guide.pk}/opnieuw/").status_code == 403
