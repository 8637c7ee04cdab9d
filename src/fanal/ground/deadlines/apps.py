from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "fanal.ground.deadlines"
    verbose_name = "Délais"
