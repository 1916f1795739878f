"""Amounts of money in words."""

from decimal import Decimal

from django.utils.formats import number_format


def euros(amount: Decimal | None) -> str:
    """Write an amount as people do: € 1.850, or € 12,50."""
    if amount is None:
        return ""
    places = 0 if amount == amount.to_integral() else 2
    return f"€ {number_format(amount, places, use_l10n=True, force_grouping=True)}"
