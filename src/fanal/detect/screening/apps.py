from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "fanal.detect.screening"
    verbose_name = "repérage"
