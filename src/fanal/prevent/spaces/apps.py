from django.apps import AppConfig


class SpacesConfig(AppConfig):
    name = "fanal.prevent.spaces"
    verbose_name = "Lieux"
