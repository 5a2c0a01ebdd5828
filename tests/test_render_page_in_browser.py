"""The page's script runs where its content security policy stands, in a real browser."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from invented import harbour
from onrecord.render import write_page

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--dump-dom",
)

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium here")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "page.html"
    with path.open("w", encoding="utf-8") as file:
        write_page([harbour()], file)
    return path


def opened(page: Path, fragment: str, profile: Path) -> str:
    """The page's elements after its script has run."""
    command = [str(BROWSER), *FLAGS, f"--user-data-dir={profile}", f"{page.as_uri()}{fragment}"]
    return subprocess.run(command, capture_output=True, check=True, timeout=120, encoding="utf-8").stdout


def test_an_address_with_a_statement_lights_its_parts(page: Path, tmp_path: Path) -> None:
    shown = opened(page, "#r1s6", tmp_path)
    assert '<html lang="en" class="js">' in shown
    lit = re.findall(r'class="[^"]*\bon-(\w)"[^>]*>([^<]+)<', shown)
    assert lit == [("s", "the minister"), ("q", "had assured"), ("c", "there would be no fine")]
    assert re.findall(r'class="card[^"]* on" id="(\w+)"', shown) == ["r1s6"]


def test_an_address_with_a_voice_leaves_all_that_it_says(page: Path, tmp_path: Path) -> None:
    shown = opened(page, "#r1v3", tmp_path)
    cards = re.findall(r'<li class="card[^>]*id="r1s(\d)"[^>]*?( hidden="")?>', shown)
    assert [number for number, hidden in cards if not hidden] == ["5", "7"]
    assert (
        "2 of 8 statements: all that Tomas Okoro-Lind says here<small>spokesman, Kestrel Line</small>"
        in shown
    )
    assert re.findall(r'id="r1v(\d)" aria-pressed="true"', shown) == ["3"]
    minister = re.search(r'<span class="([^"]*)"[^>]*>the minister<', shown)
    assert minister is not None
    assert minister[1] == "c", "another's source is only content now"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened_browser = playwright.chromium.launch(
            executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu"]
        )
        yield opened_browser
        opened_browser.close()


@pytest.fixture
def tab(browser: Browser, page: Path) -> Iterator[Page]:
    """The page in a tab; whatever it would ask of the network, and whatever its script complains of, fails the test."""
    opened_tab = browser.new_page(viewport={"width": 1240, "height": 900})
    asked: list[str] = []
    opened_tab.on("request", lambda request: asked.append(request.url))
    opened_tab.on("pageerror", lambda error: asked.append(str(error)))
    opened_tab.on("console", lambda message: asked.append(message.text))
    opened_tab.goto(page.as_uri())
    yield opened_tab
    opened_tab.close()
    assert asked == [page.as_uri()]


def shown_cards(tab: Page) -> list[str]:
    return [card.get_attribute("data-n") or "" for card in tab.locator(".card:visible").all()]


def test_clicking_a_name_leaves_what_this_person_says_and_again_brings_all_back(tab: Page) -> None:
    tab.locator(".card .who", has_text="Ilse Brandvold").first.click()
    assert shown_cards(tab) == ["1", "2", "3"]
    bar = tab.locator(".filter")
    expect(bar).to_contain_text("3 of 8 statements: all that Ilse Brandvold says here")
    expect(bar).to_contain_text("Harbour master · also as Brandvold")
    tab.get_by_role("button", name="Show everything").click()
    assert len(shown_cards(tab)) == 8
    expect(bar).to_be_hidden()


def test_a_voice_can_be_chosen_from_the_list_with_the_keyboard_alone(tab: Page) -> None:
    button = tab.locator(".speakers button", has_text="Kestrel Line").last
    button.focus()
    tab.keyboard.press("Enter")
    assert shown_cards(tab) == ["4"]
    expect(button).to_have_attribute("aria-pressed", "true")
    tab.keyboard.press("Escape")
    assert len(shown_cards(tab)) == 8


def test_keys_step_through_statements_and_light_them(tab: Page) -> None:
    lit = []
    for key in "jjjk":
        tab.keyboard.press(key)
        lit.append(tab.locator(".card.on").get_attribute("data-n"))
    assert lit == ["1", "2", "3", "2"]
    expect(tab.locator(".on-s")).to_have_text("Brandvold")


def test_pointing_at_a_claim_tells_what_it_was_read_as(tab: Page) -> None:
    expect(tab.locator(".text .k", has_text="40,000 litres")).to_have_attribute(
        "title", "quantity: 40,000 litres"
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_can_be_read_in_light_and_dark(browser: Browser, page: Path, scheme: str) -> None:
    """A contrast of at least 4.5 to 1 with the paper, as WCAG 2 asks of text of this size."""
    opened_tab = browser.new_page(color_scheme=scheme)  # type: ignore[arg-type]
    opened_tab.goto(page.as_uri())
    colours = opened_tab.evaluate(
        """() => ["body", ".who", ".cue", ".card .more", ".facts", ".text .s", ".text .q"].map(
            (selector) => [selector, getComputedStyle(document.querySelector(selector)).color, getComputedStyle(document.body).backgroundColor])"""
    )
    opened_tab.close()
    for selector, ink, paper in colours:
        assert contrast(ink, paper) >= 4.5, selector


def contrast(one: str, other: str) -> float:
    """The ratio of two CSS colours' luminances (WCAG 2.2)."""
    lights = sorted(luminance(colour) for colour in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def luminance(colour: str) -> float:
    parts = [int(value) / 255 for value in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_narrow_screen_needs_no_scrolling_sideways(browser: Browser, page: Path) -> None:
    opened_tab = browser.new_page(viewport={"width": 360, "height": 800})
    opened_tab.goto(page.as_uri())
    wide = opened_tab.evaluate("document.documentElement.scrollWidth")
    opened_tab.close()
    assert wide <= 360
