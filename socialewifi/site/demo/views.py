"""The pages that only the demo has: become someone with one click, and read every mail and letter."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from socialewifi.core.htmx import render_page
from socialewifi.core.models import Message
from socialewifi.people.models import User
from socialewifi.site.demo import queries

View = Callable[..., HttpResponse]


def only_in_the_demo(view: View) -> View:
    """Make a page that does not exist outside the demo; it is Dutch for everyone, its days too."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        with override("nl"):
            return view(request, *args, **kwargs)

    return guarded


@never_cache
@only_in_the_demo
def guises(request: HttpRequest) -> HttpResponse:
    roles = {"Inwoner met een idee": queries.residents(), **queries.workers()}
    return render_page(request, "site/demo/guises.html", {"roles": roles})


@only_in_the_demo
@require_POST
def become(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    user = get_object_or_404(User, public_id=public_id, is_active=True)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect(queries.first_page(user))


@only_in_the_demo
def outbox(request: HttpRequest) -> HttpResponse:
    page = Paginator(Message.objects.order_by("-created_at", "-pk"), 50).get_page(request.GET.get("page"))
    return render_page(request, "site/demo/outbox.html", {"page": page})


@only_in_the_demo
def outbox_message(request: HttpRequest, message_id: int) -> HttpResponse:
    return render_page(request, "site/demo/message.html", {"message": get_object_or_404(Message, pk=message_id)})
