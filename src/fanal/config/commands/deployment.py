"""``fanal check --deploy``: what an operating service must be, beyond a database that is ready."""

from __future__ import annotations

import stat
from collections.abc import Iterator

from fanal.config.commands.findings import Finding, State, judged

# What each answer says to a browser, and a piece of what it must hold.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'",
    "Strict-Transport-Security": "max-age=",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
LOOSE = ("'unsafe-inline'", "'unsafe-eval'", "*", "http:", "data:")
SHORTEST_KEY = 50
# Tables that hold what happened: the application adds to them, and that is all.
TRACES = "audit_trace"


def deployment() -> Iterator[Finding]:
    """Django's own checks, then ours: roles and walls, headers, secrets."""
    yield from _settings()
    yield judged("Cloisonnement", _open_tables(), "chaque table de dossier force ses règles")
    yield judged("Traces", _trace_faults(), "l'application y ajoute, et rien d'autre")
    yield judged("En-têtes", header_faults(), "complets, politique de contenu stricte")
    yield judged("Secrets", _secret_faults(), "propres à ce service, lus par lui seul")


def _settings() -> Iterator[Finding]:
    from django.core.checks import WARNING, run_checks

    messages = run_checks(include_deployment_checks=True)
    for message in messages:
        yield Finding(
            f"Réglage {message.id}",
            State.WRONG if message.level >= WARNING else State.NOTE,
            message.msg.splitlines()[0],
        )
    if not messages:
        yield Finding("Réglages de Django", State.WELL, "aucune remarque")


def _open_tables() -> list[str]:
    """Tables that hang on a case file, and that some policy does not close to everybody."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT c.relname FROM pg_class c
            WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
              AND (c.relname = 'access_casefile' OR EXISTS (
                    SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid
                       AND a.attname IN ('case_file_id', 'case_file_ref') AND NOT a.attisdropped))
              AND NOT (c.relrowsecurity AND c.relforcerowsecurity
                       AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid))
            ORDER BY 1
            """
        )
        return [f"la table {name} n'a pas de règle forcée" for (name,) in cursor.fetchall()]


def _trace_faults() -> list[str]:
    from django.db import connection

    faults = []
    with connection.cursor() as cursor:
        for right in ("UPDATE", "DELETE", "TRUNCATE"):
            cursor.execute(
                "SELECT has_table_privilege(current_user, to_regclass(%s), %s)", [TRACES, right]
            )
            if cursor.fetchone() != (False,):
                faults.append(f"{right} y est permis à l'application")
    return faults


def header_faults() -> list[str]:
    """What the application itself answers, asked over HTTPS in this process."""
    from django.conf import settings
    from django.test import Client

    host = next((host for host in settings.ALLOWED_HOSTS if host.strip("*.")), "localhost")
    answer = Client(headers={"host": host}).get("/healthz", secure=True)
    faults = [
        f"{name} manque ou ne dit pas « {piece} »"
        for name, piece in HEADERS.items()
        if piece not in answer.headers.get(name, "")
    ]
    words = answer.headers.get("Content-Security-Policy", "").replace(";", " ").split()
    return faults + [f"la politique de contenu admet {one}" for one in LOOSE if one in words]


def _secret_faults() -> list[str]:
    from django.conf import settings

    faults = []
    if not settings.FANAL_SERVICE:
        faults.append("FANAL_SERVICE est vide : ceci est la démonstration")
    if len(settings.SECRET_KEY) < SHORTEST_KEY:
        faults.append(f"FANAL_SECRET_KEY a moins de {SHORTEST_KEY} caractères")
    kept = settings.STATE / "secret-key"
    if kept.exists() and kept.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        faults.append(f"{kept} est lisible par d'autres comptes")
    names = {alias: entry.get("USER") for alias, entry in settings.DATABASES.items()}
    if names.get("default") == names.get("owner"):
        faults.append("DATABASE_URL et DATABASE_OWNER_URL nomment le même rôle")
    return faults
