"""A database ready to serve: found or started, migrated, filled with what the law and maps say."""

from fanal.config.database.dangers import (
    DangerousRole,
    ShortSightedOwner,
    dangers_of_role,
    refuse_dangers,
)
from fanal.config.database.django_itself import (
    SETTINGS,
    close_connections,
    set_up_django,
    settings_module,
)
from fanal.config.database.preparing import (
    InService,
    OtherMigrations,
    empty_database,
    ensure_database,
    is_demonstration,
    pending_migrations,
    prepare,
    refuse_real_accounts,
    seal_columns,
)
from fanal.config.database.reaching import (
    APPLICATION_URL,
    OWNER_URL,
    Addresses,
    BadAddress,
    HalfNamed,
    Progress,
    Unreachable,
    connected,
    reach_database,
)

__all__ = [
    "APPLICATION_URL",
    "OWNER_URL",
    "SETTINGS",
    "Addresses",
    "BadAddress",
    "DangerousRole",
    "HalfNamed",
    "InService",
    "OtherMigrations",
    "Progress",
    "ShortSightedOwner",
    "Unreachable",
    "close_connections",
    "connected",
    "dangers_of_role",
    "empty_database",
    "ensure_database",
    "is_demonstration",
    "pending_migrations",
    "prepare",
    "reach_database",
    "refuse_dangers",
    "refuse_real_accounts",
    "seal_columns",
    "set_up_django",
    "settings_module",
]
