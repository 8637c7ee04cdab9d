"""A line that cuts under whoever listens: what they wrote leaves once, and in its order."""

from __future__ import annotations

from playwright.sync_api import Page, Route, expect

from browser.test_listening_keys import desk
from deadlines import wait_until

__all__ = ["desk"]
ANSWER, FOLLOW = "**/repondre/", "**/direct/suivre"


def send(desk: Page, words: str) -> None:
    desk.get_by_label("Votre message").fill(words)
    desk.get_by_role("button", name="Envoyer").click()


def test_what_one_writes_while_a_message_leaves_is_the_next_one(desk: Page) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    desk.route(ANSWER, hold, times=1)
    send(desk, "Premier envoi.")
    box = desk.get_by_label("Votre message")
    expect(box).to_have_value("")
    box.fill("Ce que j’écris ensuite.")
    # What the browser asks for is heard while it is spoken to.
    wait_until(lambda: [desk.evaluate("1"), *held][1:], what="the message leaves")[0].continue_()
    expect(desk.locator(".talk-listener").last).to_contain_text("Premier envoi.")
    expect(box).to_have_value("Ce que j’écris ensuite.")


def test_through_a_cut_two_messages_leave_once_each_in_their_order(desk: Page) -> None:
    lost: list[str] = []

    def lose_twice(route: Route) -> None:
        # Kept by the server, whose answer is lost: sent again, it is the same.
        if len(lost) < 2:
            route.fetch()
            lost.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    desk.route(ANSWER, lose_twice)
    before = desk.locator(".talk-listener").count()
    send(desk, "Un, une fois.")
    send(desk, "Deux, une fois.")
    said = desk.locator(".talk-listener")
    expect(said).to_have_count(before + 2)
    expect(said.nth(before)).to_contain_text("Un, une fois.")
    expect(said.nth(before + 1)).to_contain_text("Deux, une fois.")
    expect(desk.locator("[data-refused]")).to_have_text("")
    assert len(lost) == 2


def test_a_refused_message_comes_back_where_one_writes(desk: Page) -> None:
    desk.route(ANSWER, lambda route: route.fulfill(status=403, body=""), times=1)
    send(desk, "À ne pas perdre.")
    expect(desk.locator("[data-refused]")).to_contain_text("n’est pas parti")
    expect(desk.get_by_label("Votre message")).to_have_value("À ne pas perdre.")


def test_a_desk_whose_stream_is_cut_says_so_and_takes_it_up_again(desk: Page) -> None:
    desk.route(FOLLOW, lambda route: route.fulfill(status=200, body="<p>Portail.</p>"), times=1)
    desk.reload()
    note = desk.locator("p.talk-refused[role=status]")
    expect(note).to_contain_text("La connexion est coupée")
    expect(note).to_have_text("")
    send(desk, "Toujours là.")
    expect(desk.locator(".talk-listener").last).to_contain_text("Toujours là.")
