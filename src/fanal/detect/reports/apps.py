from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "fanal.detect.reports"
    verbose_name = "Signalements"
