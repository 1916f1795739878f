"""What of an initiative everyone can see at this moment (R4)."""

from socialewifi.initiatives.models import Initiative


def shows_something(initiative: Initiative) -> bool:
    """Tell whether its page or one of its stories is public, so that a newcomer has to say yes or no to that."""
    return initiative.published_at is not None or initiative.stories.filter(published_at__isnull=False).exists()
