"""The platform's addresses with those of signing in through an organisation, which are there only when one is set."""

from django.urls import include, path

from socialewifi.config.urls import urlpatterns as everything
from socialewifi.people.account_urls import organisation_urlpatterns

urlpatterns = [path("account/", include(organisation_urlpatterns)), *everything]
