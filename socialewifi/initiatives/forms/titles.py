"""The name of an idea, which others read too."""

from django import forms
from django.utils.translation import gettext as _

from socialewifi.core.redaction import has_contact_details


def warn_of_a_number(form: forms.Form) -> None:
    """Say beside the name of an idea that not everyone will read the number or address in it."""
    title = form["title"]
    if has_contact_details(str(title.value() or "")):
        title.help_text = _("Er staat een nummer of adres in de naam. Buren en de gemeente zien dat niet.")
