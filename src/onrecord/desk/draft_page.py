"""A draft as one self-contained page, each quotation and claim marked by its verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import TextIO

from onrecord.desk.draft import CheckedDraft
from onrecord.desk.verdict import Verdict
from onrecord.desk.verdict_lines import SAYS, verdict_lines
from onrecord.render.safe_text import one_line, visible

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.55 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
.draft { white-space: pre-wrap; overflow-wrap: anywhere; font-family: Georgia, serif; }
mark { background: none; color: inherit; padding: .1em 0; border-bottom: .18em solid; }
mark a { font: .75em system-ui, sans-serif; color: inherit; }
.fine { border-color: #2e7d32; border-bottom-style: solid; }
.wrong { border-color: #c62828; border-bottom-style: double; background: #c6282822; }
.open { border-color: #777; border-bottom-style: dotted; }
li { margin: 0 0 1rem; }
.line { overflow-wrap: anywhere; }
.dim { color: #777; }
@media print { body { max-width: none; margin: 0; } .wrong { background: none; } }
"""


def write_draft_page(checked: CheckedDraft, file: TextIO) -> None:
    """Writes the page. It makes no requests, and shows nothing of the draft as markup."""
    title = escape(one_line(checked.document.title or checked.document.origin))
    file.write(
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>{title}: quotations checked</title><style>{_STYLE}</style></head><body>\n"
    )
    file.write(f"<h1>{title}</h1>\n<p>{escape(_counted(checked.verdicts))}</p>\n")
    file.write(f'<div class="draft" dir="auto">{"".join(_marked(checked))}</div>\n')
    file.write("<h2>Verdicts</h2>\n<ol>\n")
    for number, verdict in enumerate(checked.verdicts, start=1):
        file.write(f'<li id="v{number}">{"".join(_told(verdict))}</li>\n')
    file.write("</ol>\n</body></html>\n")


def _counted(verdicts: Sequence[Verdict]) -> str:
    wrong = sum(not verdict.as_given for verdict in verdicts)
    short = sum(verdict.verdict is None for verdict in verdicts)
    return (
        f"{len(verdicts)} quotations and attributed claims: {len(verdicts) - wrong - short} found as given, "
        f"{wrong} not, {short} too short to verify. A verdict is about the record, not about truth."
    )


def _class_of(verdict: Verdict) -> str:
    return "open" if verdict.verdict is None else "fine" if verdict.as_given else "wrong"


def _marked(checked: CheckedDraft) -> Iterator[str]:
    """The draft's text in pieces, marked where a quotation stands; of two that overlap, the first one."""
    text, at = visible(checked.document.text), 0
    for number, verdict in enumerate(checked.verdicts, start=1):
        span = verdict.span
        if span is None or span.start < at:
            continue
        yield escape(text[at : span.start])
        says = escape((verdict.verdict or "too short").replace("_", " "))
        yield (
            f'<mark class="{_class_of(verdict)}">{escape(text[span.start : span.end])}'
            f' <a href="#v{number}">[{number}: {says}]</a></mark>'
        )
        at = span.end
    yield escape(text[at:])


def _told(verdict: Verdict) -> Iterator[str]:
    who = escape(one_line(verdict.speaker)) if verdict.speaker else "no speaker"
    kind = "claim" if verdict.claim else "quotation"
    quote = escape(one_line(verdict.quote))
    yield f'<div dir="auto"><q>{quote}</q> <span class="dim">{who}, {kind}</span></div>'
    if verdict.verdict is None:
        yield f'<div class="line">{escape(SAYS[None])}</div>'
        return
    for line in verdict_lines(verdict):
        style = ' class="line dim"' if line.style == "dim" else ' class="line"'
        yield f'<div dir="auto"{style} style="margin-left:{line.indent / 2}em">{_linked(line.text)}</div>'


def _linked(text: str) -> str:
    if text.startswith(("http://", "https://")) and " " not in text:
        return f'<a href="{escape(text)}" rel="noreferrer">{escape(text)}</a>'
    return escape(text)
