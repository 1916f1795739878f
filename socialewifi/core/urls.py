from django.conf import settings
from django.urls import path

from socialewifi.core import gallery, views

urlpatterns = [
    path("health/live", views.live, name="health-live"),
    path("health/ready", views.ready, name="health-ready"),
    path("health/worker", views.worker, name="health-worker"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security, name="security-txt"),
    path("taal/", views.choose_language, name="set_language"),
]
if settings.SHOW_COMPONENTS:
    urlpatterns += [
        path("ui/", gallery.components, name="components"),
        path("ui/werk/", gallery.staff_components, name="staff-components"),
    ]
