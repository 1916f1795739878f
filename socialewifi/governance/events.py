"""What can happen to an agreement."""

from django.utils.translation import gettext_lazy as _

from socialewifi.core.events import Kind, register

register({"governance.agreement.changed": Kind(_("%(name)s: van %(old)s naar %(new)s. %(reason)s"))})
