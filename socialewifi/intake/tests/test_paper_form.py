"""The same questions on paper (R10)."""

import pytest

from socialewifi.core.tests import pdfs
from socialewifi.intake.forms.report import ADDRESS, QUESTIONS
from socialewifi.intake.views import paper

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_region_is_there(region):
    pass


@pytest.mark.parametrize("language", ["nl", "en", "de"])
def test_the_paper_form_is_an_accessible_document_in_three_languages(client, language):
    answer = client.get("/vertel/papier/", {"taal": language})

    assert answer.headers["Content-Type"] == "application/pdf"
    assert pdfs.claims_to_be_accessible(answer.content)
    assert pdfs.language_of(answer.content) == language
    assert 2 <= pdfs.pages_of(answer.content) <= 4


def test_it_asks_the_same_questions_as_the_website(monkeypatch, region):
    contents = []
    monkeypatch.setattr("socialewifi.core.pdf.make_pdf", lambda _template, content: contents.append(content) or b"")

    paper.paper_pdf("nl")

    asked = [field["label"] for section in contents[0]["sections"] for field in section["fields"]]
    for question in (*QUESTIONS, ADDRESS):
        for field in question.form.base_fields.values():
            assert str(field.label) in asked
    assert asked[-1] == "Handtekening"


def test_another_language_is_answered_in_dutch(client):
    assert pdfs.language_of(client.get("/vertel/papier/", {"taal": "x'y"}).content) == "nl"
