"""What can happen to an agreement."""

from django.utils.translation import gettext_lazy as _

from socialewifi.core.events import EventKind, register

register({"governance.agreement.changed": EventKind(_("%(name)s: van %(old)s naar %(new)s. %(reason)s"))})
