from django.apps import AppConfig


class FrontConfig(AppConfig):
    name = "fanal.portal.front"
    verbose_name = "Pages publiques"

    def ready(self) -> None:
        from fanal.ground.access.terms import Right
        from fanal.ground.shell import navigation
        from fanal.ground.shell.foot import register
        from fanal.portal.front.legal import examined

        register("front:home", "Accueil")
        register("spaces:find", "Trouver un lieu")
        register("exchange:answers", "Questions et réponses")
        register("front:safety", "Ce qui reste sur l’appareil")
        register("front:privacy", "Ce qui est gardé")
        register("front:plan", "Plan du site")
        register("front:notice", "Mentions légales")
        # Each page says it, as the law asks (décret n° 2019-768, art. 4).
        register("front:accessibility", lambda: f"Accessibilité : {examined().level}")
        register("agents:login", "Espace des professionnels")
        entry = navigation.Entry("Textes publics", "front:texts", "files", Right.KEEP_DIRECTORY, 32)
        navigation.register(entry)
