from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "fanal.ground.access"
    verbose_name = "Accès"
