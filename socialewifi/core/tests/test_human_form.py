from datetime import timedelta

import pytest
from django import forms
from django.http import QueryDict

from socialewifi.core import clock
from socialewifi.core.deeds import DeedForm
from socialewifi.core.forms import HumanForm, stamp


class IdeaForm(HumanForm, DeedForm):
    idea = forms.CharField()


@pytest.fixture(autouse=True)
def _people_take_time(settings):
    settings.HUMAN_SECONDS = 2


def sent(began=None, **fields):
    data = QueryDict(mutable=True)
    began = stamp(clock.now() - timedelta(seconds=30)) if began is None else began
    data.update({"idea": "Een moestuin", "token": "6b1f9e3e-1f7c-4a53-a1a9-8d3f2d6a7c11", "began": began, **fields})
    return IdeaForm(data)


def test_a_person_sends_the_form_and_the_deed_gets_only_what_was_asked():
    form = sent()

    assert form.is_valid()
    assert set(form.cleaned_data) == {"idea", "token"}


def test_a_filled_trap_is_refused_and_emptied_so_that_a_person_can_send_again():
    form = sent(homepage="http://spam.test")

    assert not form.is_valid()
    assert form["homepage"].value() == ""
    assert form["idea"].value() == "Een moestuin"


def test_sending_at_once_is_refused_and_the_stamp_stays_so_that_the_next_time_is_late_enough():
    began = stamp(clock.now())

    form = sent(began=began)

    assert not form.is_valid()
    assert form["began"].value() == began


@pytest.mark.parametrize("began", ["", "nonsense", "x" * 5000])
def test_an_unreadable_stamp_is_refused_and_renewed(began):
    form = sent(began=began)

    assert not form.is_valid()
    assert form["began"].value() not in {"", began}


def test_without_a_minimum_time_only_the_trap_counts(settings):
    settings.HUMAN_SECONDS = 0

    assert sent(began="").is_valid()


def test_the_trap_cannot_be_seen_or_reached_by_keyboard():
    trap = str(IdeaForm()["homepage"])

    assert trap.strip().startswith("<div hidden>")
    assert 'tabindex="-1"' in trap
    assert IdeaForm()["homepage"].is_hidden


def test_what_a_field_needs_is_said_alone_also_to_who_is_quick():
    form = sent(began=stamp(clock.now()), idea="")

    assert not form.is_valid()
    assert list(form.errors) == ["idea"]
