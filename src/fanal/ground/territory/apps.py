from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "fanal.ground.territory"
    verbose_name = "Territoires"
