from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "fanal.protect.measures"
    verbose_name = "Mesures"
