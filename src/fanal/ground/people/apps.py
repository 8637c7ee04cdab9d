from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "fanal.ground.people"
    verbose_name = "Personnes"
