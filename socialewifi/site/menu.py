"""The main menu and the page someone starts at, by what they do here. Pages that are not there yet are left out."""

from django.contrib.auth.models import AnonymousUser
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from socialewifi.people.models import Role, User

Kind = Role.Kind
GUIDES = (Kind.GUIDE, Kind.COORDINATOR, Kind.REGIONAL_COORDINATOR)
COORDINATORS = (Kind.COORDINATOR, Kind.REGIONAL_COORDINATOR)

# Label, name of the page, and whose it is; in the order of the menu.
WORK: list[tuple[str | Promise, str, tuple[str, ...]]] = [
    (_("Vandaag"), "today", GUIDES),
    (_("Gemeente"), "ambassador-list", (Kind.AMBASSADOR,)),
    (_("Initiatieven"), "work-list", (*GUIDES, Kind.AMBASSADOR)),
    (_("Bellen"), "work-calls", GUIDES),
    (_("Brieven"), "letter-list", GUIDES),
    (_("Wegen"), "weigh-list", GUIDES),
    (_("Meekijken"), "panel-list", (Kind.PANEL_MEMBER,)),
    (_("Gegeven adviezen"), "panel-given", (Kind.PANEL_MEMBER,)),
    (_("Afspraken"), "agreement-list", (*COORDINATORS, Kind.STEERING_MEMBER)),
    (_("Beheer"), "admin-home", (Kind.ADMINISTRATOR,)),
]
PUBLIC: list[tuple[str | Promise, str]] = [
    (_("Initiatieven"), "initiative-list"),
    (_("Verhalen"), "story-list"),
    (_("Zo werkt het"), "how-it-works"),
    (_("Mijn initiatief"), "mine-list"),
]


def menu(user: User | AnonymousUser, path: str) -> list[tuple[str | Promise, str, bool]]:
    """Return label and address of each item, and whether we are there: the item that fits the address best."""
    work = [(label, name) for label, name, kinds in WORK if _has(user, kinds)]
    # A panel member is a resident too, and keeps the menu of residents.
    public = [] if user.is_authenticated and user.is_staff_member else PUBLIC
    items = [(label, address(name)) for label, name in [*work, *public]]
    items = [(label, url) for label, url in items if url]
    here = max((url for _label, url in items if path.startswith(url)), key=len, default="")
    return [(label, url, url == here) for label, url in items]


def start(user: User) -> str:
    """Return the page someone starts at after signing in."""
    wanted = [name for _label, name, kinds in WORK if _has(user, kinds)]
    return next((url for url in map(address, [*wanted, "mine-list", "home"]) if url), "/")


def address(name: str) -> str:
    """Return the address of a page, empty as long as it does not exist."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _has(user: User | AnonymousUser, kinds: tuple[str, ...]) -> bool:
    return user.is_authenticated and user.has_role(*kinds)
