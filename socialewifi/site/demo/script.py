"""The sample year as written in a region's ``demo`` folder: its people, what they say, and their initiatives."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

from socialewifi.core.regionfiles import Code, Entry, Line, read
from socialewifi.initiatives.models import Interest, Step
from socialewifi.people.models import Role, User


class WorkerEntry(Entry):
    key: Code
    name: Line
    role: Role.Kind
    subregion: Code | None = None
    organisation: Code | None = None
    days: str = ""


class PanelEntry(Entry):
    key: Code
    name: Line


class AmbassadorEntry(Entry):
    name: Line
    municipality: Code


class CastEntry(Entry):
    guides: list[WorkerEntry]
    others: list[WorkerEntry]
    panel: list[PanelEntry]
    ambassadors: list[AmbassadorEntry]


class OwnerEntry(Entry):
    name: Line
    email: bool = False
    phone: bool = False
    via: User.Channel | None = None
    address: str = ""
    times: str = ""
    language: Literal["nl", "en", "de"] = "nl"
    co: list[Line] = []


class HelperEntry(Entry):
    by: Code
    reason: Line


class HandoverEntry(Entry):
    to: Code
    answer: Literal["accepted", "refused", "pending"]
    reason: Line
    because: str = ""


class RecusalEntry(Entry):
    by: Code
    relation: Interest.Relation


class PromiseEntry(Entry):
    kind: Code
    what: Line
    kept: bool


class StoryEntry(Entry):
    title: Line
    body: str
    consent: bool
    through: User.Channel = User.Channel.EMAIL


class MessageEntry(Entry):
    words: Line


class InitiativeEntry(Entry):
    title: Line
    idea: str
    participants: str = ""
    audience: str = ""
    existing: str = ""
    effect: str = ""
    needs: str = ""
    asked_before: str = ""
    amount: Decimal | None = None
    place: tuple[Code, Line]
    kind: Code = "residents-initiative"
    themes: list[Code]
    groups: list[Code] = []
    channel: Code
    who: OwnerEntry
    helper: HelperEntry | None = None
    guide: Code | None = None
    handover: HandoverEntry | None = None
    reported: date
    until: Step
    living: bool = False
    trigger: Code | None = None
    ambassador: Literal["agree", "conditions", "talk_first", "late", "none"] = "none"
    advices: list[Literal["do", "do_with_tip", "doubt"]] = ["do", "do_with_tip", "do"]
    recuse: RecusalEntry | None = None
    gift: str = ""
    partner: Code | None = None
    confirmed: bool = False
    reason: str = ""
    alternative: str = ""
    promises: list[PromiseEntry] = []
    signs: str = ""
    story: StoryEntry | None = None
    publish: bool = False
    pause: str = ""
    stop: str = ""
    messages: list[MessageEntry] = []


class YearEntry(Entry):
    initiatives: list[InitiativeEntry]


class AdviceVoices(Entry):
    do: list[str]
    do_with_tip: list[str]
    doubt: list[str]


class ReasonVoices(Entry):
    support: list[str]
    redirect: list[str]


class AmbassadorVoices(Entry):
    question: str
    agree: str
    conditions: str
    talk_first: str


class VoicesEntry(Entry):
    spoken: list[str]
    what_it_is: list[str]
    question: list[str]
    asked_where: list[str]
    what_exists: list[str]
    fitting_support_words: list[str]
    advice: AdviceVoices
    criteria: dict[Code, list[str]]
    knocked_out: str
    reason: ReasonVoices
    parts: dict[Code, str]
    gift: str
    partner: str
    municipality: str
    below_quorum: str
    ambassador: AmbassadorVoices
    reply: str
    checked_in: list[str]


class Script:
    """
    Everything of a region's sample year, read and checked.

    :raises RefusedRegion: if one of its files cannot be followed
    """

    def __init__(self, folder: Path) -> None:
        self.cast = read(folder / "people.yaml", CastEntry).content
        self.voices = read(folder / "voices.yaml", VoicesEntry).content
        others = {"people.yaml", "voices.yaml"}
        files = sorted(file for file in folder.glob("*.yaml") if file.name not in others)
        stories = [entry for file in files for entry in read(file, YearEntry).content.initiatives]
        self.initiatives = sorted(stories, key=lambda story: story.reported)
