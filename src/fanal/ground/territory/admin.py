"""Reference data can be looked at; it is changed by loading a newer version of it."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from fanal.ground.territory.models import ChildWelfareAuthority, Commune, Court, ReferenceLoad


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ChildWelfareAuthority)
class ChildWelfareAuthorityAdmin(ReadOnlyAdmin):
    list_display = ("code", "name", "kind", "timezone", "basis")
    list_filter = ("kind", "basis")
    search_fields = ("code", "name")


@admin.register(Court)
class CourtAdmin(ReadOnlyAdmin):
    list_display = ("code", "name", "appeal_court", "has_tpe", "tpe_court", "jirs")
    list_filter = ("kind", "has_tpe", "jirs")
    list_select_related = ("tpe_court",)
    search_fields = ("code", "name")


@admin.register(Commune)
class CommuneAdmin(ReadOnlyAdmin):
    list_display = ("code", "name", "status", "authority", "court", "tpe_court", "population")
    list_filter = ("status", "authority")
    list_select_related = ("authority", "court", "tpe_court")
    search_fields = ("code", "search_names")


@admin.register(ReferenceLoad)
class ReferenceLoadAdmin(ReadOnlyAdmin):
    list_display = ("name", "digest", "loaded_at")
