"""The table says who, how and what, at any width, with and without styles, whatever a report holds."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from invented import harbour, report, span, statement
from onrecord.render import print_report
from onrecord.types import Claim, Report, Span, Statement

SGR = re.compile(r"\x1b\[[0-9;]*m")


def printed(made: Report, *, width: int = 100, styled: bool = False, full: bool = False) -> str:
    out = io.StringIO()
    # Neither the environment nor the machine's terminal decides what a test sees.
    console = Console(
        file=out, width=width, force_terminal=styled, color_system="256" if styled else None, _environ={}
    )
    print_report(made, console, full=full)
    return out.getvalue()


@pytest.mark.parametrize("width", [40, 60, 75, 76, 80, 100, 120, 160, 200])
def test_no_line_is_wider_than_asked(width: int) -> None:
    for line in printed(harbour(), width=width).splitlines():
        assert cell_len(line) <= width
        assert line == line.rstrip()


@pytest.mark.parametrize("width", [60, 80, 200])
def test_every_statement_says_who_how_and_what(width: int) -> None:
    words = " ".join(printed(harbour(), width=width).split())
    for part in ("Tomas Okoro-Lind", "said", "indirect 0.93", "[the charge]", "reject → Ilse"):
        assert part in words


def test_a_pipe_gets_plain_text_with_the_content_in_brackets() -> None:
    out = printed(harbour())
    assert "\x1b" not in out
    assert not set("│┃─━╭╰┏") & set(out)
    assert "[“We acted in good faith,”] he said, [“and we will pay for" in out


def test_a_terminal_gets_styles_and_no_brackets() -> None:
    out = printed(harbour(), styled=True)
    assert "\x1b[" in out
    assert "[“We acted" not in SGR.sub("", out)


def test_without_colours_the_parts_still_differ() -> None:
    out = io.StringIO()
    environment = {"NO_COLOR": "1", "TERM": "xterm-256color"}
    print_report(harbour(), Console(file=out, width=100, force_terminal=True, _environ=environment))
    codes = {code for found in SGR.findall(out.getvalue()) for code in found[2:-1].split(";")}
    assert codes <= {"0", "1", "2", "3"}, "bold, dim and italic only"
    assert "3" in codes


def test_a_nested_statement_hangs_under_its_parent() -> None:
    lines = printed(harbour()).splitlines()
    nested = next(i for i, line in enumerate(lines) if line.startswith("└ “the minister”"))
    parent = max(i for i, line in enumerate(lines[:nested]) if line.startswith("Tomas"))
    assert not any(line[:1].strip() and i > parent + 2 for i, line in enumerate(lines[:nested])), (
        "nothing between"
    )


def test_a_low_score_is_marked() -> None:
    out = printed(harbour())
    assert "0.42?" in out
    assert out.count("?") == 1


def test_what_is_not_known_is_said() -> None:
    text = "“Nobody move!” All stood still."
    out = printed(report(text, [statement(text, None, None, "“Nobody move!”", form="direct")]))
    assert "not named" in out
    assert "no cue" in out


def test_a_report_without_statements_says_so() -> None:
    assert "no statements found" in printed(report("Rain fell."))


def test_a_hostile_report_cannot_drive_the_terminal() -> None:
    attack = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e[bold red]"
    text = f"He{attack} said{attack} all is well{attack}."
    made = report(
        text,
        [statement(text, f"He{attack}", f"said{attack}", f"all is well{attack}")],
        title=attack,
        byline=attack,
        publisher=attack,
        origin=attack,
        claims=[Claim(None, "quantity", span(text, "all"))],
    )
    for styled in (False, True):
        out = SGR.sub("", printed(made, styled=styled))
        assert not any(ord(c) < 0x20 and c != "\n" for c in out)
        assert not set("\x9b\x7f\u202e") & set(out)
        assert "[bold red]" in "".join(out.split("\n")) or "[bold" in out, "markup is words, too"


def test_a_long_passage_is_cut_unless_it_is_asked_for_whole() -> None:
    text = "She said " + "that it rained and " * 200 + "that it stopped."
    made = report(text, [statement(text, "She", "said", text[9:-1])])
    cut = " ".join(printed(made).split())
    assert "more characters)" in cut
    assert re.search(r"(it|that|rained|and)\] … \(", cut), "between words"
    assert "that it stopped]." in " ".join(printed(made, full=True).split())


def test_the_sentence_around_a_statement_is_bounded() -> None:
    text = "x " * 5000 + "she said no " + "y " * 5000
    made = report(text, [statement(text, "she", "said", "no")])
    out = printed(made, full=True)
    assert len(out) < 2000
    assert out.count("…") == 2


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(exclude_categories=()), min_size=3, max_size=80),
    st.integers(40, 200),
    st.booleans(),
)
def test_any_text_at_any_width(text: str, width: int, styled: bool) -> None:
    third = len(text) // 3
    made = Statement(
        "a",
        "mixed",
        Span.of(text, 0, third),
        Span.of(text, third, 2 * third),
        (Span.of(text, 2 * third, len(text)),),
    )
    out = printed(report(text, [made], title=text), width=width, styled=styled)
    out.encode("utf-8")
    for line in SGR.sub("", out).splitlines():
        assert cell_len(line) <= width
        assert "\x1b" not in line
