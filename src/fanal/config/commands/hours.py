"""``fanal hours``: opening hours as the public pages say them."""

from datetime import datetime

import click

from fanal.config.commands.french import FrenchCommand


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.argument("hours", metavar="HORAIRES", help="Entre guillemets : « Mo-Fr 09:00-17:00 ».")
@click.option("--departement", default="", metavar="CODE", help="67, 2A, 974… Sans : le pays.")
@click.option(
    "--at", metavar="MOMENT", help="2026-12-24T18:00, à l'heure de là-bas. Sans : maintenant."
)
@click.option("--week", is_flag=True, help="Dit aussi les sept jours qui viennent.")
def say_hours(*, hours: str, departement: str, at: str | None, week: bool) -> None:
    """
    Dit si un service est ouvert, jusqu'à quand, ou quand il ouvre.

    Les horaires s'écrivent comme dans OpenStreetMap ; une erreur est dite avec sa place.
    """
    from fanal.engines.hours.opening import status, week_of
    from fanal.engines.hours.places import place_of
    from fanal.engines.hours.reading import read_hours
    from fanal.engines.hours.refusals import UnknownTerritory, UnreadableHours
    from fanal.engines.hours.sentences import day_said, openings_said, say

    try:
        place = place_of(departement.upper())
        found = read_hours(hours)
        moment = datetime.fromisoformat(at) if at else datetime.now(tz=place.zone)
    except (UnknownTerritory, UnreadableHours) as refusal:
        raise click.ClickException(refusal.message) from None
    except ValueError:
        raise click.ClickException("Le moment s'écrit 2026-12-24T18:00.") from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=place.zone)
    click.echo(say(status(found, place, moment), place=place, at=moment))
    if not week:
        return
    today = moment.astimezone(place.zone).date()
    for day in week_of(found, place, today):
        click.echo(f"{day_said(day.date, today=today)} : {openings_said(day)}")
