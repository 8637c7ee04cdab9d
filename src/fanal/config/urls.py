"""Every door of the house. Addresses are French; what is not marked public asks who comes."""

from django.contrib import admin
from django.urls import include, path

from fanal.config.api import api
from fanal.config.health import health
from fanal.ground.agents.views import second_factor

handler400 = "fanal.ground.shell.views.bad_request"
handler403 = "fanal.ground.shell.views.permission_denied"
handler404 = "fanal.ground.shell.views.page_not_found"
handler500 = "fanal.ground.shell.views.server_error"

urlpatterns = [
    path("healthz", health, name="health"),
    path("api/v1/", api.urls),
    path("administration/", admin.site.urls),
    path("", include("fanal.ground.shell.urls")),
    path("", include("fanal.ground.agents.urls")),
    # The name that allauth calls, between the password and the desk.
    path("connexion/second-facteur/", second_factor, name="mfa_authenticate"),
    path("avis/", include("fanal.ground.notifications.urls")),
    path("dossiers/", include("fanal.ground.access.urls")),
    path("documents/", include("fanal.ground.documents.urls")),
    path("reperer/", include("fanal.detect.screening.urls")),
    path("", include("fanal.detect.concerns.urls")),
    path("signalements/", include("fanal.detect.reports.urls")),
    path("", include("fanal.prevent.spaces.urls")),
    path("", include("fanal.prevent.exchange.urls")),
    path("", include("fanal.detect.watch.urls")),
    path("", include("fanal.prevent.referrals.urls")),
    path("situations/", include("fanal.protect.situations.urls")),
    path("mesures/", include("fanal.protect.measures.urls")),
    path("ecoute/", include("fanal.helpline.shifts.urls")),
    path("ecoute/tableau/", include("fanal.helpline.board.urls")),
    path("ecoute/telephone/", include("fanal.helpline.calls.urls")),
    path("", include("fanal.helpline.blocks.urls")),
    path("", include("fanal.helpline.chats.urls")),
    path("fiches/", include("fanal.helpline.contacts.urls")),
    path("", include("fanal.helpline.letters.urls")),
    path("", include("fanal.portal.accounts.urls")),
    path("", include("fanal.portal.traces.urls")),
    path("droits/", include("fanal.portal.rights.urls")),
    path("conservation/", include("fanal.portal.keeping.urls")),
    path("cles/", include("fanal.portal.keys.urls")),
    path("", include("fanal.portal.desks.urls")),
    path("", include("fanal.portal.front.urls")),
]
