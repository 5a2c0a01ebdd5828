"""A draft: every quotation in it, and every claim that it attributes, verified at once."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.desk.matching import NOBODY, Asked
from onrecord.desk.quotation import LONGEST
from onrecord.desk.verdict import Verdict
from onrecord.desk.verify import Verifier
from onrecord.errors import SettingsError
from onrecord.loaders.docx import extract_text
from onrecord.loaders.files import open_origin, read_head, read_rest
from onrecord.loaders.options import DEFAULTS, LoadOptions
from onrecord.record import Embed, Record
from onrecord.text.quotations import Quotation as Marked
from onrecord.text.quotations import find_quotations
from onrecord.types import Document, Failure, Report, Span, Statement

_WORD_FILE = b"PK\x03\x04"
_THAT = re.compile(r"that\s+", re.IGNORECASE)
_WORD = re.compile(r"\w+(?:['\u2019]\w+)*")
_LEAST_CLAIM = 4  # words of a claim that can be compared


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """A draft with a verdict on each quotation and attributed claim, in the order of its text."""

    document: Document
    verdicts: tuple[Verdict, ...]

    @property
    def as_given(self) -> bool:
        """Whether the record bears out all of them."""
        return all(verdict.as_given for verdict in self.verdicts)


def load_draft(origin: str, *, options: LoadOptions = DEFAULTS) -> Document:
    """The draft in a file, or on standard input ("-"): text, Markdown, HTML, PDF or a Word document.

    Raises:
        LoadError: it can't be read, or isn't one document.
    """
    from onrecord.loaders import document_of, load_document, load_stream

    if "://" in origin:
        return load_document(origin, options=options)
    with open_origin(origin) as file:
        data = read_rest(origin, file, read_head(origin, file), limit=options.max_bytes)
    if data[:4] == _WORD_FILE:
        text = extract_text(data, origin=origin, options=options)
        return document_of(text, origin=origin, options=options)
    found = list(load_stream(io.BytesIO(data), origin=origin, options=options))
    if len(found) != 1:
        raise SettingsError(f"{origin}: expected one draft, found {len(found)} documents; name one")
    if isinstance(found[0], Failure):
        raise found[0].error
    return found[0]


def check_draft(
    record: Record, report: Report, *, asked: Asked = NOBODY, embed: Embed | None = None
) -> CheckedDraft:
    """Verifies all that a draft quotes or attributes.

    Args:
        record: the record.
        report: the draft with its statements: its quotations are verified with their speakers.
        asked: days and outlet for all of them; a speaker here stands for all speakers of the draft.
        embed: as ``verify`` takes it.
    """
    verifier = Verifier(record, embed=embed)
    verdicts = [_verify(verifier, item, asked) for item in find_items(report)]
    return CheckedDraft(report.document, tuple(verdicts))


@dataclass(frozen=True, slots=True)
class Item:
    """A quotation or a claim in a draft: where it stands, its words, and who it is attributed to."""

    span: Span
    words: str
    speaker: str | None
    claim: bool


def find_items(report: Report) -> tuple[Item, ...]:
    """The quotations and attributed claims of a draft, in the order of its text.

    A quotation that is interrupted by its cue is one. Indirect speech is a claim; so is a statement that
    quotes a word or two of somebody.
    """
    marked = [item for item in find_quotations(report.document.text) if item.depth == 0]
    taken: set[Marked] = set()
    items: list[Item] = []
    for statement in sorted(report.statements, key=_size):
        own = [item for item in marked if item not in taken and _holds(statement, item)]
        speaker = _speaker_of(report, statement)
        if statement.form == "direct" and own:
            taken.update(own)
            items.append(_quoted(report.document, own, speaker))
        elif long := [item for item in own if _count_words(report.document, item) > 2]:
            taken.update(long)
            items += [_quoted(report.document, [item], speaker) for item in long]
        elif statement.form != "direct" and (claim := _claim(report.document, statement, speaker)):
            items.append(claim)
    items += [_quoted(report.document, [item], None) for item in marked if item not in taken]
    return tuple(sorted(_without_repeated(items), key=lambda item: (item.span.start, item.span.end)))


def _size(statement: Statement) -> int:
    return sum(piece.end - piece.start for piece in statement.content)


def _holds(statement: Statement, item: Marked) -> bool:
    return any(
        min(piece.end, item.end) - max(piece.start, item.start) > 0.5 * (item.inner_end - item.inner_start)
        for piece in statement.content
    )


def _count_words(document: Document, item: Marked) -> int:
    return len(_WORD.findall(document.text, item.inner_start, item.inner_end))


def _quoted(document: Document, parts: Sequence[Marked], speaker: str | None) -> Item:
    words = " ".join(document.text[part.inner_start : part.inner_end].strip() for part in parts)
    return Item(document.span(parts[0].start, parts[-1].end), words, speaker, claim=False)


def _claim(document: Document, statement: Statement, speaker: str | None) -> Item | None:
    words = " ".join(piece.text for piece in statement.content)
    if match := _THAT.match(words):
        words = words[match.end() :]
    if len(_WORD.findall(words)) < _LEAST_CLAIM or len(words) > LONGEST:
        return None
    start, end = statement.content[0].start, statement.content[-1].end
    return Item(document.span(start, end), words, speaker, claim=True)


def _speaker_of(report: Report, statement: Statement) -> str | None:
    speaker = report.speaker_of(statement)
    return speaker.name if speaker is not None and speaker.kind != "unnamed" else None


def _without_repeated(items: Sequence[Item]) -> Iterator[Item]:
    """One claim of those inside one another, the one that was found first."""
    kept: list[Item] = []
    for item in items:
        if not (item.claim and any(other.claim and other.span.overlaps(item.span) for other in kept)):
            kept.append(item)
            yield item


def _verify(verifier: Verifier, item: Item, asked: Asked) -> Verdict:
    wanted = replace(asked, speaker=asked.speaker or item.speaker)
    try:
        return verifier.verify(item.words, asked=wanted, span=item.span, claim=item.claim)
    except SettingsError as error:
        reason = str(error).partition(": ")[2]
        return Verdict(item.words, item.span, None, (), verifier.searched(), doubt=reason, claim=item.claim)
