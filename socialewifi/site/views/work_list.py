"""The list of initiatives at work, as a page and as a spreadsheet."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from socialewifi.core import clock
from socialewifi.core.htmx import render_page
from socialewifi.initiatives import rules
from socialewifi.initiatives.models import Initiative
from socialewifi.people.models import User
from socialewifi.people.signed_in import SignedInRequest, only
from socialewifi.site.forms.work_list import WorkListForm
from socialewifi.site.queries import work_list as lists
from socialewifi.site.queries.work_list import Filters
from socialewifi.site.spreadsheet import as_spreadsheet
from socialewifi.site.views.work_rows import as_rows

PER_PAGE = 25
Keys = QuerySet[Initiative, int] | list[int]
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@only(rules.can_list)
def work_list(request: SignedInRequest) -> HttpResponse:
    """Show the initiatives this person works on or reads, as the address asks."""
    user = request.user
    form = _asked(request, user)
    keys, is_alike = _keys(user, form.filters)
    page = Paginator(keys, PER_PAGE).get_page(request.GET.get("page"))
    rows = as_rows(lists.rows_for(user, list(page.object_list)))
    may_enter = rules.can_enter_reports(user)
    context = {"form": form, "page": page, "rows": rows, "is_alike": is_alike, "may_enter": may_enter}
    return render_page(request, "site/work/list.html", context, partial="found")


@only(rules.can_list)
def work_export(request: SignedInRequest) -> HttpResponse:
    """Give the same list as a spreadsheet, without contact details."""
    user = request.user
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
    return WorkListForm(request.GET, choices=lists.choices_for(user, day=clock.today()))
