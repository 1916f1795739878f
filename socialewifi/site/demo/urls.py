from django.urls import path

from socialewifi.site.demo import views

urlpatterns = [
    path("", views.guises, name="demo-guises"),
    path("word/<uuid:public_id>/", views.become, name="demo-become"),
    path("post/", views.outbox, name="demo-outbox"),
    path("post/<int:message_id>/", views.outbox_message, name="demo-message"),
]
