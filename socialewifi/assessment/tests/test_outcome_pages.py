"""Setting an outcome at work: what is asked, the letter beside it, and who reads what."""

import re
from datetime import timedelta

import pytest

from socialewifi.assessment.actions.advice import write_advice_for
from socialewifi.assessment.models import Assessment
from socialewifi.assessment.tests.test_weighing_pages import post, url
from socialewifi.core.models import Message
from socialewifi.people.tests.factories import NOON, OrganisationFactory

DAY = timedelta(days=1)


def outcome_fields(weighing, **fields):
    return {
        "outcome": "support",
        "reason": "De hele buurt doet mee.",
        "rows": "3",
        "support_0": weighing.support_kind.pk,
        "support_reason_0": "Een tuinier denkt mee.",
        **fields,
    }


def test_the_letter_is_seen_before_the_outcome_is_set(pages, weighing, assessment, resident):
    weighing.score(assessment)
    weighing.advise(assessment)
    address = url(assessment.initiative, "weigh-outcome")

    page = post(pages, address, preview="yes", **outcome_fields(weighing)).content.decode()

    assert "- Meedenken: Een tuinier denkt mee." in page
    assert "Stel de uitkomst vast" in page
    assert not Message.objects.filter(kind="outcome").exists()
    assert Assessment.objects.open().exists()


def test_the_coordinator_sets_an_outcome_with_money_and_a_connector(pages, weighing, assessment):
    weighing.score(assessment)
    weighing.advise(assessment)
    fields = outcome_fields(
        weighing,
        amount="1.850",
        gift_what="Aarde",
        gift_reason="Dan kan het beginnen.",
        connector_reason="Het is groot.",
    )

    answer = post(pages, url(assessment.initiative, "weigh-outcome"), conclude="yes", **fields)

    assert answer.status_code == 303
    assert [part.kind for part in assessment.parts.order_by("pk")] == ["support", "gift", "connector"]
    assert "We gaan samen aan de slag" in pages.get(url(assessment.initiative)).content.decode()


def test_what_fits_better_elsewhere_is_sent_there(pages, weighing, assessment):
    weighing.score(assessment)
    weighing.advise(assessment)
    fund = OrganisationFactory(name="Leefbaarheidsfonds", is_next_door=True)
    fields = {
        "outcome": "redirect",
        "reason": "Zij kunnen dit.",
        "partner": fund.pk,
        "partner_reason": "Zij doen groen.",
    }

    assert post(pages, url(assessment.initiative, "weigh-outcome"), conclude="yes", **fields).status_code == 303
    assessment.initiative.refresh_from_db()
    assert assessment.initiative.redirected_to == fund


@pytest.mark.parametrize(
    "half",
    [{"amount": "50"}, {"gift_reason": "Zo."}, {"support_1": "", "support_reason_1": "Zo."}, {"partner_reason": "Zo."}],
)
def test_a_part_that_is_half_filled_in_is_asked_further(pages, weighing, assessment, half):
    answer = post(
        pages, url(assessment.initiative, "weigh-outcome"), conclude="yes", **outcome_fields(weighing, **half)
    )

    assert answer.status_code == 422
    assert "Vul dit nog in." in answer.content.decode()


def test_one_more_kind_of_help_keeps_what_was_typed(pages, weighing, assessment):
    answer = post(pages, url(assessment.initiative, "weigh-outcome"), more="yes", **outcome_fields(weighing))

    page = answer.content.decode()
    assert 'name="support_3"' in page
    assert "Een tuinier denkt mee." in page
    assert "Dit lukte nog niet" not in page


@pytest.mark.parametrize("rows", ["9999", "-1", "x", "²", "0"])
def test_a_strange_number_of_rows_does_no_harm(pages, weighing, assessment, rows):
    answer = post(
        pages, url(assessment.initiative, "weigh-outcome"), preview="yes", **outcome_fields(weighing, rows=rows)
    )

    assert answer.status_code in {200, 422}


def test_refusals_of_the_rules_stand_on_the_page(pages, weighing, assessment):
    answer = post(pages, url(assessment.initiative, "weigh-outcome"), conclude="yes", **outcome_fields(weighing))

    assert answer.status_code == 422
    assert "Bekijk eerst nog" in answer.content.decode()


def test_a_late_panel_asks_why(pages, weighing, assessment, panel_members, monkeypatch):
    weighing.score(assessment)
    weighing.advise(assessment, panel_members[0])
    monkeypatch.setattr("socialewifi.core.clock.now", lambda: NOON + 8 * DAY)
    address = url(assessment.initiative, "weigh-outcome")

    refused = post(pages, address, conclude="yes", **outcome_fields(weighing))
    answer = post(pages, address, conclude="yes", **outcome_fields(weighing, below_quorum_because="Vakantie."))

    assert "Schrijf waarom je toch verdergaat." in refused.content.decode()
    assert answer.status_code == 303


def test_the_guide_reads_the_advices_only_once_there_is_an_outcome(client, weighing, assessment, guide, panel_members):
    client.force_login(guide)
    weighing.score(assessment)
    weighing.advise(assessment)

    before = client.get(url(assessment.initiative)).content.decode()
    weighing.conclude(assessment)
    after = client.get(url(assessment.initiative)).content.decode()

    assert "gaf advies" in before
    assert "Mooi plan." not in before
    assert "Mooi plan." in after


def test_who_asks_for_the_letter_or_for_more_room_is_brought_there(pages, weighing, assessment):
    weighing.score(assessment)
    weighing.advise(assessment)
    address = url(assessment.initiative, "weigh-outcome")
    told = {"outcome": "support", "reason": "Mooi plan.", "rows": "1", "support_0": weighing.support_kind.pk}
    told |= {"support_reason_0": "Dat past.", "token": pages.get(address).context["form"]["token"].value()}

    letter = pages.post(address, {**told, "preview": "yes"}).content.decode()
    more = pages.post(address, {**told, "more": "yes"}).content.decode()

    assert '<div id="letter" tabindex="-1" autofocus>' in letter
    assert re.search(r'<select[^>]*name="support_1"[^>]* autofocus', more)
    assert more.count("autofocus") == 1


def test_what_was_typed_stays_where_the_outcome_turns_out_to_be_left_to_another(
    pages, weighing, assessment, panel_members, coordinator
):
    for member in panel_members[:2]:
        seat = assessment.seats.get(member=member)
        write_advice_for(seat=seat, choice="do", reason="Mooi.", by=coordinator, at=NOON + DAY)
    weighing.score(assessment)
    fields = outcome_fields(weighing, reason="Het past bij het dorp, en de buurt staat erachter.")

    answer = post(pages, url(assessment.initiative, "weigh-outcome"), conclude="yes", **fields)

    assert answer.status_code == 422
    assert "de buurt staat erachter" in answer.content.decode()


def test_no_letter_is_sent_that_was_not_read(pages, weighing, assessment):
    weighing.score(assessment)
    weighing.advise(assessment)
    address = url(assessment.initiative, "weigh-outcome")
    page = post(pages, address, preview="yes", **outcome_fields(weighing)).content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]

    changed = post(
        pages, address, conclude="yes", seen=seen, **outcome_fields(weighing, reason="Iets heel anders dan ik las.")
    )

    again = changed.content.decode()
    assert changed.status_code == 422
    assert "Je veranderde iets nadat je de brief las" in again
    assert again.count("Iets heel anders dan ik las.") > 1
    assert Assessment.objects.open().exists()

    seen = re.search(r'name="seen" value="(\w+)"', again)[1]
    fields = outcome_fields(weighing, reason="Iets heel anders dan ik las.")
    assert post(pages, address, conclude="yes", seen=seen, **fields).status_code == 303
