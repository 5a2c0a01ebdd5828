"""A statement's content as it is compared: its words, what each weighs, its quantities, and who is behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from onrecord.lang.en.closed_classes import words
from onrecord.quantities import find_quantities
from onrecord.record.folding import analyze_words, fold_name
from onrecord.text import analyze
from onrecord.types import Document, Speaker, Statement

LONGEST = 400  # words of a content that are compared

# Words that tell little: a quarter of others. Not those that tell nothing in a question (``record/ranking``): here a
# negation tells most, and so does "against"; "said", "thing" and "really" tell as little as "the".
FUNCTION = frozenset(
    words(
        "a about after all also am an and any are as at be because been before being both but by can could did do "
        "does doing done for from get go going got had has have having he her here hers him his how i if in into is "
        "it its just like may me might more most much must my of off on one or our ours out over own really s said "
        "say saying says shall she should so some such t than that the their them then there these they this those "
        "thing things to too up us very was we well were what when where which while who whom whose why will with "
        "would you your re ve ll d m im ive hes shes theyre were youre thats its id ill"
    )
)
NEGATORS = frozenset(words("not no never none nobody nothing neither nor nowhere cannot without"))
_CONTRACTED = re.compile(r"n['\u2019]t$", re.IGNORECASE)
_NUMBER = re.compile(
    r"\d|^(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    r"(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|thousand|million|billion|trillion|half|third|quarter|"
    r"twice|double|dozen)s?$",
    re.IGNORECASE,
)
_HYPHEN = re.compile(r"\b([^\W\d_]{1,40})-([^\W\d_]{1,40})\b")
_TITLES = frozenset(
    words(
        "mr mrs ms miss dr sir lord lady president minister senator sen rep representative governor gov general gen colonel "
        "captain judge justice professor prof secretary chairman chairwoman mayor king queen prince princess pope the"
    )
)
_PRONOUNS = frozenset(
    words("i he she it we they you him her them who him his hers their its me us this that these those")
)
# A quotation that isn't closed, or isn't opened, goes to the end, or comes from the beginning; straight and curved marks
# are mixed in real reports.
_QUOTED = re.compile(
    r"[\u201c\"][^\u201c\u201d\"]*(?:[\u201d\"]|$)|^[^\u201c\u201d\"]*\u201d|''.*?(?:''|$)|\u00ab[^\u00bb]*(?:\u00bb|$)"
    r"|(?<!\w)\u2018.{3,400}?\u2019(?!\w)",
    re.DOTALL,
)
_COUNTED = re.compile(
    r"\d|\b(?:percent|per cent|majorit(?:y|ies)|half|thirds?|quarters?|proportion|share)\b|"
    r"\b(?:most|many|some|few|fewer|more|nearly|almost|about|several) (?:\w+ ){0,5}"
    r"(?:voters|americans|people|respondents|adults|men|women)\b",
    re.IGNORECASE,
)
_OPENS = re.compile(r"(?:^|[.!?:\u2026\n])[\s\"'\u2018\u2019\u201c\u201d\u00ab\u00bb()\[\]\-\u2013\u2014]*$")
_SHORTENED = re.compile(
    r"(?:^|[^A-Za-z.])(?:Mr|Mrs|Ms|Dr|Sen|Gov|Rep|Gen|Col|Lt|Sgt|Capt|Prof|Rev|Hon|St|No|vs|(?:[A-Z]\.)*[A-Z])\.\s*$"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a content. ``start`` and ``end`` are code points of the report's text; ``token`` is its stem,
    ``form`` the word without case and marks. ``weight`` is how much it tells. ``named`` where it is written as
    a name is; ``plain`` where it tells something and has no uppercase letter; ``quoted`` where it stands in quotation
    marks.
    """

    start: int
    end: int
    token: str
    form: str
    weight: float
    number: bool
    negates: bool
    named: bool
    plain: bool
    quoted: bool


@dataclass(frozen=True)
class Wording:
    """What is compared of a statement. ``names`` are the words of who is behind it, ``is_organization`` whether that is a body,
    not a person; ``is_poll_result`` whether it is a number or a share of people, as in a poll.
    """

    document: Document
    statement: Statement
    words: tuple[Word, ...]
    names: frozenset[str]
    is_organization: bool
    is_poll_result: bool

    @cached_property
    def forms(self) -> list[str]:
        """The words' forms, in order."""
        return [word.form for word in self.words]

    @cached_property
    def weight(self) -> float:
        """How much all words tell together."""
        return sum(word.weight for word in self.words)

    @property
    def informative(self) -> int:
        """How many words there are that tell something."""
        return sum(word.weight >= 1 for word in self.words)

    @property
    def plain(self) -> int:
        """How many of these have no uppercase letter: of a name alone, none."""
        return sum(word.plain for word in self.words)

    def text(self, start: int | None = None, end: int | None = None) -> str:
        """The content, or what of it stands from one character of the text to another."""
        pieces = [(piece.start, piece.end) for piece in self.statement.content]
        if start is not None and end is not None:
            pieces = [(max(start, left), min(end, right)) for left, right in pieces]
        text = self.document.text
        return " \u2026 ".join(text[left:right] for left, right in pieces if left < right)

    def quantities(self, start: int | None = None, end: int | None = None) -> frozenset[tuple[object, ...]]:
        """The quantities in the content, or in what of it stands from one character of the text to another."""
        return quantities_of(self.text(start, end))


@lru_cache(maxsize=4096)
def quantities_of(text: str) -> frozenset[tuple[object, ...]]:
    """The quantities of a text: value, ends and unit. Ordinals and bare ones tell no quantity apart."""
    found = find_quantities(analyze(_HYPHEN.sub(_apart, text)))
    return frozenset(
        (claim.value, claim.low, claim.high, claim.unit)
        for claim in found
        if not (claim.value == 1 and claim.unit is None)
    )


def _apart(match: re.Match[str]) -> str:
    """A compound of which one part at most is a number as two words: "third-grade" and "third grade" are one."""
    return match[0] if all(_NUMBER.search(part) for part in match.groups()) else f"{match[1]} {match[2]}"


def wording_of_statement(document: Document, statement: Statement, speaker: Speaker | None) -> Wording:
    """A statement as it is compared.

    Args:
        speaker: who is behind it, where that is resolved.
    """
    said: list[Word] = []
    for piece in statement.content:
        said += words_of_text(document.text, piece.start, piece.end, quoted=statement.form == "direct")
        if len(said) >= LONGEST:
            del said[LONGEST:]
            break
    source = statement.source.text if statement.source else ""
    named = speaker is not None and speaker.kind in ("person", "organization", "document")
    is_poll_result = not named and bool(_COUNTED.search(source))
    names = frozenset[str]() if is_poll_result else _names(statement, speaker)
    is_organization = speaker is not None and speaker.kind != "person"
    return Wording(document, statement, tuple(said), names, is_organization, is_poll_result)


def words_of_text(text: str, start: int, end: int, *, quoted: bool = False) -> Iterable[Word]:
    """Yields the words from one character of a text to another.

    Args:
        quoted: all of them stand in quotation marks.
    """
    part = text[start:end]
    quotations = [match.span() for match in _QUOTED.finditer(part)]
    for first, last, token in analyze_words(part):
        raw = part[first:last]
        form = token if raw[0].isdigit() else fold_name(raw).replace(" ", "") or token
        number = bool(_NUMBER.search(raw))
        negates = form in NEGATORS or bool(_CONTRACTED.search(raw))
        before = part[max(0, first - 12) : first]
        opens = not before or bool(_OPENS.search(before) and not _SHORTENED.search(before))
        named = (
            raw[0].isupper()
            and raw != "I"
            and form not in FUNCTION
            and (not opens or (raw.isupper() and len(raw) > 1))
        )
        weight = 1.0 if number or negates or form not in FUNCTION else 0.25
        yield Word(
            start + first,
            start + last,
            token,
            form,
            weight,
            number,
            negates,
            named,
            weight >= 1 and not raw[0].isupper(),
            quoted or any(left <= first < right for left, right in quotations),
        )


def _names(statement: Statement, speaker: Speaker | None) -> frozenset[str]:
    """The words of who is behind a statement; empty where that isn't a name."""
    if speaker is not None:
        if speaker.kind == "unnamed":
            return frozenset()
        names: Sequence[str] = (speaker.name, *_short_forms(speaker))
    else:
        names = (statement.source.text,) if statement.source else ()
    found: set[str] = set()
    for name in names:
        for raw in name.split():
            word = fold_name(raw)
            if raw.lstrip("\u201c\"'(")[:1].isupper() and word and word not in _TITLES | _PRONOUNS | FUNCTION:
                found.update(
                    word.removesuffix("s") if raw.endswith(("'s", "\u2019s")) else word
                    for word in word.split()
                )
    return frozenset(found)


def _short_forms(speaker: Speaker) -> Iterable[str]:
    """The aliases that are names for the one speaker: what else stands in a longer one ("Harbour Director Ana Lind", "Milo
    Okafor and Ana Lind") may be another's name.
    """
    most = len(speaker.name.split())
    return (alias for alias in speaker.aliases if len(alias.split()) <= most and " and " not in alias)


def same_speaker(left: Wording, right: Wording) -> bool | None:
    """Whether one is behind both; ``None`` where the words don't tell. Of two with a name in common, they are
    two where each has another name of its own ("Bill Lind", "Ana Lind"), or one is a body and one a person
    ("the Lind campaign", "Lind").
    """
    if not left.names or not right.names:
        return None
    common = left.names & right.names
    if not common or (left.is_organization != right.is_organization and left.names != right.names):
        return False
    return not (left.names - common and right.names - common)
