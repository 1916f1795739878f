"""Owning it together: inviting, publishing, telling, and what is written down at work for who says it on the phone."""

import re
import uuid

import pytest
from django.urls import reverse

from socialewifi.core.models import Message
from socialewifi.core.tests.factories import write_texts
from socialewifi.initiatives.models import Consent, Initiative, Initiator
from socialewifi.initiatives.tests.factories import InitiativeFactory, InitiatorFactory, InvitationFactory
from socialewifi.people.models import AccessKey, User
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


def test_publishing_seeing_it_and_taking_it_offline(own, initiative):
    send(own, address("mine-public", initiative), public_text="Kom plukken!")
    assert Initiative.objects.published().exists()
    assert "Kom plukken!" in own.get(address("mine-preview", initiative)).content.decode()

    send(own, address("mine-hide", initiative))
    assert not Initiative.objects.published().exists()


def test_the_second_initiator_is_asked_on_their_page(client, own, initiative, second):
    send(own, address("mine-public", initiative), public_text="Kom plukken!")
    assert not Initiative.objects.published().exists()

    client.force_login(second)
    assert (
        "Zeg of anderen jullie pagina mogen zien" in client.get(address("mine-initiative", initiative)).content.decode()
    )
    send(client, address("mine-public", initiative), public_text="Kom plukken!")

    assert Initiative.objects.published().exists()


def test_telling_a_story_and_deciding_who_reads_it(own, initiative):
    send(own, address("mine-story-tell", initiative), title="Oogst", body="Twee manden vol.", agrees="no")
    story = initiative.stories.get()
    assert story.published_at is None

    for name, is_shown in [("mine-story-agree", True), ("mine-story-hide", False)]:
        assert send(own, address(name, initiative, story.pk)).status_code == 303
        story.refresh_from_db()
        assert (story.published_at is not None) is is_shown

    send(own, address("mine-story-take-back", initiative, story.pk))
    assert own.get(address("mine-story", initiative, story.pk)).status_code == 404


def test_no_story_before_there_is_help(own, initiative):
    Initiative.objects.update(step="exploring")

    assert own.get(address("mine-story-tell", initiative)).status_code == 403


def invite(own, initiative, email="bo@voorbeeld.test"):
    send(own, address("mine-invite", initiative), name="Bo Buur", email=email)
    return re.search(r"/uitnodiging/[^/]+/", Message.objects.filter(kind="invitation").latest("pk").body)[0]


def test_without_a_contact_person_the_page_says_from_when_others_can_be_asked(own, initiative):
    Initiative.objects.update(step="reported", contact_person=None)
    page = own.get(address("mine-owners", initiative)).content.decode()

    assert "Dat kan zodra je een contactpersoon hebt." in page
    assert "Vraag om mee te doen" not in page


JOIN = {"name": "Bo Buur", "preferred_channel": "email", "language": "nl"}


def test_the_invited_joins_without_an_account_and_comes_in(client, own, initiative):
    link = invite(own, initiative)
    client.logout()
    assert "Roos Inwoner vraagt of je mee wilt doen" in client.get(link).content.decode()

    answer = send(client, link, **JOIN)

    assert answer.status_code == 303
    assert "/open/" in answer.headers["Location"]
    assert initiative.initiators.current().filter(name="Bo Buur").exists()


def test_a_yes_that_is_sent_again_is_welcomed_again_and_given_no_second_way_in(client, own, initiative):
    link = invite(own, initiative)
    client.logout()
    token = str(uuid.uuid4())
    send(client, link, **JOIN, token=token)
    ways_in = AccessKey.objects.count()

    answer = send(client, link, **JOIN, token=token)

    assert (answer.status_code, answer.headers["Location"]) == (303, reverse("invitation-accepted"))
    assert AccessKey.objects.count() == ways_in


def test_someone_known_opens_this_one_page_and_nothing_else_of_theirs(client, own, initiative, stranger):
    InitiativeFactory(owners=[stranger])
    link = invite(own, initiative, email=stranger.email)
    client.logout()

    client.post(send(client, link, **JOIN).headers["Location"])

    opened = User.objects.get(pk=client.session["_auth_user_id"])
    assert list(Initiative.objects.owned_by(opened)) == [initiative]


def test_who_is_signed_in_with_the_mailbox_that_was_asked_is_asked_whether_it_is_theirs(
    client, own, initiative, stranger
):
    link = invite(own, initiative, email=stranger.email)
    client.force_login(stranger)

    page = send(client, link, **JOIN).headers["Location"]

    assert client.get(page).headers["Location"] == address("mine-claim", initiative)


def test_joining_what_is_public_asks_for_a_yes_or_a_no(client, own, initiative):
    send(own, address("mine-public", initiative), public_text="Kom plukken!")
    link = invite(own, initiative)
    client.logout()

    assert send(client, link, **JOIN).status_code == 422
    assert send(client, link, **JOIN, agrees="yes").status_code == 303
    assert Initiative.objects.published().exists()
    assert Consent.objects.in_force().count() == 2


def test_the_invited_says_no_and_the_link_is_over(client, own, initiative):
    link = invite(own, initiative)
    client.logout()
    assert client.get(f"{link}nee/").status_code == 200

    answer = send(client, f"{link}nee/")

    assert client.get(answer.headers["Location"]).status_code == 200
    for url in (link, f"{link}nee/", "/uitnodiging/zomaar/"):
        assert client.get(url).status_code == 404


def test_an_invitation_is_taken_back(client, own, initiative):
    link = invite(own, initiative)
    page = own.get(address("mine-owners", initiative)).content.decode()
    assert "gevraagd op" in page

    send(own, address("mine-invitation-revoke", initiative, initiative.invitations.get().pk))

    assert client.get(link).status_code == 404


WORK = ["work-consent", "work-story"]


@pytest.mark.parametrize("name", WORK)
def test_writing_down_at_work_is_for_who_works_there(
    client, initiative, guide, coordinator, other_guide, resident, name
):
    for someone, status in [(guide, 200), (coordinator, 200), (other_guide, 404), (resident, 404)]:
        client.force_login(someone)
        assert client.get(address(name, initiative)).status_code == status


def test_a_guide_writes_down_a_yes_on_the_page(client, initiative, guide):
    Initiative.objects.update(public_text="Kom plukken!")
    client.force_login(guide)

    answer = send(
        client,
        address("work-consent", initiative),
        initiator=initiative.initiators.get().pk,
        agrees="yes",
        through="phone",
    )

    assert answer.status_code == 303
    assert Initiative.objects.published().exists()


def test_a_guide_writes_down_a_story_on_the_page(client, initiative, guide):
    client.force_login(guide)

    send(
        client,
        address("work-story", initiative),
        initiator=initiative.initiators.get().pk,
        through="letter",
        title="Oogst",
        body="Twee manden vol.",
        agrees="no",
    )

    assert initiative.stories.get().written_by == guide


@pytest.mark.parametrize(("said", "owners"), [("yes", 2), ("no", 1)])
def test_a_guide_writes_down_the_answer_to_an_invitation(client, initiative, guide, said, owners):
    invitation = InvitationFactory(initiative=initiative, by_phone=True, expires_at="2999-01-01T00:00Z")
    client.force_login(guide)
    url = address("work-invitation", initiative, invitation.pk)
    assert client.get(url).status_code == 200

    answer = send(
        client,
        url,
        answer=said,
        through="phone",
        name="Olaf Buur",
        phone="06 12345678",
        preferred_channel="phone",
        language="nl",
    )

    assert answer.status_code == 303
    assert Initiator.objects.filter(initiative=initiative, left_at=None).count() == owners


def test_who_calls_with_another_number_gets_it_written_down(client, initiative, guide, resident):
    owner = initiative.initiators.get()
    client.force_login(guide)
    reach = {
        "name": owner.name,
        "email": owner.email,
        "phone": "06 87654321",
        "preferred_channel": "phone",
        "language": "nl",
    }

    refused = send(client, address("work-reach", initiative, owner.pk), **{**reach, "preferred_channel": "letter"})
    answer = send(client, address("work-reach", initiative, owner.pk), **reach)

    assert (refused.status_code, answer.status_code) == (422, 303)
    owner.refresh_from_db()
    assert owner.phone == "06 87654321"
    page = client.get(address("work-initiative", initiative)).content.decode()
    assert "Gegevens aanpassen" in page
    assert "Het is opgeschreven." in page
    client.force_login(resident)
    told = client.get(address("mine-timeline", initiative)).content.decode()
    assert f"{guide.name} schreef op hoe we {owner.name} bereiken." in told


def test_nobody_writes_down_a_number_of_who_does_not_take_part_any_more(client, initiative, second, guide):
    gone = initiative.initiators.get(user__account=second)
    gone.left_at = gone.joined_at
    gone.save()
    client.force_login(guide)

    assert client.get(address("work-reach", initiative, gone.pk)).status_code == 404


@pytest.mark.parametrize(("page", "fields"), [("mine-public", {"public_text"}), ("mine-story-tell", {"title", "body"})])
def test_a_number_that_everyone_will_read_is_asked_about_once(own, initiative, page, fields):
    address = reverse(page, args=[initiative.key])
    typed = {**dict.fromkeys(fields, "Bel 06 12 34 56 78"), "agrees": "yes", "token": str(uuid.uuid4())}

    asked = own.post(address, typed)
    assert asked.status_code == 422
    assert "Mag het blijven staan?" in asked.content.decode()
    assert 'name="asked" value="yes"' in asked.content.decode()

    assert own.post(address, {**typed, "asked": "yes"}).status_code == 303


def test_a_story_that_nobody_else_reads_may_hold_a_number(own, initiative):
    typed = {"title": "Feest", "body": "Bel 06 12 34 56 78", "agrees": "no", "token": str(uuid.uuid4())}

    assert own.post(reverse("mine-story-tell", args=[initiative.key]), typed).status_code == 303


def test_a_number_in_the_name_is_told_beside_the_field_and_stands_in_no_address(own, resident):
    numbered = InitiativeFactory(title="Plukbos, bel 06 12 34 56 78", owners=[resident])
    page = own.get(reverse("mine-plan", args=[numbered.key])).content.decode()

    assert "Buren en de gemeente zien dat niet" in page
    assert numbered.slug == f"plukbos-bel-{numbered.key}"


def test_who_owns_it_alone_is_not_told_of_others(own, initiative):
    page = own.get(address("mine-owners", initiative)).content.decode()

    assert "Jij bent de baas over dit idee." in page
    assert "samen de baas" not in page
    assert "Van jou<" in own.get(address("mine-initiative", initiative)).content.decode()
