from django.urls import URLPattern, path

from socialewifi.core.deeds import deed_urls
from socialewifi.governance import deeds, subjects, views

urlpatterns: list[URLPattern] = [
    path("beheer/afspraken/", views.agreements, name="agreement-list"),
    path("beheer/afspraken/<slug:code>/", views.agreement, name="agreement"),
    *deed_urls("beheer/afspraken/<slug:code>/", deeds.OF_AGREEMENT, subjects.AGREEMENT),
]
