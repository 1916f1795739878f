from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from socialewifi.core.fields import EuroField, LineField, MailField, PhoneField, WordsField


def refusal(field, typed):
    with pytest.raises(ValidationError) as refused:
        field.clean(typed)
    return refused.value.messages


@pytest.mark.parametrize("typed", ["Een 🌱 tuin\nvoor ons", "حديقة للجميع", "<b>tuin</b> & meer", "a\tb"])
def test_words_in_any_script_are_kept_as_they_were_written(typed):
    assert WordsField(longest=200).clean(typed) == typed


def test_characters_that_nobody_can_see_are_left_out_and_line_breaks_are_one_kind():
    assert WordsField(longest=200).clean("a\x00b\x07c\x7f\r\nd\re") == "abc\nd\ne"


def test_a_text_that_is_too_long_is_refused_with_its_length_and_never_cut_off_by_the_browser():
    field = WordsField(longest=10, rows=4)

    assert "11 tekens" in refusal(field, "x" * 11)[0]
    assert "maxlength" not in field.widget.attrs


def test_a_line_is_one_line():
    assert LineField(longest=50).clean("  Roos\n\tInwoner ") == "Roos Inwoner"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0612345678", "06 12345678"),
        ("+31 (0)6-1234 5678", "06 12345678"),
        ("0031612345678", "06 12345678"),
        ("045 - 571 12 34", "045 571 1234"),
        ("+32 470 12 34 56", "+32 470 12 34 56"),
        ("0049 241 123456", "+49 241 123456"),
    ],
)
def test_a_phone_number_of_here_or_over_the_border_is_kept_readable(typed, kept):
    assert PhoneField().clean(typed) == kept


@pytest.mark.parametrize("typed", ["12345", "geen", "06 1234", "+44 20 7946 0958", "0612345678 bel na vijf"])
def test_another_phone_number_is_refused_with_an_example(typed):
    assert "06 12345678" in refusal(PhoneField(), typed)[0]


@pytest.mark.parametrize("field", [PhoneField, MailField, EuroField])
def test_what_need_not_be_filled_in_may_stay_empty(field):
    assert not field(required=False).clean("  ")


def test_an_address_for_mail_loses_its_spaces_and_a_wrong_one_is_refused_with_an_example():
    assert MailField().clean(" roos@voorbeeld.test ") == "roos@voorbeeld.test"
    assert refusal(MailField(), "roos@") == ["Dit e-mailadres klopt niet. Een adres ziet eruit als naam@voorbeeld.nl."]


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("250", "250.00"),
        ("€ 1.250,50", "1250.50"),
        ("1,250.50", "1250.50"),
        ("1.250", "1250.00"),
        ("12,5", "12.50"),
        ("500,-", "500.00"),
        ("100 euro", "100.00"),
    ],
)
def test_an_amount_is_read_as_people_write_it(typed, amount):
    assert EuroField().clean(typed) == Decimal(amount)


@pytest.mark.parametrize(("kept", "shown"), [("250.00", "250"), ("12.50", "12,50"), ("veel", "veel"), (None, None)])
def test_an_amount_is_shown_as_people_write_it(kept, shown):
    assert EuroField().prepare_value(kept) == shown


def test_nothing_is_no_amount():
    assert EuroField(required=False).clean("0") is None


@pytest.mark.parametrize("typed", ["veel", "-5", "1.2.3", "99999999999", "NaN", "1e9"])
def test_what_is_no_amount_is_refused(typed):
    assert "1.250,50" in refusal(EuroField(), typed)[0]
