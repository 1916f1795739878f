from django.urls import URLPattern, path

from socialewifi.core.deeds import deed_urls
from socialewifi.people import deeds, subjects
from socialewifi.people.views import keys, mail, persons, reading, roles, texts

PERSON = "beheer/mensen/<uuid:public_id>/"
ROLE = "beheer/rollen/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("code/", keys.enter_code, name="code"),
    path("open/<str:token>/", keys.open_key, name="key-open"),
    path("open/<str:token>/code/", keys.send_code, name="key-send-code"),
    path("beheer/", roles.home, name="admin-home"),
    path("beheer/mensen/", persons.people, name="people-list"),
    *deed_urls("beheer/mensen/", deeds.OF_PEOPLE, subjects.PEOPLE),
    path(PERSON, persons.person, name="person"),
    *deed_urls(PERSON, deeds.OF_PERSON, subjects.PERSON),
    *deed_urls(PERSON, deeds.OF_ROLE_TO_GIVE, subjects.ROLE_TO_GIVE),
    path("beheer/rollen/", roles.waiting, name="role-list"),
    *deed_urls(ROLE, deeds.OF_WAITING_ROLE, subjects.WAITING_ROLE),
    *deed_urls(ROLE, deeds.OF_ROLE, subjects.ROLE),
    path("beheer/ambassadeurs/", roles.ambassadors, name="ambassadors"),
    path("beheer/organisaties/", roles.organisations, name="organisation-list"),
    path("beheer/teksten/", texts.text_list, name="text-list"),
    *deed_urls("beheer/teksten/<slug:code>/<slug:language>/", deeds.OF_TEXT, subjects.TEXT),
    *deed_urls("beheer/", deeds.OF_READING, subjects.READING),
    path("beheer/meelezen/stop/", reading.end_reading, name="reading-end"),
    path("beheer/mail/", mail.undeliverable, name="mail-list"),
    *deed_urls("beheer/mail/<int:pk>/", deeds.OF_MAIL, subjects.MAIL),
    path("beheer/logboek/", reading.log, name="access-log"),
]
