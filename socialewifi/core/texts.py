"""The texts of mails and letters: the region's words with the values of one moment filled in."""

from django.template import Context, Engine

from socialewifi.core.models import Text

_ENGINE = Engine(autoescape=False, libraries={}, builtins=[])


def render(code: str, *, language: str, **values: object) -> tuple[str, str]:
    """
    Return subject and body in this language, or in Dutch where the region has no such text.

    :raises Text.DoesNotExist: if the region has no text with this code
    """
    texts = {text.language: text for text in Text.objects.filter(code=code, language__in=[language, "nl"])}
    text = texts.get(language) or texts.get("nl")
    if text is None:
        raise Text.DoesNotExist(code)
    context = Context(values)
    subject = _ENGINE.from_string(text.subject).render(context).strip()
    return subject, _ENGINE.from_string(text.body).render(context).strip()
