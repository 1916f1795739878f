"""
Who may open which page and do which deed.

One sign per person: ``o`` it opens, ``x`` refused (403), ``.`` does not exist for them (404), ``>`` sign in first,
``-`` this page takes no such request (405).
"""

from dataclasses import dataclass

COLUMNS = (
    ("anonymous",),
    ("owner", "stranger"),
    ("panel seated", "panel elsewhere", "panel involved"),
    ("contact", "colleague", "guide elsewhere", "guide involved", "guide before"),
    ("coordinator", "coordinator elsewhere", "regional"),
    ("ambassador", "ambassador elsewhere"),
    ("treasurer", "steering", "convener", "neighbourhood", "schemes"),
    ("administrator", "reading along"),
)
PEOPLE = tuple(person for group in COLUMNS for person in group)
# Where everyone gets the same answer, it is written once, and these are asked.
PASSERS_BY = ("anonymous", "owner", "contact", "administrator")

# What has no row, and why.
EXEMPT = {
    "health-live": "for machines; says nothing of anyone",
    "health-ready": "for machines; says nothing of anyone",
    "health-worker": "for machines; says nothing of anyone",
    "robots": "for machines; says nothing of anyone",
    "security-txt": "for machines; says nothing of anyone",
    "set_language": "only remembers a language",
    "components": "the components with invented words, in the demo only",
    "staff-components": "the components with invented words, in the demo only",
    "account_request_login_code": "signing in (people/tests/test_sign_in.py)",
    "account_confirm_login_code": "signing in (people/tests/test_sign_in.py)",
    "account_login": "signing in (people/tests/test_sign_in.py)",
    "account_logout": "one's own session",
    "account_inactive": "says that an account is closed",
    "account_signup": "leads to the home page",
    "account_reauthenticate": "one's own session",
    "account_change_password": "one's own password",
    "account_set_password": "one's own password",
    "account_reset_password": "one's own password, through one's own mail",
    "account_reset_password_done": "says that a mail is on its way",
    "account_reset_password_from_key": "one's own password, through one's own mail",
    "account_reset_password_from_key_done": "says that it was changed",
    "totp-image": "one's own second factor (people/tests/test_second_factor.py)",
    **dict.fromkeys(
        (
            "mfa_index",
            "mfa_authenticate",
            "mfa_reauthenticate",
            "mfa_activate_totp",
            "mfa_deactivate_totp",
            "mfa_view_recovery_codes",
            "mfa_generate_recovery_codes",
            "mfa_download_recovery_codes",
            "mfa_list_webauthn",
            "mfa_add_webauthn",
            "mfa_reauthenticate_webauthn",
            "mfa_remove_webauthn",
            "mfa_edit_webauthn",
            "mfa_login_webauthn",
        ),
        "one's own second factor (people/tests/test_second_factor.py)",
    ),
}

GRID = """
# What everyone sees
home                          |                 | o | -
how-it-works                  |                 | o | -
find-us                       |                 | o | -
privacy                       |                 | o | -
accessibility                 |                 | o | -
initiative-list               |                 | o | -
initiative-public             | public          | o | -
story-list                    |                 | o | -
story-public                  | story           | o | -
invitation-refused            |                 | o | -
invitation-accepted           |                 | o | -
code                          |                 | o

# Whoever has the address in hand
report-start                  |                 | o
report-paper                  |                 | o | -
report-resume                 | draft           | o
report-check                  | draft           | o
report-done                   | draft           | o | -
report-discard                | draft           | o
report-code-noted             | draft           | - | o
report-question               | draft question  | o
invitation                    | invitation      | o
invitation-refuse             | invitation      | o
key-open                      | link            | o
key-send-code                 | link            | - | >

# One's own access
start                         |                 | > oo ooo ooooo ooo oo ooooo oo
usersessions_list             |                 | > oo ooo ooooo ooo oo ooooo oo | > -- --- ----- --- -- ----- --
session-end                   | no session      | > -- --- ----- --- -- ----- -- | > .. ... ..... ... .. ..... ..
key-end                       | owner's key     | > -- --- ----- --- -- ----- -- | > o. ... ..... ... .. ..... ..

# One's own initiatives
mine-list                     |                 | x oo ooo ooooo ooo oo ooooo oo | - -- --- ----- --- -- ----- --
mine-initiative               | exploring       | x o. ... ..... ... .. ..... .. | - -- --- ----- --- -- ----- --
mine-claim                    | unclaimed       | > o. ... ..... ... .. ..... ..
mine-timeline                 | exploring       | x o. ... ..... ... .. ..... .. | - -- --- ----- --- -- ----- --
mine-posts                    | exploring       | x o. ... ..... ... .. ..... .. | - -- --- ----- --- -- ----- --
mine-plan                     | exploring       | x o. ... ..... ... .. ..... ..
mine-plan-versions            | exploring       | x o. ... ..... ... .. ..... .. | - -- --- ----- --- -- ----- --
mine-reach                    | exploring       | x o. ... ..... ... .. ..... ..
mine-stop                     | exploring       | x o. ... ..... ... .. ..... ..
mine-again                    | withdrawn       | x o. ... ..... ... .. ..... ..
mine-question                 | sustaining      | x o. ... ..... ... .. ..... ..
mine-owners                   | exploring       | x o. ... ..... ... .. ..... .. | - -- --- ----- --- -- ----- --
mine-leave                    | exploring       | x o. ... ..... ... .. ..... ..
mine-invite                   | exploring       | x o. ... ..... ... .. ..... ..
mine-post                     | exploring       | x o. ... ..... ... .. ..... ..
mine-public-text              | exploring       | x o. ... ..... ... .. ..... ..
mine-invitation-revoke        | invitation row  | x o. ... ..... ... .. ..... ..
mine-public                   | exploring       | x o. ... ..... ... .. ..... ..
mine-preview                  | exploring       | x o. ... ..... ... .. ..... .. | - -- --- ----- --- -- ----- --
mine-hide                     | exploring       | x o. ... ..... ... .. ..... ..
mine-join                     | reported        | x o. ... ..... ... .. ..... ..
mine-join                     | exploring       | x o. ... ..... ... .. ..... ..
mine-join                     | supporting      | x .. ... ..... ... .. ..... ..
mine-story-tell               | supporting      | x o. ... ..... ... .. ..... ..
mine-story                    | own story       | x o. ... ..... ... .. ..... .. | - -- --- ----- --- -- ----- --
mine-story-agree              | own story       | x o. ... ..... ... .. ..... ..
mine-story-hide               | own story       | x o. ... ..... ... .. ..... ..
mine-story-take-back          | own story       | x o. ... ..... ... .. ..... ..

# At work
today                         |                 | > xx xxx oooox ooo xx xxxxx xo | - -- --- ----- --- -- ----- --
work-list                     |                 | > xx xxx oooox ooo oo xxxxx xo
work-export                   |                 | > xx xxx oooox ooo oo xxxxx xo
work-calls                    |                 | > xx xxx oooox ooo xx xxxxx xo
work-new                      |                 | > xx xxx oooox ooo xx xxxxx xx
letter-list                   |                 | > xx xxx oooox ooo xx xxxxx xx
letter-print                  |                 | - -- --- ----- --- -- ----- -- | > xx xxx oooox ooo xx xxxxx xx
letter-pdf                    | letter          | > xx xxx oo..x o.o xx xxxxx xx
work-new-done                 | reported        | > .. ... oo... o.o x. ..... .o
work-initiative               | exploring       | > .. ... oo... o.o o. ..... .o
work-versions                 | exploring       | > .. ... oo... o.o o. ..... .o
work-history                  | exploring       | > .. ... oo... o.o x. ..... .o
work-doubles                  | exploring       | > .. ... oo... o.o x. ..... .o
work-join-answer              | reported        | > .. ... oo... o.o x. ..... .x
work-consent                  | exploring       | > .. ... oo... o.o x. ..... .x
work-code-letter              | owner row       | > .. ... oo... o.o x. ..... .x
work-reach                    | owner row       | > .. ... oo... o.o x. ..... .x
work-story                    | supporting      | > .. ... oo... o.o x. ..... .x
work-invitation               | invitation row  | > .. ... oo... o.o x. ..... .x

# Deeds at work
work-take-contact             | reported        | > .. ... oo... o.o x. ..... .x
work-accept-handover          | handed          | > .. ... xo... x.x x. ..... .x
work-refuse-handover          | handed          | > .. ... xo... x.x x. ..... .x
work-log-contact              | exploring       | > .. ... oo... o.o x. ..... .x
work-write-message            | exploring       | > .. ... oo... o.o x. ..... .x
work-record-exploration       | exploring       | > .. ... oo... o.o x. ..... .x
work-promise-support          | supporting      | > .. ... oo... o.o x. ..... .x
work-add-task                 | exploring       | > .. ... oo... o.o x. ..... .x
work-write-note               | exploring       | > .. ... oo... o.o x. ..... .x
work-sustain                  | supporting      | > .. ... oo... o.o x. ..... .x
work-take-question            | sustaining      | > .. ... oo... o.o x. ..... .x
work-agree-landing            | supporting      | > .. ... oo... o.o x. ..... .x
work-land                     | sustaining      | > .. ... oo... o.o x. ..... .x
work-confirm-redirect         | redirected      | > .. ... oo... o.o x. ..... .x
work-offer-handover           | exploring       | > .. ... ox... o.o x. ..... .x
work-drop-handover            | handed          | > .. ... ox... o.o x. ..... .x
work-fill-in-place            | exploring       | > .. ... oo... o.o x. ..... .x
work-classify                 | exploring       | > .. ... oo... o.o x. ..... .x
work-mark-read                | exploring       | > .. ... oo... o.o x. ..... .x
work-pause                    | exploring       | > .. ... oo... o.o x. ..... .x
work-resume                   | paused          | > .. ... oo... o.o x. ..... .x
work-reopen                   | withdrawn       | > .. ... oo... o.o x. ..... .x
work-step-aside               | exploring       | > .. ... oo... o.o o. ..... .o
work-propose-join             | exploring       | > .. ... oo... o.o x. ..... .x
work-drop-join                | handed          | > .. ... oo... o.o x. ..... .x
work-undo-join                | joined          | > .. ... oo... o.o x. ..... .x
work-finish-task              | task            | > .. ... oo... o.o x. ..... .x
work-note-call                | call            | > .. ... oo... o.o x. ..... .x
work-keep-promise             | promise         | > .. ... oo... o.o x. ..... .x
work-drop-promise             | promise         | > .. ... oo... o.o x. ..... .x

# Weighing
panel-list                    |                 | > xx ooo xxxxx xxx xx xxxxx xx | - -- --- ----- --- -- ----- --
panel-given                   |                 | > xx ooo xxxxx xxx xx xxxxx xx | - -- --- ----- --- -- ----- --
panel-seat                    | seat            | > xx o.. xxxxx xxx xx xxxxx xx | - -- --- ----- --- -- ----- --
panel-advise                  | seat            | > xx o.. xxxxx xxx xx xxxxx xx
panel-seat                    | involved seat   | > xx ... xxxxx xxx xx xxxxx xx | - -- --- ----- --- -- ----- --
panel-advise                  | involved seat   | > xx ... xxxxx xxx xx xxxxx xx
panel-recuse                  | seat            | > xx o.. xxxxx xxx xx xxxxx xx
panel-object                  | written seat    | > xx o.. xxxxx xxx xx xxxxx xx
ambassador-list               |                 | > xx xxx xxxxx xxx oo xxxxx xx | - -- --- ----- --- -- ----- --
ambassador-question           | question        | > xx xxx xxxxx xxx o. xxxxx xx | - -- --- ----- --- -- ----- --
ambassador-answer             | question        | > xx xxx xxxxx xxx o. xxxxx xx
weigh-list                    |                 | > xx xxx oooox ooo xx xxxxx xx
weigh-detail                  | assessing       | > .. ... oo... o.o x. ..... .o
weigh-open                    | exploring       | > .. ... xx... o.o x. ..... .x
weigh-add-member              | assessing       | > .. ... xx... o.o x. ..... .x
weigh-write-advice            | weighed seat    | > .. ... xx... o.o x. ..... .x
weigh-write-recusal           | weighed seat    | > .. ... xx... o.o x. ..... .x
weigh-write-objection         | written for     | > .. ... xx... x.o x. ..... .x
weigh-criteria                | assessing       | > .. ... oo... o.o x. ..... .x
weigh-ask-municipality        | assessing       | > .. ... oo... o.o x. ..... .x
weigh-write-answer            | assessing       | > .. ... xx... o.o x. ..... .x
weigh-outcome                 | assessing       | > .. ... xx... o.o x. ..... .x
weigh-return                  | assessing       | > .. ... xx... o.o x. ..... .x

# Agreements and administration
agreement-list                |                 | > xx xxx xxxxx ooo xx xoxxx oo | - -- --- ----- --- -- ----- --
agreement                     | agreement       | > xx xxx xxxxx ooo xx xoxxx oo | - -- --- ----- --- -- ----- --
agreement-change              | agreement       | > xx xxx xxxxx xxx xx xxxxx oo
admin-home                    |                 | > xx xxx xxxxx xxx xx xxxxx oo | > xx xxx xxxxx xxx xx xxxxx --
people-list                   |                 | > xx xxx xxxxx xxx xx xxxxx oo | > xx xxx xxxxx xxx xx xxxxx --
person-add                    |                 | > xx xxx xxxxx xxx xx xxxxx oo
person                        | person          | > xx xxx xxxxx xxx xx xxxxx oo | > xx xxx xxxxx xxx xx xxxxx --
person-change                 | person          | > xx xxx xxxxx xxx xx xxxxx oo
person-invite                 | person          | > xx xxx xxxxx xxx xx xxxxx oo
person-withdraw               | person          | > xx xxx xxxxx xxx xx xxxxx oo
person-second-factor          | person          | > xx xxx xxxxx xxx xx xxxxx oo
person-close                  | person          | > xx xxx xxxxx xxx xx xxxxx oo
person-reopen                 | person          | > xx xxx xxxxx xxx xx xxxxx oo
role-give                     | person          | > xx xxx xxxxx xxx xx xxxxx oo
role-list                     |                 | > xx xxx xxxxx ooo xx xxxxx oo | > xx xxx xxxxx --- xx xxxxx --
role-confirm                  | waiting role    | > xx xxx xxxxx o.o xx xxxxx xo
role-refuse                   | waiting role    | > xx xxx xxxxx o.o xx xxxxx oo
role-end                      | role            | > xx xxx xxxxx xxx xx xxxxx oo
ambassadors                   |                 | > xx xxx xxxxx xxx xx xxxxx oo | > xx xxx xxxxx xxx xx xxxxx --
organisation-list             |                 | > xx xxx xxxxx xxx xx xxxxx oo | > xx xxx xxxxx xxx xx xxxxx --
text-list                     |                 | > xx xxx xxxxx xxx xx xxxxx oo | > xx xxx xxxxx xxx xx xxxxx --
text-change                   | text            | > xx xxx xxxxx xxx xx xxxxx oo
reading-start                 |                 | > xx xxx xxxxx xxx xx xxxxx oo
reading-end                   |                 | > xx xxx xxxxx xxx xx xxxxx -- | > xx xxx xxxxx xxx xx xxxxx oo
mail-list                     |                 | > xx xxx xxxxx xxx xx xxxxx oo | > xx xxx xxxxx xxx xx xxxxx --
mail-again                    | mail            | > xx xxx xxxxx xxx xx xxxxx oo
access-log                    |                 | > xx xxx xxxxx xxx xx xxxxx oo | > xx xxx xxxxx xxx xx xxxxx --

# The demo, which is not there outside the demo
demo-guises                   |                 | . .. ... ..... ... .. ..... ..
demo-become                   | person          | . .. ... ..... ... .. ..... ..
demo-outbox                   |                 | . .. ... ..... ... .. ..... ..
demo-message                  | letter          | . .. ... ..... ... .. ..... ..
"""


@dataclass(frozen=True)
class Row:
    """One page or deed: what it is about, and the answers to a visit and to a sent form."""

    name: str
    where: str
    visit: str
    send: str

    def __str__(self) -> str:
        return f"{self.name} {self.where}".strip()

    @property
    def is_public(self) -> bool:
        return len(self.visit) == 1

    @property
    def asked(self) -> tuple[str, ...]:
        return PASSERS_BY if self.is_public else PEOPLE

    @property
    def may_send(self) -> list[str]:
        """Who is not refused when they send a form."""
        signs = self.send * len(self.asked) if self.is_public else self.send.replace(" ", "")
        return [person for person, sign in zip(self.asked, signs, strict=False) if sign == "o"]

    @property
    def may_write(self) -> str:
        """The answers after which something may be done: asking for a code by mail leads to the sign-in page."""
        return "o>" if self.name == "key-send-code" else "o"

    def as_written(self, signs):
        """Write the answers as the grid does."""
        left = list(signs)
        if self.is_public:
            return "".join(dict.fromkeys(left))
        return " ".join("".join(left.pop(0) for _person in group) for group in COLUMNS)


def _rows():
    for line in GRID.splitlines():
        if line and not line.startswith("#"):
            name, where, visit, *send = (part.strip() for part in line.split("|"))
            yield Row(name, where, visit, send[0] if send else visit)


ROWS = tuple(_rows())
