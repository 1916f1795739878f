import time

import pytest
from django.utils.translation import override

from socialewifi.core.redaction import (
    has_contact_details,
    name_for_mail,
    without_a_trace,
    without_contact_details,
    without_links,
    words_to_search,
)

WRITTEN = {
    "numbers": """06 12 34 56 78|06-12345678|0612345678|+31 6 12345678|+31 (0)6 1234 5678|0031612345678|043 - 350 12 34
        |06.12.34.56.78|06/12345678|0 6 1 2 3 4 5 6 7 8|6 12345678|0475 12 34 56|+32 475 12 34 56|0241 123456
        |+49 241 1234567|0171/1234567|06\u200b12345678|\uff10\uff16\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18
        |(043) 3501234|0612 345 678|tel:+31612345678
        |06·12·34·56·78|06*12*34*56*78|06_12_34_56_78|06~12~34~56~78|06=12345678
        |06:12:34:56:78|06: 12345678|06, 12, 34, 56, 78|06;12;34;56;78|06 = 12 = 34 = 56 = 78""",
    "mail": """jan@voorbeeld.nl|jan.de.vries+x@post.voorbeeld.co.uk|jan @ voorbeeld.nl|jan (at) voorbeeld punt nl
        |jan[at]voorbeeld.nl|jan at voorbeeld dot nl|jan apenstaartje voorbeeld punt nl|jan\uff20voorbeeld.nl
        |JAN@VOORBEELD.NL|jan\u200b@voorbeeld.nl|jan\u00ad(at)voor\u200bbeeld punt nl|jan.de.vries@voor…""",
    "accounts": """NL91 ABNA 0417 1643 00|NL91ABNA0417164300|nl91 abna 0417 1643 00|NL91.ABNA.0417.1643.00
        |NL91 ABNA 0417…|BE68 5390 0754 7034|DE89 3704 0044 0532 0130 00""",
    "houses": """Dorpsstraat 12|dorpsstraat 12a|Kerkplein 3-5|Emmaplein nr. 5|Markt 5|Lindenheuvel 12, 6163 AB Geleen
        |6211 AB|6211AB|6211ab|6211 ab|Hauptstraße 12|Rue de la Station 12|12 rue de la Station|Van Heugtenweg 3
        |12 High Street|Dorpsstr. 12|Dorpsstraat 12, 6211 AB Maastricht|Dorpsstraat nummer 12|Dorpsstr 12
        |6211ab9|6211 AB12""",
}
KEPT = """Straatfeest 2026 in de wijk|in 2026 en 2027|12-05-2026 om 14:00|01-05-2026 14.00 uur|2026-11-26|€ 1.250,50
    |1250 euro|groep 8|2024-2025|van 10.00 tot 12.30|Op de weg 3 lampen|in het park 3 bankjes|met 25 buren
    |at home with 3 people|we meet at the park|www.voorbeeld.nl|https://voorbeeld.nl/pagina|03-06-2026 en 04-06-2026
    |elke 1e en 3e dinsdag|30 km|2000 m2|200 x 300 cm|5 tot 12 jaar|1 april 2026 tot 30 juni 2026
    |€ 2.500 voor 40 stoelen|08 = 09 = 10 = 11 = 12|08 ~ 09 ~ 10 ~ 11|08 * 09 * 10 * 11 * 12|08==09==10==11==12
    |06:30, 07:30, 08:30, 09:30 uur|06.15 en 07.15 uur|06:00 tot 07:00 of 10:00"""


def _each(written):
    return [one.strip() for one in written.split("|")]


@pytest.mark.parametrize("written", [one for kind in WRITTEN.values() for one in _each(kind)])
def test_however_it_is_written_nothing_of_it_is_left(written):
    told = without_contact_details(f"Kom maar langs: {written} of vraag het.")

    left = told.replace("[nummer weggelaten]", "").replace("[adres weggelaten]", "")
    assert "weggelaten]" in told
    assert not any(sign.isdigit() for sign in left)
    assert "voorbeeld" not in left


@pytest.mark.parametrize("written", _each(KEPT))
def test_a_day_an_amount_or_a_web_page_stays(written):
    assert without_contact_details(f"Dit is het: {written}") == f"Dit is het: {written}"


def test_hours_with_a_line_between_them_are_no_number_and_a_number_with_lines_in_it_is():
    assert without_contact_details("Planning: 08 | 09 | 10 | 11 | 12") == "Planning: 08 | 09 | 10 | 11 | 12"
    for written in ("06|12|34|56|78", "06 | 12 | 34 | 56 | 78"):
        assert without_contact_details(f"Bel {written}") == "Bel [nummer weggelaten]"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Uw pakket, bel 06 87654321", "Uw pakket, bel"),
        ("Bel 06\u200b8765\u00ad4321 nu", "Bel nu"),
        ("jan\u200b@voorbeeld.nl", "…"),
        ("tel:+31687654321", "tel"),
        ("Kijk op evil.test", "Kijk op evil. test"),
        ("ev\u00adil.te\u200bst", "evil. test"),
        ("06 12345678", "…"),
        ("", ""),
        ("Tuin 2.0 van A.B. de Vries", "Tuin 2.0 van A.B. de Vries"),
    ],
)
def test_a_name_in_a_mail_to_someone_who_may_not_know_us_says_nothing_but_the_name(typed, shown):
    assert name_for_mail(typed) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("evil.\u200btest", "evil. test"),
        ("htt\u00adps://evil.test", "…"),
        ("caf.e\u0301e\u0301", "caf. éé"),
        ("bel tel:112", "bel …"),
        ("sms:112", "…"),
        ("Hotel: een kamer", "Hotel: een kamer"),
        ("(evil.test/prijs)", "…"),
        ("en/of 2.5", "en/of 2.5"),
    ],
)
def test_nothing_that_can_be_pressed_hides_behind_signs_that_nobody_sees(typed, shown):
    assert without_links(typed) == shown


def test_a_text_with_nothing_to_leave_out_stays_as_it_was_typed_sign_by_sign():
    family = "Feest op 12 mei \U0001f468\u200d\U0001f469\u200d\U0001f467 cafe\u0301"
    assert without_contact_details(family) == family


@pytest.mark.parametrize("cut", ["Feest, bel 06 1234…", "Feest, bel 06-123456", "Feest, bel +31 6 12…"])
def test_half_a_number_that_a_cut_left_over_is_left_out_too(cut):
    assert without_contact_details(cut).startswith("Feest, bel [nummer weggelaten]")


def test_what_was_left_out_is_named_in_the_language_of_the_reader():
    with override("de"):
        assert without_contact_details("Bel 06 12 34 56 78") == "Bel [Nummer weggelassen]"


def test_a_name_for_an_address_of_a_page_has_no_trace_of_it():
    assert without_a_trace("Feest, bel 06 12 34 56 78") == "Feest, bel"
    assert without_a_trace("Feest  voor iedereen") == "Feest  voor iedereen"


def test_who_searches_may_look_for_words_and_a_year_but_not_for_a_number():
    assert words_to_search("feest 2026 bij Jan 12 34 jan@voorbeeld.nl 345678") == "feest 2026 bij Jan"


def test_words_tell_whether_there_is_something_to_leave_out():
    assert has_contact_details("Mail jan@voorbeeld.nl")
    assert not has_contact_details("Kom op 12 mei")


@pytest.mark.parametrize(
    "made",
    [
        *("A" * 9_990, "a.a.a " * 1_660, "0-" * 4_990, "0 " * 4_990, "A1 " * 3_300, "straat" * 1_600, "a(at)" * 2_000),
        *(
            "a." * 10_000 + "0@",
            "a." * 5_000 + "/" * 5_000,
            "a:" * 5_000,
            "www." * 2_500,
            "é.é" * 3_000,
            "e" + "\u0301\u0327" * 30_000,
        ),
        *("AB12" + " A1B2" * 1_990, "a at b punt " * 830, "a-" * 4_990, "rue a " * 1_600, "at" + " " * 9_980),
    ],
)
def test_no_text_takes_long_however_it_is_made(made):
    began = time.process_time()
    without_contact_details(f"{made} 1")
    without_links(made)
    name_for_mail(made)

    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "mark", ["\ufe0f\u20e3", "\u034f", "\u200d", "\ufe0e", "\ufe00", "\U000e0100", "\u180b", "\u0332", "\u3164"]
)
def test_marks_that_nobody_sees_hide_no_number(mark):
    assert has_contact_details("Bel 06" + "".join(f"{digit}{mark}" for digit in "12345678"))
