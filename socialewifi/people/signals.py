"""What people asks of the rooms above it."""

from django.dispatch import Signal

# Sent with ``email``, in its one form: a receiver returns the language of who told something with it, or None.
address_known = Signal()
