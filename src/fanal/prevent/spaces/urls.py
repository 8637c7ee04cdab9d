from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path

from fanal.prevent.spaces.views import (
    answering,
    checking,
    exchanging,
    framing,
    keeping,
    printing,
    referring,
    visiting,
)


def of_hsds(route: str, view: Callable[..., HttpResponse], name: str) -> list[URLPattern]:
    """As HSDS writes it, without a slash at the end; and as the rest of Fanal does."""
    whole = f"lieux/hsds/{route}"
    return [path(whole, view, name=name), path(whole.removesuffix("/"), view)]


app_name = "spaces"
urlpatterns = [
    path("trouver/", visiting.find, name="find"),
    path("trouver/carte/", visiting.on_a_map, name="map"),
    path("trouver/cadre/", framing.frame, name="frame"),
    path("trouver/cadre/aide/", framing.help_page, name="frame_help"),
    path("trouver/feuilles/", printing.sheets, name="sheets"),
    path("trouver/feuille/<str:departement>.pdf", printing.sheet, name="sheet"),
    path("lieux/<uuid:ref>/", visiting.place, name="place"),
    path("lieux/<uuid:ref>/numero/", answering.wrong_number, name="wrong_number"),
    path("lieux/fiche/<str:token>/", answering.answer, name="answer"),
    path("lieux/reutiliser/", exchanging.reuse, name="reuse"),
    *of_hsds("", exchanging.about, "hsds"),
    *of_hsds("services/", exchanging.services, "hsds_services"),
    *of_hsds("services/<uuid:ref>/", exchanging.service, "hsds_service"),
    *of_hsds("organizations/", exchanging.organizations, "hsds_organizations"),
    *of_hsds("organizations/<uuid:ref>/", exchanging.organization, "hsds_organization"),
    *of_hsds("service_at_locations/", exchanging.at_locations, "hsds_at_locations"),
    *of_hsds("service_at_locations/<uuid:ref>/", exchanging.at_location, "hsds_at_location"),
    path("annuaire/", keeping.kept, name="kept"),
    path("annuaire/tableau.csv", keeping.export, name="export"),
    path("annuaire/orienter/", referring.professionals, name="professionals"),
    path("annuaire/couverture/", keeping.board, name="coverage"),
    path("annuaire/a-verifier/", checking.first, name="first"),
    path("annuaire/demander/", checking.ask_old, name="ask_old"),
    path("annuaire/propositions/<uuid:ref>/", checking.decide, name="decide"),
    path("annuaire/<uuid:ref>/contact/", checking.mailbox, name="mailbox"),
    path("annuaire/<uuid:ref>/demander/", checking.ask, name="ask"),
    path("annuaire/<uuid:ref>/doutes/", checking.doubts, name="doubts"),
    path("annuaire/<uuid:ref>/", keeping.confirm, name="confirm"),
]
