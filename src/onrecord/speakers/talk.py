"""Who spoke last, and whom a paragraph has turned to since: what a pronoun takes up first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from onrecord.speakers.anaphora import Sought, fits
from onrecord.speakers.cast import Cast
from onrecord.speakers.mentions import Mention
from onrecord.types import Statement

_LOOKED_AT = 6
"""Statements back from a pronoun that are looked at."""


class Talk:
    """The statements in the reporter's own words as a report is read from left to right."""

    def __init__(self, cast: Cast, statements: Mapping[int, Sequence[Statement]]) -> None:
        """
        Args:
            statements: by the number of their sentence.
        """
        self._cast, self._statements = cast, statements
        self._spoken: list[tuple[int, int]] = []

    def note(self, place: int, voice: int) -> None:
        """Note that a voice has spoken at a character."""
        self._spoken.append((place, voice))

    def after(self, sought: Sought) -> Sought:
        """What is looked for, with who spoke last of those who fit."""
        for place, voice in reversed(self._spoken[-_LOOKED_AT:]):
            if place < sought.position and fits(self._cast.voices[voice], sought):
                analysis = self._cast.analysis
                near = analysis.paragraph_at(place) == analysis.paragraph_at(sought.position)
                if not near and (named := self._named_since(voice, sought)):
                    return replace(sought, about=named.voice) if named.subject else sought
                return replace(sought, last_speaker=voice, same_paragraph=near)
        return sought

    def _named_since(self, last: int, sought: Sought) -> Mention | None:
        """Another who fits and whom the paragraph is about: the first person named in a sentence of it, in the reporter's words,
        where the last speaker isn't mentioned in it; the newest such.
        """
        paragraph = self._cast.analysis.paragraph_at(sought.position)
        about: dict[int, Mention] = {}
        for mention in self._cast.mentions_before(sought.position):
            if mention.paragraph != paragraph or mention.quotation is not None or mention.owner:
                continue
            if mention.voice == last:
                return None
            if (
                mention.wording == "name"
                and self._cast.voices[mention.voice].kind == "person"
                and not self._is_said(mention)
            ):
                about.setdefault(mention.sentence, mention)
        fitting = (m for m in reversed(about.values()) if fits(self._cast.voices[m.voice], sought))
        return next(fitting, None)

    def _is_said(self, mention: Mention) -> bool:
        """Whether a mention stands in the content of a statement of its sentence: who is spoken of doesn't speak."""
        return any(
            piece.start <= mention.start < piece.end
            for statement in self._statements.get(mention.sentence, ())
            for piece in statement.content
        )
