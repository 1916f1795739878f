"""The main menu and the page someone starts at, by what they do here: what every room says of its pages."""

from functools import cache

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from socialewifi.core.lazy import StrOrPromise
from socialewifi.core.rooms import MenuEntry, Room
from socialewifi.people.models import User
from socialewifi.site import rooms


def menu(user: User | AnonymousUser, path: str) -> list[tuple[StrOrPromise, str, bool]]:
    """Return label and address of each item, and whether we are there: the item that fits the address best."""
    # A panel member is a resident too, and keeps the menu of residents.
    public = [] if user.is_authenticated and user.is_staff_member else _entries(rooms.ROOMS)[1]
    items = [(one.label, reverse(one.page)) for one in [*_of_work(user), *public]]
    here = max((url for _label, url in items if path.startswith(url)), key=len, default="")
    return [(label, url, url == here) for label, url in items]


def start(user: User) -> str:
    """Return the page someone starts at after signing in."""
    return reverse(next((one.page for one in _of_work(user)), "mine-list"))


def account_of(user: User | AnonymousUser) -> str:
    """Return the page about how one comes in: the second step of who works here, where anyone else is signed in."""
    return reverse("mfa_index" if user.is_authenticated and user.is_staff_member else "usersessions_list")


def _of_work(user: User | AnonymousUser) -> list[MenuEntry]:
    return [one for one in _entries(rooms.ROOMS)[0] if user.is_authenticated and user.has_role(*one.kinds)]


@cache
def _entries(of: tuple[Room, ...]) -> tuple[list[MenuEntry], list[MenuEntry]]:
    """Return what these rooms have in the menu, in its order: for who has a role, and for everyone."""
    found = sorted((entry for room in of for entry in room.menu), key=lambda entry: entry.place)
    return [one for one in found if one.kinds], [one for one in found if not one.kinds]
