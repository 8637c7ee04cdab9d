"""Who may wear the State's design system: a declared State site alone. No Django here."""

from __future__ import annotations

import re
from dataclasses import dataclass

# What the foot of every State site leads to.
LINKS = (
    ("info.gouv.fr", "https://www.info.gouv.fr"),
    ("service-public.gouv.fr", "https://www.service-public.gouv.fr"),
    ("legifrance.gouv.fr", "https://www.legifrance.gouv.fr"),
    ("data.gouv.fr", "https://www.data.gouv.fr"),
)
STATE_DOMAIN = ".gouv.fr"
HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(\.(?!-)[a-z0-9-]{1,63})+")


class NotAStateSite(Exception):
    """The theme « dsfr » is asked for where the terms of the State's design system forbid it."""


@dataclass(frozen=True, slots=True)
class StateSite:
    """``lines``: the name of the State service, as its mark writes it, line by line."""

    lines: tuple[str, ...]
    domain: str
    agreement: str

    @property
    def name(self) -> str:
        return " ".join(self.lines)

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        return LINKS


def state_site(
    *, fanal_service: str, mark: str, domain: str, agreement: str, hosts: list[str]
) -> StateSite:
    """
    The State site that this instance declares itself to be.

    Args:
        fanal_service: the service that answers for the instance; empty in demonstration.
        mark: the State service, lines of its mark parted by ``|``.
        domain: where it is served.
        agreement: what allows a domain that is not in .gouv.fr.
        hosts: the names that the instance answers to; empty where nothing says them yet.

    Raises:
        NotAStateSite: in French, with the setting to give.

    Source: terms of use of the DSFR (Service d’information du Gouvernement): only sites and
    applications of the State; the State's mark is protected (code pénal, art. 433-13).
    """
    if not fanal_service:
        raise _refusal(
            "la démonstration n’est pas un site de l’État. Retirez FANAL_THEME, ou nommez dans "
            "FANAL_SERVICE le service qui répond de cette instance."
        )
    lines = tuple(line.strip() for line in mark.split("|") if line.strip())
    if not lines:
        raise _refusal(
            "donnez dans FANAL_DSFR_SERVICE l’intitulé du service de l’État, tel que son "
            "bloc-marque l’écrit, ses lignes séparées par « | »."
        )
    domain = domain.lower().rstrip(".")
    if not HOST.fullmatch(domain):
        raise _refusal("donnez dans FANAL_DSFR_DOMAIN le domaine du site, sans https:// ni chemin.")
    if not (domain.endswith(STATE_DOMAIN) or agreement):
        raise _refusal(
            f"« {domain} » n’est pas en .gouv.fr. Si le Service d’information du Gouvernement a "
            "accepté ce domaine, donnez la référence et la date de son accord dans "
            "FANAL_DSFR_AGREEMENT."
        )
    if astray := [host for host in hosts if not _is_under(host, domain)]:
        raise _refusal(
            f"FANAL_HOSTS nomme {', '.join(astray)}, hors du domaine déclaré « {domain} »."
        )
    return StateSite(lines=lines, domain=domain, agreement=agreement)


def _is_under(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")


def _refusal(why: str) -> NotAStateSite:
    return NotAStateSite(f"Le thème « dsfr » est réservé aux sites déclarés de l’État : {why}")
