from django.urls import URLPattern, path

from socialewifi.people import views

urlpatterns: list[URLPattern] = [
    path("code/", views.enter_code, name="code"),
    path("open/<str:token>/", views.open_key, name="key-open"),
    path("open/<str:token>/code/", views.send_code, name="key-send-code"),
]
