"""People, organisations, what someone may do where and until when, and what lets someone in."""

from socialewifi.people.models.access import AccessKey, ReadingMode
from socialewifi.people.models.people import ROLES_OF_WORK, Organisation, Role, RoleQuerySet, User

__all__ = ["ROLES_OF_WORK", "AccessKey", "Organisation", "ReadingMode", "Role", "RoleQuerySet", "User"]
