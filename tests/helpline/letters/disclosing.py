"""
``python disclosing.py press``: somebody asks, who moderates reads a danger, and presses the key;
the process of their page ends there, before it does anything more.
``python disclosing.py care``: the queue's own care is asked for now, and not at its next minute.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from datetime import UTC, datetime
from uuid import uuid4

from fanal.config.database import close_connections, set_up_django


def main() -> None:
    set_up_django()
    {"press": _press, "care": _care}[sys.argv[1]]()
    close_connections()


def _press() -> None:
    from factories import AgentFactory, OrganisationFactory, PostingFactory
    from fanal.ground.access.asking import acting_as
    from fanal.prevent.exchange import use_cases
    from fanal.prevent.exchange.events import heard_at_once
    from fanal.prevent.exchange.models import Question

    heard_at_once.clear()
    now = datetime.now(tz=UTC)
    helpline = OrganisationFactory(name="Écoute (invention)", slug="ecoute", kind="helpline")
    agent = AgentFactory(name="Maya Inventée", email="maya@fanal.invalid")
    PostingFactory(agent=agent, organisation=helpline, role="listener")
    use_cases.keep(written=use_cases.Written("Des mots inventés."), sent=uuid4(), now=now)
    with acting_as(agent):
        use_cases.disclose_danger(agent=agent, ref=Question.objects.get().ref, now=now)


def _care() -> None:
    from procrastinate.exceptions import AlreadyEnqueued

    from fanal.config.upkeep import retry_stalled_jobs

    # The worker that was killed may have asked for it as it started.
    with suppress(AlreadyEnqueued):
        retry_stalled_jobs.defer(timestamp=0)


if __name__ == "__main__":
    main()
