"""Where someone's roles let them look, each capacity apart (R15)."""

from dataclasses import dataclass

from socialewifi.people.models import Role, User

WORKERS = (Role.Kind.GUIDE, Role.Kind.COORDINATOR)


@dataclass(frozen=True)
class Sight:
    """Where someone's roles let them look, each capacity apart: the same for everyone with such roles (R15)."""

    # Where they guide or coordinate; everywhere as regional coordinator.
    works_everywhere: bool
    subregions: frozenset[int | None]
    # Where they are the ambassador.
    municipalities: frozenset[int | None]
    reads_along: bool
    # Where they decide on a weighing.
    coordinated: frozenset[int | None] = frozenset()

    @classmethod
    def of(cls, user: User) -> "Sight":
        return cls(
            works_everywhere=user.has_role(Role.Kind.REGIONAL_COORDINATOR),
            subregions=frozenset(role.subregion_id for role in user.scopes(*WORKERS)),
            municipalities=frozenset(role.municipality_id for role in user.scopes(Role.Kind.AMBASSADOR)),
            reads_along=user.is_reading_along,
            coordinated=frozenset(role.subregion_id for role in user.scopes(Role.Kind.COORDINATOR)),
        )
