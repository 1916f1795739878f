from django.urls import path

from socialewifi.site import views

urlpatterns = [
    path("", views.home, name="home"),
    path("start/", views.start, name="start"),
]
