from socialewifi.people.views.keys import enter_code, open_key, send_code
from socialewifi.people.views.sessions import end_key, end_session, sessions, totp_image

__all__ = ["end_key", "end_session", "enter_code", "open_key", "send_code", "sessions", "totp_image"]
