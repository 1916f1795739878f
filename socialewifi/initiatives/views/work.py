"""The list of initiatives at work, as a page and as a spreadsheet."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from socialewifi.core import clock
from socialewifi.core.htmx import render_page
from socialewifi.initiatives import rules
from socialewifi.initiatives.forms.work_list import WorkListForm
from socialewifi.initiatives.models import InitiativeQuerySet
from socialewifi.initiatives.queries import work_list as lists
from socialewifi.initiatives.queries.work_list import Filters
from socialewifi.initiatives.spreadsheet import as_spreadsheet

PER_PAGE = 50
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
def work_list(request: HttpRequest) -> HttpResponse:
    """Show the initiatives this person works on or reads, as the address asks."""
    form = _asked(request)
    found, is_alike = _found(request, form.filters)
    page = Paginator(found.values_list("pk", flat=True), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "rows": lists.rows_by_key(list(page.object_list)), "is_alike": is_alike}
    return render_page(request, "initiatives/work/list.html", context, partial="found")


@login_required
def work_export(request: HttpRequest) -> HttpResponse:
    """Give the same list as a spreadsheet, without contact details."""
    found, _is_alike = _found(request, _asked(request).filters)
    response = HttpResponse(as_spreadsheet(found, title=_("Initiatieven")), content_type=SPREADSHEET)
    name = f"initiatieven-{clock.today():%Y-%m-%d}.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _found(request: HttpRequest, filters: Filters) -> tuple[InitiativeQuerySet, bool]:
    """Return what was found; when no words matched, what looks like it, and that it only does so."""
    found = lists.work_list(request.user, filters, day=clock.today())
    if filters.words and not found.exists():
        return lists.much_like_it(request.user, filters, day=clock.today()), True
    return found, False


def _asked(request: HttpRequest) -> WorkListForm:
    if not rules.can_list(request.user):
        raise PermissionDenied
    return WorkListForm(request.GET, choices=lists.choices_for(request.user, day=clock.today()))
