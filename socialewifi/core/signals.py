"""What core asks of the rooms above it."""

from django.dispatch import Signal

# Sent with ``user``, someone without a mailbox of their own: a receiver returns the address they read mail at, or "".
mailbox_wanted = Signal()

# Sent with ``user`` and ``page``, a ``ResolverMatch``: a receiver returns ``True`` if this person may not open it now.
page_closed = Signal()
