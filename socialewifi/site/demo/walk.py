"""One initiative of the sample year, walked through the actions themselves: coming in, exploring, and how it ends."""

from dataclasses import dataclass

from socialewifi.initiatives.actions.contact import (
    accept_handover,
    log_contact,
    offer_handover,
    refuse_handover,
    take_contact,
)
from socialewifi.initiatives.actions.conversation import write_to_contact, write_to_initiators
from socialewifi.initiatives.actions.explore import classify_initiative, record_exploration
from socialewifi.initiatives.actions.initiators import Who, add_initiator
from socialewifi.initiatives.actions.road import pause_initiative, withdraw_initiative
from socialewifi.initiatives.models import (
    Channel,
    Initiative,
    Kind,
    Step,
    SupportKind,
    TargetGroup,
    Theme,
)
from socialewifi.intake.actions.report import Helper, Where, report_initiative
from socialewifi.people.actions.residents import new_resident
from socialewifi.people.models import User
from socialewifi.places.models import Municipality, Neighbourhood
from socialewifi.site.demo.calendar import Calendar
from socialewifi.site.demo.cast import Cast, address_of
from socialewifi.site.demo.script import InitiativeEntry, VoicesEntry

PLAN = ("title", "idea", "participants", "audience", "existing", "effect", "needs", "asked_before")
# How far each end lies along the road; a side exit that needs an outcome lies behind assessing.
FAR = {
    Step.REPORTED: 1,
    Step.EXPLORING: 2,
    Step.WITHDRAWN: 2,
    Step.ASSESSING: 3,
    Step.REDIRECTED: 4,
    Step.DECLINED: 4,
    Step.SUPPORTING: 5,
    Step.SUSTAINING: 6,
    Step.LANDED: 7,
}


@dataclass
class Walk:
    """What one initiative's walk needs to know; each deed moves ``initiative`` on."""

    entry: InitiativeEntry
    voices: VoicesEntry
    cast: Cast
    calendar: Calendar
    initiative: Initiative

    @property
    def guide(self) -> User:
        """The person who has it now, or who will take it."""
        self.initiative.refresh_from_db()
        return self.initiative.contact_person or self.cast.workers[self.entry.guide or ""]

    @property
    def owner(self) -> User:
        return self.initiative.initiators.order_by("pk").select_related("user")[0].user

    @property
    def coordinator(self) -> User:
        assert self.initiative.municipality is not None  # noqa: S101  # every sample initiative has its place
        return self.cast.coordinator(self.initiative.municipality.subregion)

    def goes_as_far_as(self, step: Step) -> bool:
        return FAR[self.entry.until] >= FAR[step]


def report(entry: InitiativeEntry, cast: Cast, calendar: Calendar) -> Initiative:
    """Let the idea come in the way it did, with whoever owns it."""
    municipality = Municipality.objects.get(slug=entry.place[0])
    owner = entry.who
    at = calendar.on(0, 9, 5)
    initiative = report_initiative(
        plan={**{field: getattr(entry, field) for field in PLAN}, "amount_asked": entry.amount},
        who=Who(
            name=owner.name,
            email=address_of(owner.name) if owner.email else "",
            phone=f"06 - 00 00 {calendar.number:02d} {calendar.number:02d}" if owner.phone else "",
            address=owner.address,
            preferred_channel=owner.via or (User.Channel.EMAIL if owner.email else User.Channel.PHONE),
            preferred_times=owner.times,
            language=owner.language,
        ),
        where=Where(
            municipality,
            Neighbourhood.objects.filter(municipality=municipality, name=entry.place[1]).first(),
            entry.place[1],
        ),
        channel=Channel.objects.get(code=entry.channel),
        kind=Kind.objects.get(code=entry.kind),
        helper=Helper(cast.workers[entry.helper.by], entry.helper.reason, has_consent=True) if entry.helper else None,
        at=at,
    )
    for name in owner.co:
        friend = new_resident(name=name, at=at)
        who = Who(name=name, email=address_of(name), preferred_channel=User.Channel.EMAIL)
        add_initiator(initiative=initiative, user=friend, who=who, at=calendar.on(1, 19))
    return initiative


def explore(walk: Walk) -> None:
    """Take it up, talk, and find out what it needs."""
    take_contact(initiative=walk.initiative, by=walk.guide, at=walk.calendar.on(1, 9, 40))
    log_contact(
        initiative=walk.initiative,
        through=walk.calendar.pick([User.Channel.PHONE, User.Channel.VISIT]),
        summary=walk.calendar.pick(walk.voices.spoken),
        by=walk.guide,
        at=walk.calendar.on(2, 11),
    )
    classify_initiative(
        initiative=walk.initiative,
        kind=walk.initiative.kind,
        themes=Theme.objects.filter(code__in=walk.entry.themes),
        target_groups=TargetGroup.objects.filter(code__in=walk.entry.groups),
        by=walk.guide,
        at=walk.calendar.on(2, 11, 30),
    )
    _talk(walk)
    if walk.calendar.has_come(5):
        _note_what_was_found(walk)
    _hand_over(walk)
    if walk.entry.pause:
        pause_initiative(initiative=walk.initiative, reason=walk.entry.pause, by=walk.guide, at=walk.calendar.on(7, 10))
    if walk.entry.until == Step.WITHDRAWN:
        withdraw_initiative(
            initiative=walk.initiative, reason=walk.entry.stop, by=walk.owner, at=walk.calendar.on(12, 20)
        )


def _talk(walk: Walk) -> None:
    for message in walk.entry.messages:
        write_to_contact(initiative=walk.initiative, body=message.words, by=walk.owner, at=walk.calendar.on(3, 20))
    if walk.calendar.number % 4 == 0:
        write_to_initiators(
            initiative=walk.initiative, body=walk.voices.reply, by=walk.guide, at=walk.calendar.on(4, 9)
        )


def _note_what_was_found(walk: Walk) -> None:
    pick = walk.calendar.pick
    record_exploration(
        initiative=walk.initiative,
        what_it_is=pick(walk.voices.what_it_is),
        question=walk.entry.needs or pick(walk.voices.question),
        asked_where=walk.entry.asked_before or pick(walk.voices.asked_where),
        what_exists=walk.entry.existing or pick(walk.voices.what_exists),
        fitting_support=SupportKind.objects.filter(code__in=[promise.kind for promise in walk.entry.promises]),
        fitting_support_words=pick(walk.voices.fitting_support_words),
        by=walk.guide,
        at=walk.calendar.on(5, 15),
    )


def _hand_over(walk: Walk) -> None:
    handover = walk.entry.handover
    if handover is None:
        return
    receiver = walk.cast.workers[handover.to]
    offer_handover(
        initiative=walk.initiative,
        receiver=receiver,
        reason=handover.reason,
        by=walk.guide,
        at=walk.calendar.on(6, 9),
    )
    if handover.answer == "accepted":
        accept_handover(initiative=walk.initiative, by=receiver, at=walk.calendar.on(7, 9))
    elif handover.answer == "refused":
        refuse_handover(initiative=walk.initiative, reason=handover.because, by=receiver, at=walk.calendar.on(7, 9))
