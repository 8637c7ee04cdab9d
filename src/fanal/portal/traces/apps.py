from django.apps import AppConfig


class TracesConfig(AppConfig):
    name = "fanal.portal.traces"
    verbose_name = "Traces"
