"""
What a room above this one must know of: it puts its own rows right in the same transaction, or nothing happens.

Each is sent with ``initiative``, whose row is locked, and ``at``.
"""

from django.dispatch import Signal

# Someone said where it is; also sent with ``by``.
initiative_placed = Signal()
# It goes on after a pause; also sent with ``pause``, which ended ``at``.
initiative_resumed = Signal()
# The initiators stopped.
initiative_withdrawn = Signal()
