from django.apps import AppConfig


class SpacesConfig(AppConfig):
    name = "fanal.prevent.spaces"
    verbose_name = "Lieux"

    def ready(self) -> None:
        from fanal.ground.access.terms import Right
        from fanal.ground.shell.navigation import Entry, register
        from fanal.prevent.spaces import retention  # noqa: F401

        register(Entry("Annuaire", "spaces:kept", "map-pin", Right.KEEP_DIRECTORY, 30))
        register(Entry("À vérifier", "spaces:first", "clipboard-check", Right.KEEP_DIRECTORY, 30))
        register(Entry("Lieux pour orienter", "spaces:professionals", "map-pin", rank=29))
        register(Entry("Couverture", "spaces:coverage", "map", Right.READ_COVERAGE, 31))
