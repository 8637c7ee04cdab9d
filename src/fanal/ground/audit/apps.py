from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "fanal.ground.audit"
    verbose_name = "Traces"

    def ready(self) -> None:
        from fanal.ground.audit import entries  # noqa: F401  (connects)
