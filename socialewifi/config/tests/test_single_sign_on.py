import json

import pytest
from django.core.exceptions import ImproperlyConfigured

from socialewifi.config import single_sign_on

TOWN = {
    "id": "waterdorp",
    "name": "Gemeente Waterdorp",
    "server_url": "https://inloggen.waterdorp.test",
    "client_id": "wifi",
    "secret": "heel-geheim",
    "domains": ["Waterdorp.test"],
}


def test_without_the_variable_no_organisation_signs_in_itself():
    assert single_sign_on.organisations("") == []
    assert single_sign_on.providers([]) == {}


def test_an_organisation_is_believed_about_its_own_addresses():
    found = single_sign_on.organisations(json.dumps([TOWN]))

    app = single_sign_on.providers(found)["openid_connect"]["APPS"][0]
    assert (app["provider_id"], app["settings"]["verified_email"]) == ("waterdorp", ["waterdorp.test"])
    assert found[0].second_factor is False


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "not valid JSON"),
        ("{}", "must be a list"),
        ('["x"]', "organisation 1 is not an object"),
        (json.dumps([{**TOWN, "domains": []}]), "domains of organisation 1"),
        (json.dumps([TOWN, {"id": "x"}]), "organisation 2 misses client_id, domains, name, secret, server_url"),
        (json.dumps([{**TOWN, "tenant": "x"}]), "has unknown tenant"),
    ],
)
def test_a_mistake_is_one_line_without_the_secret(text, said):
    with pytest.raises(ImproperlyConfigured) as refusal:
        single_sign_on.organisations(text)

    assert said in str(refusal.value)
    assert "heel-geheim" not in str(refusal.value)
