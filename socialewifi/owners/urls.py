from django.urls import path

from socialewifi.core.deeds import deed_urls
from socialewifi.initiatives.subjects import INITIATIVE
from socialewifi.initiatives.urls import AT_WORK
from socialewifi.owners import deeds, subjects
from socialewifi.owners.views import invited, pages, sharing

# The page of one initiative itself is in ``site``.
MINE = "mijn/<slug:key>/"
urlpatterns = [
    path("mijn/", pages.mine_list, name="mine-list"),
    path(f"{MINE}alles/", pages.timeline, name="mine-timeline"),
    path(f"{MINE}berichten/", pages.posts, name="mine-posts"),
    path(f"{MINE}plan/eerder/", pages.plan_versions, name="mine-plan-versions"),
    path(f"{MINE}samen/", sharing.owners, name="mine-owners"),
    path(f"{MINE}openbaar/voorbeeld/", sharing.preview, name="mine-preview"),
    *deed_urls(MINE, deeds.OF_INITIATIVE, subjects.INITIATIVE),
    *deed_urls(MINE, deeds.OF_POSTS, subjects.POSTS),
    *deed_urls(MINE, deeds.OF_OWNERS, subjects.OWNERS),
    *deed_urls(MINE, deeds.OF_PAGE, subjects.PAGE),
    *deed_urls(MINE, deeds.OF_JOIN, subjects.JOIN),
    *deed_urls(MINE, deeds.OF_CLAIM, subjects.CLAIM),
    *deed_urls(f"{MINE}samen/<int:pk>/", deeds.OF_INVITATION, subjects.INVITATION),
    path(f"{MINE}verhalen/<int:pk>/", sharing.story, name="mine-story"),
    *deed_urls(f"{MINE}verhalen/<int:pk>/", deeds.OF_STORY, subjects.STORY),
    path("uitnodiging/nee-bedankt/", invited.refused, name="invitation-refused"),
    path("uitnodiging/welkom/", invited.joined, name="invitation-accepted"),
    path("uitnodiging/<str:token>/", invited.invitation, name="invitation"),
    path("uitnodiging/<str:token>/nee/", invited.refuse, name="invitation-refuse"),
    *deed_urls(AT_WORK, deeds.FOR_INITIATIVE, INITIATIVE),
    *deed_urls(AT_WORK, deeds.FOR_JOIN, subjects.WRITTEN_JOIN),
    *deed_urls(f"{AT_WORK}mensen/<int:pk>/", deeds.FOR_OWNER, subjects.OWNER),
    *deed_urls(f"{AT_WORK}uitnodiging/<int:pk>/", deeds.FOR_INVITED, subjects.INVITED),
]
