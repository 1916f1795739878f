"""How a form is drawn: label, help and refusal belong to their field, for eyes and for screen readers."""

import pytest
from django import forms
from django.utils.translation import override

from socialewifi.core.forms import ChoiceCards


class IdeaForm(forms.Form):
    idea = forms.CharField(label="Jouw idee", help_text="In een paar zinnen.", widget=forms.Textarea)
    phone = forms.CharField(label="Telefoon", required=False)
    reach = forms.ChoiceField(
        label="Hoe praten we?",
        choices=[("call", "Bel mij"), ("mail", "Mail mij")],
        widget=ChoiceCards(hints={"call": "Na 17 uur"}),
    )
    agree = forms.BooleanField(label="Dat is goed")


@pytest.fixture
def refused():
    with override("nl"):
        yield str(IdeaForm({"phone": "045"}))


def test_a_fresh_form_shows_no_refusals():
    page = str(IdeaForm())

    assert "error-summary" not in page
    assert "aria-invalid" not in page


def test_a_field_points_to_its_help_and_its_refusal(refused):
    assert 'aria-describedby="id_idea_helptext id_idea_error"' in refused
    assert 'id="id_idea_helptext"' in refused
    assert 'id="id_idea_error"' in refused
    assert 'aria-invalid="true"' in refused


def test_the_summary_links_to_every_field_that_needs_something(refused):
    for address in ('href="#id_idea"', 'href="#id_reach_0"', 'href="#id_agree"'):
        assert address in refused
    assert 'href="#id_phone"' not in refused


def test_refusals_are_in_our_own_words(refused):
    assert "Vul dit nog in." in refused
    assert "verplicht" not in refused


def test_a_field_that_may_stay_empty_says_so():
    assert str(IdeaForm()["phone"].as_field_group()).count("(hoeft niet)") == 1


def test_a_choice_is_a_group_with_a_legend_and_may_carry_a_hint():
    choice = IdeaForm()["reach"].as_field_group()

    assert "<fieldset" in choice
    assert "<legend" in choice
    assert "Na 17 uur" in choice


def test_the_browser_never_refuses_in_its_own_words():
    assert " required" not in str(IdeaForm())
