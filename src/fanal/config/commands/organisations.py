"""``fanal organisations``: who uses this instance."""

import json

import click

from fanal.config.commands.french import FrenchCommand
from fanal.config.commands.opening import open_database


@click.command("list", cls=FrenchCommand, short_help="Liste les organisations.")
@click.option("--json", "as_json", is_flag=True, help="Un document JSON, pour un programme.")
def list_them(*, as_json: bool) -> None:
    """Liste les organisations, avec le nom court que les autres commandes acceptent."""
    with open_database():
        from fanal.ground.agents.models import Organisation

        rows = [
            {
                "slug": one.slug,
                "name": one.name,
                "kind": one.kind,
                "kind_label": str(one.get_kind_display()),
                "ref": str(one.ref),
                "demonstration": one.is_demonstration,
            }
            for one in Organisation.objects.order_by("name")
        ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif rows:
        width = max(len(str(row["slug"])) for row in rows)
        for row in rows:
            click.echo(f"{row['slug']:<{width}}  {row['name']} ({row['kind_label']})")
    else:
        click.echo("Aucune organisation.", err=True)
