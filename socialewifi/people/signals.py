"""What people asks of the rooms above it, and tells them."""

from django.dispatch import Signal

# Sent with ``email``, in its one form: a receiver returns the language of who told something with it, or None.
address_known = Signal()
# Sent with ``user``, ``by`` and ``at`` when everything that opened the pages of this person ended, inside the deed.
access_ended = Signal()
