"""Rules are read here; they change by loading a newer file, local durations by their use cases."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from fanal.ground.deadlines.models import DeadlineRule, RuleOverride


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(DeadlineRule)
class DeadlineRuleAdmin(ReadOnlyAdmin):
    list_display = ("label", "article", "tag", "amount", "unit", "valid_from", "valid_to")
    list_filter = ("tag", "owner_role", "moves_to_working_day")
    search_fields = ("code", "label", "article")


@admin.register(RuleOverride)
class RuleOverrideAdmin(ReadOnlyAdmin):
    list_display = ("authority", "code", "amount", "unit", "article", "valid_from", "valid_to")
    list_filter = ("authority",)
    list_select_related = ("authority",)
    search_fields = ("code", "article")
