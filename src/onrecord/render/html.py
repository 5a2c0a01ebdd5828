"""Reports as one self-contained page: the text with source, cue and content marked, and a card beside it for
each statement.

The page asks nothing of the network and holds two pieces of code that we wrote, ``page.css`` and ``page.js``;
its content security policy names them by their hashes and forbids everything else, so that nothing in a
report could run or load even if it weren't escaped. Without the script it can be read as it stands: numbers
tie marks and cards.
"""

from __future__ import annotations

import base64
import hashlib
import html
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from tempfile import SpooledTemporaryFile
from typing import TextIO

from onrecord.render.outline import BASIS, Entry, counted, outline_of
from onrecord.render.safe_text import one_line, visible
from onrecord.render.segments import Role, Segment, segments_of
from onrecord.render.sentence_context import SentenceContext
from onrecord.render.values import value_text, value_title
from onrecord.types import Claim, Report, SpeakerKind

_IN_MEMORY = 16 << 20
_LONG = 400
"""Reports of more paragraphs than this are drawn only as they are scrolled to."""
_FIRST_SPEAKERS = 12
_MAX_ALIASES = 8
_KINDS: dict[SpeakerKind, str | None] = {"person": None, "unnamed": "unnamed speaker"}
_STANCES = {
    "committed": "the reporter’s word takes the statement as so (noted, admitted)",
    "distanced": "the reporter’s word keeps a distance (claimed, alleged)",
}
_LETTER: dict[Role, str] = {"source": "s", "cue": "q", "content": "c"}


@dataclass(slots=True)
class _ListedSpeaker:
    """Who a name's button filters to: a speaker of the report, or whatever source reads the same words."""

    number: int
    label: str
    resolved: bool
    about: str
    aliases: str
    statements: int = 0


@dataclass(slots=True)
class _SpeakerList:
    """The speakers of one report by speaker's id or source's words."""

    found: dict[str, _ListedSpeaker] = field(default_factory=dict)

    def of(self, entry: Entry) -> _ListedSpeaker | None:
        if entry.who is None:
            return None
        key = f"speaker {entry.speaker.id}" if entry.speaker else f"words {entry.who.casefold()}"
        if key not in self.found:
            self.found[key] = _listed_speaker(entry, len(self.found) + 1)
        return self.found[key]


def _listed_speaker(entry: Entry, number: int) -> _ListedSpeaker:
    speaker = entry.speaker
    if speaker is None:
        return _ListedSpeaker(number, entry.who or "", False, "", "")
    kind = _KINDS.get(speaker.kind, speaker.kind)
    about = [one_line(part) for part in (speaker.role, speaker.affiliation, kind) if part]
    name = one_line(speaker.name)
    aliases = [alias for alias in map(one_line, speaker.aliases) if alias and alias != name]
    return _ListedSpeaker(
        number, name, True, ", ".join(about), ", ".join(dict.fromkeys(aliases[:_MAX_ALIASES]))
    )


def write_page(reports: Iterable[Report], file: TextIO) -> int:
    """Write one page with these reports.

    The reports are taken one at a time and none is kept.

    Args:
        reports: what to show, in this order.
        file: where to, open for text in UTF-8.

    Returns:
        How many reports are on the page.
    """
    contents: list[str] = []
    first = ""
    with SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8") as body:
        for number, report in enumerate(reports, 1):
            heading = _heading_of(report)
            first = first or heading
            contents.append(
                f'<li><a href="#r{number}">{_safe(heading)}</a> '
                f"<small>{counted(len(report.statements))}</small></li>"
            )
            body.writelines(_report_section(report, number))
        body.seek(0)
        title = first if len(contents) == 1 else f"{len(contents):,} reports"
        file.writelines(_opening(title, contents))
        shutil.copyfileobj(body, file)
    file.write(f"</main>\n{_FOOT}<script>{_code('page.js')}</script>\n</body>\n</html>\n")
    return len(contents)


def _safe(text: str) -> str:
    return html.escape(visible(text), quote=True)


def _line(text: str) -> str:
    return html.escape(one_line(text), quote=True)


@cache
def _code(name: str) -> str:
    return resources.files("onrecord.render").joinpath(name).read_text("utf-8")


def _hash(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def _heading_of(report: Report) -> str:
    """The title; where there is none, the name of the file."""
    document = report.document
    return one_line(document.title or document.origin.rstrip("/").rpartition("/")[2] or document.origin)


def _opening(title: str, contents: Sequence[str]) -> Iterator[str]:
    policy = (
        f"default-src 'none'; style-src {_hash(_code('page.css'))}; script-src {_hash(_code('page.js'))}; "
        "base-uri 'none'; form-action 'none'"
    )
    yield (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="generator" content="OnRecord">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{_safe(title)} – on record</title>\n<style>{_code('page.css')}</style>\n"
        f"</head>\n<body>\n{_MASTHEAD}"
    )
    if len(contents) != 1:
        yield f'<nav class="contents" aria-label="Reports">\n<h2>{_safe(title)}</h2>\n<ol>\n'
        yield "\n".join(contents)
        yield "\n</ol>\n</nav>\n"
    yield "<main>\n"


_MASTHEAD = """\
<header class="masthead">
<h1 class="mark"><b>OnRecord</b> who said what, on whose word</h1>
<p class="legend"><span class="s">source</span> <span class="q">cue</span> \
<span class="c b e">content</span> <span class="k">quantity, date, place</span></p>
</header>
"""

_FOOT = """\
<footer class="foot">
<p>What is marked was said by the speaker named beside it; nothing here says that it is true. The number on \
a card is the model’s probability that it found the statement rightly; a question mark stands where that is \
under one half. A question mark behind a name, with a number of its own, says that the speaker is unsure, and who \
else it may be.</p>
<p class="keys"><kbd>j</kbd> <kbd>k</kbd> next and previous statement · click a name for all that this speaker \
says · <kbd>Esc</kbd> everything again</p>
</footer>
"""


def _report_section(report: Report, number: int) -> Iterator[str]:
    document, entries = report.document, outline_of(report)
    sentence_context, listed_speakers = SentenceContext(document.text), _SpeakerList()
    beside: defaultdict[int, list[str]] = defaultdict(list)
    for entry in entries:
        listed_speaker = listed_speakers.of(entry)
        if listed_speaker:
            listed_speaker.statements += 1
        beside[sentence_context.analysis.paragraph_at(entry.statement.start)].append(
            _card(entry, listed_speaker, number)
        )
    long = " long" if len(sentence_context.analysis.paragraphs) > _LONG else ""
    yield f'<section class="report{long}" id="r{number}" aria-labelledby="r{number}h">\n'
    yield from _header(report, number, len(entries), listed_speakers)
    yield f'<div class="body" lang="{_safe(document.language or "")}">\n'
    for index, segments in enumerate(
        segments_of(entries, sentence_context.analysis.paragraphs, report.claims)
    ):
        yield f'<div class="row"><p class="text" dir="auto">{_marked(segments, document.text, number)}</p>'
        if index in beside:
            yield f'<ol class="cards" lang="en">{"".join(beside[index])}</ol>'
        yield "</div>\n"
    yield "</div>\n</section>\n"


def _header(report: Report, number: int, statements: int, listed_speakers: _SpeakerList) -> Iterator[str]:
    document = report.document
    published = document.published
    above = [
        f"<span>{_line(document.publisher)}</span>" if document.publisher else "",
        f"<time>{_line(published.date)}</time> <small>{BASIS[published.basis]}</small>"
        if published.date
        else "",
    ]
    below = [
        _line(document.byline) if document.byline else "",
        f'<bdi class="origin">{_line(document.origin)}</bdi>',
        counted(statements),
    ]
    yield f'<header class="about">\n<p class="outlet">{" · ".join(filter(None, above))}</p>\n'
    kind = "" if document.title else ' class="name"'
    yield f'<h2 id="r{number}h"{kind} dir="auto">{_safe(_heading_of(report))}</h2>\n'
    yield f'<p class="facts">{" · ".join(filter(None, below))}</p>\n'
    ranked = sorted(
        listed_speakers.found.values(),
        key=lambda listed_speaker: (-listed_speaker.statements, listed_speaker.number),
    )
    if ranked:
        yield '<div class="speakers" role="group" aria-label="Speakers in this report">\n'
        yield "".join(_speaker_button(listed_speaker, number) for listed_speaker in ranked[:_FIRST_SPEAKERS])
        if ranked[_FIRST_SPEAKERS:]:
            yield f"<details><summary>{len(ranked) - _FIRST_SPEAKERS:,} more</summary>\n"
            yield "".join(
                _speaker_button(listed_speaker, number) for listed_speaker in ranked[_FIRST_SPEAKERS:]
            )
            yield "</details>\n"
        yield "</div>\n"
    yield "</header>\n"


def _speaker_button(listed_speaker: _ListedSpeaker, report_number: int) -> str:
    about = f" <small>{html.escape(listed_speaker.about)}</small>" if listed_speaker.about else ""
    if listed_speaker.aliases:
        about += f' <small class="aliases" hidden>{html.escape(listed_speaker.aliases)}</small>'
    return (
        f'<button type="button" id="r{report_number}v{listed_speaker.number}" aria-pressed="false" data-v="{listed_speaker.number}">'
        f"{_named(listed_speaker)}{about} "
        f'<span class="times">{listed_speaker.statements:,}</span></button>\n'
    )


def _named(listed_speaker: _ListedSpeaker) -> str:
    """A name as it is, a source's words in quotation marks: they name nobody by themselves."""
    name = html.escape(listed_speaker.label)
    return f"<bdi>{name}</bdi>" if listed_speaker.resolved else f'<bdi class="words">“{name}”</bdi>'


def _card(entry: Entry, listed_speaker: _ListedSpeaker | None, report_number: int) -> str:
    classes = f"card d{min(entry.depth, 4)}" + (" low" if entry.is_low else "")
    who = (
        f'<button type="button" class="who" data-v="{listed_speaker.number}">{_named(listed_speaker)}</button>'
        if listed_speaker
        else '<span class="who nobody">not named</span>'
    )
    cue = (
        f' <span class="cue">{html.escape(entry.cue)}</span>'
        if entry.cue
        else ' <span class="none">no cue</span>'
    )
    said = (
        f' <span class="said">“<bdi>{html.escape(entry.source_words)}</bdi>”</span>'
        if entry.source_words
        else ""
    )
    unsure = '<span class="low-who">?</span>' if entry.is_unsure else ""
    doubt = f"speaker {entry.doubt}" if entry.is_unsure else entry.doubt or ""
    doubt = f'<p class="more low-who">{html.escape(doubt)}</p>' if doubt else ""
    act_text = f'<span class="act">{html.escape(entry.act_text)}</span>' if entry.act_text else ""
    claims = "".join(_claimed(claim) for claim in entry.claims)
    remarks = [
        entry.statement.form,
        act_text,
        _modality_html(entry),
        entry.speaker_note and html.escape(entry.speaker_note),
    ]
    sure = f'<span class="score">{entry.score}{"?" if entry.is_low else ""}</span>'
    number, chosen_by = entry.number, listed_speaker.number if listed_speaker else 0
    return (
        f'<li class="{classes}" id="r{report_number}s{number}" data-n="{number}" data-v="{chosen_by}" tabindex="-1">'
        f'<a class="n" href="#r{report_number}t{number}" aria-label="Statement {number} in the text">{number}</a>'
        f'<p>{who}{unsure}{said}{cue} {sure}</p><p class="more">{" · ".join(filter(None, remarks))}</p>{doubt}'
        + (f'<ul class="claims">{claims}</ul></li>' if claims else "</li>")
    )


def _modality_html(entry: Entry) -> str:
    statement = entry.statement
    modality_text = html.escape(entry.modality_text or "")
    meaning = _STANCES.get(statement.stance or "")
    return f'<span title="{meaning}">{modality_text}</span>' if meaning and modality_text else modality_text


def _claimed(claim: Claim) -> str:
    return f'<li class="claim {claim.type}">{html.escape(value_text(claim))}</li>'


def _marked(segments: Sequence[Segment], text: str, report_number: int) -> str:
    return "".join(_segment(segment, text, report_number) for segment in segments)


def _segment(segment: Segment, text: str, report_number: int) -> str:
    words = html.escape(visible(text[segment.start : segment.end]), quote=False)
    if segment.claims:
        title = html.escape("\n".join(value_title(claim) for claim in segment.claims), quote=True)
        doubt = " doubt" if any(claim.doubt for claim in segment.claims) else ""
        words = f'<span class="k{doubt}" title="{title}">{words}</span>'
    if not segment.marks:
        return words
    roles = {mark.role for mark in segment.marks}
    contents = [mark for mark in segment.marks if mark.role == "content"]
    classes = [_LETTER[role] for role in ("source", "cue", "content") if role in roles]
    classes += ["cc"] if len(contents) > 1 else []
    classes += ["b"] if any(mark.begins for mark in contents) else []
    classes += ["e"] if any(mark.ends for mark in contents) else []
    covers = " ".join(
        f"{mark.number}{_LETTER[mark.role]}{'b' * mark.begins}{'e' * mark.ends}" for mark in segment.marks
    )
    numbers = "".join(
        f'<a class="n" id="r{report_number}t{number}" href="#r{report_number}s{number}" '
        f'aria-label="Statement {number}">{number}</a>'
        for number in sorted(mark.number for mark in contents if mark.opens)
    )
    return f'{numbers}<span class="{" ".join(classes)}" data-s="{covers}">{words}</span>'
