from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "fanal.prevent.referrals"
    verbose_name = "Rendez-vous sans nom"

    def ready(self) -> None:
        from fanal.ground.access.terms import Right
        from fanal.ground.shell.navigation import Entry, register
        from fanal.prevent.referrals import retention  # noqa: F401
        from fanal.prevent.referrals.slots import way_to_book
        from fanal.prevent.spaces.ways import declare_way

        register(Entry("Accueil", "referrals:desk", "calendar-clock", Right.RECEIVE, 10))
        register(Entry("Orienter", "referrals:followed", "user-check", Right.REFER, 25))
        register(Entry("Personnes reçues", "referrals:reach", "map", Right.READ_REACH, 32))
        declare_way(way_to_book)
