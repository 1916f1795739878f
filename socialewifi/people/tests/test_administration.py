import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from socialewifi.core import clock
from socialewifi.core.models import Event, Message, Text
from socialewifi.people.actions import locking
from socialewifi.people.models import User
from socialewifi.people.tests.factories import OrganisationFactory, ReadingModeFactory, RoleFactory, UserFactory
from socialewifi.places.tests.factories import MunicipalityFactory

PAGES = [
    "admin-home",
    "people-list",
    "person-add",
    "ambassadors",
    "organisation-list",
    "text-list",
    "reading-start",
    "access-log",
]
OF_A_PERSON = [
    "person",
    "person-change",
    "person-invite",
    "person-withdraw",
    "person-second-factor",
    "person-close",
    "person-reopen",
    "role-give",
]


@pytest.fixture
def text(db):
    return Text.objects.create(code="sign-in-link", language="nl", subject="Dag {{ name }}", body="Hier: {{ link }}")


@pytest.fixture
def admin_client(client, administrator):
    client.force_login(administrator)
    client.get(reverse("admin-home"))
    return client


def send(client, url, **fields):
    form = client.get(url).context["form"]
    filled = {
        name: field.value() for name, field in ((name, form[name]) for name in form.fields) if field.value() is not None
    }
    return client.post(url, {**filled, **fields})


@pytest.mark.parametrize("name", PAGES)
def test_an_administrator_sees_every_page(admin_client, text, name):
    answer = admin_client.get(reverse(name))

    assert answer.status_code == 200
    assert "<h1" in answer.content.decode()


@pytest.mark.parametrize("name", OF_A_PERSON)
def test_an_administrator_sees_every_page_about_someone(admin_client, guide, name):
    assert admin_client.get(reverse(name, args=[guide.public_id])).status_code == 200


def test_a_visitor_is_asked_to_sign_in(client, db):
    assert client.get(reverse("people-list")).headers["Location"].startswith("/account/login/")


def test_an_administrator_adds_a_colleague_gives_a_role_and_invites(admin_client, subregion):
    organisation = OrganisationFactory()
    answer = send(
        admin_client, reverse("person-add"), name="Nina Nieuw", email="nina@werk.test", organisation=organisation.pk
    )
    nina = User.objects.get(email="nina@werk.test")
    assert answer.headers["Location"] == reverse("person", args=[nina.public_id])

    refused = send(admin_client, reverse("role-give", args=[nina.public_id]), kind="guide")
    assert refused.status_code == 422
    assert "Kies voor deze rol een subregio" in refused.content.decode()
    send(admin_client, reverse("role-give", args=[nina.public_id]), kind="guide", subregion=subregion.pk)
    send(admin_client, reverse("person-invite", args=[nina.public_id]))

    page = admin_client.get(reverse("person", args=[nina.public_id])).content.decode()
    assert "Noordoever" in page
    assert "Uitgenodigd per e-mail" in page


def test_a_panel_member_is_written_to_in_their_language(admin_client):
    send(admin_client, reverse("person-add"), name="Greta", email="greta@voorbeeld.test", language="de")
    greta = User.objects.get(email="greta@voorbeeld.test")
    assert greta.language == "de"

    send(admin_client, reverse("person-change", args=[greta.public_id]), name="Greta G", email=greta.email)
    send(admin_client, reverse("person-invite", args=[greta.public_id]))

    greta.refresh_from_db()
    assert (greta.name, greta.language) == ("Greta G", "de")
    assert Message.objects.get(recipient=greta).language == "de"


def test_a_known_address_is_refused_beside_the_field_and_nothing_typed_is_lost(admin_client, guide):
    answer = send(admin_client, reverse("person-add"), name="Dubbel", email=guide.email)

    assert answer.status_code == 422
    assert "kennen we al" in answer.content.decode()
    assert 'value="Dubbel"' in answer.content.decode()


def test_nobody_gives_themselves_a_role(admin_client, administrator, subregion):
    page = reverse("role-give", args=[administrator.public_id])
    answer = send(admin_client, page, kind="guide", subregion=subregion.pk)

    assert answer.status_code == 422
    assert "Je kunt jezelf geen rol geven" in answer.content.decode()
    assert [role.kind for role in administrator.roles.all()] == ["administrator"]


def test_ending_a_role_keeps_it_among_the_earlier_ones(admin_client, guide):
    role = guide.roles.get()
    send(admin_client, reverse("role-end", args=[role.pk]), last_day=(clock.today() - timedelta(days=1)).isoformat())

    page = admin_client.get(reverse("person", args=[guide.public_id])).content.decode()

    assert "Eerdere rollen" in page
    assert "Geen rol" in page


def test_an_administrator_whose_computer_was_stolen_ends_their_own_access(client, region, administrator):
    UserFactory(roles=["administrator"])
    client.post("/account/login/", {"email": administrator.email})
    code = re.search(r"\d{6}", Message.objects.latest("pk").body)[0]
    client.post("/account/login/code/", {"code": code})
    page = reverse("person-withdraw", args=[administrator.public_id])

    answer = client.post(page, {"token": str(uuid.uuid4())})

    assert answer.status_code == 303
    assert client.get(reverse("admin-home")).status_code == 302


def test_an_administrator_cannot_end_the_last_role_of_administrator(admin_client, administrator):
    answer = send(admin_client, reverse("role-end", args=[administrator.roles.get().pk]))

    assert answer.status_code == 422
    assert "laatste beheerder" in answer.content.decode()


def test_the_list_finds_people_by_name_organisation_address_and_role(admin_client, guide, panel_member, coordinator):
    coordinator.organisation = OrganisationFactory(name="Buurtwerk")
    coordinator.save()

    def found(**query):
        page = admin_client.get(reverse("people-list"), query).content.decode()
        return {someone.name for someone in (guide, panel_member, coordinator) if someone.name in page}

    assert found(q="gijs") == {guide.name}
    assert found(q="buurtwerk") == {coordinator.name}
    assert found(q=panel_member.email) == {panel_member.name}
    assert found(rol="panel_member") == {panel_member.name}
    assert found(q="bestaat niet") == set()


def test_a_resident_is_no_one_to_administer_and_found_by_the_whole_address_only(admin_client, resident):
    def page(**query):
        return admin_client.get(reverse("people-list"), query).content.decode()

    assert resident.name not in page() + page(q="roos")
    assert resident.name in page(q="roos@voorbeeld.test")


def test_the_list_of_people_takes_the_same_queries_for_many(admin_client, django_assert_max_num_queries):
    for _n in range(30):
        UserFactory(roles=["guide", "panel_member"], organisation=OrganisationFactory())

    with django_assert_max_num_queries(9):
        admin_client.get(reverse("people-list"))


def test_a_municipality_without_ambassador_is_a_gap(admin_client, ambassador, other_municipality):
    MunicipalityFactory(name="Bijna", slug="bijna")
    RoleFactory(kind="ambassador", municipality=other_municipality, expired=True)

    home = admin_client.get(reverse("admin-home")).content.decode()
    assert "Zandstad" in home
    assert "Waterdorp" not in home
    assert "niemand" in admin_client.get(reverse("ambassadors")).content.decode()


def test_an_ambassador_who_stops_soon_is_seen_coming(admin_client, municipality):
    RoleFactory(kind="ambassador", municipality=municipality, ends_on=clock.today() + timedelta(days=10))

    assert "bijna niemand meer" in admin_client.get(reverse("ambassadors")).content.decode()


def test_the_ambassadors_take_the_same_queries_for_many(admin_client, django_assert_max_num_queries):
    for _n in range(15):
        RoleFactory(kind="ambassador")

    with django_assert_max_num_queries(9):
        admin_client.get(reverse("ambassadors"))


def test_a_text_is_changed_and_the_regions_file_no_longer_overwrites_it(admin_client, text):
    url = reverse("text-change", args=["sign-in-link", "nl"])

    answer = send(admin_client, url, subject="Welkom {{ name }}", body="Open: {{ link }}")

    assert answer.status_code == 303
    text.refresh_from_db()
    assert (text.subject, text.is_edited) == ("Welkom {{ name }}", True)
    event = Event.objects.about(text).get()
    assert event.details["old_subject"] == "Dag {{ name }}"
    assert "hier aangepast" in admin_client.get(reverse("text-list")).content.decode()


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ("Open: {{ link }} {{ geheim }}", "Dit kennen we niet: geheim"),
        ("Geen link meer", "Dit moet erin blijven staan: {{ link }}"),
        ("Open: {{ link }} en {{ half", "niet af"),
    ],
)
def test_a_text_that_would_not_work_is_refused(admin_client, text, body, refusal):
    answer = send(admin_client, reverse("text-change", args=["sign-in-link", "nl"]), body=body)

    assert answer.status_code == 422
    assert refusal in answer.content.decode()


def test_a_text_that_the_platform_no_longer_sends_is_not_there(admin_client):
    Text.objects.create(code="long-gone", language="nl", subject="Oud", body="Oud.")

    assert admin_client.get(reverse("text-change", args=["long-gone", "nl"])).status_code == 404
    assert "long-gone" not in admin_client.get(reverse("text-list")).content.decode()


def test_a_text_can_be_looked_at_first(admin_client, text):
    answer = send(
        admin_client, reverse("text-change", args=["sign-in-link", "nl"]), subject="Hoi {{ name }}", preview="1"
    )

    assert "Hoi [de naam van wie het krijgt]" in answer.content.decode()
    text.refresh_from_db()
    assert not text.is_edited


def test_reading_along_shows_on_every_page_until_it_is_stopped(admin_client, administrator):
    send(admin_client, reverse("reading-start"), reason="Een klacht")

    for name in ("admin-home", "people-list", "home"):
        assert "Je leest mee tot" in admin_client.get(reverse(name)).content.decode()
    admin_client.post(reverse("reading-end"))
    assert "Je leest mee tot" not in admin_client.get(reverse("admin-home")).content.decode()


def test_a_reading_mode_of_someone_no_longer_administrator_gives_nothing(resident):
    ReadingModeFactory(user=resident)

    assert not resident.is_reading_along


def test_the_log_tells_who_gave_whom_what(admin_client, administrator, resident, subregion):
    send(admin_client, reverse("role-give", args=[resident.public_id]), kind="guide", subregion=subregion.pk)

    page = admin_client.get(reverse("access-log"), {"soort": "role"}).content.decode()
    assert "Rol gekregen: Procesbegeleider (Noordoever)" in page
    assert resident.name in page
    assert administrator.name in page
    other = admin_client.get(reverse("access-log"), {"persoon": str(administrator.public_id)}).content.decode()
    assert "Rol gekregen" not in other
    assert admin_client.get(reverse("access-log"), {"persoon": "onzin", "soort": "onzin"}).status_code == 200


def test_the_log_takes_the_same_queries_for_many(admin_client, administrator, django_assert_max_num_queries):
    for _n in range(60):
        someone = UserFactory()
        Event.objects.create(
            at=clock.now(),
            kind="people.user.signed_in",
            subject_type="people.user",
            subject_id=someone.pk,
            by=someone,
            details={"how": ["code"]},
        )

    with django_assert_max_num_queries(9):
        admin_client.get(reverse("access-log"))


def test_who_saves_a_number_never_puts_back_an_address_that_was_changed_meanwhile(admin_client, guide, monkeypatch):
    page = reverse("person-change", args=[guide.public_id])
    form = admin_client.get(page).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    locked = locking.User.objects.select_for_update

    def after_waiting(*args, **kwargs):
        User.objects.filter(pk=guide.pk).update(email="veilig@werk.test")
        return locked(*args, **kwargs)

    monkeypatch.setattr(locking.User.objects, "select_for_update", after_waiting)

    answer = admin_client.post(page, {**sent, "phone": "0611111111"})

    assert answer.status_code == 422
    guide.refresh_from_db()
    assert guide.phone == sent["phone"]
