"""Invented organisations and agents: one account for each desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fanal.ground.agents.models import Agent, Organisation, Posting
from fanal.ground.agents.terms import OrganisationKind, Role

# Reserved by RFC 2606: no letter ever arrives there.
DOMAIN = "demonstration.invalid"


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    function: str
    organisation: str
    roles: tuple[Role, ...]


# By short name: name, kind, authority and court.
ORGANISATIONS = {
    "ecole-demonstration": (
        "Collège des Tilleuls (école de démonstration)",
        OrganisationKind.SCHOOL,
        None,
        None,
    ),
    "nord": ("Département du Nord (démonstration)", OrganisationKind.CHILD_WELFARE, "59", None),
    "bouches-du-rhone": (
        "Département des Bouches-du-Rhône (démonstration)",
        OrganisationKind.CHILD_WELFARE,
        "13",
        None,
    ),
    "parquet-lille": (
        "Parquet des mineurs de Lille (démonstration)",
        OrganisationKind.PROSECUTION,
        None,
        "tj59350",
    ),
    "119": ("119 (démonstration)", OrganisationKind.HELPLINE, None, None),
    "annuaire": (
        "Association de l'annuaire (démonstration)",
        OrganisationKind.ASSOCIATION,
        None,
        None,
    ),
    "police-nord": (
        "Point de contact des hébergements du Nord (démonstration)",
        OrganisationKind.POLICE,
        None,
        None,
    ),
    "prefecture-nord": (
        "Préfecture du Nord (démonstration)",
        OrganisationKind.PREFECTURE,
        None,
        None,
    ),
    "lieu-halte": (
        "Association des Essais (démonstration)",
        OrganisationKind.ASSOCIATION,
        None,
        None,
    ),
    "lieu-exemple": (
        "Centre de l'Exemple (démonstration)",
        OrganisationKind.HEALTH,
        None,
        None,
    ),
}
# Where a préfecture steers, and a police service reads, by short name.
DEPARTEMENTS = {"police-nord": "59", "prefecture-nord": "59"}

PARTS = (
    Part("Sofia Inventée", "Assistante sociale scolaire", "ecole-demonstration", (Role.AUTHOR,)),
    Part("Nadia Fictive", "Agente de la CRIP", "nord", (Role.CRIP,)),
    Part("Karim Imaginé", "Évaluateur", "nord", (Role.EVALUATOR,)),
    Part("Claire Exemple", "Référente ASE", "nord", (Role.REFERENT,)),
    Part("Malo Essai", "Référent ASE", "nord", (Role.REFERENT,)),
    Part("Inès Modèle", "Cadre de la protection de l'enfance", "nord", (Role.SUPERVISOR,)),
    Part("Omar Fictif", "Agent d'astreinte", "nord", (Role.ON_CALL,)),
    Part("Adèle Inventée", "Administratrice des comptes", "nord", (Role.ADMINISTRATOR,)),
    # A second one: nobody confirms what they asked, nor starts their own account again.
    Part("Bruno Imaginé", "Administrateur des comptes", "nord", (Role.ADMINISTRATOR,)),
    Part("Solène Fictive", "Responsable de traitement", "nord", (Role.CONTROLLER,)),
    Part(
        "Denis Imaginé",
        "Délégué à la protection des données",
        "nord",
        (Role.DATA_PROTECTION,),
    ),
    Part("Julien Inventé", "Substitut, parquet des mineurs", "parquet-lille", (Role.PARQUET,)),
    Part("Maya Inventée", "Écoutante", "119", (Role.LISTENER,)),
    Part("Tom Imaginé", "Écoutant", "119", (Role.LISTENER,)),
    Part("Anouk Fictive", "Coordinatrice de l'écoute", "119", (Role.COORDINATOR,)),
    Part("Lou Fictive", "Tient l'annuaire des lieux", "annuaire", (Role.DIRECTORY,)),
    Part("Noé Inventé", "Accueil de deux lieux d'écoute", "lieu-halte", (Role.RECEPTION,)),
    Part("Ilan Essai", "Accueil d'une maison d'ados", "lieu-exemple", (Role.RECEPTION,)),
    Part("Yaël Imaginée", "Pilotage du plan en préfecture", "prefecture-nord", (Role.STEERING,)),
    Part(
        "Hugo Inventé",
        "Brigadier-chef, point de contact des hébergements",
        "police-nord",
        (Role.CONTACT_POINT,),
    ),
    Part(
        "Paul Ailleurs",
        "Agent de la CRIP d'un autre département",
        "bouches-du-rhone",
        (Role.CRIP, Role.SUPERVISOR),
    ),
)

PHONES = {"nord": "03 53 01 00 00", "ecole-demonstration": "03 53 01 00 01"}


def is_cast() -> bool:
    return Agent.objects.filter(is_demonstration=True).exists()


def make_cast(today: date) -> dict[str, Agent]:
    """Make organisations and agents; agents by first name, in lower case."""
    made = {
        slug: Organisation.objects.get_or_create(
            slug=slug,
            defaults={
                "name": name,
                "kind": kind,
                "authority_id": authority,
                "court_id": court,
                "departement_id": DEPARTEMENTS.get(slug),
                "phone": PHONES.get(slug, ""),
                "is_demonstration": True,
            },
        )[0]
        for slug, (name, kind, authority, court) in ORGANISATIONS.items()
    }
    agents = {}
    since = today.replace(year=today.year - 1, day=1)
    for part in PARTS:
        first_name = part.name.split()[0].lower()
        agent = Agent(
            email=f"{_address(first_name)}@{DOMAIN}",
            name=part.name,
            function=part.function,
            is_demonstration=True,
        )
        agent.set_unusable_password()
        agent.save()
        for role in part.roles:
            Posting.objects.create(
                agent=agent, organisation=made[part.organisation], role=role, since=since
            )
        agents[first_name] = agent
    return agents


def _address(first_name: str) -> str:
    return first_name.translate(str.maketrans("èé", "ee"))
