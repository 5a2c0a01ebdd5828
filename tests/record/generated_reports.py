"""Records made for tests: invented people, and any record that the types allow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from onrecord.types import (
    Claim,
    Dateline,
    Document,
    Modality,
    Published,
    Report,
    Span,
    Speaker,
    SpeakerCandidate,
    Statement,
    content_id,
)

_SAID = re.compile(r"^(?P<who>[^:]+): (?P<what>.+)$", re.MULTILINE)


def make_report(
    said: str,
    *,
    day: str | None = "2024-03-12",
    publisher: str | None = "The Osthaven Courier",
    act: str = "state",
    form: str = "indirect",
    stance: str = "neutral",
    model: str = "en-test@1",
    origin: str = "https://courier.example/1",
    targets: Sequence[str] = (),
    claims: Sequence[tuple[str, float, str]] = (),
    places: Sequence[tuple[str, str]] = (),
) -> Report:
    """A record of lines such as ``Ana Brandt: the bridge is closed``; a line without a colon is the
    reporter's own.

    ``claims`` are ``(words, value, unit)``, ``places`` ``(words, country)``: each belongs to the statement it
    stands in. ``targets`` are names, the target of each statement in turn.
    """
    published = Published(day, "given") if day else Published(None, "none")
    document = Document.of(
        said, origin=origin, title="A report", publisher=publisher, published=published, language="en"
    )
    lines = list(_SAID.finditer(said))
    names = list(dict.fromkeys([line["who"] for line in lines] + list(targets)))
    ids = {name: f"s{number}" for number, name in enumerate(names)}
    statements = tuple(
        Statement(
            content_id(document.id, line.start()),
            form,  # type: ignore[arg-type]
            document.span(line.start("who"), line.end("who")),
            None,
            (document.span(line.start("what"), line.end("what")),),
            speaker=ids[line["who"]],
            speaker_score=0.9,
            act=act,
            target=ids[targets[number % len(targets)]] if targets else None,
            modality=Modality(False, False, "past"),
            stance=stance,  # type: ignore[arg-type]
            score=0.8,
            model=model,
        )
        for number, line in enumerate(lines)
    )
    mentions = {
        name: tuple(document.span(*line.span("who")) for line in lines if line["who"] == name)
        for name in names
    }
    speakers = tuple(
        Speaker(ids[name], name, (name.split()[-1],), "person", None, None, mentions[name]) for name in names
    )
    found = [_claim(document, statements, words, value, unit) for words, value, unit in claims]
    found += [
        replace(_claim(document, statements, words, None, None), value=words, country=country)
        for words, country in places
    ]
    return Report(document, statements, speakers, tuple(found))


def _claim(
    document: Document, statements: Sequence[Statement], words: str, value: float | None, unit: str | None
) -> Claim:
    start = document.text.index(words)
    span = document.span(start, start + len(words))
    inside = next((item.id for item in statements if item.content[0].contains(span)), None)
    if value is None:
        return Claim(inside, "place", span)
    return Claim(inside, "quantity", span, value, value, value, unit=unit, comparison="exactly")


# Any text at all: NULs, lone surrogates, the mark that stands for them, other scripts.
texts = st.text(
    st.characters() | st.sampled_from("\x00\ud800\udfff\ufdd0\ufffd \n\"'“”«»ab1.,%'\\"), max_size=60
)
words = st.text(st.characters() | st.sampled_from("\x00\ud800\ufdd0abcé "), max_size=12)
numbers = st.none() | st.integers() | st.floats(allow_nan=False)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Any valid record."""
    text = draw(texts.filter(bool))
    spans = st.integers(0, len(text) - 1).flatmap(
        lambda start: st.integers(start + 1, len(text)).map(lambda end: Span.of(text, start, end))
    )
    speakers = tuple(
        Speaker(
            identity,
            draw(words),
            tuple(draw(st.lists(words, max_size=2))),
            draw(st.sampled_from(["person", "organization", "group", "unnamed", "document"])),
            draw(st.none() | words),
            draw(st.none() | words),
            tuple(draw(st.lists(spans, max_size=3))),
        )
        for identity in draw(st.lists(words, max_size=3, unique=True))
    )
    ids = draw(st.lists(words, max_size=4, unique=True))
    who = st.none() | st.sampled_from([speaker.id for speaker in speakers] or [None])
    statements = tuple(
        _draw_statement(draw, identity, ids[:place], spans, who) for place, identity in enumerate(ids)
    )
    claims = tuple(_draw_claim(draw, ids, spans) for _ in range(draw(st.integers(0, 3))))
    day = draw(st.none() | st.dates().map(lambda date: date.isoformat()) | words.filter(bool))
    document = Document.of(
        text,
        origin=draw(words),
        title=draw(st.none() | words),
        byline=draw(st.none() | words),
        publisher=draw(st.none() | words),
        dateline=draw(st.none() | st.builds(Dateline, st.none() | words, st.none() | words)),
        published=Published(day, "header" if day is not None else "none"),
        language=draw(st.none() | words),
        kind=draw(st.sampled_from(["article", "transcript"])),
    )
    return Report(document, statements, speakers, claims)


def _draw_statement(
    draw: st.DrawFn,
    identity: str,
    ids: Sequence[str],
    spans: st.SearchStrategy[Span],
    who: st.SearchStrategy[str | None],
) -> Statement:
    content = sorted(draw(st.lists(spans, min_size=1, max_size=3)))
    apart = [content[0]]
    for span in content[1:]:
        if span.start >= apart[-1].end:
            apart.append(span)
    return Statement(
        identity,
        draw(st.sampled_from(["direct", "indirect", "mixed"])),
        draw(st.none() | spans),
        draw(st.none() | spans),
        tuple(apart),
        speaker=draw(who),
        speaker_score=draw(st.none() | st.floats(0, 1)),
        speaker_candidates=tuple(
            draw(st.lists(st.builds(SpeakerCandidate, words, st.floats(0, 1)), max_size=3))
        ),
        act=draw(st.none() | words),
        target=draw(who),
        modality=draw(
            st.none()
            | st.builds(
                Modality, st.booleans(), st.booleans(), st.sampled_from(["past", "present", "future"])
            )
        ),
        stance=draw(st.none() | st.sampled_from(["neutral", "committed", "distanced"])),
        parent=draw(st.sampled_from([*ids, None])),
        score=draw(st.floats(0, 1)),
        model=draw(st.none() | words),
    )


def _draw_claim(draw: st.DrawFn, ids: Sequence[str], spans: st.SearchStrategy[Span]) -> Claim:
    return Claim(
        draw(st.none() | st.sampled_from([*ids, None])),
        draw(st.sampled_from(["quantity", "time", "place"])),
        draw(spans),
        value=draw(numbers | words),
        low=draw(numbers),
        high=draw(numbers),
        unit=draw(st.none() | words),
        of=draw(st.none() | words),
        comparison=draw(st.none() | st.sampled_from(["exactly", "about", "over", "under", "between"])),
        anchor=draw(st.none() | words),
        doubt=draw(st.none() | words),
        country=draw(st.none() | words),
        geonames=draw(st.none() | st.integers(0, 2**31 - 1)),
        latitude=draw(st.none() | st.floats(-90, 90)),
        longitude=draw(st.none() | st.floats(-180, 180)),
    )
