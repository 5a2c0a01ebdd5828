"""Document and model proposals to statements: whose words, by which cue, which words, inside which other statement.

An attribution is what PolNeAR says it is (Newell, Margolin and Ruths, LREC 2018): a source is said, shown or thought to hold a content. The network
proposes words; here they become characters, are squared with the quotation marks, scored, and tied to the statements around them.
"""

from __future__ import annotations

import bisect
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from onrecord.model.bundle import Bundle, Calibration
from onrecord.model.decode import Proposal, Run
from onrecord.model.session import Reading
from onrecord.reading.transcript import Turn
from onrecord.segment import Quotation, Range, paragraphs_of, quotations_of
from onrecord.types import Document, Form, Statement, content_id

TURN_SCORE = 0.97
"""The score of a speaker's turn in a transcript, which a label gives and no network."""

UNGOVERNED_SCORE = 0.6
"""The score of a quotation that no cue governs."""

_SPEECH_WORDS = 5
"""A quotation of fewer words that no cue governs is a name, a title or a word held at a distance more often than speech."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement before it has an id: ranges of characters."""

    source: Range | None
    cue: Range | None
    content: tuple[Range, ...]
    score: float
    form: Form | None = None


def find_statements(
    document: Document, reading: Reading, bundle: Bundle, *, turns: Sequence[Turn] = ()
) -> tuple[Statement, ...]:
    """The statements of a document, by order of their first character.

    Args:
        reading: what the model gave for ``document.text``.
        turns: a transcript's turns, each of which is a direct statement of its speaker.
    """
    text = document.text
    paragraphs = paragraphs_of(text)
    quotations = quotations_of(text, paragraphs)
    drafts = [_of_turn(turn, text) for turn in turns]
    labels = sorted(cue for draft in drafts if (cue := draft.cue))
    proposed = []
    for proposal in reading.proposals:
        score = calibrated(features_of(proposal), bundle.calibration)
        draft = draft_of(proposal, score, text, reading.words.ranges, quotations, paragraphs)
        if (
            score >= bundle.threshold
            and draft
            and not _touches(labels, draft.cue)
            and not _is_dateline(draft, document)
        ):
            proposed.append(draft)
    drafts += _distinct(proposed)
    drafts += _ungoverned(drafts, quotations, paragraphs, text)
    drafts.sort(key=lambda draft: (_extent(draft), draft.cue or (-1, -1)))
    statements = tuple(_statement(draft, document, quotations, bundle.version) for draft in drafts)
    return nest(statements)


def _is_dateline(draft: Draft, document: Document) -> bool:
    """Whether the source is the dateline's place: "ALDERBY: The bridge …" is nobody's word."""
    place = document.dateline.place if document.dateline else None
    return place is not None and draft.source is not None and document.text[slice(*draft.source)] in place


def features_of(proposal: Proposal) -> dict[str, float]:
    """What the calibration may look at."""
    chance = min(max(proposal.cue_score, 1e-4), 1 - 1e-4)
    words = sum(last - first for first, last in proposal.content)
    return {
        "cue": math.log(chance / (1 - chance)),
        "accept": max(-8.0, min(8.0, proposal.accept)),
        "path": max(-4.0, proposal.path),
        "words": math.log1p(words),
        "pieces": float(len(proposal.content)),
        "source": float(proposal.source is not None),
    }


def calibrated(features: dict[str, float], calibration: Calibration) -> float:
    """The probability that the cue and at least half of the content are right."""
    odds = calibration.bias + sum(
        weight * features[name]
        for name, weight in zip(calibration.features, calibration.weights, strict=True)
    )
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def draft_of(
    proposal: Proposal,
    score: float,
    text: str,
    words: Sequence[Range],
    quotations: Sequence[Quotation],
    paragraphs: Sequence[Range],
) -> Draft | None:
    """The statement that a proposal makes, as ranges of characters; ``None`` where nothing is left of its content."""
    cue = _characters(proposal.cue, words)
    source = _characters(proposal.source, words) if proposal.source else None
    paragraph = paragraphs[max(0, bisect.bisect_right(paragraphs, (cue[0], len(text))) - 1)]
    if source and _overlap(source, paragraph):
        source = max(source[0], paragraph[0]), min(source[1], paragraph[1])  # a byline above isn't part of it
    if source:
        source = _without_pronoun(source, text)
    if source and _overlap(source, cue):
        source = None
    runs = [_characters(run, words) for run in proposal.content]
    content = square(runs, [span for span in (source, cue) if span], text, quotations)
    content = _in_paragraph(content, cue, paragraph[1], text)
    if source and content and _names_asked(source, cue, content, text):
        source = None
    return Draft(source, cue, content, round(score, 4)) if content else None


def _in_paragraph(content: tuple[Range, ...], cue: Range, stop: int, text: str) -> tuple[Range, ...]:
    """The content cut where the cue's paragraph ends, unless a quotation runs on: what follows a headline isn't part of it."""
    out = []
    for start, end in content:
        if cue[1] <= start < stop < end and text[start] not in _QUOTES:
            start, end = _trim(start, stop, text)
        out.append((start, end))
    return tuple(piece for piece in out if piece[0] < piece[1])


_QUOTES = frozenset("\"“‘'«„`")


_ASKED = r"(?:asked|pressed|questioned|quizzed)\b"
_IS_ASKED = re.compile(rf"(?:is|are|was|were|been|being)\s+(?:\w+\s+)?{_ASKED}", re.IGNORECASE)
_ASKED_FIRST = re.compile(rf"(?:when\s+)?{_ASKED}", re.IGNORECASE)
_OPENS = re.compile(r"(?:^|[\n.!?;][”’\"')]*|\bwhen|\bwhile)\s*$", re.IGNORECASE)


def _names_asked(source: Range, cue: Range, content: Sequence[Range], text: str) -> bool:
    """Whether the source is who is asked and not who asks: before a passive ("*Orr* was asked whether …"), or after all that a participle opens
    ("Asked whether …, *she* said …")."""
    words = text[slice(*cue)]
    if source[1] <= cue[0]:
        return _IS_ASKED.match(words) is not None
    return (
        _ASKED_FIRST.match(words) is not None
        and cue[1] <= content[0][0]
        and content[-1][1] <= source[0]
        and _OPENS.search(text, max(0, cue[0] - 20), cue[0]) is not None
    )


_RELATIVE = re.compile(r"[\s,]+(?:who|which|whose|that)[\s,]*$", re.IGNORECASE)


def _without_pronoun(source: Range, text: str) -> Range:
    """The source less a relative pronoun left dangling at its end ("officials, who"): its clause says the rest."""
    start, end = source
    match = _RELATIVE.search(text, start, end)
    return (start, match.start()) if match and match.start() > start else source


def _characters(run: Run, words: Sequence[Range]) -> Range:
    return words[run[0]][0], words[run[1] - 1][1]


def square(
    pieces: Iterable[Range], taken: Sequence[Range], text: str, quotations: Sequence[Quotation]
) -> tuple[Range, ...]:
    """Pieces of content made to agree with the quotation marks and with each other.

    A mark belongs to the piece whose words it opens or closes; a piece that opens or closes a quotation takes in the rest of it, unless a cue or a
    source stands there; a hole with nothing but space and marks is none, and neither is one that lies inside one quotation. What stands at an edge without saying anything (space, a stray comma or stop outside the
    quotation marks) is trimmed. ``taken`` are source and cue: no piece enters them.
    """
    joined: list[Range] = []
    for start, end in sorted(_completed(piece, taken, quotations) for piece in pieces):
        if joined and (start <= joined[-1][1] or _is_no_hole(joined[-1][1], start, taken, text, quotations)):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    out: list[Range] = []
    for piece in joined:
        for start, end in _without(piece, taken):
            start, end = _trim(start, end, text)
            if any(character.isalnum() for character in text[start:end]):
                out.append((start, end))
    return tuple(out)


def _completed(piece: Range, taken: Sequence[Range], quotations: Sequence[Quotation]) -> Range:
    start, end = piece
    for quotation in quotations:
        if quotation.start > end:
            break
        if any(quotation.start < high and low < quotation.inner_end for low, high in taken):
            continue
        reach = quotation.end if quotation.closed else quotation.inner_end
        opens = start <= quotation.inner_start < end
        closes = start < quotation.inner_end <= end
        half = 2 * (min(end, reach) - max(start, quotation.start)) >= reach - quotation.start
        if (opens and half) or (closes and half):
            start, end = min(start, quotation.start), max(end, reach)
    return start, end


def _is_no_hole(
    left: int, right: int, taken: Sequence[Range], text: str, quotations: Sequence[Quotation]
) -> bool:
    if any(_overlap((left, right), span) for span in taken):
        return False
    if not any(character.isalnum() for character in text[left:right]):
        return "\n" not in text[left:right]
    for quotation in quotations:
        if quotation.start > left:
            break
        if quotation.depth == 0 and quotation.inner_start <= left and right <= quotation.inner_end:
            return True
    return False


def _without(piece: Range, taken: Sequence[Range]) -> list[Range]:
    pieces = [piece]
    for span in taken:
        pieces = (
            [
                part
                for start, end in pieces
                for part in ((start, min(end, span[0])), (max(start, span[1]), end))
                if part[0] < part[1]
            ]
            if any(_overlap(part, span) for part in pieces)
            else pieces
        )
    return sorted(set(pieces))


_STRAY_BEFORE = frozenset(" \t\r\n\xa0,;:.)]}–—-…!?")
_STRAY_AFTER = frozenset(" \t\r\n\xa0,;:([{–—-")


def _trim(start: int, end: int, text: str) -> Range:
    while (
        start < end
        and (text[start].isspace() or text[start] in _STRAY_BEFORE)
        and text[start : start + 3] != "..."
    ):
        if text[start] == "." and text[start + 1 : start + 2].isdigit():
            break
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _STRAY_AFTER):
        end -= 1
    return start, end


def _of_turn(turn: Turn, text: str) -> Draft:
    mark = text.find(":", turn.label.start, turn.text.start)
    cue = (mark, mark + 1) if mark >= 0 else None
    source = (turn.label.start, mark if 0 <= mark < turn.label.end else turn.label.end)
    return Draft(source, cue, ((turn.text.start, turn.text.end),), TURN_SCORE, "direct")


def _distinct(drafts: Sequence[Draft]) -> list[Draft]:
    """One draft for each cue: the best one where cues overlap."""
    kept: list[Draft] = []
    ends: list[Range] = []
    for draft in sorted(drafts, key=lambda draft: -draft.score):
        if draft.cue and not _touches(ends, draft.cue):
            kept.append(draft)
            bisect.insort(ends, draft.cue)
    return kept


def _ungoverned(
    drafts: Sequence[Draft], quotations: Sequence[Quotation], paragraphs: Sequence[Range], text: str
) -> list[Draft]:
    """Speech between quotation marks that no statement holds, given to the speaker at hand.

    The speaker is at hand where the quotation follows, in the same paragraph, one with a speaker, or takes up a quotation that the paragraph before left open.
    """
    held = sorted(piece for draft in drafts for piece in draft.content)
    spoken = sorted(
        (max(end for _, end in draft.content), draft.source)
        for draft in drafts
        if draft.source and any(_is_quoted(piece, quotations) for piece in draft.content)
    )
    ends = [end for end, _ in spoken]
    starts = [start for start, _ in paragraphs]
    found = []
    at_hand: Range | None = None
    for quotation in quotations:
        if quotation.depth or _touches(held, (quotation.start, quotation.end)):
            continue
        if not _is_speech(quotation, text):
            continue
        paragraph = starts[bisect.bisect_right(starts, quotation.start) - 1]
        place = bisect.bisect_right(ends, quotation.start) - 1
        before = spoken[place] if place >= 0 else None
        reach = (
            starts[max(0, bisect.bisect_right(starts, quotation.start) - 2)]
            if quotation.continues
            else paragraph
        )
        at_hand = before[1] if before and before[0] > reach else None
        found.append(Draft(at_hand, None, ((quotation.start, quotation.end),), UNGOVERNED_SCORE, "direct"))
    return found


def _is_speech(quotation: Quotation, text: str) -> bool:
    """Whether a quotation without a cue is likely speech: a sentence of some length that ends as one."""
    inner = text[quotation.inner_start : quotation.inner_end].strip()
    return (
        len(inner.split(None, _SPEECH_WORDS)) >= _SPEECH_WORDS
        and inner[:1].isupper()
        and (inner[-1] in ".!?…," or quotation.continues or not quotation.closed)
        and sum(word[:1].isupper() for word in inner.split()) <= 0.6 * len(inner.split())
    )


def _is_quoted(piece: Range, quotations: Sequence[Quotation]) -> bool:
    return any(_overlap(piece, (quotation.start, quotation.end)) for quotation in quotations)


def form_of(content: Sequence[Range], quotations: Sequence[Quotation], text: str) -> Form:
    """Direct where quotation marks hold every word of the content, mixed where they hold some, else indirect.

    Marks around a name (a nickname, a title of a work, a prize) make no word a quoted one.
    """
    quotations = [quotation for quotation in quotations if not _is_name(quotation, text)]
    quoted = plain = 0
    for start, end in content:
        inside = 0
        reached = start
        for quotation in quotations:
            if quotation.start >= end:
                break
            low, high = max(reached, quotation.start), min(end, quotation.end)
            if low < high:
                plain += _letters(text, reached, low)
                inside += _letters(text, low, high)
                reached = high
        quoted += inside
        plain += _letters(text, reached, end)
    return "direct" if not plain else "mixed" if quoted else "indirect"


def _is_name(quotation: Quotation, text: str) -> bool:
    words = text[quotation.inner_start : quotation.inner_end].split(None, 8)
    return (
        len(words) <= 7
        and text[quotation.inner_end - 1] not in ".!?,…"
        and (
            (all(word[:1].isupper() or word in _SMALL for word in words) and len(words) > 1)
            or (len(words) == 1 and _stands_in_name(quotation, text))
        )
    )


_SMALL = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"])


def _stands_in_name(quotation: Quotation, text: str) -> bool:
    """Whether a single quoted word has capitals on both sides: Mara ‘Tiny’ Holm."""
    before = text[max(0, quotation.start - 30) : quotation.start].split()
    after = text[quotation.end : quotation.end + 30].split()
    return bool(before and after) and all(
        word[:1].isupper() for word in (text[quotation.inner_start], before[-1], after[0])
    )


def _letters(text: str, start: int, end: int) -> int:
    return sum(character.isalnum() for character in text[start:end])


def _statement(draft: Draft, document: Document, quotations: Sequence[Quotation], model: str) -> Statement:
    low, high = _extent(draft)
    near = [quotation for quotation in quotations if quotation.start < high and quotation.end > low]
    return Statement(
        id=content_id(document.id, draft.cue, draft.source, draft.content),
        form=draft.form or form_of(draft.content, near, document.text),
        source=document.span(*draft.source) if draft.source else None,
        cue=document.span(*draft.cue) if draft.cue else None,
        content=tuple(document.span(*piece) for piece in draft.content),
        score=draft.score,
        model=model,
    )


def nest(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements with the parent of each: the shortest other one whose content holds its cue and all of its content."""
    pieces = sorted(
        (
            (piece.start, piece.end, place)
            for place, statement in enumerate(statements)
            for piece in statement.content
        ),
    )
    out = []
    open_pieces: list[tuple[int, int, int]] = []
    cursor = 0
    for statement in sorted(statements, key=lambda statement: statement.start):
        while cursor < len(pieces) and pieces[cursor][0] <= statement.end:
            open_pieces.append(pieces[cursor])
            cursor += 1
        open_pieces = [piece for piece in open_pieces if piece[1] > statement.start]
        best: tuple[int, str] | None = None
        for start, end, place in open_pieces:
            holder = statements[place]
            inside = all(
                start <= span.start and span.end <= end
                for span in (statement.cue, *statement.content)
                if span
            )
            strictly = end - start > sum(span.end - span.start for span in statement.content)
            if inside and strictly and holder.id != statement.id and (best is None or end - start < best[0]):
                best = (end - start, holder.id)
        out.append(replace(statement, parent=best[1]) if best else statement)
    return tuple(out)


def _extent(draft: Draft) -> Range:
    spans = [span for span in (draft.source, draft.cue, *draft.content) if span]
    return min(start for start, _ in spans), max(end for _, end in spans)


def _overlap(left: Range, right: Range) -> bool:
    return left[0] < right[1] and right[0] < left[1]


def _touches(sorted_ranges: Sequence[Range], span: Range | None) -> bool:
    """Whether one of some sorted ranges, none inside another, overlaps the span."""
    if span is None:
        return False
    place = bisect.bisect_left(sorted_ranges, (span[1], span[1]))
    return any(_overlap(candidate, span) for candidate in sorted_ranges[max(0, place - 8) : place])
