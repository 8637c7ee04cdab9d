"""Addresses for the tests of the shell: its own, and screens that go wrong."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from fanal.ground.access.guards import public

handler400 = "fanal.ground.shell.views.bad_request"
handler403 = "fanal.ground.shell.views.permission_denied"
handler404 = "fanal.ground.shell.views.page_not_found"
handler500 = "fanal.ground.shell.views.server_error"


@public
def broken(request: HttpRequest, **_: object) -> HttpResponse:
    raise ValueError("un nom qui ne doit pas sortir")


@public
def closed(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("un nom qui ne doit pas sortir")


@public
def odd(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("un nom qui ne doit pas sortir")


urlpatterns = [
    path("", include("fanal.ground.shell.urls")),
    path("panne/", broken, name="broken"),
    path("panne/detail/", broken, name="broken_detail"),
    path("panne/detail/<int:number>/", broken),
    path("ferme/", closed, name="closed"),
    path("louche/", odd),
]
