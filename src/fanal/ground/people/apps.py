from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "fanal.ground.people"
    verbose_name = "Personnes"

    def ready(self) -> None:
        from fanal.ground.access import contents
        from fanal.ground.people import files

        contents.register_minors(namer=files.name_of, finder=files.behind_glass)
        contents.register_reader("people", files.lines)
