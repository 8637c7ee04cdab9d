from django.urls import path

from fanal.prevent.spaces.views import answering, checking, exchanging, keeping, visiting

app_name = "spaces"
urlpatterns = [
    path("trouver/", visiting.find, name="find"),
    path("trouver/carte/", visiting.on_a_map, name="map"),
    path("lieux/<uuid:ref>/", visiting.place, name="place"),
    path("lieux/<uuid:ref>/numero/", answering.wrong_number, name="wrong_number"),
    path("lieux/fiche/<str:token>/", answering.answer, name="answer"),
    path("lieux/hsds/", exchanging.about, name="hsds"),
    path("lieux/hsds/services/", exchanging.services, name="hsds_services"),
    path("lieux/hsds/services/<uuid:ref>/", exchanging.service, name="hsds_service"),
    path("annuaire/", keeping.kept, name="kept"),
    path("annuaire/couverture/", keeping.board, name="coverage"),
    path("annuaire/a-verifier/", checking.first, name="first"),
    path("annuaire/demander/", checking.ask_old, name="ask_old"),
    path("annuaire/propositions/<uuid:ref>/", checking.decide, name="decide"),
    path("annuaire/<uuid:ref>/contact/", checking.mailbox, name="mailbox"),
    path("annuaire/<uuid:ref>/demander/", checking.ask, name="ask"),
    path("annuaire/<uuid:ref>/doutes/", checking.doubts, name="doubts"),
    path("annuaire/<uuid:ref>/", keeping.confirm, name="confirm"),
]
