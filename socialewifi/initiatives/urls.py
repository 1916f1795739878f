from django.urls import URLPattern, path

from socialewifi.core.deeds import deed_urls
from socialewifi.initiatives import deeds, subjects
from socialewifi.initiatives.views import entry, letters, paper, public, report, work, work_calls, work_page
from socialewifi.initiatives.views.mine import claims, for_them, pages, sharing, stories
from socialewifi.initiatives.views.mine import deeds as mine

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
    path("vertel/<uuid:token>/wissen/", report.discard, name="report-discard"),
    path("vertel/<uuid:token>/<slug:slug>/", report.question, name="report-question"),
]

# Writing down an idea for someone, and letters.
entry_urls = [
    path("werk/nieuw/", entry.enter, name="work-new"),
    path("werk/nieuw/<slug:key>/", entry.entered, name="work-new-done"),
    path("werk/initiatieven/<slug:key>/code/<int:pk>/", entry.code_letter, name="work-code-letter"),
    path("werk/brieven/", letters.letter_list, name="letter-list"),
    path("werk/brieven/printen/", letters.print_chosen, name="letter-print"),
    path("werk/brieven/<int:pk>/", letters.letter, name="letter-pdf"),
]

# What initiators see and do; the page of one initiative itself is in ``site``.
mine_urls = [
    path("mijn/", pages.mine_list, name="mine-list"),
    path("mijn/<slug:key>/van-mij/", claims.claim, name="mine-claim"),
    path("mijn/<slug:key>/alles/", pages.timeline, name="mine-timeline"),
    path("mijn/<slug:key>/berichten/", pages.posts, name="mine-posts"),
    path("mijn/<slug:key>/plan/", mine.edit_plan, name="mine-plan"),
    path("mijn/<slug:key>/plan/eerder/", pages.plan_versions, name="mine-plan-versions"),
    path("mijn/<slug:key>/gegevens/", mine.reach, name="mine-reach"),
    path("mijn/<slug:key>/stoppen/", mine.stop, name="mine-stop"),
    path("mijn/<slug:key>/verder/", mine.go_on, name="mine-again"),
    path("mijn/<slug:key>/vraag/", mine.ask, name="mine-question"),
    path("mijn/<slug:key>/samen/", sharing.owners, name="mine-owners"),
    path("mijn/<slug:key>/samen/weggaan/", mine.leave, name="mine-leave"),
    path("mijn/<slug:key>/samen/<int:pk>/intrekken/", sharing.revoke, name="mine-invitation-revoke"),
    path("mijn/<slug:key>/samengaan/", sharing.join, name="mine-join"),
    path("mijn/<slug:key>/openbaar/", sharing.public_page, name="mine-public"),
    path("mijn/<slug:key>/openbaar/voorbeeld/", sharing.preview, name="mine-preview"),
    path("mijn/<slug:key>/openbaar/weg/", sharing.hide_page, name="mine-hide"),
    path("mijn/<slug:key>/verhalen/vertel/", stories.tell, name="mine-story-tell"),
    path("mijn/<slug:key>/verhalen/<int:pk>/", stories.story, name="mine-story"),
    path("mijn/<slug:key>/verhalen/<int:pk>/ja/", stories.agree, name="mine-story-agree"),
    path("mijn/<slug:key>/verhalen/<int:pk>/weg/", stories.hide, name="mine-story-hide"),
    path("mijn/<slug:key>/verhalen/<int:pk>/terug/", stories.take_back, name="mine-story-take-back"),
    path("uitnodiging/nee-bedankt/", sharing.refused, name="invitation-refused"),
    path("uitnodiging/welkom/", sharing.joined, name="invitation-accepted"),
    path("uitnodiging/<str:token>/", sharing.invitation, name="invitation"),
    path("uitnodiging/<str:token>/nee/", sharing.refuse, name="invitation-refuse"),
    path("werk/initiatieven/<slug:key>/samengaan/", for_them.answer_join, name="work-join-answer"),
    path("werk/initiatieven/<slug:key>/toestemming/", for_them.record_consent, name="work-consent"),
    path("werk/initiatieven/<slug:key>/verhaal/", for_them.write_story, name="work-story"),
    path("werk/initiatieven/<slug:key>/gegevens/<int:pk>/", for_them.write_reach, name="work-reach"),
    path("werk/initiatieven/<slug:key>/uitnodiging/<int:pk>/", for_them.answer_invitation, name="work-invitation"),
]

# At work. Other rooms have pages beside the deeds of this one.
AT_WORK = "werk/initiatieven/<slug:key>/"
work_urls = [
    path("werk/bellen/", work_calls.work_calls, name="work-calls"),
    path("werk/initiatieven/", work.work_list, name="work-list"),
    path("werk/initiatieven/lijst.xlsx", work.work_export, name="work-export"),
    path("werk/initiatieven/<slug:key>/", work_page.work_initiative, name="work-initiative"),
    path("werk/initiatieven/<slug:key>/versies/", work_page.work_versions, name="work-versions"),
    *deed_urls(AT_WORK, deeds.DEEDS, subjects.INITIATIVE),
    *deed_urls(f"{AT_WORK}taak/<int:pk>/", deeds.TODO_DEEDS, subjects.TODO),
    *deed_urls(f"{AT_WORK}bellen/<int:pk>/", deeds.CALL_DEEDS, subjects.CALL),
    *deed_urls(f"{AT_WORK}hulp/<int:pk>/", deeds.PROMISE_DEEDS, subjects.PROMISE),
]

urlpatterns: list[URLPattern] = [*public_urls, *report_urls, *entry_urls, *mine_urls, *work_urls]
