"""``python play.py``: gather what the pages ask for beside the database; once a run."""

from __future__ import annotations

from fanal.config.database import close_connections, set_up_django


def main() -> None:
    set_up_django()
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    close_connections()


if __name__ == "__main__":
    main()
