"""Staff write down what someone tells at the counter or on the phone (R10)."""

import uuid

import pytest
from django.urls import reverse

from socialewifi.core.models import Message
from socialewifi.core.tests.factories import TextFactory
from socialewifi.initiatives.models import Draft, Initiative
from socialewifi.initiatives.tests.factories import ChannelFactory, InitiativeFactory, InterestFactory
from socialewifi.initiatives.tests.telling import PAGES, ready_to_report, texts
from socialewifi.people.actions.keys import open_with_key
from socialewifi.people.models import AccessKey
from socialewifi.people.tests.factories import NOON

pytestmark = pytest.mark.django_db
ENTER = "/werk/nieuw/"


@pytest.fixture(autouse=True)
def _the_region_is_there(region, municipality, agreements):
    ready_to_report()
    TextFactory(code="letter-access", subject="Jouw code", body="Dag {{ name }}\n\n{{ access_code }}\n\n{{ title }}")


@pytest.fixture
def at_the_counter(client, guide):
    client.force_login(guide)
    return client


def answers(**changed):
    told = {name: value for page in PAGES.values() for name, value in page.items()}
    desk = ChannelFactory(code="desk", name="Loket")
    about_us = {"channel": desk.pk, "situation": "counter", "has_consent": "on", "token": str(uuid.uuid4())}
    return {**told, **about_us, **changed}


def test_a_guide_writes_an_idea_down_for_someone_with_channel_reason_and_consent(at_the_counter, guide):
    answer = at_the_counter.post(ENTER, answers())

    initiative = Initiative.objects.get()
    assert answer.headers["Location"] == reverse("work-new-done", args=[initiative.key])
    assert initiative.entered_by == guide
    assert initiative.entered_for_reason == "Aan de balie"
    assert initiative.entered_with_consent_at is not None
    assert initiative.channel.code == "desk"
    assert initiative.doubt == ""
    assert initiative.initiators.get().name == "Roos Inwoner"


def test_without_consent_nothing_is_kept_and_what_was_typed_stays(at_the_counter):
    answer = at_the_counter.post(ENTER, answers(has_consent=""))

    assert answer.status_code == 422
    assert "Vraag eerst of het mag" in texts(answer)
    assert "Moestuin voor iedereen" in answer.content.decode()
    assert not Initiative.objects.exists()
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"idea": ""}, "Schrijf een paar woorden over het idee"),
        ({"phone": "", "email": ""}, "Vul een telefoonnummer of een e-mailadres in"),
        ({"phone": ""}, "Dit is nodig om zo contact te maken"),
        ({"preferred_channel": "letter"}, "Dit is nodig om zo contact te maken"),
        ({"situation": "other"}, "Schrijf erbij hoe het ging"),
        ({"channel": ""}, "Kies hoe het binnenkwam"),
    ],
)
def test_what_is_missing_is_asked_beside_its_field(at_the_counter, changed, words):
    answer = at_the_counter.post(ENTER, answers(**changed))

    assert answer.status_code == 422
    assert words in texts(answer)


def test_another_situation_is_kept_in_its_own_words(at_the_counter):
    at_the_counter.post(ENTER, answers(situation="other", situation_words="Op de markt"))

    assert Initiative.objects.get().entered_for_reason == "Op de markt"


def test_the_same_form_sent_twice_is_one_initiative(at_the_counter):
    form = answers()

    first, second = at_the_counter.post(ENTER, form), at_the_counter.post(ENTER, form)

    assert first.headers["Location"] == second.headers["Location"]
    assert Initiative.objects.count() == 1


def test_what_looks_like_it_is_shown_before_anything_is_saved(at_the_counter):
    at_the_counter.post(ENTER, answers())

    answer = at_the_counter.post(ENTER, answers(title="Moestuin voor iedereen!"))

    assert answer.status_code == 422
    assert "Is dit er al?" in texts(answer)
    assert Initiative.objects.count() == 1


def test_someone_who_looked_at_the_likeness_saves_it_all_the_same(at_the_counter):
    at_the_counter.post(ENTER, answers())

    answer = at_the_counter.post(ENTER, answers(is_new="yes"))

    assert answer.status_code == 303
    assert Initiative.objects.count() == 2


def test_afterwards_the_page_says_what_to_tell(at_the_counter):
    done = at_the_counter.post(ENTER, answers()).headers["Location"]

    shown = texts(at_the_counter.get(done))

    assert "belt je op 06 12345678" in shown
    assert "Dat is uiterlijk" in shown
    assert "Brief met code afdrukken" in shown


def test_a_letter_with_a_code_is_printed_at_once_and_only_the_paper_has_the_code(at_the_counter, monkeypatch):
    at_the_counter.post(ENTER, answers(email=""))
    owner = Initiative.objects.get().initiators.get()
    printed = []
    monkeypatch.setattr(
        "socialewifi.support.views.letters.letters_pdf", lambda letters, **_: printed.extend(letters) or b"%PDF-"
    )

    answer = at_the_counter.post(_code(owner), {"token": str(uuid.uuid4())})

    assert answer.headers["Content-Type"] == "application/pdf"
    code = printed[0].body.split("\n\n")[1]
    assert open_with_key(kind=AccessKey.Kind.LETTER, typed=code, at=NOON) == owner.user
    kept = Message.objects.get(kind="letter-access")
    assert code not in kept.body
    assert kept.sent_at is not None


def test_the_same_letter_is_not_made_twice(at_the_counter):
    at_the_counter.post(ENTER, answers(email=""))
    owner = Initiative.objects.get().initiators.get()
    form = {"token": str(uuid.uuid4())}

    at_the_counter.post(_code(owner), form)
    again = at_the_counter.post(_code(owner), form)

    assert again.status_code == 303
    assert Message.objects.filter(kind="letter-access").count() == 1


def test_who_helps_someone_from_elsewhere_can_give_the_code_until_it_is_taken_up(client, other_guide):
    client.force_login(other_guide)
    done = client.post(ENTER, answers(email="")).headers["Location"]
    owner = Initiative.objects.get().initiators.get()

    assert client.get(done).status_code == 200
    assert "Naar het initiatief" not in texts(client.get(done))
    assert client.get(_code(owner)).status_code == 200
    Initiative.objects.update(step="withdrawn")
    assert client.get(_code(owner)).status_code == 403


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("guide", 200),
        ("other_guide", 200),
        ("coordinator", 200),
        ("regional_coordinator", 200),
        ("ambassador", 403),
        ("panel_member", 403),
        ("administrator", 403),
        ("resident", 403),
    ],
)
def test_who_writes_ideas_down_for_others(client, request, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.get(ENTER).status_code == status


def test_a_stranger_sees_nothing_of_it(client, at_the_counter, other_guide):
    at_the_counter.post(ENTER, answers())
    owner = Initiative.objects.get().initiators.get()
    client.force_login(other_guide)

    assert client.get(reverse("work-new-done", args=[owner.initiative.key])).status_code == 404
    assert client.get(_code(owner)).status_code == 404


def test_nobody_enters_without_signing_in(client):
    assert client.get(ENTER).status_code == 302


def _code(owner):
    return reverse("work-code-letter", args=[owner.initiative.key, owner.pk])


def test_a_code_printed_at_the_counter_opens_nothing_else_of_who_has_the_address(at_the_counter, resident):
    """Whoever types the address of someone known here opens what was told now, and no more."""
    InitiativeFactory(title="Al bekend", owners=[resident])
    at_the_counter.post(ENTER, answers(email=resident.email))
    told = Initiative.objects.exclude(title="Al bekend").get()

    assert at_the_counter.post(_code(told.initiators.get()), {"token": str(uuid.uuid4())}).status_code == 200
    key = AccessKey.objects.get(kind=AccessKey.Kind.LETTER)
    assert list(Initiative.objects.owned_by(key.user)) == [told]


def test_whoever_reads_mail_hears_that_a_code_on_paper_opens_their_page(at_the_counter, resident):
    TextFactory(code="written-for-you", body="{{ words }}")
    at_the_counter.post(ENTER, answers(email=resident.email, preferred_channel="email"))
    Message.objects.all().update(sent_at=NOON)

    at_the_counter.post(_code(Initiative.objects.get().initiators.get()), {"token": str(uuid.uuid4())})

    assert "code op papier" in Message.objects.get(sent_at=None, to_email=resident.email).body


def test_who_wrote_it_down_and_then_stepped_aside_sees_it_no_more(client, other_guide):
    client.force_login(other_guide)
    done = client.post(ENTER, answers(email="")).headers["Location"]
    owner = Initiative.objects.get().initiators.get()
    InterestFactory(user=other_guide, initiative=owner.initiative)

    assert client.get(done).status_code == 404
    assert client.get(_code(owner)).status_code == 404


def test_an_ambassador_does_not_read_there_how_a_resident_is_reached(client, at_the_counter, ambassador):
    done = at_the_counter.post(ENTER, answers()).headers["Location"]
    client.force_login(ambassador)

    assert client.get(done).status_code == 403
