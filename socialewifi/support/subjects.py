"""What the deeds around an initiative are about: one of its tasks, or one promise of help."""

from socialewifi.core.deeds import Subject
from socialewifi.initiatives.models import SupportPromise, Task
from socialewifi.initiatives.queries.at_work import initiative_for_deed
from socialewifi.initiatives.queries.joining import tasks_without_titles, titles_out_of_sight
from socialewifi.initiatives.subjects import latest_of, page_of, title_of
from socialewifi.people.models import User


def _todo(user: User, key: str, pk: int) -> Task | None:
    return _task(user, key, pk, Task.Kind.TODO)


def _call(user: User, key: str, pk: int) -> Task | None:
    return _task(user, key, pk, Task.Kind.CALL)


def _task(user: User, key: str, pk: int, kind: Task.Kind) -> Task | None:
    initiative = initiative_for_deed(user, key)
    task = initiative.tasks.filter(kind=kind, pk=pk).select_related("to_call").first() if initiative else None
    if task is None:
        return None
    # The action looks at the row itself, under its lock.
    [shown] = tasks_without_titles([task], titles_out_of_sight(user))
    return shown


def _promise(user: User, key: str, pk: int) -> SupportPromise | None:
    initiative = initiative_for_deed(user, key)
    return initiative.promises.filter(pk=pk).first() if initiative else None


TODO = Subject(name="task", find=_todo, title=title_of, home=page_of, prefix="work", latest=latest_of)
CALL = Subject(name="task", find=_call, title=title_of, home=page_of, prefix="work", latest=latest_of)
PROMISE = Subject(name="promise", find=_promise, title=title_of, home=page_of, prefix="work", latest=latest_of)
