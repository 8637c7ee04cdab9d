from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "fanal.ground.audit"
    verbose_name = "Traces"
