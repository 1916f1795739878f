"""Today at work."""

from django.http import HttpResponse
from django.utils.timesince import timesince
from django.views.decorators.http import require_safe

from socialewifi.core import clock
from socialewifi.core.htmx import render_page
from socialewifi.initiatives import rules
from socialewifi.people.queries import waiting_roles
from socialewifi.people.rules import can_confirm_roles
from socialewifi.people.signed_in import SignedInRequest, only
from socialewifi.site.queries import today as queries
from socialewifi.support.queries import today as desk


@require_safe
@only(rules.can_work_somewhere)
def today(request: SignedInRequest) -> HttpResponse:
    """Show what is due first, then this person's initiatives along the road, then what is new."""
    user, now, day = request.user, clock.now(), clock.today()
    due = queries.due_list(user, at=now)
    road = queries.road_of(user)
    new = desk.new_at_desk(user)
    context = {
        "greeting": queries.greeting(now),
        "may_enter": rules.can_enter_reports(user),
        "due": due.rows,
        "due_more": due.more,
        "due_now": due.now,
        "road": road,
        "day": day,
        "new": [(one, timesince(one.reported_at, now, depth=1)) for one in new.shown],
        "new_count": new.count,
        "letters": desk.letters_to_print(user),
        "roles_waiting": len(waiting_roles(user, day)) if can_confirm_roles(user) else 0,
        "gaps": desk.gaps_for(user, day=day) if rules.closes_gaps(user) else None,
    }
    return render_page(request, "site/today.html", context)
