"""The page's script runs where its content security policy stands, in a real browser."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from invented import harbour
from onrecord.show import write_page

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
    assert "2 of 8 statements: all that Tomas Okoro-Lind says here" in shown
    assert re.findall(r'id="r1v(\d)" aria-pressed="true"', shown) == ["3"]
    minister = re.search(r'<span class="([^"]*)"[^>]*>the minister<', shown)
    assert minister is not None
    assert minister[1] == "c", "another's source is only content now"
