"""``python play.py``: play the demonstration, then what some screens still need; once a run."""

from __future__ import annotations

from datetime import UTC, datetime

from fanal.config.database import close_connections, set_up_django


def main() -> None:
    set_up_django()
    from django.core.management import call_command
    from django.db import transaction

    from browser.scenes import play
    from fanal.config.demonstration import seed

    now = datetime.now(tz=UTC)
    seed(now=now)
    with transaction.atomic():
        play(now=now)
    call_command("collectstatic", interactive=False, verbosity=0)
    close_connections()


if __name__ == "__main__":
    main()
