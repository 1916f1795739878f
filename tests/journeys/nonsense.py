"""What people, their machines and those who wish us ill send: for each field of each form, and each address."""

import random
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import quote, quote_from_bytes, urlencode

WORDS = (
    "",
    " ",
    "0",
    "-1",
    "1e9",
    "NaN",
    "9" * 400,
    "2147483648",
    "9223372036854775808",
    "1,50",
    "٣",
    "²",
    "True",
    "null",
    "[]",
    "2026-02-30",
    "0000-00-00",
    "9999-12-31",
    "0001-01-01",
    "99999-01-01",
    "2026-03-29T02:30",
    "2026-10-25T02:30",
    "9999-12-31T23:59",
    "31-12-2026",
    "25:61",
    "a" * 300,
    "é" * 5_000,
    "x" * 200_000,
    "woord " * 20_000,
    "regel\r\nregel\n\rregel\x0b\x0c\x85\u2028",
    "\x00",
    "voor\x00na",
    "\ufeffmet een merk",
    "\u202eachterstevoren\u202c",
    "\u200b",
    "I\u0307stanbul ß ﬁ Å e\u0301",
    "👨‍👩‍👧‍👦" * 20,
    "\U0010ffff\uffff",
    "<script>alert(1)</script>",
    "<p><b>" * 500,
    "{{ settings.SECRET_KEY }}{% load x %}",
    "%(naam)s %s {0} {naam} $naam",
    "' OR 1=1; --",
    "\\",
    "%",
    "../../../../etc/passwd",
    "javascript:alert(1)",
    "//elders.test/\\",
    "http://[::1",
    "mailto:x",
    "a@b",
    "a" * 64 + "@" + "b" * 250 + ".test",
    '"a b"@voorbeeld.test',
    "é@voorbeeld.test",
    "x@xn--",
    "x@voorbeeld.test\r\nBcc: y@voorbeeld.test",
    "+31 6 12345678 #9",
    "06" * 60,
    "112",
    "6211 CJ",
    "00000000-0000-0000-0000-000000000000",
    "00000000-0000-4000-8000-00000000000g",
    "AAAA-BBBB-CCCC",
)
# What cannot be UTF-8, half a sign and a sign too long among it.
BYTES = (b"\xff\xfe", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\x80", b"a\xe9b")
QUERY = ("q", "p", "page", "pagina", "next", "status", "sort", "from", "to", "place", "theme", "code", "as", "format")
BODIES = (
    ("application/json", b'{"title": ["' + b"[" * 500),
    ("application/xml", b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"),
    ("multipart/form-data", b"geen grens"),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="title"\r\n\r\nhalf'),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; filename="\x00/../b"\r\n\r\n',
    ),
    ("application/x-www-form-urlencoded; charset=geen", b"title=x"),
    ("application/x-www-form-urlencoded", b"&&==&=&" * 50),
    ("application/x-www-form-urlencoded", b"&".join(b"f%d=1" % number for number in range(1_100))),
    ("", b"\x00\x01\x02"),
)
# As another site, a proxy, or a browser that is none, would say it of itself.
HEADERS = {
    "Origin": ("null", "http://[::1", "https://elders.test", "\x80", "http://testserver:99999999"),
    "Referer": ("http://[::1", "https://elders.test/", "/", "\x80"),
    "X-Forwarded-For": ("geen adres", "::1, ::1", "1.2.3.4" * 100, "\x80"),
    "Accept-Language": ("x-klingon", "nl;q=9", "*", "nl," * 2_000, "\x80"),
    "Accept": ("application/json", "text/plain;q=x", "\x80"),
    "Accept-Encoding": ("gzip;q=0", "br, x", "\x80"),
    "User-Agent": ("", "x" * 4_000, "\x80"),
    "If-Modified-Since": ("gisteren", "Mon, 99 Foo 99999 99:99:99 GMT"),
    "If-None-Match": ("*", '"', "W/"),
    "Range": ("bytes=5-1", "bytes=-", "x"),
    "HX-Request": ("true",),
    "HX-Target": ("<x>", "\x80"),
    "HX-Current-URL": ("http://[::1", "\x80"),
    "Content-Encoding": ("gzip", "geen"),
    "X-CSRFToken": ("x", "\x80" * 40),
}
METHODS = ("GET", "GET", "GET", "HEAD", "OPTIONS", "PUT", "DELETE")
FORM = "application/x-www-form-urlencoded"


@dataclass
class Form:
    """A form as it stands on a page: where it goes, how, and what each field may hold."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)


class Forms(HTMLParser):
    """The forms of a page."""

    @classmethod
    def of(cls, page: str) -> list[Form]:
        reader = cls()
        reader.feed(page)
        return reader.found

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        had = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append(Form(had.get("action", ""), had.get("method", "get").lower()))
        if not self.found:
            return
        if tag == "select":
            self._select = had.get("name", "")
        name = self._select if tag == "option" else had.get("name", "")
        if name and tag in {"input", "textarea", "button", "option", "select"}:
            values = self.found[-1].fields.setdefault(name, [])
            values += [had["value"]] if "value" in had else []


@dataclass(frozen=True)
class Request:
    """One thing that is sent, as the browsers of these tests send it."""

    method: str
    address: str
    body: bytes = b""
    kind: str = FORM
    headers: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method} {self.address[:200]} {self.headers} {self.kind} {self.body[:600]!r}"


class Fuzzer:
    """Makes nonsense out of what makes sense: the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)

    def shuffled(self, forms: list["Form"]) -> list["Form"]:
        """Return them in another order each time."""
        return self._chance.sample(forms, len(forms))

    def of_an_address(self, address: str) -> Request:
        """Ask for this address with nonsense behind or in it."""
        if self._chance.random() < 0.3:
            parts = address.strip("/").split("/")
            parts[self._chance.randrange(len(parts))] = self._quoted(short=True)
            address = f"/{'/'.join(parts)}/"
        names = self._chance.sample(QUERY, self._chance.randint(1, 3))
        asked = "&".join(f"{name}={self._quoted(short=True)}" for name in names)
        return Request(self._chance.choice(METHODS), f"{address}?{asked}")

    def of_a_form(self, form: Form, address: str) -> Request:
        """Fill in a form, with nonsense in one to three of its fields."""
        if self._chance.random() < 0.04:
            kind, body = self._chance.choice(BODIES)
            return Request("POST", address, body, kind)
        names = [name for name in form.fields if name != "csrfmiddlewaretoken"]
        wrong = set(self._chance.sample(names, min(len(names), self._chance.randint(1, 3))))
        parts = []
        for name, values in form.fields.items():
            many = 1 if name not in wrong else self._chance.choice([0, 1, 1, 1, 1, 2])
            parts += [f"{quote(name)}={self._filled_in(values, wrong=name in wrong)}" for _one in range(many)]
        sent = "&".join(parts)
        if form.method == "get":
            return Request("GET", f"{address}?{sent[:8_000]}")
        return Request("POST", address, sent.encode())

    def _filled_in(self, values: list[str], *, wrong: bool) -> str:
        if wrong:
            return self._quoted()
        return urlencode({"": self._chance.choice(values) if values else "Zo is het."})[1:]

    def _quoted(self, *, short: bool = False) -> str:
        if self._chance.random() < 0.1:
            return quote_from_bytes(self._chance.choice(BYTES))
        word = self._chance.choice(WORDS)
        return quote(word[:300] if short else word, safe="")
