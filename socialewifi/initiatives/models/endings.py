"""Why a letter or a call that waited is not needed any more, and what comes instead."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LetterEnds(models.TextChoices):
    """Why a letter no longer goes out."""

    MOVED = "moved", _("het adres veranderde")
    CODE_ENDED = "code_ended", _("de code erin werkt niet meer")
    LEFT = "left", _("diegene doet niet meer mee")
    ANSWERED = "answered", _("de vraag om samen te gaan wacht niet meer op antwoord")


class InsteadOfLetter(models.TextChoices):
    """What is done instead of sending it."""

    LETTER = "letter", _("We sturen een nieuwe brief.")
    MAIL = "mail", _("We mailen wat erin staat.")
    CALL = "call", _("We bellen over wat erin staat.")
    NOTHING = "nothing", _("Er komt niets voor in de plaats.")


class CallEnds(models.TextChoices):
    """Why nobody has to call any more."""

    LEFT = "left", _("diegene doet niet meer mee")
    INVITATION = "invitation", _("de vraag om mee te doen wacht niet meer op antwoord")
    JOINING = "joining", _("de vraag om samen te gaan wacht niet meer op antwoord")
    CONSENT = "consent", _("de vraag om iets te laten zien wacht niet meer op antwoord")
    OBJECTED = "objected", _("er is al bezwaar opgeschreven")
