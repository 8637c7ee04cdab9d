from django.apps import AppConfig


class ShellConfig(AppConfig):
    name = "fanal.ground.shell"
    verbose_name = "Présentation"
