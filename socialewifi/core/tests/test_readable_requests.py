"""What a browser of ours never sends gets a page in plain words, and never a page that something went wrong here."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, RequestFactory

from socialewifi.core.middleware import readable_requests

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
PART = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n'
# Whatever stands here is no text encoding, is not UTF-8, or is not there.
CHARSETS = ["utf-16", "utf-7", "latin-1", "hex", "zip", "idna", "punycode", "undefined", "unicode_escape", "geen"]
UNREADABLE = {
    **{f"form in {name}": (f"{FORM}; charset={name}", b"a=b") for name in CHARSETS},
    **{f"parts in {name}": (f"multipart/form-data; boundary=x; charset={name}", PART) for name in CHARSETS},
    "text in utf-16": ("text/plain; charset=utf-16", b"a=b"),
    "parts without a boundary": ("multipart/form-data", PART),
    "a boundary that is too long": (f"multipart/form-data; boundary={'x' * 300}", PART),
    "too many fields": (FORM, b"&".join([b"a=b"] * 2000)),
    "too many parts": ("multipart/form-data; boundary=x", PART.replace(b"--x--\r\n", b"") * 2000 + b"--x--\r\n"),
    "too large": (FORM, b"a=" + b"b" * 3_000_000),
}
READABLE = {
    "nothing": ("", b""),
    "no form": ("application/json", b"{"),
    "bytes that are no UTF-8": (FORM, b"a=\xff\xfe&%ff%fe=%80&=&&a"),
    "base64 that is none": (
        "multipart/form-data; boundary=x",
        PART.replace(b"\r\n\r\nb", b"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!"),
    ),
    "a NUL in a form": (FORM, b"a=%00"),
    "a NUL as a name": (FORM, b"%00=a"),
    "a NUL in a part": ("multipart/form-data; boundary=x", PART.replace(b"b\r\n--", b"\0\r\n--")),
    "half a form": ("multipart/form-data; boundary=x", PART[:40]),
    "utf-8, said": (f"{FORM}; charset=UTF-8", b"a=b"),
}
ADDRESSES = [
    "/code/",
    "/open/een-link/",
    "/uitnodiging/een-link/",
    "/vertel/",
    "/taal/",
    "/account/login/",
    "/account/login/werk/",
    "/account/password/reset/",
    "/account/2fa/webauthn/login/",
    "/demo/",
    "/nergens/",
]


@pytest.fixture
def visitor(region, agreements):
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_cannot_be_read_gets_a_page_in_plain_words(visitor, what):
    kind, body = UNREADABLE[what]
    for address in ADDRESSES:
        answer = visitor.generic("POST", address, body, content_type=kind)
        assert answer.status_code == 400, address
        assert "Dit begrijpen we niet" in answer.content.decode()


@pytest.mark.parametrize("what", READABLE)
@pytest.mark.parametrize("address", ADDRESSES)
def test_what_can_be_read_is_answered_as_any_form(visitor, what, address):
    kind, body = READABLE[what]
    assert visitor.generic("POST", address, body, content_type=kind).status_code < 500
    # Who sent it says nothing; so does what protects a form.
    assert Client(enforce_csrf_checks=True).generic("POST", address, body, content_type=kind).status_code < 500


@pytest.mark.parametrize("work", ["guide", "administrator"])
def test_the_same_for_who_is_signed_in(request, visitor, work):
    visitor.force_login(request.getfixturevalue(work))
    for what, (kind, body) in UNREADABLE.items():
        assert visitor.generic("POST", "/werk/invoeren/", body, content_type=kind).status_code == 400, what


def test_the_page_is_in_the_language_of_the_visitor(visitor):
    kind, body = UNREADABLE["form in utf-16"]
    answer = visitor.generic("POST", "/code/", body, content_type=kind, headers={"accept-language": "de"})
    assert "Dit begrijpen we niet" not in answer.content.decode()
    assert 'lang="de"' in answer.content.decode()


@pytest.mark.parametrize(
    "cookie",
    [
        "sessionid=abcdefgh\0ijklmnop",
        r'sessionid="abcdefgh\000ijklmnop"',
        r'csrftoken="\000"',
        "sessionid=\xff\xfe" + 40 * "a",
        f"sessionid={'a' * 5000}",
        "django_language=../../etc",
        "messages=x",
        ";;;==;",
    ],
)
@pytest.mark.parametrize("address", ["/", "/code/", "/start/", "/werk/"])
def test_cookies_of_nonsense(visitor, cookie, address):
    assert visitor.get(address, headers={"cookie": cookie}).status_code < 500


@pytest.mark.parametrize("language", ["\0", "*" * 500, "nl;q=999999", "\xff", "x" * 5000, "nl-" + "a" * 300])
def test_a_language_of_nonsense(visitor, language):
    assert visitor.get("/", headers={"accept-language": language}).status_code < 500


@pytest.mark.parametrize("host", ["a b", "x\0", "[::1", "é.nl", "a" * 300, "testserver:99999999"])
def test_a_host_of_nonsense(visitor, host):
    assert visitor.get("/", headers={"host": host}).status_code < 500


@pytest.mark.parametrize(
    "query", ["?q=%00", "?next=%00", "?page=" + "9" * 30, "?page=" + "9" * 5000, "?q=%ff%fe", "?%00=1"]
)
@pytest.mark.parametrize(
    "address",
    ["/", "/open/%00/", "/open/a/", "/initiatieven/", "/verhalen/", "/account/login/", "/uitnodiging/%00/", "/%00/"],
)
def test_an_address_of_nonsense(visitor, address, query):
    assert visitor.get(address + query).status_code < 500


def test_what_is_uploaded_arrives_whole():
    sent = RequestFactory().post("/", {"photo": SimpleUploadedFile("tuin.jpg", b"\0\xff tuin"), "title": "Tuin"})

    answer = readable_requests(lambda request: HttpResponse(request.FILES["photo"].read()))(sent)

    assert answer.content == b"\0\xff tuin"


def test_a_line_that_breaks_off_is_no_error_of_ours(region):
    class Broken:
        def read(self, *_):
            raise OSError

    sent = RequestFactory().post("/", {"a": "b"})
    sent._stream = Broken()

    assert readable_requests(lambda request: HttpResponse())(sent).status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("shown", ["http://[::1", "http://[", "//[x]/"])
def test_an_address_that_no_browser_has_breaks_nothing_for_who_is_signed_out(client, region, method, shown):
    headers = {"HX-Request": "true", "HX-Current-URL": shown}

    answer = getattr(client, method)("/werk/", headers=headers)

    assert answer.status_code < 500
