from django.urls import include, path

from socialewifi.site.rooms import ROOMS

_of_rooms = [path("", include(room.urls)) for room in ROOMS if room.urls]
urlpatterns = [
    path("account/", include("socialewifi.people.account_urls")),
    path("demo/", include("socialewifi.site.demo.urls")),
    # No two rooms share an address; with the longest lists last, nearly every page is found sooner.
    *sorted(_of_rooms, key=lambda one: len(one.url_patterns)),
]
handler403 = "socialewifi.core.error_pages.refused"
handler404 = "socialewifi.core.error_pages.missing"
handler500 = "socialewifi.core.outage.failed"
