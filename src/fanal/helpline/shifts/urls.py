from django.urls import path

from fanal.helpline.shifts.views import mine, roster, talking

app_name = "shifts"
urlpatterns = [
    path("planning/", roster.week, name="week"),
    path("planning/copier/", roster.copy, name="copy"),
    path("planning/annuler/", roster.undo, name="undo"),
    path("planning/<uuid:ref>/", roster.change, name="change"),
    path("planning/<uuid:ref>/retirer/", roster.remove, name="remove"),
    path("ma-semaine/", mine.mine, name="mine"),
    path("presence/", mine.presence, name="presence"),
    path("difficile/", mine.hard, name="hard"),
    path("reprise/demander/", talking.ask, name="ask"),
    path("reprises/", talking.listing, name="debriefs"),
    path("reprises/<uuid:ref>/", talking.slot, name="slot"),
    path("reprises/<uuid:ref>/fait/", talking.done, name="done"),
]
