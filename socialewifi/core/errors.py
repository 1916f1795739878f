"""The one family of refusals: every action raises its own kind, with a text fit for the page."""


class DomainError(Exception):
    """A deed that cannot be done now. ``field`` names the form field it is about, if one is."""

    field: str | None = None

    def __init__(self, message: str = "", *, field: str | None = None) -> None:
        super().__init__(message)
        if field is not None:
            self.field = field
