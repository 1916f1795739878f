"""What people do with an agreement: write down what was decided."""

from django.utils.translation import gettext_lazy as _

from socialewifi.core.deeds import Deed
from socialewifi.governance import actions, rules
from socialewifi.governance.forms import ChangeForm

OF_AGREEMENT = (
    Deed(
        name="change",
        path="wijzigen",
        verb=_("Schrijf op"),
        done=_("De afspraak is bijgewerkt."),
        may=rules.can_change_agreement,
        act=actions.change_agreement,
        form=ChangeForm,
        heading=_("Schrijf op wat er besloten is"),
        explanation=_("Wat al loopt, houdt de termijn die is beloofd. Het nieuwe getal geldt vanaf nu."),
    ),
)
