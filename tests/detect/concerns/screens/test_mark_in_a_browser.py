"""The mark of what was read follows each saving, so that one never refuses oneself."""

from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

from ground.shell.browser import chromium, serving

pytestmark = pytest.mark.urls("ground.shell.addresses")
GALLERY = "/coquille/pieces/"
MARKED = (
    '<form method="get" novalidate action="/recu/" data-autosave="/garde/">'
    '<input type="hidden" name="as_read" value="first" data-autosave-token>'
)


@pytest.fixture
def page(settings):
    with serving() as address, chromium() as browser:
        settings.FANAL_EXIT_URL = f"{address}/ailleurs/"
        context = browser.new_context(base_url=address)
        yield context.new_page()
        context.close()


def test_each_saving_and_the_sending_carry_the_latest_mark(page):
    posted, under_way = [], []

    def mark(route):
        answer = route.fetch()
        body = answer.text().replace('<form method="get" novalidate>', MARKED, 1)
        route.fulfill(response=answer, body=body)

    def keep(route):
        posted.append(parse_qs(route.request.post_data)["as_read"][0])
        if len(posted) == 1:
            route.fulfill(status=204, headers={"X-Autosave-Token": "second"})
        else:
            under_way.append(route)

    page.route("**/coquille/pieces/", mark)
    page.route("**/garde/", keep)
    page.route("**/recu/**", lambda route: route.fulfill(body="reçu"))
    page.goto(GALLERY)
    text = page.locator("[data-autosave] textarea")

    text.fill("Un fait daté.")
    expect(page.locator("[data-autosave-token]")).to_have_value("second")
    with page.expect_request("**/garde/"):
        text.fill("Un fait daté, puis un autre.")
    page.evaluate("document.querySelector('[data-autosave]').requestSubmit()")
    with page.expect_request("**/recu/**") as sent:
        under_way[0].fulfill(status=204, headers={"X-Autosave-Token": "third"})

    assert posted == ["first", "second"]
    assert "as_read=third" in sent.value.url
