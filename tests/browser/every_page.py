"""Every page there is, and as whom it is looked at. What has an address and stands nowhere here fails a test."""

from dataclasses import dataclass

from django.urls import reverse

from tests.journeys.permission_grid import PEOPLE, ROWS

# What has an address and is no page, and why.
NO_PAGE = {
    "health-live": "for machines",
    "health-ready": "for machines",
    "health-worker": "for machines",
    "robots": "for machines",
    "security-txt": "for machines",
    "set_language": "leads back to the page",
    "account_signup": "leads to the home page",
    "start": "leads to where someone's own work begins",
    "report-paper": "a PDF; its accessibility is tested as such",
    "letter-pdf": "a PDF; its accessibility is tested as such",
    "report-resume": "leads to the question where someone was",
    "work-export": "a spreadsheet",
    "totp-image": "a picture, beside its text on mfa_activate_totp",
    "mfa_download_recovery_codes": "a text file",
    "mfa_login_webauthn": "what the browser asks for itself",
}
# Signing in and one's own access: no one of these depends on what happens in the region.
FOR_ANYONE = (
    "components",
    "staff-components",
    "account_request_login_code",
    "account_login",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
)
OF_ONESELF = (
    "account_logout",
    "account_reauthenticate",
    "account_change_password",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
)
ONCE_A_FACTOR_IS_THERE = (
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_list_webauthn",
)
OF_ONES_KEY = ("mfa_edit_webauthn", "mfa_remove_webauthn")
# These are reached step by step (test_every_page.py, and with a passkey in test_access.py).
ON_THE_WAY_IN = (
    "account_confirm_login_code",
    "account_reset_password_from_key",
    "account_set_password",
    "mfa_authenticate",
    "mfa_reauthenticate_webauthn",
)
IN_THE_DEMO = {"demo-guises": "", "demo-outbox": "", "demo-message": "letter"}
# Lists, as someone for whom there is nothing in them.
NOTHING_THERE = {
    "mine-list": "stranger",
    "today": "guide elsewhere",
    "work-list": "guide elsewhere",
    "work-calls": "guide elsewhere",
    "letter-list": "guide elsewhere",
    "panel-list": "panel elsewhere",
    "panel-given": "panel elsewhere",
    "ambassador-list": "ambassador elsewhere",
    "weigh-list": "coordinator elsewhere",
    "role-list": "coordinator elsewhere",
}


@dataclass(frozen=True)
class Visit:
    """One page, looked at by someone who may."""

    name: str
    who: str
    address: str

    def __str__(self) -> str:
        return f"{self.name} as {self.who}: {self.address}"


def visits(world, drafts) -> list[Visit]:
    """Return a visit to every page of the grid; ``drafts`` are the ideas told as far as their page needs."""
    told = {name: reverse(name, args=[token]) for name, token in drafts.items()}
    full = [
        Visit(row.name, someone(row.visit), told.get(row.name) or world.address(row.name, row.where))
        for row in pages_of_the_grid()
    ]
    return full + [Visit(name, who, reverse(name)) for name, who in NOTHING_THERE.items()]


def pages_of_the_grid():
    return [row for row in ROWS if row.name not in NO_PAGE and "o" in row.visit]


def only_take_a_form() -> set[str]:
    """Return the names of what nobody can open: a button elsewhere leads there."""
    return {row.name for row in ROWS if not set(row.visit) & {"o", "."}} | {"demo-become"}


def looked_at() -> set[str]:
    """Return the name of every address that is looked at."""
    apart = (FOR_ANYONE, OF_ONESELF, ONCE_A_FACTOR_IS_THERE, OF_ONES_KEY, ON_THE_WAY_IN, IN_THE_DEMO)
    return {row.name for row in pages_of_the_grid()}.union(*apart)


def someone(signs: str) -> str:
    """Return the first for whom it opens."""
    return "anonymous" if len(signs) == 1 else PEOPLE[signs.replace(" ", "").index("o")]
