from django.urls import path

from socialewifi.assessment.views import municipality, outcome, panel, weighing

AT_WORK = "werk/initiatieven/<slug:key>/wegen/"

urlpatterns = [
    path("meekijken/", panel.panel_list, name="panel-list"),
    path("meekijken/gegeven/", panel.panel_given, name="panel-given"),
    path("meekijken/<int:seat_id>/", panel.panel_seat, name="panel-seat"),
    path("meekijken/<int:seat_id>/betrokken/", panel.panel_recuse, name="panel-recuse"),
    path("meekijken/<int:seat_id>/bezwaar/", panel.panel_object, name="panel-object"),
    path("gemeente/", municipality.ambassador_list, name="ambassador-list"),
    path("gemeente/<int:question_id>/", municipality.ambassador_question, name="ambassador-question"),
    path("werk/wegen/", weighing.weigh_list, name="weigh-list"),
    path(AT_WORK, weighing.weigh_detail, name="weigh-detail"),
    path(f"{AT_WORK}openen/", weighing.weigh_open, name="weigh-open"),
    path(f"{AT_WORK}panel/", weighing.weigh_panel, name="weigh-panel"),
    path(f"{AT_WORK}panel/<int:seat_id>/", weighing.weigh_advice, name="weigh-advice"),
    path(f"{AT_WORK}panel/<int:seat_id>/bezwaar/", weighing.weigh_objection, name="weigh-objection"),
    path(f"{AT_WORK}uitgangspunten/", weighing.weigh_criteria, name="weigh-criteria"),
    path(f"{AT_WORK}gemeente/", weighing.weigh_municipality, name="weigh-municipality"),
    path(f"{AT_WORK}gemeente/antwoord/", weighing.weigh_answer, name="weigh-answer"),
    path(f"{AT_WORK}uitkomst/", outcome.weigh_outcome, name="weigh-outcome"),
    path(f"{AT_WORK}terug/", weighing.weigh_return, name="weigh-return"),
]
