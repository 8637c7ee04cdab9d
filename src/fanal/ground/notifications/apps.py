from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "fanal.ground.notifications"
    verbose_name = "Avis"
