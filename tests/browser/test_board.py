"""The board of who coordinates moves by itself; the roster and the phone need no script."""

from __future__ import annotations

from playwright.sync_api import expect

from browser.chromium import Visitors


def test_a_call_that_rings_is_on_the_board_without_a_gesture(visitors: Visitors) -> None:
    board, phone = visitors.page("Anouk"), visitors.page("Tom")
    board.goto("/ecoute/tableau/")
    expect(board.get_by_role("heading", name="Qui est là")).to_be_visible()
    rings = board.locator("#sonne")
    before = int((rings.text_content() or "0").split()[0]) if rings.count() else 0
    phone.goto("/ecoute/telephone/")
    phone.get_by_role("button", name="Faire sonner").click()
    expect(rings).to_contain_text(str(before + 1))
    # Whoever was on a link by the keyboard is still there.
    rings.focus()
    phone.get_by_role("button", name="Faire sonner").click()
    expect(rings).to_contain_text(str(before + 2))
    expect(rings).to_be_focused()


def test_the_demonstration_has_a_past_from_which_waits_are_forecast(visitors: Visitors) -> None:
    board = visitors.page("Anouk")
    board.goto("/ecoute/tableau/")
    expect(board.get_by_role("heading", name="Les quatre heures qui viennent")).to_be_visible()
    expect(board.locator("main")).to_contain_text("d’attente")
    expect(board.locator("main")).not_to_contain_text("Trop peu de données")


def test_a_turn_is_put_by_keyboard_and_without_script(visitors: Visitors) -> None:
    page = visitors.page("Anouk", script=False)
    page.goto("/ecoute/planning/?semaine=2031-W10")
    page.get_by_label("Qui", exact=True).select_option(label="Tom Imaginé")
    page.get_by_label("Poste").select_option(label="Tchat")
    box = page.get_by_label("lundi 3 mars")
    box.focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Ajouter au planning").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="15:00–19:00")).to_have_count(1)
    page.get_by_role("button", name="Annuler le dernier changement").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="15:00–19:00")).to_have_count(0)
