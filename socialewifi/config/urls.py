from django.urls import include, path

urlpatterns = [
    path("account/", include("socialewifi.people.account_urls")),
    path("", include("socialewifi.people.urls")),
    path("", include("socialewifi.initiatives.urls")),
    path("", include("socialewifi.assessment.urls")),
    path("", include("socialewifi.governance.urls")),
    path("demo/", include("socialewifi.site.demo.urls")),
    path("", include("socialewifi.core.urls")),
    path("", include("socialewifi.site.urls")),
]
handler403 = "socialewifi.core.error_pages.refused"
handler404 = "socialewifi.core.error_pages.missing"
handler500 = "socialewifi.core.outage.failed"
