"""The whole road of one idea, walked in a real browser by everyone who is on it."""

from datetime import timedelta

import pytest

from socialewifi.assessment.models import Criterion
from socialewifi.core import clock
from socialewifi.initiatives.models import Initiative, Step
from socialewifi.people.tests.factories import UserFactory
from socialewifi.places.models import Municipality, SubRegion
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_access import sign_in

WAYS = {
    "desktop": {"viewport": DESKTOP},
    "phone without JavaScript": {"viewport": PHONE, "java_script_enabled": False},
}


@pytest.fixture
def people(mini_region):
    """Whoever is on the road besides the resident, in the invented region."""
    north = SubRegion.objects.get(code="noordereiland")
    town = Municipality.objects.get(name="Meeuwenhoek")
    panel = [UserFactory(name=f"Buur {name}", roles=["panel_member"]) for name in ("Een", "Twee", "Drie")]
    return {
        "guide": UserFactory(name="Gea Gids", roles=["guide"], roles__subregion=north),
        "coordinator": UserFactory(name="Cor Kade", roles=["coordinator"], roles__subregion=north),
        "ambassador": UserFactory(name="Am Gemeente", roles=["ambassador"], roles__municipality=town),
        "panel": panel,
    }


class Walker:
    """One person's browser."""

    def __init__(self, new_context, live_server, way, user=None):
        context = new_context(**WAYS[way])
        if user is not None:
            sign_in(context, live_server, user, passed=True)
        self.page = context.new_page()

    def goes_to(self, address):
        answer = self.page.goto(address)
        assert answer.ok, f"{address}: {answer.status}"
        return self

    def looks_again(self):
        return self.goes_to(self.page.url)

    def writes(self, **fields):
        for name, value in fields.items():
            self.page.fill(f"main [name={name}]", value)
        return self

    def chooses(self, **fields):
        for name, value in fields.items():
            self.page.locator(f"main [name={name}]").first.wait_for(state="attached")
            select = self.page.locator(f"main select[name={name}]")
            if select.count():
                select.select_option(str(value))
            else:
                self.page.check(f"main [name={name}][value='{value}']", force=True)
        return self

    def presses(self, label):
        """Press the button with this label and wait until the server has done it and the page stands."""
        with self.page.expect_response(lambda answer: answer.request.method == "POST"):
            self.page.click(f"main button:text-is('{label}')")
        self.page.wait_for_load_state()
        return self

    def follows(self, label):
        self.page.click(f"main a:visible:has-text('{label}') >> nth=0")
        self.page.wait_for_load_state()
        return self

    def opens(self, summary):
        self.page.click(f"main summary:has-text('{summary}') >> nth=0")
        return self

    def reads(self, *sentences):
        for sentence in sentences:
            self.page.locator("main").filter(has_text=sentence).wait_for()
        return self


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", WAYS)
def test_an_idea_goes_all_the_way(new_context, live_server, people, way, settings):
    settings.HUMAN_SECONDS = 0

    def walker(user=None):
        return Walker(new_context, live_server, way, user)

    resident = walker().goes_to("/").writes(idea="Elke vrijdag soep op de kade.").presses("Verder")
    resident.writes(title="Soep op de kade").presses("Verder")
    resident.page.select_option("main [name=municipality]", label="Meeuwenhoek")
    for _question in ("waar", "wie", "nu en straks", "nodig"):
        resident.presses("Verder")
    resident.writes(name="Ria Lepel", email="ria@voorbeeld.test").presses("Verder")
    resident.chooses(preferred_channel="email").presses("Verder")
    resident.reads("Soep op de kade", "Ria Lepel").presses("Verstuur mijn idee").reads("Je idee is binnen")
    initiative = Initiative.objects.get(title="Soep op de kade")
    mine = walker(initiative.initiators.get().user)

    guide = walker(people["guide"]).goes_to("/werk/").follows("Soep op de kade")
    guide.follows("Contact oppakken").presses("Contact oppakken").reads("Jij bent nu contactpersoon.")
    guide.follows("Gesprek noteren").chooses(through="phone").writes(summary="Er doen zes buren mee.")
    guide.presses("Gesprek noteren").reads("Het gesprek is genoteerd.")
    guide.follows("Verkenning bijwerken").writes(
        what_it_is="Soep", question="Een pan", asked_where="Nergens", what_exists="Een kade", fitting_support_words="x"
    )
    guide.presses("Verkenning bijwerken").reads("De verkenning is bijgewerkt.")

    coordinator = walker(people["coordinator"]).goes_to("/werk/wegen/").follows("Begin met wegen")
    for member in people["panel"]:
        coordinator.chooses(members=member.pk)
    coordinator.page.check("main [name=triggers] >> nth=0", force=True)
    coordinator.presses("Begin met wegen").reads("Volgende stap", "Buur Drie")
    mine.goes_to("/mijn/").follows("Soep op de kade").reads("buren kijken mee", "Gea Gids", "Meeuwenhoek")

    for member in people["panel"]:
        panel = walker(member).goes_to("/meekijken/").follows("Soep op de kade").reads("Elke vrijdag soep")
        panel.chooses(choice="do").writes(reason=f"Lekker, zegt {member.name}.").presses("Geef advies")
        panel.reads(f"Lekker, zegt {member.name}.")
    assert "Lekker" not in mine.looks_again().page.inner_text("main"), "an advice shows before the outcome (R9)"

    ambassador = walker(people["ambassador"]).goes_to("/gemeente/").follows("Soep op de kade")
    ambassador.chooses(answer="agree").presses("Geef antwoord").reads("Am Gemeente ·")

    coordinator.goes_to("/werk/wegen/").follows("Soep op de kade").follows("Vul in")
    for criterion in Criterion.objects.filter(group=Criterion.Group.BASE):
        coordinator.chooses(**{f"answer_{criterion.pk}": "yes"}).writes(**{f"why_{criterion.pk}": "Dat klopt."})
    coordinator.presses("Bewaar").follows("Bepaal de uitkomst").chooses(outcome="support")
    coordinator.writes(reason="We gaan samen soep koken.")
    coordinator.page.select_option("main [name=support_0]", index=1)
    coordinator.writes(support_reason_0="Zonder boot geen soep.").presses("Bekijk de brief")
    coordinator.reads("We gaan samen soep koken.").presses("Stel de uitkomst vast")
    mine.looks_again().reads("We gaan samen soep koken.", "Lekker, zegt")

    guide.goes_to("/werk/initiatieven/").follows("Soep op de kade").follows("Hulp beloven")
    guide.page.select_option("main [name=kind]", index=1)
    guide.writes(what="Een boot lenen", who="Gea", before_date=f"{clock.today() + timedelta(days=9):%Y-%m-%d}")
    guide.presses("Hulp beloven").reads("De hulp staat erbij.")
    mine.looks_again().reads("Een boot lenen")
    guide.follows("Naar bestendigen").presses("Naar bestendigen").reads("Het initiatief staat op bestendigen.")
    guide.opens("Meer").follows("Landen afspreken").writes(signs="De pan is nooit leeg.")
    guide.presses("Landen afspreken").reads("De afspraak staat erbij.")

    mine.follows("Vertel een verhaal").writes(title="Soep!", body="Nu kent de kade elkaar.").chooses(agrees="yes")
    mine.presses("Bewaar ons verhaal")
    guide.follows("Het is geland").presses("Het is geland").reads("Mooi werk!")
    walker().goes_to("/verhalen/").follows("Soep!").reads("Nu kent de kade elkaar.")
    initiative.refresh_from_db()
    assert initiative.step == Step.LANDED
