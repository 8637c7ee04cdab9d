from __future__ import annotations

import re
from pathlib import Path

import pytest

from fanal.ground.shell import gallery
from fanal.ground.shell.theme import template_dirs

pytestmark = [pytest.mark.urls("ground.shell.addresses"), pytest.mark.django_db]
BY_THE_LAYOUTS = {"assets", "script", "mark", "navigation", "messages", "exit", "search"} | {
    "skip",
    "demonstration",
    "sheet",
    "icon",
    "field",
}


def test_the_gallery_shows_every_piece():
    pieces = {path.stem for path in (template_dirs("neutral")[0] / "pieces").glob("*.html")}
    samples = Path(gallery.__file__).parent / "templates" / "shell"
    text = "".join(path.read_text(encoding="utf-8") for path in samples.glob("*.html"))
    shown = set(re.findall(r"pieces/(\w+)\.html|{% piece \"(\w+)\"", text))

    assert pieces - {one or other for one, other in shown} == BY_THE_LAYOUTS


def test_the_gallery_is_open_in_the_demonstration(client):
    response = client.get("/coquille/pieces/")

    assert response.status_code == 200
    assert "démonstration, personne ne lit ici ; 119, 17, 112, 114" in response.content.decode()


def test_a_service_in_operation_does_not_show_it(client, settings):
    settings.FANAL_SERVICE = "Département inventé"

    assert client.get("/coquille/pieces/").status_code == 404


def test_the_form_to_correct_opens_on_its_summary(client):
    page = client.get("/coquille/pieces/?corriger=1").content.decode()

    assert "4 réponses à revoir" in page
    assert 'href="#faux_danger_0"' in page
