from datetime import UTC, datetime

import pytest
from django.utils.translation import get_language

from socialewifi.core import pdf
from socialewifi.core.letters import Sender, letters_pdf
from socialewifi.core.models import Message
from socialewifi.core.tests import pdfs

NOON = datetime(2026, 6, 10, 10, 0, tzinfo=UTC)


def the_desk():
    return Sender("Loket Vrijwillige Energie", "Loket Vrijwillige Energie · Meerland", get_language())


def letter(**changed):
    values = {
        "to_name": "Olaf Inwoner",
        "to_address": "Dorpsstraat 1\n1234 AB Waterdorp",
        "language": "nl",
        "subject": "Bedankt, we hebben je idee",
        "body": "Dag Olaf,\n\nDit is je code:\nABCD-2345-WXYZ\n\nGroet",
        "created_at": NOON,
    }
    return Message(channel=Message.Channel.LETTER, **{**values, **changed})


def test_a_letter_is_an_accessible_document_with_a_title_and_a_language():
    printed = letters_pdf([letter()], sender=the_desk)

    assert pdfs.claims_to_be_accessible(printed)
    assert pdfs.title_of(printed) == "Bedankt, we hebben je idee"
    assert pdfs.language_of(printed) == "nl"
    assert pdfs.pages_of(printed) == 1


def test_each_letter_begins_on_its_own_page():
    printed = letters_pdf([letter(), letter(language="de"), letter()], sender=the_desk, title="Brieven")

    assert pdfs.pages_of(printed) == 3
    assert pdfs.title_of(printed) == "Brieven"


def test_date_and_foot_are_written_in_the_language_of_the_letter(monkeypatch):
    contents = []
    monkeypatch.setattr("socialewifi.core.letters.make_pdf", lambda _template, content: contents.append(content) or b"")

    letters_pdf([letter(), letter(language="de")], sender=the_desk)

    assert [one["date"] for one in contents[0]["letters"]] == ["10 juni 2026", "10. Juni 2026"]
    assert [one["sender"]["closing"] for one in contents[0]["letters"]] == ["nl", "de"]


@pytest.mark.parametrize(
    "words",
    [
        '#panic("x") $x$ *vet* _schuin_ `code` \\ @ref <label> [a] {b} // c /* d */',
        "🌱🌻 حديقة للجميع 花园 सामुदायिक \u202eomgekeerd",
        "x" * 3000,
        "regel\nregel\n\n\n\nregel",
        "",
        "   ",
        "🌱",
    ],
)
def test_whatever_someone_is_called_or_wrote_becomes_text_on_a_letter(words):
    printed = letters_pdf([letter(to_name=words, to_address=words, subject=words, body=words)], sender=the_desk)

    assert pdfs.claims_to_be_accessible(printed)


def test_what_is_wrong_with_a_template_is_told(tmp_path):
    template = tmp_path / "wrong.typ"
    template.write_text("#nothing-of-the-kind()")

    with pytest.raises(pdf.CannotBePrinted):
        pdf.make_pdf(template, {})
