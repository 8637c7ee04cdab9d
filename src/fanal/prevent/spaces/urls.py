from django.urls import path

from fanal.prevent.spaces.views import exchanging, keeping, visiting

app_name = "spaces"
urlpatterns = [
    path("trouver/", visiting.find, name="find"),
    path("trouver/carte/", visiting.on_a_map, name="map"),
    path("lieux/<uuid:ref>/", visiting.place, name="place"),
    path("lieux/hsds/", exchanging.about, name="hsds"),
    path("lieux/hsds/services/", exchanging.services, name="hsds_services"),
    path("lieux/hsds/services/<uuid:ref>/", exchanging.service, name="hsds_service"),
    path("annuaire/", keeping.kept, name="kept"),
    path("annuaire/couverture/", keeping.board, name="coverage"),
    path("annuaire/<uuid:ref>/", keeping.confirm, name="confirm"),
]
