"""Audits as one self-contained page, in the look of the page of ``onrecord read --html``; a report prints on two
sheets. It makes no network requests and has no script.
"""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from typing import TextIO

from onrecord.desk.audit.looked_at import times
from onrecord.desk.audit.values import Audit, AuditFinding, Elsewhere, Voice
from onrecord.desk.audit.views import (
    GENRES,
    MARKS,
    NOTHING,
    RULES,
    Group,
    about,
    context,
    counts,
    gives_reason,
    grouped,
    how_known,
    is_unnamed,
    name_of,
    percent,
    why_unnamed,
)
from onrecord.render.outline import BASIS
from onrecord.render.safe_text import one_line

_MOST_IN_A_GROUP = 5
_MOST_VOICES = 16
_MOST_ELSEWHERE = 8


def write_audit_page(audits: Iterable[Audit], file: TextIO) -> int:
    """Write one page with these audits; returns how many there are.

    Args:
        file: where to, open for text in UTF-8.
    """
    number = 0
    for number, audit in enumerate(audits, 1):
        if number == 1:
            file.writelines(_opening(_heading(audit)))
        file.writelines(_audit(audit, number))
    if not number:
        file.writelines(_opening("No reports"))
    file.write(f"</main>\n{_FOOT}</body>\n</html>\n")
    return number


def _safe(text: str) -> str:
    return html.escape(one_line(text), quote=True)


@cache
def _style() -> str:
    look = resources.files("onrecord.render").joinpath("page.css").read_text("utf-8")
    return look + resources.files("onrecord.desk.audit").joinpath("page.css").read_text("utf-8")


def _heading(audit: Audit) -> str:
    document = audit.document
    return document.title or document.origin.rstrip("/").rpartition("/")[2] or document.origin


def _opening(title: str) -> Iterator[str]:
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    # The widths of the bars are attributes of the elements, which the hash of the style sheet doesn't cover.
    policy = f"default-src 'none'; style-src-elem 'sha256-{digest}'; style-src-attr 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    yield (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="generator" content="OnRecord">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{_safe(title)} – sourcing</title>\n<style>{_style()}</style>\n</head>\n<body>\n"
        '<header class="masthead">\n<h1 class="mark"><b>OnRecord</b> how this report is sourced</h1>\n'
        '<p class="legend"><span>▲ serious</span> <span>● warning</span> <span>○ note</span></p>\n</header>\n<main>\n'
    )


_FOOT = """\
<footer class="foot">
<p>An audit describes how a report is sourced. It gives no score, and says nothing of what is true. Shares are of \
the words that the report attributes to somebody, each counted once.</p>
</footer>
"""


def _audit(audit: Audit, number: int) -> Iterator[str]:
    yield f'<section class="report audit" aria-labelledby="a{number}">\n'
    yield from _about(audit, number)
    yield f"<h3>Findings: {counts(audit.findings)}</h3>\n"
    yield '<ul class="finds">\n'
    for group in grouped(audit):
        yield from _group(audit, group)
    yield "</ul>\n<h3>Who is heard, how they know, and why they aren’t named</h3>\n"
    yield '<table class="heard">\n<thead><tr><th scope="col">voice</th><th scope="col" class="num">statements</th>'
    yield '<th scope="col" class="num">words</th><th scope="col"></th><th scope="col">in the report’s words</th></tr></thead>\n<tbody>\n'
    for voice in audit.voices[:_MOST_VOICES]:
        yield _row(voice)
    rest = audit.voices[_MOST_VOICES:]
    if rest:
        share = percent(sum(voice.share for voice in rest))
        yield f'<tr><td colspan="5">{len(rest):,} more voices, with {share} of the words</td></tr>\n'
    yield "</tbody>\n</table>\n"
    if audit.elsewhere is not None:
        yield from _elsewhere(audit.elsewhere)
    yield "</section>\n"


def _about(audit: Audit, number: int) -> Iterator[str]:
    document, published = audit.document, audit.document.published
    above = [
        f"<span>{_safe(document.publisher)}</span>" if document.publisher else "",
        f"<time>{_safe(published.date)}</time> <small>{BASIS[published.basis]}</small>"
        if published.date
        else "",
    ]
    below = [
        _safe(document.byline) if document.byline else "",
        f'<bdi class="origin">{_safe(document.origin)}</bdi>',
        f"{times(audit.statements, 'statement')}, {times(audit.words, 'word')} attributed",
    ]
    yield f'<header class="about">\n<p class="outlet">{" · ".join(filter(None, above))}</p>\n'
    yield f'<h2 id="a{number}" dir="auto">{_safe(_heading(audit))}</h2>\n'
    yield f'<p class="facts">{" · ".join(filter(None, below))}</p>\n'
    yield (
        f'<p class="facts rules">Genre: {GENRES[audit.genre.name]} ({_safe(audit.genre.because)}) · '
        f"Rules: {_safe(audit.rules)}</p>\n</header>\n"
    )


def _group(audit: Audit, group: Group) -> Iterator[str]:
    heading = RULES.get(group.rule, group.rule)
    yield (
        f'<li class="find {group.severity}"><span class="sev" role="img" aria-label="{group.severity}">'
        f"{MARKS[group.severity]}</span><div>\n<h4>{heading} <small>{group.severity} · {group.rule}</small></h4>\n<ul>\n"
    )
    for finding in group.findings[:_MOST_IN_A_GROUP]:
        yield f"<li>{_said(audit, finding)}</li>\n"
    if rest := group.findings[_MOST_IN_A_GROUP:]:
        words = "; ".join(f"“{_safe(one.span.text[:60])}”" for one in rest[:12] if one.span)
        yield f"<li>{len(rest):,} more: {words}{' …' if len(rest) > 12 else ''}</li>\n"
    yield f'</ul>\n<p class="rule">{_safe(group.source)}</p></div></li>\n'


def _said(audit: Audit, finding: AuditFinding) -> str:
    says = _safe(finding.says)
    if finding.span is None:
        return says
    before, words, behind = (html.escape(part) for part in context(audit, finding.span))
    return f'{says} <span class="seen"><bdi>{before}<mark>{words}</mark>{behind}</bdi></span>'


def _row(voice: Voice) -> str:
    described = about(voice)
    small = f"<br><small>{_safe(described)}</small>" if described else ""
    unnamed = ' class="unnamed"' if is_unnamed(voice) else ""
    bar = f'<i style="width:{100 * voice.share:.1f}%"></i>' if voice.words else ""
    return (
        f'<tr{unnamed}><td class="who"><b><bdi>{html.escape(name_of(voice))}</bdi></b>{small}</td>'
        f'<td class="num">{voice.direct:,} <small>{percent(voice.statement_share)}</small></td>'
        f'<td class="num">{voice.words:,} <small>{percent(voice.share)}</small></td>'
        f'<td class="bar" aria-hidden="true">{bar}</td><td class="told">{_told(voice)}</td></tr>\n'
    )


def _told(voice: Voice) -> str:
    known, unnamed = how_known(voice), why_unnamed(voice)
    parts = []
    if known or is_unnamed(voice):
        parts.append(("How they know", _words(known)))
    if is_unnamed(voice):
        without = (
            ' <span class="nothing">without a reason</span>' if unnamed and not gives_reason(voice) else ""
        )
        parts.append(("Why not named", _words(unnamed) + without))
    return (
        f"<dl>{''.join(f'<dt>{label}</dt><dd>{words}</dd>' for label, words in parts)}</dl>" if parts else ""
    )


def _words(found: list[str]) -> str:
    if not found:
        return f'<span class="nothing">{NOTHING}</span>'
    return "; ".join(f"<mark>{html.escape(one)}</mark>" for one in found)


def _elsewhere(elsewhere: tuple[Elsewhere, ...]) -> Iterator[str]:
    yield "<h3>In the record</h3>\n"
    if not elsewhere:
        yield '<p class="facts">No other report of the record has any of these statements.</p>\n'
        return
    statements, reports = len({one.statement for one in elsewhere}), len({one.document for one in elsewhere})
    yield f'<p class="facts">{times(statements, "statement")} also in {times(reports, "other report")}.</p>\n<ul class="finds">\n'
    for one in elsewhere[:_MOST_ELSEWHERE]:
        who = f", by {_safe(one.speaker)}" if one.speaker else ""
        where = _safe(one.publisher or one.origin)
        yield f'<li class="find"><span></span><div>{_safe(one.date or "no date")} · {where}: {_safe(one.says)}{who}</div></li>\n'
    if len(elsewhere) > _MOST_ELSEWHERE:
        yield f"<li>{len(elsewhere) - _MOST_ELSEWHERE:,} more</li>\n"
    yield "</ul>\n"
