"""``fanal guide``: who reviewed the words of the public pages, language by language."""

import click

from fanal.config.commands.french import FrenchCommand
from fanal.config.commands.opening import moment, open_database

EDITION = "Édition, comme dans l'adresse : courant, en, es, pt, ro, ar, facile."


@click.command("list", cls=FrenchCommand, short_help="Dit quels textes sont relus.")
def list_them() -> None:
    """
    Dit, pour chaque édition des repères, qui l'a relue et quel jour.

    Un texte changé depuis sa relecture est « à relire » : la relecture ne vaut que pour ses mots.
    """
    with open_database():
        from fanal.portal.front.editions import editions

        for name, one in editions().items():
            said = "à relire"
            if one.review is not None:
                said = f"relu par {one.review.reviewer}, {one.review.reviewed_at:%Y-%m-%d}"
            click.echo(f"{name:<8} {one.guide.label} : {said}")


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.argument("edition", help=EDITION)
@click.option("--by", "reviewer", required=True, metavar="NOM", help="Qui a relu : nom montré.")
def review(*, edition: str, reviewer: str) -> None:
    """
    Ouvre une édition : la personne nommée en a relu tous les mots, et le jour est gardé.

    Elle lit la langue comme la sienne et connaît le métier. Son nom et le jour sont écrits sous le
    texte. Un mot changé ensuite, et le texte est de nouveau « à relire ».
    """
    with open_database():
        from fanal.portal.front.use_cases import review_edition

        done = review_edition(edition=edition, reviewer=reviewer, now=moment())
    click.echo(
        f"« {done.edition} » est ouvert, relu par {done.reviewer}. Texte {done.digest[:12]}."
    )


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.argument("edition", help=EDITION)
def close(*, edition: str) -> None:
    """Referme tout de suite une édition où une faute est trouvée : le français la remplace."""
    with open_database():
        from fanal.portal.front.use_cases import close_edition

        done = close_edition(edition=edition, now=moment())
    click.echo(f"« {done.edition} » est refermé.")
