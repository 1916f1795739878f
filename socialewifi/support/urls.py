from django.urls import path

from socialewifi.core.deeds import deed_urls
from socialewifi.initiatives.subjects import INITIATIVE
from socialewifi.initiatives.urls import AT_WORK
from socialewifi.support import deeds, subjects
from socialewifi.support.views import calls, letters

urlpatterns = [
    path("werk/bellen/", calls.work_calls, name="work-calls"),
    path("werk/brieven/", letters.letter_list, name="letter-list"),
    path("werk/brieven/printen/", letters.print_chosen, name="letter-print"),
    path("werk/brieven/<int:pk>/", letters.letter, name="letter-pdf"),
    path(f"{AT_WORK}code/<int:pk>/", letters.code_letter, name="work-code-letter"),
    *deed_urls(AT_WORK, deeds.OF_INITIATIVE, INITIATIVE),
    *deed_urls(f"{AT_WORK}taak/<int:pk>/", deeds.TODO_DEEDS, subjects.TODO),
    *deed_urls(f"{AT_WORK}bellen/<int:pk>/", deeds.CALL_DEEDS, subjects.CALL),
    *deed_urls(f"{AT_WORK}hulp/<int:pk>/", deeds.PROMISE_DEEDS, subjects.PROMISE),
]
