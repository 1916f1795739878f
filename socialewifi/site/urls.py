from django.urls import path

from socialewifi.site.views import public
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
]
