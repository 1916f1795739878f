from django.urls import path

from socialewifi.publication import views

urlpatterns = [
    path("initiatieven/", views.initiatives, name="initiative-list"),
    path("initiatieven/<slug:slug>/", views.initiative, name="initiative-public"),
    path("verhalen/", views.stories, name="story-list"),
    path("verhalen/<int:story_id>-<slug:slug>/", views.story, name="story-public"),
]
