"""The list of initiatives at work, as a page and as a spreadsheet."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from socialewifi.core import clock
from socialewifi.core.htmx import render_page
from socialewifi.initiatives import rules
from socialewifi.initiatives.forms.work_list import WorkListForm
from socialewifi.initiatives.models import Initiative
from socialewifi.initiatives.queries import work_list as lists
from socialewifi.initiatives.queries.work_list import Filters
from socialewifi.initiatives.spreadsheet import as_spreadsheet
from socialewifi.initiatives.views.work_rows import as_rows
from socialewifi.people.models import User

PER_PAGE = 50
Keys = QuerySet[Initiative, int] | list[int]
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
def work_list(request: HttpRequest) -> HttpResponse:
    """Show the initiatives this person works on or reads, as the address asks."""
    user = cast("User", request.user)
    form = _asked(request, user)
    keys, is_alike = _keys(user, form.filters)
    page = Paginator(keys, PER_PAGE).get_page(request.GET.get("page"))
    rows = as_rows(lists.rows_for(user, list(page.object_list)))
    context = {"form": form, "page": page, "rows": rows, "is_alike": is_alike}
    return render_page(request, "initiatives/work/list.html", context, partial="found")


@login_required
def work_export(request: HttpRequest) -> HttpResponse:
    """Give the same list as a spreadsheet, without contact details."""
    user = cast("User", request.user)
    keys, _is_alike = _keys(user, _asked(request, user).filters)
    response = HttpResponse(as_spreadsheet(keys, user=user, title=_("Initiatieven")), content_type=SPREADSHEET)
    name = f"initiatieven-{clock.today():%Y-%m-%d}.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _keys(user: User, filters: Filters) -> tuple[Keys, bool]:
    """Return the keys of what was found; when no words matched, of what looks like it, and that it only does so."""
    found = lists.work_list(user, filters, day=clock.today()).values_list("pk", flat=True)
    if not filters.words:
        return found, False
    # Searching costs more than carrying the keys: it is done once, not once to count and once for the page.
    if keys := list(found):
        return keys, False
    return list(lists.much_like_it(user, filters, day=clock.today()).values_list("pk", flat=True)), True


def _asked(request: HttpRequest, user: User) -> WorkListForm:
    if not rules.can_list(user):
        raise PermissionDenied
    return WorkListForm(request.GET, choices=lists.choices_for(user, day=clock.today()))
