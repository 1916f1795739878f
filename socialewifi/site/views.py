from django.http import HttpRequest, HttpResponse

from socialewifi.core.htmx import render_page


def home(request: HttpRequest) -> HttpResponse:
    return render_page(request, "site/home.html", {})
