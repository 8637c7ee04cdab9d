"""``fanal linkage``: which records speak of the same person."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fanal.config.commands.french import FrenchCommand
from fanal.config.commands.needing import need
from fanal.config.commands.refusals import say
from fanal.config.commands.spreading import spark_or_not, spreadable
from fanal.config.commands.steps import Steps, shown_steps

if TYPE_CHECKING:
    from fanal.engines.linkage.deduping import Linked
    from fanal.engines.linkage.profiles.reading import Profile
    from fanal.engines.sheets.reading import Sheet

FILE = click.Path(path_type=Path, dir_okay=False)
# The longest cell of a record: a name, a date, a town.
LONGEST = 1_000
PROFILE_HELP = "Ce que sont les colonnes : people-fr, febrl, ou un fichier .toml."
ID_HELP = "La colonne qui nomme chaque fiche."
OUT_HELP = "Les paires : id_a,id_b,probability."
CARDS_HELP = "Une fiche d'explication par paire, champ par champ (JSON, une par ligne)."
PERSONS_HELP = "Les groupes : id,person, une ligne par fiche."
SAVE_HELP = "Garde ce qui a été appris ; le modèle ne contient personne."
MODEL_HELP = "Reprend un modèle gardé, au lieu d'apprendre."
SEED_HELP = "La graine du tirage : la même donne les mêmes paires."
JSON_HELP = "Un document JSON, pour un programme."


@contextmanager
def engine(read: Iterable[Path], written: Iterable[Path | None]) -> Iterator[None]:
    """What the engine cannot read, or lacks, is one French line."""
    need("linkage")
    from fanal.config.commands.writing import require_folder
    from fanal.engines.linkage.refusals import LinkageRefusal
    from fanal.engines.sheets.reading import UnreadableSheet

    places = {path.resolve() for path in read}
    for out in written:
        if out is not None and out.resolve() in places:
            raise click.ClickException(f"{out} est déjà pris : écrivez ailleurs.")
        if out is not None:
            require_folder(out)
        places |= {out.resolve()} if out is not None else set()
    try:
        yield
    except (LinkageRefusal, UnreadableSheet) as error:
        raise click.ClickException(str(error)) from None


def shared(command: Any) -> Any:
    """The options of both commands."""
    for option in reversed(
        (
            click.option("--profile", default="people-fr", metavar="PROFIL", help=PROFILE_HELP),
            click.option("--id", "name", default="rec_id", metavar="COLONNE", help=ID_HELP),
            click.option("--out", type=FILE, required=True, metavar="paires.csv", help=OUT_HELP),
            click.option("--cards", type=FILE, metavar="cartes.jsonl", help=CARDS_HELP),
            click.option("--save-model", "save", type=FILE, metavar="F.json", help=SAVE_HELP),
            click.option("--model", "kept", type=FILE, metavar="F.json", help=MODEL_HELP),
            click.option("--seed", type=click.IntRange(0), default=1, metavar="N", help=SEED_HELP),
            click.option("--json", "as_json", is_flag=True, help=JSON_HELP),
        )
    ):
        command = option(command)
    return spreadable(command)


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.argument("file", metavar="FICHIER.csv", type=FILE, help="Une fiche par ligne.")
@shared
@click.option("--persons", type=FILE, metavar="personnes.csv", help=PERSONS_HELP)
def dedupe(
    *, file: Path, profile: str, name: str, out: Path, cards: Path | None, save: Path | None,
    kept: Path | None, seed: int, as_json: bool, persons: Path | None, where: str, master: str,
) -> None:  # fmt: skip
    """
    Trouve les fiches qui parlent de la même personne, sans exemple corrigé.

    Une paire est « forte » à partir de 0,95 et « possible » à partir de 0,5. Rien n'est fusionné :
    ce sont des pistes, avec leurs raisons, qu'une personne examine.
    """
    with shown_steps() as steps, engine([file, *_given(kept)], [out, cards, save, persons]):
        asked, sheet = _read(steps, profile, name, file)
        linked = _linked(steps, sheet, asked, kept, seed, where, master)
        steps("Écriture")
        if persons is not None:
            from fanal.engines.linkage.persons import group

            of = group(len(sheet), linked.pairs, linked.probability)
            _write(persons, ("id", "person"), zip(sheet.names, of, strict=True))
        _keep(linked, sheet, out, cards, save)
    _tell(linked, len(sheet), out, as_json=as_json)


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.argument("first", metavar="A.csv", type=FILE, help="Un fichier, une fiche par ligne.")
@click.argument("second", metavar="B.csv", type=FILE, help="L'autre, avec les mêmes colonnes.")
@shared
def link(
    *, first: Path, second: Path, profile: str, name: str, out: Path, cards: Path | None,
    save: Path | None, kept: Path | None, seed: int, as_json: bool, where: str, master: str,
) -> None:  # fmt: skip
    """
    Relie deux fichiers : les paires d'une fiche de A et d'une fiche de B, même personne.

    Une personne peut avoir plusieurs fiches dans un fichier : elles servent à relier les autres.
    """
    from fanal.engines.sheets.reading import beside

    with shown_steps() as steps, engine([first, second, *_given(kept)], [out, cards, save]):
        asked, one = _read(steps, profile, name, first)
        _, other = _read(steps, profile, name, second)
        both = beside(one, other)
        found = _linked(steps, both, asked, kept, seed, where, master)
        linked = found.between(len(one))
        steps("Écriture")
        _keep(linked, both, out, cards, save)
    _tell(linked, len(both), out, as_json=as_json)


@click.command(cls=FrenchCommand, options_metavar="[OPTIONS]")
@click.argument("cards", metavar="cartes.jsonl", type=FILE, help="Écrites par --cards.")
@click.argument("one", metavar="ID", help="Une fiche.")
@click.argument("other", metavar="ID", help="L'autre.")
@click.option("--svg", type=FILE, metavar="image.svg", help="La même chose, en image.")
def explain(*, cards: Path, one: str, other: str, svg: Path | None) -> None:
    """Dit pourquoi deux fiches seraient la même personne, champ par champ, en mots et en image."""
    with engine([cards], [svg]):
        from fanal.config.commands.writing import write_whole
        from fanal.engines.linkage.cards import as_lines, find_card
        from fanal.engines.linkage.charts import waterfall

        told = find_card(cards, one, other)
        if svg is not None:
            write_whole(svg, waterfall(told))
    for line in as_lines(told):
        click.echo(line)


def _given(path: Path | None) -> list[Path]:
    return [] if path is None else [path]


def _read(steps: Steps, profile: str, name: str, file: Path) -> "tuple[Profile, Sheet]":
    from fanal.engines.linkage.profiles.reading import read_profile
    from fanal.engines.sheets.reading import read_sheet

    asked = read_profile(profile)
    steps(f"Lecture de {file.name}")
    return asked, read_sheet(file, name=name, columns=asked.columns, longest=LONGEST)


def _linked(
    steps: Steps,
    sheet: "Sheet",
    profile: "Profile",
    kept: Path | None,
    seed: int,
    where: str,
    master: str,
) -> "Linked":
    from fanal.engines.linkage.deduping import dedupe as find
    from fanal.engines.linkage.model import load_model
    from fanal.engines.linkage.spark.spreading import Spread
    from fanal.engines.linkage.work import Here

    learnt = load_model(kept, profile).agreement if kept is not None else None
    with spark_or_not(steps, where, master) as spark:
        return find(
            sheet.columns, profile, learnt=learnt, seed=seed, step=steps, told=_progress(steps),
            on=Here if spark is None else partial(Spread, spark),
        )  # fmt: skip


def _progress(steps: Steps) -> Any:
    def told(done: int, turns: int) -> None:
        if done % 10 == 0:
            steps.note(f"{done}/{turns}")

    return told


def _keep(
    linked: "Linked", sheet: "Sheet", out: Path, cards: Path | None, save: Path | None
) -> None:
    from fanal.config.commands.writing import write_whole
    from fanal.engines.linkage import cards as explaining
    from fanal.engines.linkage.model import model_of

    if cards is not None:
        told = explaining.cards(linked, sheet.names, sheet.columns)
        write_whole(cards, "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in told))
    if save is not None:
        model = model_of(linked.encoded, linked.agreement, linked.weights, linked.persons)
        write_whole(save, model.as_text())
    rows = (
        (sheet.names[one], sheet.names[other], f"{probability:.4f}")
        for (one, other), probability in zip(
            linked.pairs.tolist(), linked.probability.tolist(), strict=True
        )
    )
    _write(out, ("id_a", "id_b", "probability"), rows)


def _write(out: Path, titles: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    from fanal.config.commands.writing import write_whole

    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(titles)
    writer.writerows(rows)
    write_whole(out, written.getvalue())


def _tell(linked: "Linked", records: int, out: Path, *, as_json: bool) -> None:
    told = linked.as_json()
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    say(
        f"{told['strong']} paires fortes, {told['possible']} possibles, "
        f"sur {records} fiches et {told['compared']} paires comparées : {out}."
    )
