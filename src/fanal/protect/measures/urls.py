from django.urls import path

from fanal.protect.measures.views import deadlines, recording, requesting, shelter_acts, shelters
from fanal.protect.measures.views import show as pages
from fanal.protect.measures.views.events import EVENTS

app_name = "measures"
urlpatterns = [
    path("situation/<uuid:ref>/", pages.of_situation, name="of_situation"),
    path("situation/<uuid:ref>/demander/", requesting.from_situation, name="request"),
    path("demander/information/<uuid:ref>/", requesting.from_concern, name="request_concern"),
    path("demander/dossier/<uuid:ref>/", requesting.from_file, name="request_file"),
    path("echeances/", deadlines.deadlines, name="deadlines"),
    path("echeances/export.csv", deadlines.export, name="export"),
    path("mises-a-l-abri/", shelters.listing, name="shelters"),
    path("mises-a-l-abri/nouvelle/", shelters.new, name="shelter_new"),
    path("mises-a-l-abri/dossier/<uuid:ref>/", shelters.of_file, name="shelter_file"),
    path("mises-a-l-abri/<uuid:ref>/", shelters.show, name="shelter"),
    path("mises-a-l-abri/<uuid:ref>/parents/", shelter_acts.parents, name="shelter_parents"),
    path(
        "mises-a-l-abri/<uuid:ref>/parents/exception/",
        shelter_acts.parents_exception,
        name="shelter_parents_exception",
    ),
    path(
        "mises-a-l-abri/<uuid:ref>/procureur/", shelter_acts.prosecutor, name="shelter_prosecutor"
    ),
    path("mises-a-l-abri/<uuid:ref>/terminer/", shelter_acts.end, name="shelter_end"),
    path("parents/<uuid:ref>/repondre/", recording.answer, name="answer"),
    path("<uuid:ref>/", pages.show, name="show"),
    *(
        path(f"<uuid:ref>/{event.path}/", recording.event, {"event": event.name}, name=event.name)
        for event in EVENTS
    ),
]
