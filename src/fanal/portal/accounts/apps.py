from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "fanal.portal.accounts"
    verbose_name = "Comptes"

    def ready(self) -> None:
        from fanal.portal.accounts.menu import fill_menu

        fill_menu()
