"""In every template (settings): ``date`` writes a day as people do in the language of the page."""

from typing import Any

from django import template
from django.template.defaultfilters import date as date_of_django

from socialewifi.core.dates import form_of

register = template.Library()


@register.filter(expects_localtime=True, is_safe=False)
def date(value: Any, form: str = "DATE_FORMAT") -> Any:
    return date_of_django(value, form_of(form))
