from django.urls import path

from socialewifi.intake.views import entry, paper, report

urlpatterns = [
    path("vertel/", report.start, name="report-start"),
    path("vertel/papier/", paper.paper_form, name="report-paper"),
    path("vertel/<uuid:token>/", report.resume, name="report-resume"),
    path("vertel/<uuid:token>/controle/", report.check, name="report-check"),
    path("vertel/<uuid:token>/klaar/", report.done, name="report-done"),
    path("vertel/<uuid:token>/code-genoteerd/", report.code_noted, name="report-code-noted"),
    path("vertel/<uuid:token>/wissen/", report.discard, name="report-discard"),
    path("vertel/<uuid:token>/<slug:slug>/", report.question, name="report-question"),
    path("werk/nieuw/", entry.enter, name="work-new"),
    path("werk/nieuw/<slug:key>/", entry.entered, name="work-new-done"),
]
