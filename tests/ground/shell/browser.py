"""A real browser before a real server, without a database."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from playwright.sync_api import Browser, Page, sync_playwright

from browser.chromium import AXE, launch


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing: the tests say what went wrong."""


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


@contextmanager
def serving() -> Iterator[str]:
    handler = StaticFilesHandler(WSGIHandler())
    with make_server("127.0.0.1", 0, handler, Server, Quiet) as server:
        # Asked often whether to stop: a test does not wait for its end.
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


def violations(page: Page) -> list[str]:
    """What axe finds wrong, each with where."""
    found = page.evaluate(f"{AXE};axe.run()")["violations"]
    return [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found]
