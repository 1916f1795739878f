"""A form that changes what is known, while someone else changes it too."""

import pytest
from django import forms
from django.http import QueryDict

from socialewifi.core.editing import EditForm, Overtaken

BEFORE = {"name": "Roos", "words": "Een  bankje\nbij de kerk", "colour": "1", "days": ["1", "2"]}


class Form(EditForm):
    name = forms.CharField(required=False)
    words = forms.CharField(required=False)
    colour = forms.ChoiceField(choices=[("groep", [("1", "rood"), ("2", "blauw")])], required=False)
    days = forms.MultipleChoiceField(choices=[("1", "ma"), ("2", "di"), ("3", "wo")], required=False)


def send(*, known, **typed):
    """Send the form as it was drawn before, with what was typed in it, now that this is known."""
    drawn = Form(initial=BEFORE)
    sent = QueryDict(mutable=True)
    sent["token"] = str(drawn["token"].value())
    sent["based_on"] = drawn["based_on"].value()
    for name, value in {**BEFORE, **typed}.items():
        sent.setlist(name, value if isinstance(value, list) else [value])
    return Form(sent, initial={**BEFORE, **known})


def saved(form):
    assert form.is_valid(), form.errors
    return {name: form.cleaned_data[name] for name in BEFORE}


def test_what_only_i_changed_is_saved():
    assert saved(send(known={}, name="Roosje"))["name"] == "Roosje"


@pytest.mark.parametrize(
    "known", [{"name": "Rosa"}, {"words": "Een tafel"}, {"colour": "2"}, {"days": ["3"]}, {"name": None}]
)
def test_what_someone_else_changed_and_i_left_as_it_was_stays_as_they_made_it(known):
    typed = {"name": "Roosje"} if "name" not in known else {"words": "Een tafel"}

    found = saved(send(known=known, **typed))

    assert found == {**found, **{name: value or "" for name, value in known.items()}, **typed}


@pytest.mark.parametrize(
    ("field", "theirs", "mine", "now"),
    [
        ("name", "Rosa", "Roosje", "Rosa"),
        ("colour", "2", "", "blauw"),
        ("days", ["3"], ["1"], "wo"),
        ("words", "", "Een hek", "–"),
    ],
)
def test_what_we_both_changed_is_asked_about_once_with_what_stands_there_now(field, theirs, mine, now):
    form = send(known={field: theirs}, **{field: mine})

    assert not form.is_valid()
    assert f"‘{now}’" in form.errors[field][0]
    again = Form(form.data, initial={**BEFORE, field: theirs})
    assert saved(again)[field] == mine


def test_what_we_both_changed_to_the_same_is_no_conflict():
    assert saved(send(known={"name": "Rosa"}, name="Rosa"))["name"] == "Rosa"


def test_a_form_that_says_not_what_it_is_based_on_is_taken_as_it_is():
    form = Form(QueryDict("token=00000000-0000-4000-8000-000000000001&name=Roosje"), initial=BEFORE)

    assert saved(form)["name"] == "Roosje"


@pytest.mark.parametrize("based_on", ["name", "name:", ":x", "name:x name:y", "geen:12345678", "a:b:c"])
def test_nonsense_in_what_it_is_based_on_breaks_nothing(based_on):
    sent = QueryDict(mutable=True)
    sent.update({"token": "00000000-0000-4000-8000-000000000001", "based_on": based_on, "name": "Roosje"})

    assert Form(sent, initial=BEFORE).is_valid() in {True, False}


def test_under_the_lock_it_is_looked_at_once_more():
    class Of(Form):
        def as_it_is(self):
            return {"name": self.about}

    form = Of(about="Roos")
    form.require_unchanged("Roos")

    with pytest.raises(Overtaken):
        form.require_unchanged("Rosa")
