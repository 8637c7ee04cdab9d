"""What a request left behind: rows written, and traces of refusals."""

from __future__ import annotations

from collections import Counter

from django.db import connection

from fanal.ground.audit.models import Trace
from rows import as_owner

# Written by every request, or by the reading itself.
TRACES = {"audit_trace"}


def written() -> Counter[str]:
    """Rows written so far in this transaction, by table; what was rolled back counts too."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
        )
        return Counter(dict(cursor.fetchall()))


def changed_since(before: Counter[str]) -> set[str]:
    """The tables written since, but for the traces."""
    return {name for name in written() - before if name not in TRACES}


def refusals() -> int:
    with as_owner():
        return Trace.objects.filter(outcome="refused").count()
