"""What core asks of the rooms above it, and tells them."""

from django.dispatch import Signal

# Sent with ``user``, someone without a mailbox of their own: a receiver returns the address they read mail at, or "".
mailbox_wanted = Signal()

# Sent with ``user`` and ``page``, a ``ResolverMatch``: a receiver returns ``True`` if this person may not open it now.
page_closed = Signal()

# Sent with ``message`` and ``at``, in the transaction that notes that a mail cannot arrive: who is told otherwise?
mail_undeliverable = Signal()
