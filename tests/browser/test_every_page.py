"""Every page there is, each in a small and a large window, by day and by night: without a fault, and as valid HTML."""

import re
import uuid
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, resolve, reverse
from django.views.csrf import csrf_failure

from socialewifi.core.models import Message
from socialewifi.initiatives.tests.telling import ready_to_report, send, tell
from tests.browser import every_page
from tests.browser.every_page import Visit, someone
from tests.browser.test_access import sign_in
from tests.journeys.permission_grid import EXEMPT, ROWS
from tests.journeys.permission_world import World
from tests.validity import faults as invalid

NARROW = {"width": 320, "height": 640}
WIDE = {"width": 1280, "height": 900}
# So that two processes share the work.
PARTS = 2
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def world(transactional_db):
    with transaction.atomic():  # what is published and the consent to it belong together
        return World()


@pytest.fixture
def drafts(world):
    """An idea that is told, and one that is sent."""
    ready_to_report()
    told, sent = tell(Client()), tell(Client())
    send(Client(), sent)
    return {"report-check": told, "report-done": sent}


class Eye:
    """Looks at pages as different people, and remembers every fault and every page."""

    def __init__(self, new_context, live_server, people, axe_faults):
        self._new_context, self._live_server, self._people = new_context, live_server, people
        self._axe_faults = axe_faults
        self._windows = {}
        self.faults = {}
        self.seen = {}

    def window(self, who, language="nl"):
        """Return the window of this person, signed in."""
        if (who, language) not in self._windows:
            context = self._new_context(viewport=NARROW, reduced_motion="reduce")
            context.add_cookies([{"name": "django_language", "value": language, "url": self._live_server.url}])
            if user := self._people[who]:
                sign_in(context, self._live_server, user, passed=True)
            self._windows[who, language] = context.new_page()
        return self._windows[who, language]

    def visit(self, one, *, language="nl", briefly=False):
        """Open a page and look at it; ``briefly`` is in the small window only."""
        page = self.window(one.who, language)
        answer = page.goto(one.address)
        if (answer.status, page.url) != (200, f"{self._live_server.url}{one.address}"):
            self.faults[str(one)] = f"{answer.status} {page.url}"
        else:
            self.look(page, str(one), answer.text(), briefly=briefly)

    def show(self, one, html):
        """Look at what was answered to a form, as if this person had sent it."""
        page = self.window(one.who)
        page.route(f"**{one.address}", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
        page.goto(one.address)
        self.look(page, str(one), html, briefly=True)
        page.unroute(f"**{one.address}")

    def look(self, page, name, html, *, briefly=False):
        """Look at what stands in this window: narrow by day, and wide by night."""
        self.seen[name] = html
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(NARROW)
        found = [self._axe_faults(page), "scrolls sideways" if page.evaluate(TOO_WIDE) else ""]
        if not briefly:
            page.emulate_media(color_scheme="dark")
            page.set_viewport_size(WIDE)
            found.append(self._axe_faults(page, look_only=True))
        if any(found):
            self.faults[name] = "\n".join(one for one in found if one)

    def finds_nothing(self):
        self.faults |= {name: "\n".join(found) for name, found in invalid(self.seen).items()}
        assert not self.faults, "\n\n".join(f"{name}\n{found}" for name, found in self.faults.items())


@pytest.fixture
def eye(new_context, live_server, world, axe_faults):
    return Eye(new_context, live_server, world.people, axe_faults)


def test_every_address_is_looked_at_or_is_no_page():
    named = {row.name for row in ROWS} | set(EXEMPT)

    assert every_page.looked_at() | set(every_page.NO_PAGE) | every_page.only_take_a_form() == named
    assert not every_page.looked_at() & set(every_page.NO_PAGE)


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_is_wrong_with_any_page(eye, world, drafts, part):
    for one in every_page.visits(world, drafts)[part::PARTS]:
        eye.visit(one)

    eye.finds_nothing()


def test_nothing_is_wrong_with_a_form_that_is_refused(eye, world):
    for one, html in refusals(world):
        eye.show(one, html)

    assert len(eye.seen) > 40
    eye.finds_nothing()


def refusals(world):
    """Return what is answered to every form that is sent without a word in it."""
    for row in ROWS:
        if "o" in row.send:
            one = Visit(f"{row.name} refused", someone(row.send), world.address(row.name, row.where))
            answer = send_nothing(world.people[one.who], one.address)
            if answer.status_code == 422:
                yield one, answer.content.decode()


def test_nothing_is_wrong_with_what_comes_back_to_whoever_is_too_late(eye, world):
    typed = dict.fromkeys(("reason", "explanation"), "Dit is te laat.")
    for name, where, who in (
        ("work-reopen", "exploring", "contact"),
        ("panel-recuse", "written seat", "panel seated"),
        ("mine-stop", "withdrawn", "owner"),
        ("mine-stop", "exploring", "stranger"),
    ):
        one = Visit(f"{name} too late", who, world.address(name, where))
        answer = send_nothing(world.people[who], one.address, **typed)
        assert answer.status_code in {403, 404}
        assert "Dit is te laat." in answer.content.decode()
        eye.show(one, answer.content.decode())

    eye.finds_nothing()


def send_nothing(user, address, **typed):
    """Send the form, with no more than this in it, and undo what it did."""
    with transaction.atomic():
        client = Client()
        if user:
            client.force_login(user)
        answer = client.post(address, {"token": str(uuid.uuid4()), **typed})
        transaction.set_rollback(True)
    return answer


@pytest.mark.parametrize("language", ["de", "en"])
def test_nothing_is_wrong_in_another_language(eye, world, drafts, language):
    for one in every_page.visits(world, drafts):
        if one.who in {"anonymous", "owner"}:
            eye.visit(one, language=language, briefly=True)

    eye.finds_nothing()


def test_nothing_is_wrong_where_people_come_in_and_see_to_their_own_access(eye, world):
    user = world.people["administrator"]
    user.set_password("een heel lang wachtwoord")
    user.save()
    for name in every_page.FOR_ANYONE:
        eye.visit(Visit(name, "anonymous", reverse(name)))
    for name in every_page.OF_ONESELF:
        eye.visit(Visit(name, "administrator", reverse(name)))
    TOTP.activate(user, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(user)
    key = Authenticator.objects.create(user=user, type="webauthn", data={"name": "Mijn laptop", "credential": {}})
    for name in every_page.ONCE_A_FACTOR_IS_THERE:
        eye.visit(Visit(f"{name} with a factor", "administrator", reverse(name)))
    for name in every_page.OF_ONES_KEY:
        eye.visit(Visit(name, "administrator", reverse(name, args=[key.pk])))

    # The form of a new passkey has no button that sends it: the browser does, once it has the key.
    del eye.seen[str(Visit("mfa_add_webauthn", "administrator", reverse("mfa_add_webauthn")))]
    eye.finds_nothing()


def test_nothing_is_wrong_on_the_way_in(eye, world):
    page, user = eye.window("anonymous"), world.people["administrator"]
    user.set_password("een heel lang wachtwoord")
    user.save()
    TOTP.activate(user, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    page.goto(reverse("account_login"))
    page.get_by_label("E-mailadres").fill(user.email)
    page.locator("[name=password]").fill("een heel lang wachtwoord")
    page.locator("main button[type=submit]").first.click()
    arrives(eye, page, "mfa_authenticate")
    del eye.seen["mfa_authenticate"]  # its form with a passkey has no button that sends it either

    page.context.clear_cookies()
    page.goto(reverse("account_request_login_code"))
    page.get_by_label("E-mailadres").fill(world.people["owner"].email)
    page.locator("main button[type=submit]").first.click()
    arrives(eye, page, "account_confirm_login_code")

    Client().post(reverse("account_reset_password"), {"email": user.email})
    page.goto(urlsplit(re.search(r"https?://\S+", Message.objects.latest("pk").body)[0]).path)
    arrives(eye, page, "account_reset_password_from_key")

    eye.visit(Visit("account_set_password", "owner", reverse("account_set_password")))
    eye.finds_nothing()


def arrives(eye, page, name):
    page.wait_for_url(lambda url: resolve(urlsplit(url).path).view_name == name)
    eye.look(page, name, page.reload().text())


def test_nothing_is_wrong_in_the_demo(eye, world, settings):
    settings.DEMO = True
    for name, where in every_page.IN_THE_DEMO.items():
        eye.visit(Visit(name, "administrator", world.address(name, where)))

    eye.finds_nothing()


def test_nothing_is_wrong_when_something_is_wrong(eye, rf):
    for status in (400, 403, 404, 500):
        handler = get_resolver().resolve_error_handler(status)
        request = rf.get("/fout/")
        request.user, request.session = AnonymousUser(), {}
        answer = handler(request) if status == 500 else handler(request, Exception())
        eye.show(Visit(f"error {status}", "anonymous", "/fout/"), answer.content.decode())
    stale = csrf_failure(rf.post("/fout/"))
    eye.show(Visit("a form that is too old", "anonymous", "/fout/"), stale.content.decode())

    eye.finds_nothing()
