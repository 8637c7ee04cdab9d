"""The table of contents of ``fanal``: what there is, in which chapter, and where it lives."""

from dataclasses import dataclass
from importlib import import_module
from typing import Any

import click

from fanal.config.commands.french import FrenchCommand

SUMMARY = (
    "Fanal, le logiciel du plan interministériel contre la prostitution des mineurs.\n\n"
    "Chaque commande trouve ou démarre sa base de données, et arrête ce qu'elle a démarré."
)
FOOT = "« fanal COMMANDE --help » donne le détail d'une commande."


@dataclass(frozen=True, slots=True)
class Entry:
    """One command: the words that call it, what it does, and its module and name."""

    words: str
    summary: str
    place: str

    @property
    def command(self) -> click.Command:
        module, name = self.place.split(":")
        command = getattr(import_module(f"fanal.config.commands.{module}"), name)
        assert isinstance(command, click.Command)  # noqa: S101  (for the type checker)
        return command


CHAPTERS = {
    "Démarrer": [
        Entry("up", "prépare tout, puis sert l'application ; Ctrl-C l'arrête", "up:up"),
        Entry("check", "dit ce qui va et ce qui ne va pas", "check:check"),
        Entry("demo", "remplit la démonstration, ou la refait à neuf", "demo:demo"),
    ],
    "Garder": [
        Entry("backup create", "écrit une sauvegarde scellée", "backup:create"),
        Entry("backup verify", "relit une sauvegarde et compare chaque ligne", "backup:verify"),
        Entry("retention dry-run", "compte ce qui est échu", "retention:dry_run"),
        Entry("retention apply", "archive ou efface ce qui est échu", "retention:apply"),
        Entry("backup restore", "restaure une sauvegarde, tout ou rien", "backup:restore"),
    ],
    "Organisations et accès": [
        Entry("organisations list", "liste les organisations", "organisations:list_them"),
        Entry(
            "agents invite", "invite le premier administrateur d'une organisation", "agents:invite"
        ),
        Entry(
            "agents withdraw", "retire un rôle à un agent, et ferme ses sessions", "agents:withdraw"
        ),
        Entry("tokens create", "crée le jeton d'accès d'une organisation", "tokens:create"),
    ],
    "Clés": [
        Entry(
            "keys status", "dit si les clés sont ouvertes, et ce qu'elles scellent", "keys:status"
        ),
        Entry("keys ceremony", "fait une clé et ses trois parts", "keys:ceremony"),
        Entry("keys unseal", "reçoit la part d'un gardien ; deux ouvrent", "keys:unseal"),
        Entry("keys lock", "referme les clés", "keys:lock"),
        Entry("keys rehearse", "essaie les trois parts, sans rien ouvrir", "keys:rehearse"),
        Entry("keys rotate", "change la clé qui scelle, sans arrêt", "keys:rotate"),
        Entry("keys recover", "refait le fichier des clés publiques", "keys:recover"),
        Entry("keys seal", "scelle ce qu'une migration a laissé en clair", "keys:seal"),
    ],
    "Journal": [
        Entry(
            "audit verify", "vérifie les traces, leurs maillons et leurs scellés", "audit:verify"
        ),
        Entry("audit seal", "lie les traces et fait le scellé du jour", "audit:seal"),
    ],
    "Observer": [
        Entry(
            "population estimate",
            "estime combien de personnes il y a en tout",
            "population.estimate:estimate",
        ),
        Entry(
            "population report",
            "écrit la page qui dit tout du résultat",
            "population.report:report",
        ),
        Entry("population verify", "refait les lignes d'une référence", "population.verify:verify"),
        Entry(
            "population design",
            "dit l'intervalle à attendre d'une étude",
            "population.design:design",
        ),
        Entry("release build", "publie des tableaux qui ne livrent personne", "release:build"),
        Entry("release attack", "attaque des publications, comme un lecteur", "release:attack"),
    ],
    "Protéger": [
        Entry(
            "placement solve",
            "dit qui va où ce soir, et à quel écart du mieux",
            "placement.solve:solve",
        ),
        Entry(
            "placement reasons", "dit pourquoi, demande par demande", "placement.reasons:reasons"
        ),
        Entry(
            "placement prices",
            "dit ce que vaudrait une place de plus, et les unités rares",
            "placement.prices:prices",
        ),
        Entry(
            "placement what-if",
            "refait la nuit avec une unité de plus",
            "placement.what_if:what_if",
        ),
        Entry("placement gap", "partage des tâches au moindre coût", "placement.gap:gap"),
        Entry(
            "placement simulate",
            "compare quatre façons de placer, 180 jours",
            "placement.simulate:simulate",
        ),
    ],
    "Informer": [
        Entry("spaces import", "met des lieux dans l'annuaire", "spaces:import_them"),
        Entry("spaces bounces", "lit les courriels revenus", "spaces:read_bounces"),
        Entry("spaces export", "écrit les lieux publics en JSON", "spaces:export_them"),
        Entry("spaces sheets", "imprime la feuille de chaque département", "spaces:print_sheets"),
        Entry("guide list", "dit quels textes des repères sont relus", "guide:list_them"),
        Entry("guide review", "ouvre un texte qu'une personne a relu", "guide:review"),
        Entry("guide close", "referme un texte où une faute est trouvée", "guide:close"),
    ],
    "Accueillir": [
        Entry("hours say", "dit si un service est ouvert, et quand il ouvre", "hours:say_hours"),
        Entry("waiting forecast", "prévoit l'attente, en fourchettes", "waiting:forecast_waits"),
    ],
    "Repérer": [
        Entry("concerns import", "importe des informations préoccupantes", "concerns:import_them"),
        Entry("linkage dedupe", "trouve les fiches d'une même personne", "linkage:dedupe"),
        Entry("linkage link", "relie les personnes de deux fichiers", "linkage:link"),
        Entry(
            "linkage explain", "dit pourquoi deux fiches n'en seraient qu'une", "linkage:explain"
        ),
    ],
    "Enquêter": [
        Entry("clustering run", "groupe les textes qui vont ensemble", "clustering:run"),
        Entry("clustering add", "ajoute des textes à ceux qui sont groupés", "clustering:add"),
        Entry(
            "clustering contacts",
            "sort les téléphones, pseudonymes et liens de textes",
            "clustering:extract",
        ),
        Entry("digests match", "cherche des empreintes parmi celles connues", "digests:match"),
    ],
}


class Contents(click.Group, FrenchCommand):
    """A group that knows its commands by their words, and imports only the one that is called."""

    def __init__(self, *, name: str, prefix: str = "", **settings: Any) -> None:
        super().__init__(
            name=name,
            help=SUMMARY if not prefix else None,
            options_metavar="",
            subcommand_metavar="COMMANDE [OPTIONS]",
            no_args_is_help=True,
            **settings,
        )
        self.prefix = prefix

    def entries(self) -> dict[str, list[Entry]]:
        """The chapters below this group; those that have nothing there are left out."""
        below = {
            title: [entry for entry in entries if entry.words.startswith(self.prefix)]
            for title, entries in CHAPTERS.items()
        }
        return {title: entries for title, entries in below.items() if entries}

    def list_commands(self, ctx: click.Context) -> list[str]:
        words = [
            entry.words.removeprefix(self.prefix).split()[0]
            for entries in self.entries().values()
            for entry in entries
        ]
        return list(dict.fromkeys(words))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        words = f"{self.prefix}{cmd_name}"
        below = [entry for entries in self.entries().values() for entry in entries]
        for entry in below:
            if entry.words == words:
                return entry.command
        if any(entry.words.startswith(f"{words} ") for entry in below):
            return Contents(name=cmd_name, prefix=f"{words} ")
        return None

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, entries in self.entries().items():
            with formatter.section(title):
                formatter.write_dl([(f"fanal {one.words}", one.summary) for one in entries])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        formatter.write_text(FOOT)
