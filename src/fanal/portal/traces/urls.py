from django.urls import path

from fanal.portal.traces.views import codes, officer

app_name = "traces"
urlpatterns = [
    path("acces/", officer.listing, name="list"),
    path("acces/exporter/", officer.export, name="export"),
    path("acces/codes/<uuid:ref>/", codes.give, name="give"),
    path("acces/codes/<uuid:ref>/annuler/", codes.revoke, name="revoke"),
    path("code/", codes.by_code, name="by_code"),
]
