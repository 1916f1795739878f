from django.urls import URLPattern, path

from socialewifi.people.views import keys, mail, persons, reading, roles, texts

urlpatterns: list[URLPattern] = [
    path("code/", keys.enter_code, name="code"),
    path("open/<str:token>/", keys.open_key, name="key-open"),
    path("open/<str:token>/code/", keys.send_code, name="key-send-code"),
    path("beheer/", roles.home, name="admin-home"),
    path("beheer/mensen/", persons.people, name="people-list"),
    path("beheer/mensen/nieuw/", persons.add_person, name="person-add"),
    path("beheer/mensen/<uuid:public_id>/", persons.person, name="person"),
    path("beheer/mensen/<uuid:public_id>/gegevens/", persons.change_person, name="person-change"),
    path("beheer/mensen/<uuid:public_id>/uitnodigen/", persons.invite_person, name="person-invite"),
    path("beheer/mensen/<uuid:public_id>/uitloggen/", persons.withdraw_access, name="person-withdraw"),
    path("beheer/mensen/<uuid:public_id>/tweede-stap/", persons.remove_second_factor, name="person-second-factor"),
    path("beheer/mensen/<uuid:public_id>/sluiten/", persons.close_account, name="person-close"),
    path("beheer/mensen/<uuid:public_id>/openen/", persons.reopen_account, name="person-reopen"),
    path("beheer/mensen/<uuid:public_id>/rol/", roles.give_role, name="role-give"),
    path("beheer/rollen/", roles.waiting, name="role-list"),
    path("beheer/rollen/<int:pk>/bevestigen/", roles.confirm_role, name="role-confirm"),
    path("beheer/rollen/<int:pk>/weigeren/", roles.refuse_role, name="role-refuse"),
    path("beheer/rollen/<int:pk>/einde/", roles.end_role, name="role-end"),
    path("beheer/ambassadeurs/", roles.ambassadors, name="ambassadors"),
    path("beheer/organisaties/", roles.organisations, name="organisation-list"),
    path("beheer/teksten/", texts.text_list, name="text-list"),
    path("beheer/teksten/<slug:code>/<slug:language>/", texts.text, name="text"),
    path("beheer/meelezen/", reading.start_reading, name="reading-start"),
    path("beheer/meelezen/stop/", reading.end_reading, name="reading-end"),
    path("beheer/mail/", mail.undeliverable, name="mail-list"),
    path("beheer/mail/<int:pk>/opnieuw/", mail.send_again, name="mail-again"),
    path("beheer/logboek/", reading.log, name="access-log"),
]
