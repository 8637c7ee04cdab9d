"""Roles with which serving would void the second wall."""

from fanal.config.database.reaching import Addresses, connected
from fanal.ground.errors import Refusal


class DangerousRole(Refusal):
    """The application's role could pass by row-level security."""


class ShortSightedOwner(Refusal):
    message = (
        "Le rôle de DATABASE_OWNER_URL obéit à la sécurité par ligne : les migrations et les "
        "contrôles ne verraient rien. Donnez-lui l'attribut BYPASSRLS, puis relancez."
    )


def refuse_dangers(addresses: Addresses) -> None:
    """
    Raises:
        DangerousRole: serving with this role would void the second wall.
        ShortSightedOwner: the owner would not see what it must look at.
        Unreachable: the database does not answer.
    """
    with connected(addresses.owner) as owner:
        row = owner.execute(
            "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    if not (row and row[0]):
        raise ShortSightedOwner
    if dangers := dangers_of_role(addresses):
        raise DangerousRole(
            f"Fanal ne démarre pas avec le rôle « {addresses.application_role} » : "
            f"{' ; '.join(dangers)}. La sécurité par ligne n'aurait pas d'effet."
        )


def dangers_of_role(addresses: Addresses) -> list[str]:
    """Say in French what the application's role could do that it must not; empty when safe."""
    with connected(addresses.application) as application:
        row = application.execute(
            """
            SELECT bool_or(rolsuper), bool_or(rolbypassrls), bool_or(rolname = %s)
            FROM pg_roles WHERE pg_has_role(current_user, oid, 'MEMBER')
            """,
            [addresses.owner_role],
        ).fetchone()
        owned = application.execute(
            """
            SELECT count(*) FROM pg_class
            WHERE relkind IN ('r', 'p', 'v', 'm') AND pg_has_role(current_user, relowner, 'MEMBER')
              AND relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema')
              AND relnamespace::regnamespace::text !~ '^pg_(toast|temp)'
            """
        ).fetchone()
    superuser, bypasses, is_owner = row or (True, True, True)
    if superuser:
        # A superuser passes for a member of every role: the rest would say it again.
        return ["il est superutilisateur, ou peut le devenir"]
    dangers = []
    if bypasses:
        dangers.append("il contourne la sécurité par ligne, ou peut prendre un rôle qui le fait")
    if owned and owned[0]:
        dangers.append(f"il possède {owned[0]} table(s)")
    if is_owner:
        dangers.append("il est aussi le rôle des migrations, ou peut le prendre")
    return dangers
