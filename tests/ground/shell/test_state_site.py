"""The theme of the State starts for a declared State site, and tells all others what is missing."""

from __future__ import annotations

from typing import Any

import pytest

from fanal.config import state
from fanal.ground.shell.dsfr.site import NotAStateSite, state_site

DECLARED: dict[str, Any] = {
    "fanal_service": "Service inventé",
    "mark": "Secrétariat| inventé ",
    "domain": "service-invente.gouv.fr",
    "agreement": "",
    "hosts": ["service-invente.gouv.fr", "www.service-invente.gouv.fr"],
}


def test_a_declared_site_has_its_mark_line_by_line():
    site = state_site(**DECLARED)

    assert site.lines == ("Secrétariat", "inventé")
    assert site.domain == "service-invente.gouv.fr"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"fanal_service": ""}, "la démonstration n’est pas un site de l’État"),
        ({"mark": " | "}, "FANAL_DSFR_SERVICE"),
        ({"domain": ""}, "FANAL_DSFR_DOMAIN"),
        ({"domain": "https://service-invente.gouv.fr/"}, "FANAL_DSFR_DOMAIN"),
        ({"domain": "service-invente.fr"}, "FANAL_DSFR_AGREEMENT"),
        ({"domain": "gouv.fr.exemple.fr"}, "FANAL_DSFR_AGREEMENT"),
        ({"domain": "agouv.fr", "hosts": []}, "FANAL_DSFR_AGREEMENT"),
        ({"hosts": ["service-invente.gouv.fr", "exemple.fr"]}, "exemple.fr, hors du domaine"),
        ({"hosts": ["autre-service-invente.gouv.fr"]}, "hors du domaine"),
    ],
)
def test_whoever_is_not_one_is_told_why_in_french(changed, said):
    with pytest.raises(NotAStateSite, match="réservé aux sites déclarés de l’État") as refusal:
        state_site(**DECLARED | changed)

    assert said in str(refusal.value)


def test_another_domain_needs_the_agreement_that_was_given_for_it():
    elsewhere = {"domain": "invente.fr", "hosts": ["invente.fr"], "agreement": "Accord inventé"}

    assert state_site(**DECLARED | elsewhere).agreement == "Accord inventé"


def test_no_other_theme_declares_anything(monkeypatch):
    monkeypatch.setenv("FANAL_DSFR_SERVICE", "Secrétariat inventé")

    assert state.declared(theme="neutral", service="Service inventé") is None


def test_the_demonstration_never_wears_it(monkeypatch):
    monkeypatch.setenv("FANAL_DSFR_SERVICE", "Secrétariat inventé")
    monkeypatch.setenv("FANAL_DSFR_DOMAIN", "service-invente.gouv.fr")

    with pytest.raises(NotAStateSite, match="démonstration"):
        state.declared(theme="dsfr", service="")
