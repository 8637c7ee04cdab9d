"""Every door of the house. Addresses are French; what is not marked public asks who comes."""

from importlib.util import find_spec

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
    *(
        path(prefix, include(room))
        for prefix, room in (
            ("", "fanal.prevent.spaces.urls"),
            ("", "fanal.prevent.exchange.urls"),
            ("", "fanal.detect.watch.urls"),
            ("", "fanal.prevent.referrals.urls"),
            ("situations/", "fanal.protect.situations.urls"),
            ("mesures/", "fanal.protect.measures.urls"),
            ("ecoute/", "fanal.helpline.shifts.urls"),
            ("ecoute/tableau/", "fanal.helpline.board.urls"),
            ("ecoute/telephone/", "fanal.helpline.calls.urls"),
            ("", "fanal.helpline.blocks.urls"),
            ("", "fanal.helpline.chats.urls"),
            ("fiches/", "fanal.helpline.contacts.urls"),
            ("", "fanal.helpline.letters.urls"),
            ("", "fanal.portal.accounts.urls"),
            ("", "fanal.portal.traces.urls"),
            ("droits/", "fanal.portal.rights.urls"),
            ("conservation/", "fanal.portal.keeping.urls"),
            ("cles/", "fanal.portal.keys.urls"),
            ("", "fanal.portal.desks.urls"),
            ("", "fanal.portal.front.urls"),
        )
        if find_spec(room)
    ),
]
