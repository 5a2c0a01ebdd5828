"""Reports whose statements are marked in the text: ``{1s:Ana Brandt} {1q:said} {1c:the quay is closed}``.

A number names the statement, the letter what the words are to it: source, cue (q) or content. Marks may nest.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from onrecord.acts import classify_statements
from onrecord.expressions import find_expressions
from onrecord.text import analyze
from onrecord.types import Document, Published, Report, Span, Speaker, Statement, content_id

_OPEN = re.compile(r"\{(\d+)([sqc]):")
_PRONOUNS = {"he", "she", "they", "it", "who", "the official", "the company"}


def marked(
    source: str,
    said: Mapping[int, Mapping[str, Any] | str],
    *,
    day: str | None = None,
    kinds: Mapping[str, str] | None = None,
    roles: Mapping[str, tuple[str | None, str | None]] | None = None,
    origin: str = "report.txt",
    kind: str = "article",
    publisher: str | None = "The Osthaven Courier",
    basis: str = "header",
    title: str | None = None,
    described: bool = False,
) -> Report:
    """The report of a marked text.

    Args:
        said: for each statement its speaker's name, or the fields of the statement with ``speaker`` and ``target``
            as names.
        kinds: the kinds of speakers that aren't persons.
        roles: the role and affiliation of speakers.
        described: act, modality and stance are read from the words, as the pipeline does.
    """
    text, spans = _spans(source)
    published = Published(day, basis) if day else Published(None, "none")  # type: ignore[arg-type]
    document = Document.of(
        text,
        origin=origin,
        published=published,
        kind=kind,
        publisher=publisher,
        title=title,
        language="en",  # type: ignore[arg-type]
    )
    fields = {number: {"speaker": one} if isinstance(one, str) else dict(one) for number, one in said.items()}
    names = [name for one in fields.values() for name in (one.get("speaker"), one.get("target")) if name]
    ids = {name: content_id(document.id, name) for name in dict.fromkeys(names)}
    statements = []
    for number, one in sorted(fields.items()):
        parts = spans[number]
        speaker, target, parent = one.pop("speaker", None), one.pop("target", None), one.pop("parent", None)
        statements.append(
            Statement(
                id=f"{document.id[:8]}-{number}",
                form=one.pop("form", "indirect"),
                source=parts["s"][0] if parts["s"] else None,
                cue=parts["q"][0] if parts["q"] else None,
                content=tuple(sorted(parts["c"])),
                speaker=ids.get(speaker or ""),
                target=ids.get(target or ""),
                parent=f"{document.id[:8]}-{parent}" if parent else None,
                act=one.pop("act", "state"),
                stance=one.pop("stance", "neutral"),
                score=0.9,
                **one,
            )
        )
    if described:
        statements = list(classify_statements(document, statements))
    speakers = [
        _speaker(
            document, name, ids[name], statements, (kinds or {}).get(name, "person"), (roles or {}).get(name)
        )
        for name in ids
    ]
    return Report(
        document,
        tuple(statements),
        tuple(speakers),
        find_expressions(document, analyze(document.text), statements),
    )


def _speaker(
    document: Document,
    name: str,
    identity: str,
    statements: list[Statement],
    kind: str,
    role: tuple[str | None, str | None] | None,
) -> Speaker:
    mentions = {item.source for item in statements if item.source and item.speaker == identity}
    mentions = {span for span in mentions if span.text.lower() not in _PRONOUNS}
    mentions |= {document.span(*match.span()) for match in re.finditer(re.escape(name), document.text)}
    last = (name.split()[-1],) if kind == "person" and len(name.split()) > 1 else ()
    office, affiliation = role or (None, None)
    return Speaker(identity, name, last, kind, office, affiliation, tuple(sorted(mentions)))  # type: ignore[arg-type]


def _spans(source: str) -> tuple[str, dict[int, dict[str, list[Span]]]]:
    text: list[str] = []
    found: defaultdict[int, dict[str, list[Span]]] = defaultdict(lambda: {"s": [], "q": [], "c": []})
    stack: list[tuple[int, str, int]] = []
    ranges: list[tuple[int, str, int, int]] = []
    at = length = 0
    while at < len(source):
        opening = _OPEN.match(source, at)
        if opening:
            stack.append((int(opening[1]), opening[2], length))
            at = opening.end()
        elif source[at] == "}" and stack:
            number, part, start = stack.pop()
            ranges.append((number, part, start, length))
            at += 1
        else:
            text.append(source[at])
            length += 1
            at += 1
    plain = "".join(text)
    for number, part, start, end in ranges:
        found[number][part].append(Span.of(plain, start, end))
    return plain, found
