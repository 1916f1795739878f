"""What a password must be, in our own words: Django has no Dutch ones for its length."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    def get_error_message(self) -> str:
        words = _("Dit is te kort. Kies minstens %(least)s tekens, bijvoorbeeld een paar losse woorden achter elkaar.")
        return words % {"least": self.min_length}
