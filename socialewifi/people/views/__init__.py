from socialewifi.people.views import keys, persons, reading, roles, sessions, texts

__all__ = ["keys", "persons", "reading", "roles", "sessions", "texts"]
