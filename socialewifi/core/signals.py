"""What core asks of the rooms above it."""

from django.dispatch import Signal

# Sent with ``user``, someone without a mailbox of their own: a receiver returns the address they read mail at, or "".
mailbox_wanted = Signal()
