"""``python reviewed.py``: somebody invented has read every edition, as in a service that opens."""

from __future__ import annotations

from datetime import UTC, datetime

from fanal.config.database import close_connections, set_up_django


def main() -> None:
    set_up_django()
    from fanal.portal.front.guide import EDITIONS
    from fanal.portal.front.use_cases import review_edition

    for edition in EDITIONS:
        review_edition(
            edition=edition, reviewer="Une lectrice inventée", now=datetime(2026, 1, 5, tzinfo=UTC)
        )
    close_connections()


if __name__ == "__main__":
    main()
