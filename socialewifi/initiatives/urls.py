from django.urls import URLPattern, path

from socialewifi.initiatives.views import paper, public, report

# What everyone sees.
public_urls = [
    path("initiatieven/", public.initiatives, name="initiative-list"),
    path("initiatieven/<slug:slug>/", public.initiative, name="initiative-public"),
    path("verhalen/", public.stories, name="story-list"),
    path("verhalen/<int:story_id>-<slug:slug>/", public.story, name="story-public"),
]

# Telling an idea.
report_urls = [
    path("vertel/", report.start, name="report-start"),
    path("vertel/papier/", paper.paper_form, name="report-paper"),
    path("vertel/<uuid:token>/", report.resume, name="report-resume"),
    path("vertel/<uuid:token>/controle/", report.check, name="report-check"),
    path("vertel/<uuid:token>/klaar/", report.done, name="report-done"),
    path("vertel/<uuid:token>/code-genoteerd/", report.code_noted, name="report-code-noted"),
    path("vertel/<uuid:token>/<slug:slug>/", report.question, name="report-question"),
]

urlpatterns: list[URLPattern] = [*public_urls, *report_urls]
