from django.urls import path

from socialewifi.assessment import deeds, subjects
from socialewifi.assessment.views import municipality, panel, weighing
from socialewifi.core.deeds import deed_urls

AT_WORK = "werk/initiatieven/<slug:key>/wegen/"

urlpatterns = [
    path("meekijken/", panel.panel_list, name="panel-list"),
    path("meekijken/gegeven/", panel.panel_given, name="panel-given"),
    path("meekijken/<int:seat_id>/", panel.panel_seat, name="panel-seat"),
    *deed_urls("meekijken/<int:seat_id>/", deeds.OF_OWN_SEAT, subjects.OWN_SEAT),
    path("gemeente/", municipality.ambassador_list, name="ambassador-list"),
    path("gemeente/<int:question_id>/", municipality.ambassador_question, name="ambassador-question"),
    *deed_urls("gemeente/<int:question_id>/", deeds.OF_OWN_QUESTION, subjects.OWN_QUESTION),
    path("werk/wegen/", weighing.weigh_list, name="weigh-list"),
    path(AT_WORK, weighing.weigh_detail, name="weigh-detail"),
    *deed_urls(AT_WORK, deeds.OF_INITIATIVE, subjects.INITIATIVE),
    *deed_urls(AT_WORK, deeds.OF_WEIGHING, subjects.WEIGHING),
    *deed_urls(f"{AT_WORK}panel/<int:seat_id>/", deeds.OF_SEAT, subjects.SEAT),
    *deed_urls(f"{AT_WORK}gemeente/", deeds.OF_QUESTION, subjects.QUESTION),
]
