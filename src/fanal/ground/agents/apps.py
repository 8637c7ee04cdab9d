from django.apps import AppConfig


class AgentsConfig(AppConfig):
    name = "fanal.ground.agents"
    verbose_name = "Organisations et agents"
