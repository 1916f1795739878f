from django.urls import URLPattern, path

from socialewifi.governance import views

urlpatterns: list[URLPattern] = [
    path("beheer/afspraken/", views.agreements, name="agreement-list"),
    path("beheer/afspraken/<slug:code>/", views.agreement, name="agreement"),
    path("beheer/afspraken/<slug:code>/wijzigen/", views.change, name="agreement-change"),
]
