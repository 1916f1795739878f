"""The pages on which initiators do what is theirs, as a browser without JavaScript sends them."""

import uuid
from html import unescape

import pytest
from django.urls import reverse

from socialewifi.core.models import Message
from socialewifi.core.tests.factories import write_texts
from socialewifi.initiatives.models import PLAN_FIELDS, Initiative
from socialewifi.initiatives.tests.factories import (
    EffectStoryFactory,
    InitiativeFactory,
    InitiatorFactory,
    PostFactory,
)
from socialewifi.initiatives.tests.waiting import while_it_waits
from socialewifi.people.models import User
from socialewifi.people.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _words(agreements, region):
    write_texts()


@pytest.fixture
def initiative(resident, guide, municipality):
    return InitiativeFactory(
        title="Plukbos",
        supporting=True,
        contact_person=guide,
        municipality=municipality,
        owners=[resident],
        owners__phone="06 12345678",
    )


@pytest.fixture
def second(initiative):
    user = UserFactory(name="Bas Tweede")
    InitiatorFactory(initiative=initiative, user=user)
    return user


@pytest.fixture
def own(client, resident):
    client.force_login(resident)
    return client


def address(name, initiative, *rest):
    return reverse(name, args=[initiative.key, *rest])


def send(client, url, **fields):
    return client.post(url, {"token": uuid.uuid4(), **fields})


def plan_of(initiative, **changes):
    known = {field: getattr(initiative, field) for field in PLAN_FIELDS}
    return {**{field: value for field, value in known.items() if value is not None}, **changes}


DEEDS = [
    "mine-plan", "mine-plan-versions", "mine-posts", "mine-timeline", "mine-reach", "mine-stop", "mine-owners",
    "mine-leave", "mine-public", "mine-preview", "mine-hide", "mine-story-tell",
]  # fmt: skip


@pytest.mark.parametrize("name", DEEDS)
def test_every_page_opens_for_its_initiator_only(client, initiative, resident, guide, stranger, name):
    assert client.get(address(name, initiative)).status_code == 403
    for someone, status in [(resident, 200), (stranger, 404), (guide, 404)]:
        client.force_login(someone)
        assert client.get(address(name, initiative)).status_code == status


@pytest.mark.parametrize("name", ["mine-story", "mine-story-agree", "mine-story-hide", "mine-story-take-back"])
def test_the_pages_of_a_story_open_for_its_initiators_only(client, initiative, resident, stranger, name):
    story = EffectStoryFactory(initiative=initiative, told_by=resident)

    for someone, status in [(resident, 200), (stranger, 404)]:
        client.force_login(someone)
        assert client.get(address(name, initiative, story.pk)).status_code == status


def test_a_story_of_another_initiative_is_not_found(own, initiative):
    other = EffectStoryFactory()

    assert own.get(address("mine-story", initiative, other.pk)).status_code == 404


def test_the_list_shows_ones_own_initiatives_with_what_happens_now(own, initiative, django_assert_max_num_queries):
    InitiativeFactory(title="Van een ander", owners=[UserFactory()])

    with django_assert_max_num_queries(12):
        page = own.get(reverse("mine-list")).content.decode()

    assert "Plukbos" in page
    assert "Nu: je krijgt hulp" in page
    assert "Gijs Begeleider" in page
    assert "Van een ander" not in page


def test_someone_without_an_initiative_is_asked_for_an_idea(client, stranger):
    client.force_login(stranger)

    assert "Je hebt hier nog geen idee" in client.get(reverse("mine-list")).content.decode()


def test_the_plan_is_kept(own, initiative):
    answer = send(own, address("mine-plan", initiative), **plan_of(initiative, needs="Een hek"))

    assert answer.status_code == 303
    initiative.refresh_from_db()
    assert initiative.needs == "Een hek"


def as_drawn(client, url):
    form = client.get(url).context["form"]
    return {name: "" if form[name].value() is None else form[name].value() for name in form.fields}


def test_two_people_at_once_lose_nothing(client, resident, initiative, second):
    plan = address("mine-plan", initiative)
    client.force_login(resident)
    drawn = as_drawn(client, plan)
    client.force_login(second)
    send(client, plan, **plan_of(initiative, needs="Een hek"))
    client.force_login(resident)

    kept = client.post(plan, {**drawn, "effect": "Minder eenzaam"})

    assert kept.status_code == 303
    initiative.refresh_from_db()
    assert (initiative.needs, initiative.effect) == ("Een hek", "Minder eenzaam")
    assert initiative.plan_versions.latest("number").number == 3


def test_what_two_people_wrote_at_once_is_asked_about(client, resident, initiative, second):
    plan = address("mine-plan", initiative)
    client.force_login(resident)
    drawn = as_drawn(client, plan)
    client.force_login(second)
    send(client, plan, **plan_of(initiative, needs="Een hek"))
    client.force_login(resident)

    asked = client.post(plan, {**drawn, "needs": "Zand"})

    assert asked.status_code == 422
    assert "Intussen staat hier: ‘Een hek’." in unescape(asked.content.decode())
    again = asked.context["form"].data
    assert again["needs"] == "Zand"
    assert client.post(plan, again).status_code == 303
    initiative.refresh_from_db()
    assert initiative.needs == "Zand"


def test_earlier_versions_tell_who_changed_what(own, initiative):
    send(own, address("mine-plan", initiative), **plan_of(initiative, needs="Een hek"))

    page = own.get(address("mine-plan-versions", initiative)).content.decode()

    assert "Door Roos Inwoner" in page
    assert "Een hek" in page


def test_the_same_form_twice_writes_one_message(own, initiative):
    token = uuid.uuid4()
    for _time in range(2):
        answer = own.post(address("mine-post", initiative), {"token": token, "body": "Mag er een hek?"})
        assert answer.status_code == 303

    assert initiative.posts.count() == 1


def test_a_message_says_who_reads_it(own, initiative, second):
    page = own.get(address("mine-posts", initiative)).content.decode()

    assert "Gijs Begeleider leest dit." in page
    assert "Bas Tweede ook." in page


def test_a_message_that_was_opened_is_no_longer_new(own, initiative, guide):
    post = PostFactory(initiative=initiative, by=guide, is_from_initiators=False)

    assert "Lees het bericht van" in own.get(address("mine-initiative", initiative)).content.decode()
    own.get(address("mine-posts", initiative))

    post.refresh_from_db()
    assert post.read_at is not None
    assert "Lees het bericht van" not in own.get(address("mine-initiative", initiative)).content.decode()


def test_an_initiator_says_how_to_be_reached(own, initiative):
    answer = send(
        own,
        address("mine-reach", initiative),
        name="Roos",
        phone="06 12345678",
        preferred_channel="letter",
        address="Dorpsstraat 1",
        language="de",
    )

    assert answer.status_code == 303
    initiator = initiative.initiators.get()
    assert (initiator.preferred_channel, initiator.language) == ("letter", "de")


def test_what_cannot_arrive_is_said_beside_the_field(own, initiative):
    answer = send(
        own,
        address("mine-reach", initiative),
        name="Roos",
        phone="06 12345678",
        preferred_channel="email",
        language="nl",
    )

    assert answer.status_code == 422
    assert "Vul je e-mailadres in, of kies iets anders." in answer.content.decode()


def test_stopping_and_going_on_again(own, initiative):
    assert send(own, address("mine-stop", initiative), reason="We verhuizen.").status_code == 303
    assert Initiative.objects.get().step == "withdrawn"

    assert send(own, address("mine-again", initiative), reason="Toch niet.").status_code == 303
    assert Initiative.objects.get().step == "exploring"


def test_whose_claim_lapses_while_they_stop_it_stops_nothing(client, initiative, monkeypatch):
    account = UserFactory(email="eigen@voorbeeld.test")
    mine = UserFactory(email=None, account=account)
    InitiatorFactory(initiative=initiative, user=mine, email=account.email)
    client.force_login(account)
    while_it_waits(monkeypatch, lambda: User.objects.filter(pk=mine.pk).update(account=None))

    assert send(client, address("mine-stop", initiative), reason="Weg ermee.").status_code == 422
    assert Initiative.objects.get().step != "withdrawn"


def test_the_others_hear_that_it_stopped(own, initiative, second):
    send(own, address("mine-stop", initiative), reason="")

    assert Message.objects.get(kind="withdrawn").to_email == second.email


def test_the_last_one_cannot_leave_and_reads_what_can_be_done(own, initiative):
    answer = send(own, address("mine-leave", initiative))

    assert answer.status_code == 422
    assert "stop met het idee" in answer.content.decode()


def test_leaving_leads_back_to_the_list(own, initiative, second):
    answer = send(own, address("mine-leave", initiative))

    assert answer.headers["Location"] == reverse("mine-list")
    assert initiative.initiators.current().get().user.account == second


def test_a_new_question_is_asked_once_it_runs(own, initiative):
    assert own.get(address("mine-question", initiative)).status_code == 403
    Initiative.objects.update(step="sustaining")

    assert send(own, address("mine-question", initiative), question="Wie kan snoeien?").status_code == 303
    assert Initiative.objects.get().step == "supporting"


@pytest.mark.parametrize(
    ("name", "fields", "said"),
    [
        ("mine-post", {"body": "Mag er een hek?"}, "Je bericht is verstuurd."),
        ("mine-invite", {"name": "Bas", "phone": "06 87654321"}, "Je vraag om mee te doen is onderweg."),
        ("mine-stop", {"reason": ""}, "Je bent gestopt."),
    ],
)
def test_what_an_initiator_did_is_confirmed_on_the_next_page(own, initiative, name, fields, said):
    answer = send(own, address(name, initiative), **fields)

    assert said in own.get(answer["location"]).content.decode()


@pytest.mark.parametrize(
    "name", ["mine-posts", "mine-reach", "mine-stop", "mine-owners", "mine-public", "mine-timeline"]
)
def test_every_page_tells_whom_to_call(own, initiative, guide, name):
    guide.phone, guide.working_days = "099 - 000 00 01", "Maandag en dinsdag"
    guide.save()

    page = own.get(address(name, initiative)).content.decode()

    assert all(words in page for words in ("Gijs Begeleider", "099 - 000 00 01", "Maandag en dinsdag"))


def test_until_there_is_a_contact_every_page_tells_the_number_of_the_desk(own, resident, region):
    reported = InitiativeFactory(owners=[resident])

    assert region.desk_phone in own.get(address("mine-reach", reported)).content.decode()
