from django.urls import path

from socialewifi.site.views import public, work_list, work_page, work_past
from socialewifi.site.views.mine import mine_initiative
from socialewifi.site.views.start import start
from socialewifi.site.views.today import today

urlpatterns = [
    path("", public.home, name="home"),
    path("zo-werkt-het/", public.how_it_works, name="how-it-works"),
    path("waar-vind-je-ons/", public.find_us, name="find-us"),
    path("privacy/", public.privacy, name="privacy"),
    path("toegankelijkheid/", public.accessibility, name="accessibility"),
    path("mijn/<slug:key>/", mine_initiative, name="mine-initiative"),
    path("start/", start, name="start"),
    path("werk/", today, name="today"),
    path("werk/initiatieven/", work_list.work_list, name="work-list"),
    path("werk/initiatieven/lijst.xlsx", work_list.work_export, name="work-export"),
    path("werk/initiatieven/<slug:key>/", work_page.work_initiative, name="work-initiative"),
    path("werk/initiatieven/<slug:key>/versies/", work_past.work_versions, name="work-versions"),
    path("werk/initiatieven/<slug:key>/wat-er-gebeurde/", work_past.work_history, name="work-history"),
    path("werk/initiatieven/<slug:key>/lijkt-op/", work_past.work_doubles, name="work-doubles"),
]
