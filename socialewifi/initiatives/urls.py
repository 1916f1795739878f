from django.urls import URLPattern

from socialewifi.core.deeds import deed_urls
from socialewifi.initiatives import deeds, subjects

AT_WORK = "werk/initiatieven/<slug:key>/"
urlpatterns: list[URLPattern] = deed_urls(AT_WORK, (*deeds.TO_EXPLORE, *deeds.FURTHER), subjects.INITIATIVE)
