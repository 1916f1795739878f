import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import translation

from socialewifi.assessment.models import Criterion, Trigger
from socialewifi.core.models import Text
from socialewifi.core.regionfiles import RefusedRegion
from socialewifi.governance.models import Agreement
from socialewifi.governance.queries import number
from socialewifi.initiatives.models import Kind, SupportKind, Theme
from socialewifi.people.models import Organisation
from socialewifi.people.tests.factories import UserFactory
from socialewifi.places import texts
from socialewifi.places.models import Municipality, Neighbourhood, Region, SubRegion
from socialewifi.site.region import load_region

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATER = datetime(2026, 4, 2, 12, tzinfo=UTC)
MINI = settings.BASE_DIR / "tests" / "regions" / "mini"
ZUID_LIMBURG = settings.BASE_DIR / "regions" / "zuid-limburg"


@pytest.fixture
def folder(tmp_path):
    """A copy of the invented region, to change."""
    return Path(shutil.copytree(MINI, tmp_path / "mini"))


def change(file: Path, old: str, new: str) -> None:
    words = file.read_text()
    assert old in words
    file.write_text(words.replace(old, new, 1))


def test_zuid_limburg_has_three_subregions_sixteen_municipalities_and_its_partners(db):
    load_region(folder=ZUID_LIMBURG, at=NOON)

    assert Region.objects.get().desk_name == "Vrijwillige Energie"
    assert {place.name: place.municipalities.count() for place in SubRegion.objects.all()} == {
        "Maastricht-Heuvelland": 6,
        "Parkstad": 7,
        "Westelijke Mijnstreek": 3,
    }
    assert Municipality.objects.get(name="Stein").code == "GM0971"
    assert Organisation.objects.filter(kind="social_work").count() == 5
    assert Organisation.objects.filter(kind="municipality").count() == 16
    assert Criterion.objects.filter(group="base", is_knock_out=True).count() == 1
    assert Criterion.objects.filter(group="living_environment").count() == 7
    assert Neighbourhood.objects.filter(municipality__name="Vaals").count() >= 4


def test_social_work_is_done_in_every_municipality_and_in_two_by_the_municipality_itself(db):
    load_region(folder=ZUID_LIMBURG, at=NOON)

    assert not Municipality.objects.filter(social_workers=None).exists()
    by_itself = Municipality.objects.filter(social_workers__kind="municipality")
    assert {place.name for place in by_itself} == {"Vaals", "Voerendaal"}


def test_every_term_of_zuid_limburg_is_still_provisional(db):
    load_region(folder=ZUID_LIMBURG, at=NOON)

    assert number("contact-term").value == 3
    assert all(agreement.is_provisional for agreement in Agreement.objects.exclude(value=None))
    assert Agreement.objects.get(code="one-platform").status == "fixed"


def test_loading_twice_changes_nothing(db, capsys):
    call_command("load_region", MINI)
    first = capsys.readouterr().out

    call_command("load_region", MINI)

    assert "+ gemeente Meeuwenhoek" in first
    # What stands in the files of this invented region is said each time: nobody may be told it.
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "niets veranderd"
    assert [line for line in said[1:] if "verzonnen" not in line] == []


def test_a_changed_name_is_followed_and_told(mini_region, folder):
    change(folder / "region.yaml", "099 - 123 45 67", "099 - 765 43 21")

    lines = load_region(folder=folder, at=LATER)

    assert lines == ["~ regio Eilandrijk: desk_phone 099 - 123 45 67 → 099 - 765 43 21"]
    assert Region.objects.get().desk_phone == "099 - 765 43 21"


def test_what_the_region_no_longer_names_is_retired_and_comes_back(mini_region, folder):
    change(folder / "words.yaml", "  - {code: sea, name: De zee, colour: sky}", "  []")

    assert load_region(folder=folder, at=LATER) == ["- thema De zee: niet meer aangeboden, wel bewaard"]
    assert Theme.objects.get(code="sea").retired_at == LATER
    assert load_region(folder=folder, at=LATER) == []

    assert load_region(folder=MINI, at=LATER) == [f"~ thema De zee: retired_at {LATER} → None"]
    assert Theme.objects.get(code="sea").retired_at is None


def test_places_may_swap_tiles(mini_region, folder):
    change(folder / "places.yaml", "tile: [1, 1]", "tile: [3, 3]")
    change(folder / "places.yaml", "tile: [2, 1]", "tile: [1, 1]")
    change(folder / "places.yaml", "tile: [3, 3]", "tile: [2, 1]")

    load_region(folder=folder, at=LATER)

    assert Municipality.objects.get(code="XX0001").tile_row == 2


def test_an_agreement_changed_here_is_not_overwritten(mini_region, folder):
    Agreement.objects.filter(code="panel-quorum").update(value=5, changed_at=NOON)

    lines = load_region(folder=folder, at=LATER)

    assert lines == ["! afspraak panel-quorum: hier gewijzigd, het bestand is niet gevolgd (value)"]
    assert number("panel-quorum").value == 5


def test_the_bounds_of_a_number_that_was_changed_here_are_still_those_of_its_room(mini_region, folder):
    kept = Agreement.objects.filter(code="panel-quorum")
    kept.update(value=5, changed_at=NOON, least=3, most=9)

    lines = load_region(folder=folder, at=LATER)

    assert lines == ["! afspraak panel-quorum: hier gewijzigd, het bestand is niet gevolgd (value)"]
    assert kept.values_list("value", "least", "most").get() == (5, 2, 50)


def test_a_text_edited_here_is_not_overwritten(mini_region, folder):
    Text.objects.filter(code="digest", language="nl").update(body="Van ons.", is_edited=True)

    lines = load_region(folder=folder, at=LATER)

    assert lines == ["! tekst digest (nl): hier gewijzigd, het bestand is niet gevolgd (body)"]
    assert Text.objects.get(code="digest", language="nl").body == "Van ons."


def test_a_subregion_without_municipalities_goes_and_one_in_use_stays(mini_region, folder):
    SubRegion.objects.create(code="leeg", name="Leeg")
    UserFactory(roles=["guide"], roles__subregion=SubRegion.objects.create(code="noordoever", name="Noordoever"))

    lines = load_region(folder=folder, at=LATER)

    assert "- subregio Leeg" in lines
    assert "! subregio Noordoever: staat niet meer in het bestand, maar is in gebruik en blijft" in lines


def test_another_region_is_refused_in_the_same_database(mini_region):
    with pytest.raises(RefusedRegion, match="deze database is al van Eilandrijk"):
        load_region(folder=ZUID_LIMBURG, at=LATER)


@pytest.mark.parametrize(
    ("file", "old", "new", "refusal"),
    [
        ("region.yaml", "name: Eilandrijk", "naam: Eilandrijk", "region.yaml:1: ‘name’ ontbreekt"),
        ("region.yaml", "name: Eilandrijk", "naam: Eilandrijk", "region.yaml:2: ‘naam’ is hier niet bekend"),
        ("region.yaml", "desk_phone: ", "desk_phone: [", "region.yaml:6: geen goede YAML"),
        ("places.yaml", "subregion: zuidereiland", "subregion: maan", "places.yaml:15: er is geen subregio 'maan'"),
        ("places.yaml", "tile: [2, 1]", "tile: [1, 1]", "places.yaml:13: (1, 1) staat er twee keer"),
        ("places.yaml", "latitude: 10.5", "latitude: noord", "places.yaml:8: ‘municipalities.latitude’"),
        ("places.yaml", "Duinzoom", "Havenbuurt", "places.yaml:12: 'havenbuurt' staat er twee keer"),
        ("organisations.yaml", "[XX0002]", "[XX0009]", "organisations.yaml:10: er is geen gemeente 'XX0009'"),
        ("agreements.yaml", "value: 2, ", "", "agreements.yaml:2: ‘contact-term’ heeft een getal met een eenheid"),
        ("agreements.yaml", "code: panel-quorum", "code: quorum", "het getal ‘panel-quorum’ ontbreekt"),
        ("words.yaml", "colour: sky", "colour: zwart", "words.yaml:7: ‘themes.colour’ kan geen 'zwart' zijn"),
        ("weighing.yaml", "group: base}", "group: best}", "weighing.yaml:2: ‘criteria.group’ kan geen 'best' zijn"),
        ("texts/nl/digest.md", "{{ lines }}", "{{ regels }}", "digest.md:14: ‘regels’ staat niet bij de placeholders"),
        ("texts/nl/digest.md", "  lines:", "  regels:", "digest.md:6: ‘regels’ is hier niet bekend"),
        ("texts/nl/digest.md", "---", "", "digest.md:1: bovenaan ontbreken de regels tussen --- en ---"),
    ],
)
def test_a_bad_file_is_refused_with_file_line_and_reason_and_nothing_is_loaded(db, folder, file, old, new, refusal):
    change(folder / file, old, new)

    with pytest.raises(CommandError) as refused:
        call_command("load_region", folder)

    assert refusal in str(refused.value)
    assert not Region.objects.exists()


def test_every_problem_is_named_at_once(db, folder):
    change(folder / "places.yaml", "subregion: zuidereiland", "subregion: maan")
    change(folder / "words.yaml", "colour: sky", "colour: zwart")
    (folder / "texts" / "nl" / "outcome.md").unlink()
    (folder / "texts" / "nl" / "onbekend.md").write_text("---\nsubject: x\n---\ny\n")

    with pytest.raises(RefusedRegion) as refused:
        load_region(folder=folder, at=NOON)

    assert len(refused.value.problems) == 4


def test_a_refusal_while_loading_leaves_nothing_half_loaded(db, folder, monkeypatch):
    monkeypatch.setattr("socialewifi.core.region.Texts.load", _fails)

    with pytest.raises(RuntimeError):
        load_region(folder=folder, at=NOON)

    assert not Region.objects.exists()


def _fails(self, at):
    raise RuntimeError


def test_what_residents_read_of_the_words_of_the_region_is_there_in_english_and_german(db):
    load_region(folder=ZUID_LIMBURG, at=NOON)

    words = [word for model in (Kind, Theme, SupportKind, Trigger) for word in model.objects.all()]
    assert [str(word) for word in words if word.also.keys() != {"en", "de"}] == []
    with translation.override("de"):
        assert str(Theme.objects.get(code="green").label) == "Grün und Natur"
    with translation.override("fr"):
        assert str(Theme.objects.get(code="green").label) == "Groen en natuur"


def test_where_and_when_someone_can_walk_in_is_there_in_english_and_german(db):
    load_region(folder=ZUID_LIMBURG, at=NOON)

    region = Region.objects.get()
    assert region.desk_hours_also.keys() == {"en", "de"}
    for place in Municipality.objects.all():
        for dutch, also in ((place.desk_place, place.desk_place_also), (place.desk_hours, place.desk_hours_also)):
            assert not dutch or also.keys() == {"en", "de"}, place
    with translation.override("en"):
        assert str(region.hours) == "Monday to Friday, 9 am to 5 pm"
        assert str(texts.of_the_desk()["desk_hours"]) == "Monday to Friday, 9 am to 5 pm"
    assert str(region.hours) == "maandag tot en met vrijdag, 9.00 tot 17.00 uur"


@pytest.mark.parametrize("address", ["/waar-vind-je-ons/", "/toegankelijkheid/", "/dit-is-er-niet/"])
def test_a_page_in_another_language_says_the_hours_in_that_language(client, db, address):
    load_region(folder=ZUID_LIMBURG, at=NOON)

    page = client.get(address, headers={"accept-language": "de"}).content.decode()

    assert "Montag bis Freitag, 9 bis 17 Uhr" in page
    assert "maandag tot en met" not in page
