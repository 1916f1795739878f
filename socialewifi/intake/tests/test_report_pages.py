import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from socialewifi.core import clock
from socialewifi.core.models import Message
from socialewifi.initiatives.models import Deadline, Draft, Initiative
from socialewifi.initiatives.tests.telling import IDEA, PAGES, begin, page, ready_to_report, send, tell, texts, told
from socialewifi.intake.actions import drafts
from socialewifi.people.models import AccessKey, User
from socialewifi.places.tests.factories import NeighbourhoodFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_region_is_there(region, municipality, agreements):
    ready_to_report()


def test_the_first_question_is_on_the_home_page(client):
    home = texts(client.get("/"))

    assert "Vertel je idee in een paar zinnen" in home
    assert "Duurt ongeveer 3 minuten" in home


def test_an_idea_told_page_by_page_becomes_an_initiative_with_everything_that_was_told(client, municipality):
    initiative = told(client)

    assert initiative.idea == IDEA
    assert initiative.title == "Moestuin voor iedereen"
    assert initiative.municipality == municipality
    assert initiative.place_words == "Het veld achter de kerk"
    assert initiative.amount_asked == Decimal("250.00")
    assert initiative.asked_before == "De gemeente, nog niets gehoord"
    assert initiative.channel.code == "website"
    assert initiative.doubt == ""
    owner = initiative.initiators.get()
    assert (owner.name, owner.phone, owner.email) == ("Roos Inwoner", "06 12345678", "roos@voorbeeld.test")
    assert (owner.preferred_channel, owner.preferred_times) == (User.Channel.PHONE, "Na vijf uur")


@pytest.mark.parametrize("slug", PAGES)
def test_every_question_is_one_page_that_says_how_far_it_is(client, slug):
    token = tell(client)

    answer = client.get(page(token, slug))

    assert answer.status_code == 200
    assert f"Vraag {list(PAGES).index(slug) + 1} van 8" in texts(answer)
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "private" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("slug", PAGES)
def test_every_answer_is_there_again_when_someone_goes_back(client, slug):
    token = tell(client)

    shown = client.get(page(token, slug)).content.decode()

    for answer in PAGES[slug].values():
        assert {"0612345678": "06 12345678"}.get(answer, answer) in shown


@pytest.mark.parametrize("slug", ["idee", "naam", "plek", "mensen", "plan", "hulp"])
def test_everything_but_name_and_contact_may_be_skipped(client, slug):
    token = begin(client)

    answer = client.post(page(token, slug), {"skip": "yes"})

    assert answer.status_code == 303


def test_an_idea_of_which_only_name_and_phone_are_told_is_an_idea(client):
    token = uuid.uuid4()
    client.post(reverse("report-start"), {"idea": "", "skip": "yes", "draft": str(token)})
    client.post(page(token, "jij"), {"name": "Olaf Inwoner", "phone": "06 12345678"})
    client.post(page(token, "contact"), PAGES["contact"])

    assert send(client, token).status_code == 303

    initiative = Initiative.objects.get()
    assert initiative.title == "Idee van Olaf Inwoner"
    assert initiative.municipality is None


def test_an_empty_first_question_asks_for_a_few_words_and_keeps_nothing(client):
    answer = client.post(reverse("report-start"), {"idea": "  "})

    assert answer.status_code == 422
    assert "Schrijf een paar woorden over je idee." in texts(answer)
    assert "Ik vertel het liever aan iemand" in texts(answer)
    assert not Draft.objects.exists()


def test_without_a_name_the_idea_is_named_after_its_first_sentence(client):
    initiative = told(client, naam={"title": "", "skip": "yes"})

    assert initiative.title == "Ik wil een moestuin maken op het lege veld"


def test_a_long_first_sentence_gives_a_short_name():
    title = drafts.suggest_title("Ik wil " + "heel graag " * 20 + "een tuin")

    assert len(title) <= 61
    assert title.endswith("…")


@pytest.mark.parametrize(
    ("slug", "answers", "words"),
    [
        ("jij", {"name": "", "phone": "0612345678"}, "Vul je naam in"),
        ("jij", {"name": "Roos", "phone": ""}, "Vul een telefoonnummer of een e-mailadres in"),
        ("jij", {"name": "Roos", "phone": "12"}, "Dit telefoonnummer klopt niet"),
        ("jij", {"name": "Roos", "email": "roos@"}, "Dit e-mailadres klopt niet"),
        ("hulp", {"needs": "Een put", "amount_asked": "veel"}, "Schrijf het bedrag in cijfers"),
        ("idee", {"idea": "x" * 10_001}, "Er passen 10000 tekens in"),
        ("naam", {"title": "t" * 121}, "Er passen 120 tekens in"),
        ("contact", {"preferred_channel": "", "language": "nl"}, "Kies hoe we je het best kunnen bereiken"),
        ("adres", {"address": ""}, "Vul je adres in"),
    ],
)
def test_what_is_off_stands_beside_its_field_and_what_was_typed_stays(client, slug, answers, words):
    token = tell(client)

    answer = client.post(page(token, slug), answers)

    assert answer.status_code == 422
    assert words in texts(answer)
    for typed in answers.values():
        assert typed in answer.content.decode()


@pytest.mark.parametrize(
    "words",
    [
        "Een tuin 🌱🌻 voor ons",
        "حديقة للجميع في الحي",
        "<script>alert(1)</script> & <b>tuin</b>",
        "Regel een\n\nRegel drie\tmet tab",
        "{{ settings.SECRET_KEY }} {% now 'Y' %} %(name)s",
    ],
)
def test_words_in_any_script_are_kept_and_shown_as_text(client, words):
    token = tell(client, idea=words, idee={"idea": words})

    shown = client.get(reverse("report-check", args=[token])).content.decode()
    send(client, token)

    assert Initiative.objects.get().idea == words
    assert "<script>alert" not in shown
    assert 'dir="auto"' in shown


def test_control_characters_are_left_out_everywhere(client):
    chosen = {"language", "preferred_channel", "municipality"}
    dirty = {
        slug: {name: answer if name in chosen else f"{answer}\x00\x08" for name, answer in answers.items()}
        for slug, answers in PAGES.items()
    }

    initiative = told(client, **{**dirty, "jij": {"name": "Ro\x00os", "phone": "06\x001234\x075678"}})

    assert initiative.initiators.get().name == "Roos"


def test_a_choice_that_is_not_offered_is_refused(client):
    token = tell(client)

    assert client.post(page(token, "plek"), {"municipality": "atlantis\x00"}).status_code == 422
    assert client.post(page(token, "contact"), {"preferred_channel": "fax", "language": "xx"}).status_code == 422


def test_a_neighbourhood_that_is_typed_gives_its_municipality(client, municipality):
    field = NeighbourhoodFactory(municipality=municipality, name="Het Hoge Veld", slug="het-hoge-veld")

    initiative = told(client, plek={"municipality": "", "place": "het hoge veld, Waterdorp"})

    assert initiative.neighbourhood == field
    assert initiative.municipality == municipality


def test_a_neighbourhood_of_another_municipality_is_asked_about_again(client, municipality, other_municipality):
    NeighbourhoodFactory(municipality=other_municipality, name="Duinrand", slug="duinrand")
    token = begin(client)

    answer = client.post(page(token, "plek"), {"municipality": "waterdorp", "place": "Duinrand, Zandstad"})

    assert answer.status_code == 422
    assert "Duinrand ligt in Zandstad" in texts(answer)


def test_a_place_that_nobody_knows_is_kept_in_its_own_words(client):
    initiative = told(client, plek={"municipality": "", "place": "Bij de oude eik"})

    assert (initiative.municipality, initiative.place_words) == (None, "Bij de oude eik")


def test_the_summary_shows_every_answer_with_a_way_to_change_it_and_back(client):
    token = tell(client)
    check = reverse("report-check", args=[token])

    shown = client.get(check).content.decode()
    changed = client.post(f"{page(token, 'naam')}?terug=controle", {"title": "De Groene Hoek"})

    assert "Moestuin voor iedereen" in shown
    assert "€ 250,00" in shown
    assert f"{page(token, 'naam')}?terug=controle" in shown
    assert changed.headers["Location"] == check
    assert "De Groene Hoek" in texts(client.get(check))


def test_the_summary_asks_first_for_what_is_still_missing(client):
    token = begin(client)
    check = reverse("report-check", args=[token])

    assert client.get(check).headers["Location"] == page(token, "jij")
    client.post(page(token, "jij"), PAGES["jij"])
    assert client.get(check).headers["Location"] == page(token, "contact")
    client.post(page(token, "contact"), {"preferred_channel": "letter", "language": "nl"})
    assert client.post(check).headers["Location"] == page(token, "adres")
    client.post(page(token, "adres"), {"address": "Dorpsstraat 1\n1234 AB Waterdorp"})
    assert client.get(check).status_code == 200


def test_calling_is_offered_only_with_a_number_and_mailing_only_with_an_address(client):
    token = tell(client, jij={"name": "Olaf", "phone": "0612345678"})

    shown = texts(client.get(page(token, "contact")))

    assert "Bel mij" in shown
    assert "Mail mij" not in shown


def test_who_takes_away_the_number_by_which_they_wanted_to_be_called_chooses_again(client):
    token = tell(client)
    client.post(page(token, "jij"), {"name": "Roos", "email": "roos@voorbeeld.test"})

    assert send(client, token).headers["Location"] == page(token, "contact")


def test_someone_who_stopped_goes_on_where_they_were(client):
    token = begin(client)
    client.post(page(token, "naam"), PAGES["naam"])

    answer = client.get(reverse("report-resume", args=[token]))

    assert answer.headers["Location"] == page(token, "plek")
    assert f"/vertel/{token}/" in client.get(page(token, "plek")).content.decode()


def test_the_promise_names_who_makes_contact_how_and_before_when(client, guide):
    initiative = told(client)

    shown = texts(client.get(reverse("report-done", args=[initiative.draft.pk])))

    assert "Iemand van Loket Vrijwillige Energie in Noordoever belt je op 06 12345678." in shown
    assert "Gijs Begeleider" in shown
    assert "Dat is uiterlijk" in shown
    assert "voorlopig" in shown
    assert initiative.deadlines.get().kind == Deadline.Kind.CONTACT


def test_a_fixed_term_is_not_called_provisional(client, agreements):
    agreements["contact-term"].status = "fixed"
    agreements["contact-term"].save()

    initiative = told(client)

    assert "voorlopig" not in texts(client.get(reverse("report-done", args=[initiative.draft.pk])))


def test_the_promise_of_an_idea_without_a_place_names_the_desk(client):
    initiative = told(client, plek={"municipality": "", "place": ""})

    shown = texts(client.get(reverse("report-done", args=[initiative.draft.pk])))

    assert "Iemand van Loket Vrijwillige Energie belt je" in shown


def test_who_left_no_address_for_mail_gets_a_code_until_it_was_written_down(client):
    initiative = told(client, jij={"name": "Olaf Inwoner", "phone": "0612345678"})
    done = reverse("report-done", args=[initiative.draft.pk])
    key = AccessKey.objects.get(user=initiative.initiators.get().user)

    code = Draft.objects.get().answers["code"]
    assert key.kind == AccessKey.Kind.LETTER
    assert "Schrijf deze code op" in texts(client.get(done))
    assert code in texts(client.get(done))
    client.post(reverse("report-code-noted", args=[initiative.draft.pk]))
    assert code not in texts(client.get(done))


def test_the_code_leaves_the_page_by_itself(client):
    initiative = told(client, jij={"name": "Olaf Inwoner", "phone": "0612345678"})
    Draft.objects.update(updated_at=clock.now() - timedelta(hours=2))

    shown = texts(client.get(reverse("report-done", args=[initiative.draft.pk])))

    assert "Schrijf deze code op" not in shown


def test_who_left_an_address_is_told_of_the_mail_and_nobody_is_signed_in(client):
    initiative = told(client, contact={"preferred_channel": "email", "language": "nl"})

    shown = texts(client.get(reverse("report-done", args=[initiative.draft.pk])))

    assert "We hebben je een mail gestuurd op roos@voorbeeld.test" in shown
    assert Message.objects.get().to_email == "roos@voorbeeld.test"
    assert "_auth_user_id" not in client.session


def test_a_person_who_was_known_before_is_not_changed_by_who_types_their_address(client, resident):
    initiative = told(client, jij={"name": "Iemand Anders", "phone": "0612345678", "email": resident.email})

    resident.refresh_from_db()
    assert resident.name == "Roos Inwoner"
    assert not initiative.initiators.filter(user__in=resident.identities).exists()
    assert "_auth_user_id" not in client.session


def test_an_idea_is_told_also_when_the_browser_refuses_cookies():
    without_cookies = Client(enforce_csrf_checks=True)

    assert told(without_cookies).title == "Moestuin voor iedereen"


def test_who_tells_it_in_german_is_offered_german_first(client):
    token = begin(client)

    asked = client.get(page(token, "contact"), headers={"accept-language": "de"}).content.decode()

    assert '<option value="de" selected>Deutsch</option>' in asked
