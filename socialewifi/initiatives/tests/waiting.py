"""What happens between looking at a page and the turn of the deed that was sent from it."""

from socialewifi.initiatives.models import InitiativeQuerySet


def while_it_waits(monkeypatch, happens):
    """Let something happen while a deed waits for the lock on its initiative."""
    locked = InitiativeQuerySet.locked

    def after_waiting(rows, pk):
        happens()
        return locked(rows, pk)

    monkeypatch.setattr(InitiativeQuerySet, "locked", after_waiting)
