"""``python -m fanal.config.worker``: run the jobs of the queue until told to stop."""

import threading

from fanal.config.database import set_up_django

CONCURRENCY = 2
# Under the time that ``fanal up`` waits; a job cut short stays in the queue.
GRACE_SECONDS = 6.0


def main() -> None:
    set_up_django()
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    from fanal.portal.traces.sealer import keep_linking

    threading.Thread(target=keep_linking, name="sealer", daemon=True).start()
    assert isinstance(app.connector, DjangoConnector)  # noqa: S101  (for the type checker)
    with app.replace_connector(app.connector.get_worker_connector()) as queue:
        queue.run_worker(
            name="fanal", concurrency=CONCURRENCY, shutdown_graceful_timeout=GRACE_SECONDS
        )


if __name__ == "__main__":
    main()
