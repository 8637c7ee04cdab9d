from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    name = "fanal.detect.concerns"
    verbose_name = "Informations préoccupantes"

    def ready(self) -> None:
        from fanal.detect.concerns.doors import doors
        from fanal.ground.access import contents

        contents.register_doors("concerns", doors)
