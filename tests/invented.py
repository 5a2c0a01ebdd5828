"""Reports about people who don't exist, with their statements marked by hand: what the views and commands are
tested on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from onrecord.types import (
    Claim,
    Document,
    Modality,
    Published,
    Report,
    Span,
    Speaker,
    Statement,
    content_id,
)

HARBOUR_TEXT = """\
OSTHAVEN, 12 March — Harbour master Ilse Brandvold accused the Kestrel Line on Tuesday of hiding the leak \
for nine days.

“They knew by the third of March,” Brandvold told reporters at the quay. “They let 40,000 litres run into \
the basin, and they said nothing.”

The Kestrel Line rejected the charge. Its spokesman, Tomas Okoro-Lind, said that the company had told the \
port office at once and that the minister had assured it there would be no fine.

“We acted in good faith,” he said, “and we will pay for the clean-up.”

According to a port official who asked not to be named, the fine could reach $3 million.
"""


def span(text: str, words: str, after: int = 0) -> Span:
    """The first place of these words at or after a position."""
    start = text.index(words, after)
    return Span.of(text, start, start + len(words))


def statement(
    text: str,
    source: str | None,
    cue: str | None,
    *content: str,
    form: Any = "indirect",
    near: str = "",
    **fields: Any,
) -> Statement:
    """A statement of these words, each looked for at or after ``near``."""
    after = text.index(near)
    pieces = tuple(sorted(span(text, words, after) for words in content))
    return Statement(
        id=content_id(text, source, cue, *content),
        form=form,
        source=span(text, source, after) if source else None,
        cue=span(text, cue, after) if cue else None,
        content=pieces,
        **fields,
    )


def report(
    text: str,
    statements: Sequence[Statement] = (),
    *,
    origin: str = "report.txt",
    speakers: Sequence[Speaker] = (),
    claims: Sequence[Claim] = (),
    **about: Any,
) -> Report:
    """A record of these values."""
    document = Document.of(text, origin=origin, **about)
    return Report(document, tuple(statements), tuple(speakers), tuple(claims))


def harbour(*, origin: str = "harbour.txt", text: str = HARBOUR_TEXT) -> Report:
    """The harbour report: direct, indirect and mixed statements, one in pieces, one nested, one without a
    cue, one of an unnamed voice."""
    brandvold = Speaker(
        "s1",
        "Ilse Brandvold",
        ("Brandvold",),
        "person",
        "Harbour master",
        None,
        (span(text, "Ilse Brandvold"),),
    )
    line = Speaker("s2", "Kestrel Line", (), "organization", None, None, (span(text, "Kestrel Line"),))
    lind = Speaker(
        "s3", "Tomas Okoro-Lind", (), "person", "spokesman", "Kestrel Line", (span(text, "Tomas Okoro-Lind"),)
    )
    accused = statement(
        text,
        "Harbour master Ilse Brandvold",
        "accused",
        "the Kestrel Line on Tuesday of hiding the leak for nine days",
        speaker="s1",
        speaker_score=0.98,
        act="accuse",
        target="s2",
        score=0.95,
        stance="neutral",
    )
    knew = statement(
        text,
        "Brandvold",
        "told",
        "“They knew by the third of March,”",
        near="“They knew",
        form="direct",
        speaker="s1",
        score=0.97,
    )
    let = statement(
        text,
        None,
        None,
        "“They let 40,000 litres run into the basin, and they said nothing.”",
        form="direct",
        speaker="s1",
        speaker_score=0.9,
        score=0.81,
    )
    rejected = statement(
        text,
        "The Kestrel Line",
        "rejected",
        "the charge",
        speaker="s2",
        act="reject",
        target="s1",
        score=0.88,
    )
    told = statement(
        text,
        "Its spokesman, Tomas Okoro-Lind",
        "said",
        "that the company had told the port office at once",
        "that the minister had assured it there would be no fine",
        near="Its spokesman",
        speaker="s3",
        act="deny",
        score=0.93,
        stance="neutral",
        modality=Modality(False, False, "past"),
    )
    assured = statement(
        text,
        "the minister",
        "had assured",
        "there would be no fine",
        parent=told.id,
        act="promise",
        score=0.42,
        modality=Modality(True, True, "future"),
        stance="committed",
    )
    faith = statement(
        text,
        "he",
        "said",
        "“We acted in good faith,”",
        "“and we will pay for the clean-up.”",
        near="“We acted",
        form="direct",
        speaker="s3",
        act="promise",
        score=0.96,
    )
    fine = statement(
        text,
        "a port official who asked not to be named",
        "According to",
        "the fine could reach $3 million",
        score=0.9,
    )
    claims = (
        Claim(accused.id, "quantity", span(text, "nine days"), 9, 9, 9, "day", None, "exactly"),
        Claim(let.id, "quantity", span(text, "40,000 litres"), 40000, 40000, 40000, "litre", None, "exactly"),
        Claim(
            fine.id,
            "quantity",
            span(text, "$3 million"),
            3_000_000,
            3_000_000,
            3_000_000,
            "USD",
            "the fine",
            "exactly",
        ),
        Claim(
            knew.id,
            "time",
            span(text, "the third of March"),
            "2024-03-03",
            anchor="2024-03-12",
            doubt="the year is not in the text",
        ),
        Claim(None, "time", span(text, "12 March"), "2024-03-12"),
    )
    return report(
        text,
        # Not in the order of the text: a view mustn't rely on it.
        (assured, accused, knew, let, rejected, told, faith, fine),
        origin=origin,
        speakers=(brandvold, line, lind),
        claims=claims,
        title="Port accuses shipping line of hiding leak",
        publisher="Osthaven Courier",
        byline="Mira Falk",
        published=Published("2024-03-12", "given"),
        language="en",
    )
