from django.apps import AppConfig


class FrontConfig(AppConfig):
    name = "fanal.portal.front"
    verbose_name = "Pages publiques"
