from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    name = "fanal.detect.concerns"
    verbose_name = "Informations préoccupantes"
