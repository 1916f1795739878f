"""Someone for each role, and for each pair of roles, in the world of the permission grid."""

from itertools import combinations

from socialewifi.assessment.tests.factories import PanelSeatFactory
from socialewifi.initiatives.models import Initiative, Interest
from socialewifi.initiatives.tests.factories import (
    DeadlineFactory,
    ExplorationFactory,
    InitiativeFactory,
    InitiatorFactory,
    TaskFactory,
)
from socialewifi.people.models import Role
from socialewifi.people.tests.factories import NOON, ReadingModeFactory, RoleFactory, UserFactory
from tests.journeys.permission_world import World

# What someone can be, here or elsewhere; on one initiative the first that holds there decides.
ORDER = (
    "owner",
    "involved",
    "regional",
    "coordinator here",
    "coordinator elsewhere",
    "guide here",
    "guide elsewhere",
    "reading along",
    "ambassador here",
    "ambassador elsewhere",
    "panel seated",
    "panel",
    "treasurer",
    "steering",
    "convener",
    "neighbourhood",
    "schemes",
    "administrator",
)
PAIRS = tuple(combinations(ORDER, 2))
ON_THE_PANEL = {"panel seated", "panel"}
ROLE_OF = {
    "regional": Role.Kind.REGIONAL_COORDINATOR,
    "reading along": Role.Kind.ADMINISTRATOR,
    "panel seated": Role.Kind.PANEL_MEMBER,
    "panel": Role.Kind.PANEL_MEMBER,
    "steering": Role.Kind.STEERING_MEMBER,
    "neighbourhood": Role.Kind.NEIGHBOURHOOD_TEAM,
    "schemes": Role.Kind.SCHEME_OFFICER,
}
# On which initiatives each of them has something to do; on all others none of them.
OWNED = {"exploring", "supporting"}
HERE = set(World.STEPS)
EVERYWHERE = HERE | {"there", "nowhere"}
HOLDS = {
    "owner": OWNED,
    "involved": EVERYWHERE,
    "regional": EVERYWHERE,
    "coordinator here": HERE | {"nowhere"},
    "coordinator elsewhere": {"there", "nowhere"},
    "guide here": HERE | {"nowhere"},
    "guide elsewhere": {"there", "nowhere"},
    "reading along": EVERYWHERE,
    "ambassador here": HERE,
    "ambassador elsewhere": {"there"},
    "panel seated": {"assessing"},
}


class Crowd:
    def __init__(self, pairs=PAIRS):
        self.world = World()
        self.weighing = self.world.weighing
        rows = {
            **self.world.rows,
            "there": InitiativeFactory(title="Aan de overkant", municipality=self.world.other_municipality),
            "nowhere": InitiativeFactory(title="Nog zonder plek", municipality=None),
        }
        for name in ("reported", "nowhere"):
            DeadlineFactory(initiative=rows[name])
            TaskFactory(initiative=rows[name])
        ExplorationFactory(initiative=rows["exploring"])
        self.rows = rows
        self.one = {kind: self._person(kind) for kind in ORDER}
        self.two = {pair: self._person(*pair) for pair in pairs}
        known = Initiative.objects.select_related("municipality")
        known = known.prefetch_related("interests", "initiators__user", "pauses", "handovers", "posts")
        self.rows = {name: known.get(pk=one.pk) for name, one in rows.items()}

    def decides(self, pair, name):
        """Return who has only the one of these two roles that decides on this initiative."""
        is_member = bool(ON_THE_PANEL & set(pair))
        pair = ["administrator" if kind == "reading along" and is_member else kind for kind in pair]
        holding = [kind for kind in pair if name in HOLDS.get(kind, ())]
        return min(holding or pair, key=ORDER.index)

    def _person(self, *kinds):
        user = UserFactory(name=" en ".join(kinds))
        # A seat comes first: who works on it gets none any more.
        for kind in sorted(kinds, key=lambda one: one != "panel seated"):
            if kind in {"owner", "involved"}:
                self._involve(user, kind)
            else:
                self._give(user, kind)
        return user

    def _involve(self, user, kind):
        for name in HOLDS[kind]:
            if kind == "owner":
                InitiatorFactory(initiative=self.rows[name], user=user)
            Interest.objects.get_or_create(
                initiative=self.rows[name], user=user, defaults={"relation": "other", "declared_at": NOON}
            )

    def _give(self, user, kind):
        if kind == "reading along":
            ReadingModeFactory(user=user)
        first = kind.partition(" ")[0]
        role = ROLE_OF.get(kind, first)
        RoleFactory(user=user, kind=role, **self._place(first, "elsewhere" in kind))
        if kind == "panel seated":
            PanelSeatFactory(assessment=self.weighing, member=user)

    def _place(self, kind, is_elsewhere):
        world = self.world
        if kind in {"guide", "coordinator"}:
            return {"subregion": world.elsewhere if is_elsewhere else world.here}
        if kind in {"ambassador", "schemes"}:
            return {"municipality": world.other_municipality if is_elsewhere else world.municipality}
        if kind == "neighbourhood":
            return {"neighbourhood": world.people["neighbourhood"].roles.get().neighbourhood}
        return {}
