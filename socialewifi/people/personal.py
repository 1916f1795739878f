"""What the models that packages bring say about a person: there it cannot stand with the field (core.personal)."""

from collections.abc import Mapping

from socialewifi.core.personal import Erasing, Fields, Kept, Personal, names, nothing, reaches, sensitive

GONE = Erasing.GONE
ADDRESS = reaches(Kept.ACCOUNT, GONE)
SECRET = sensitive(Kept.ACCOUNT, GONE)
OF_A_SESSION: Personal = sensitive(Kept.SESSION, GONE)
BROUGHT_BY_PACKAGES: Mapping[str, Fields] = {
    "account.EmailAddress": {"email": ADDRESS},
    "account.EmailConfirmation": nothing("key"),
    "auth.Group": nothing("name"),
    "auth.Permission": nothing("name", "codename"),
    "contenttypes.ContentType": nothing("app_label", "model"),
    "mfa.Authenticator": {"data": SECRET},
    # A job says which row it is about, by number.
    "procrastinate.ProcrastinateJob": nothing("queue_name", "task_name", "lock", "args", "queueing_lock"),
    "procrastinate.ProcrastinatePeriodicDefer": nothing("task_name", "periodic_id"),
    "sessions.Session": {**nothing("session_key"), "session_data": OF_A_SESSION},
    "socialaccount.SocialAccount": {
        **nothing("provider"),
        "uid": reaches(Kept.ACCOUNT, GONE),
        "extra_data": names(Kept.ACCOUNT, GONE),
    },
    # Of the organisations themselves, in the settings; there are no rows.
    "socialaccount.SocialApp": nothing("provider", "provider_id", "name", "client_id", "secret", "key", "settings"),
    "socialaccount.SocialToken": {"token": SECRET, "token_secret": SECRET},
    "usersessions.UserSession": {
        **nothing("session_key", "data"),
        "ip": OF_A_SESSION,
        "user_agent": OF_A_SESSION,
    },
}
