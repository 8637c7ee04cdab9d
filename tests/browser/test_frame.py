"""The search held by another site: it finds, opens a place apart, and keeps nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from playwright.sync_api import Locator, Page, Response, expect

from browser.chromium import Visitors

FRAME = "/trouver/cadre/"
SIZE = {"width": 900, "height": 640}
# No script runs in the frame, not even one that would look for a field: a hand points at it.
POINT = tuple[float, float]


def middle_of(found: Locator) -> POINT:
    box = found.bounding_box()
    assert box is not None
    return box["x"] + 20, box["y"] + box["height"] / 2


def by_hand(page: Page) -> tuple[POINT, POINT]:
    """Where the field is in a page of that size, and where the first place that was found."""
    page.set_viewport_size(SIZE)  # type: ignore[arg-type]
    page.goto(FRAME)
    field = middle_of(page.get_by_label("Où ?"))
    page.get_by_label("Où ?").fill("Lille")
    page.get_by_role("button", name="Chercher").click()
    expect(page.get_by_role("heading", name="Près de Lille (59)")).to_be_visible()
    return field, middle_of(page.locator(".place a").first)


@contextmanager
def another_site(lines: str) -> Iterator[str]:
    """A page of somebody else: of another name, as the browser counts sites."""
    page = f"<!doctype html><html lang='fr'><title>Autre site</title><body style='margin:0'>{lines}"

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_: object) -> None:
            """Nothing is said."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def of_the_frame(answer: Response, method: str) -> bool:
    return answer.url.endswith(FRAME) and answer.request.method == method


def test_a_place_is_found_in_the_frame_of_another_site(visitors: Visitors) -> None:
    page = visitors.alone()
    field, place = by_hand(page)
    page.goto("/trouver/cadre/aide/")
    with another_site(page.locator(".place-code code").inner_text()) as address:
        with page.expect_response(lambda one: of_the_frame(one, "GET")):
            page.goto(address)
        page.frames[1].wait_for_load_state()
        page.mouse.click(*field)
        page.keyboard.type("Lille")
        with page.expect_response(lambda one: of_the_frame(one, "POST")) as sent:
            page.keyboard.press("Enter")
        assert "Près de Lille (59)" in sent.value.text()
        page.frames[1].wait_for_load_state()
        with page.context.expect_page() as opening:
            page.mouse.click(*place)
        opened = opening.value
        expect(opened.locator("h1")).to_be_visible()
    assert "/lieux/" in opened.url
    assert opened.evaluate("window.opener") is None
    assert page.context.cookies() == []
