"""What a source is made of: a name, names, a pronoun, or a description with its head, its article and its owner."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from onrecord.speakers.entities import Mention
from onrecord.speakers.entity_index import EntityIndex
from onrecord.speakers.names import TOKEN
from onrecord.speakers.word_classes import in_class, is_plural, is_title, words
from onrecord.text.segmentation import Range

PhraseCategory = Literal["name", "names", "pronoun", "relative", "description", "unknown"]
Article = Literal["the", "a", "owner", "quantity", "none"]

PRONOUNS = ("male", "female", "many", "thing", "first", "first_many", "second", "pointing")
_STOP = frozenset(
    """
    of for to in at by from with on about against over under between among like than into near through
    during after before since outside inside behind within across along around despite without upon toward
    towards per via versus amid beyond opposite who whom which that whose where when as including led based
    close is are was were has have had
    """.split()
)
_DEFINITE = frozenset(["the", "this", "that", "these", "those", "both"])
_CUT = re.compile(r"[,;:()\n]|\s[–—]\s|--")
_TRAILING = re.compile(
    r"[\s,]+(?:(?:late|early|on|last|this|next|earlier|the)\s+)*(?:(?:last|this|next)\s(?:week|month|year|spring|summer|autumn|fall|winter|morning|afternoon|evening)|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|tonight|now|also|then|too|himself|herself|itself|themselves|who|which)[\s,]*$",
    re.IGNORECASE,
)
_DANGLING = re.compile(r"\s+(?:of|by|from|to|with|for|that)\s*$", re.IGNORECASE)
_LEADING = re.compile(r"\W*(?:of|by|from|to|with|for|that)\s+(?=\w)", re.IGNORECASE)
_HAS_ARTICLE = frozenset(["the", "a", "an", "his", "her", "its", "their", "our", "my", "this", "that"])
_EDGE = ' \t\r\n\u00a0,;:.()[]“”"‘«»–—-'


@dataclass(frozen=True, slots=True)
class SourcePhrase:
    """A source taken apart. ``core`` is the noun phrase up to what follows its head; ``head`` its last word; ``named`` the names it is made of."""

    start: int
    end: int
    category: PhraseCategory
    core: Range
    head: Range
    article: Article = "none"
    pronoun: str = ""
    plural: bool = False
    named: tuple[Mention, ...] = ()


def pronoun_class(word: str) -> str:
    """The class of a pronoun, empty where the word is none.

    >>> pronoun_class("She"), pronoun_class("themselves"), pronoun_class("Orr")
    ('female', 'many', '')
    """
    plain = word.lower()
    return next((name for name in PRONOUNS if plain in words(f"pronoun_{name}")), "")


def parse_source(entity_index: EntityIndex, start: int, end: int) -> SourcePhrase | None:
    """The parts of a source at ``start:end``; ``None`` where there is no word in it."""
    text = entity_index.analysis.text
    start, end = _trimmed(text, start, end)
    if text[end : end + 1] == "." and any(
        name.end == end + 1 for name in entity_index.named_at(start, end + 1)
    ):
        end += 1  # Osric Dunn Jr.
    tokens = list(TOKEN.finditer(text, start, end))
    if not tokens or text[start:end].strip("'’ ") in ("s", "S", ""):
        return None
    first = tokens[0][0].lower()
    only = len(tokens) == 1
    if first in words("pronoun_relative") and (only or first in ("who", "which")):
        return SourcePhrase(start, end, "relative", (start, end), tokens[0].span())
    kind = pronoun_class(first)
    if kind and (only or (_is_bare_pronoun(tokens, kind) and not _coordinated(text, tokens[0].end(), end))):
        return SourcePhrase(start, end, "pronoun", tokens[0].span(), tokens[0].span(), pronoun=kind)
    return _noun_phrase(entity_index, start, end, tokens)


def _trimmed(text: str, start: int, end: int) -> Range:
    last = text[start:end].rstrip().rfind("\n") if "\n" in text[start:end] else -1
    if last >= 0 and any(letter.isalnum() for letter in text[start + last : end]):
        start += last + 1  # a source may run on from a byline above it
    if tail := _DANGLING.search(text, start, end):
        end = tail.start()
    if lead := _LEADING.match(text, start, end):
        start = lead.end()
    while True:
        while start < end and text[start] in _EDGE:
            start += 1
        while (
            end > start
            and text[end - 1] in _EDGE
            and not (text[end - 1] in ")]" and "(["[")]".index(text[end - 1])] in text[start:end])
            and not (text[end - 1] == "." and text[end - 2 : end - 1].isupper())
        ):
            end -= 1
        match = _TRAILING.search(text, start, end)
        if not match or match.start() <= start:
            return start, end
        end = match.start()


def _is_bare_pronoun(tokens: list[re.Match[str]], kind: str) -> bool:
    """Whether a pronoun is the whole source though other words follow: "he, too", "they all", "I, as a doctor"."""
    word = tokens[0][0].lower()
    if word in ("his", "its", "their", "our", "your", "my", "her", "this", "these", "those", "that", "such"):
        return False
    return kind != "pointing"


def _coordinated(text: str, start: int, end: int) -> bool:
    return re.match(r"\s+(?:and|or)\s", text[start:end]) is not None


@dataclass(frozen=True, slots=True)
class _Chunk:
    start: int
    end: int
    text: str
    name: Mention | None


def _chunks(entity_index: EntityIndex, start: int, end: int) -> list[_Chunk]:
    """The words of a range, each name one unit."""
    names = entity_index.named_at(start, end)
    out: list[_Chunk] = []
    for token in TOKEN.finditer(entity_index.analysis.text, start, end):
        name = next((m for m in names if m.start < token.end() and token.start() < m.end), None)
        if name and out and out[-1].name is name:
            continue
        if name:
            out.append(_Chunk(name.start, name.end, entity_index.analysis.text[name.start : name.end], name))
        else:
            out.append(_Chunk(token.start(), token.end(), token[0], None))
    return out


def _noun_phrase(
    entity_index: EntityIndex, start: int, end: int, tokens: list[re.Match[str]]
) -> SourcePhrase:
    text = entity_index.analysis.text
    cut = _first_cut(entity_index, start, end)
    chunks = _chunks(entity_index, start, cut)
    if not chunks:
        cut, chunks = end, _chunks(entity_index, start, end)
    core = _core(chunks)
    listed = _listed_names(entity_index, text, start, end)
    if len(listed) > 1:
        return SourcePhrase(
            start, end, "names", (start, end), (listed[-1].start, listed[-1].end), plural=True, named=listed
        )
    head = core[-1]
    if owned := _named_in_relative(entity_index, head, cut, end):
        return SourcePhrase(start, end, "name", (start, owned.end), (owned.start, owned.end), named=(owned,))
    if titled := _officer_of_organization(entity_index, start, end) or _name_after_title(
        entity_index, start, cut
    ):
        return SourcePhrase(
            start, end, "name", (start, titled.end), (titled.start, titled.end), named=(titled,)
        )
    if cut < end and not head.name and not _is_common(head.text) and core[0].text.lower() in _HAS_ARTICLE:
        longer = _after_comma(entity_index, cut, end)
        core, head = (core + longer, longer[-1]) if longer else (core, head)
    span = (core[0].start, head.end)
    if head.name:
        return SourcePhrase(start, end, "name", span, (head.start, head.end), named=(head.name,))
    apposed = _name_in_apposition(entity_index, cut, end)
    if apposed and _may_be_person(head.text):
        return SourcePhrase(start, end, "name", span, (apposed.start, apposed.end), named=(apposed,))
    article = _article(core, text)
    plural = _is_plural(core, head)
    category: PhraseCategory = "description"
    if head.text[0].isupper() and article == "none" and not _is_common(head.text) and len(core) <= 4:
        category = "unknown"
    return SourcePhrase(start, end, category, span, (head.start, head.end), article, plural=plural)


_WHOSE = re.compile(r",\s+whose\s+[^,;:()\n]{2,60},\s+$")


def _named_in_relative(entity_index: EntityIndex, head: _Chunk, cut: int, end: int) -> Mention | None:
    """The person at the end of "the line, whose owner, *Bram Oduya*": who speaks for it by name."""
    if head.end != cut:
        return None
    for name in entity_index.named_at(cut, end):
        title = entity_index.titles.get(name.start)
        begin = title.start if title else name.start
        if entity_index.entities[name.entity].kind == "person" and _WHOSE.fullmatch(
            entity_index.analysis.text, cut, begin
        ):
            return name
    return None


def _name_after_title(entity_index: EntityIndex, start: int, cut: int) -> Mention | None:
    """The name at the end of a title that the phrase begins with: "former secretary of state *Mila Orr*"."""
    for name in entity_index.named_at(start, cut):
        title = entity_index.titles.get(name.start)
        if (
            title
            and not title.courtesy_only
            and re.fullmatch(
                r"(?:the\s+|an?\s+)?", entity_index.analysis.text[start : title.start], re.IGNORECASE
            )
        ):
            return name
    return None


_BRACKETS = re.compile(r"\s+(?:\([^()\n]{1,60}\)\s+)?")
_OFFICE_OF = re.compile(
    r"(?:the\s+)?((?:[\w-]+\s+){1,4})of\s+(?:the\s+)?(?:[A-Z][\w&.-]*\s+(?:(?:of|for|and)\s+)?){1,6}"
)


def _officer_of_organization(entity_index: EntityIndex, start: int, end: int) -> Mention | None:
    """The person behind a body: "Harbour Board (HB) governor *Mila Orr*", "President of the League *Bram Oduya*"."""
    text, names = entity_index.analysis.text, entity_index.named_at(start, end)
    person = next((name for name in names if entity_index.entities[name.entity].kind == "person"), None)
    if person is None:
        return None
    title = entity_index.titles.get(person.start)
    if title and not title.courtesy_only and names[0].start == start and names[0] is not person:
        return person if _BRACKETS.fullmatch(text, names[0].end, title.start) else None
    office = _OFFICE_OF.fullmatch(text, start, person.start)
    if title is None and office and all(name.end < person.start for name in names if name is not person):
        return person if is_title(office[1].split()[-1].lower()) else None
    return None


def _after_comma(entity_index: EntityIndex, cut: int, end: int) -> list[_Chunk]:
    """What follows adjectives and a comma, if a person's noun ends it: "the tall, 71-year-old *diplomat*"."""
    if entity_index.analysis.text[cut] != ",":
        return []
    chunks = _chunks(entity_index, cut + 1, _first_cut(entity_index, cut + 1, end))
    core = _core(chunks) if chunks else []
    if not core or core[0].text.lower() in words("opener") or core[-1].name or not _is_common(core[-1].text):
        return []
    return core


def _first_cut(entity_index: EntityIndex, start: int, end: int) -> int:
    names = entity_index.named_at(start, end)
    for match in _CUT.finditer(entity_index.analysis.text, start, end):
        if match.start() > start and not any(m.start < match.end() and match.start() < m.end for m in names):
            return match.start()
    return end


def _core(chunks: list[_Chunk]) -> list[_Chunk]:
    """The units up to the first preposition, relative pronoun or participle."""
    for place, unit in enumerate(chunks[1:], 1):
        plain = unit.text.lower()
        if unit.name is None and (
            (plain in _STOP and not (plain == "of" and _is_measure(chunks[:place])))
            or (_is_participle(plain) and _noun_before(chunks[:place]))
            or (
                pronoun_class(plain) in ("first", "male", "female", "many", "first_many")
                and plain in ("i", "we", "he", "she", "they")
            )
        ):
            return chunks[:place]
    return chunks


def _is_participle(plain: str) -> bool:
    return (plain.endswith("ed") and len(plain) > 4) or plain in words("participle")


def _is_measure(chunks: list[_Chunk]) -> bool:
    """Whether "of" follows an amount: "a number of experts", "46 percent of voters"."""
    return (chunks[-1].name is None and chunks[-1].text.lower() in (
        "number", "percent", "majority", "minority", "group", "lot", "series", "couple", "handful", "dozens", "hundreds", "thousands", "tens",
        "millions", "half", "third", "quarter", "two-thirds", "some", "many", "most", "all", "several", "few", "one", "two", "three", "four",
        "both", "each", "none", "array", "variety", "range", "host", "panel", "any", "either", "eight", "nine", "five", "six", "seven", "ten",
    )) or (len(chunks) == 1 and chunks[0].text.isdigit())  # fmt: skip


def _noun_before(chunks: list[_Chunk]) -> bool:
    last = chunks[-1]
    return last.name is not None or (
        last.text.lower() not in words("opener") and (is_plural(last.text) or _is_common(last.text))
    )


def _is_common(word: str) -> bool:
    return any(in_class(word, name) for name in ("person", "rank", "body", "paper", "vague", "quantity"))


def _may_be_person(head: str) -> bool:
    return (
        in_class(head, "person")
        or in_class(head, "rank")
        or not (in_class(head, "body") or in_class(head, "paper"))
    )


def _listed_names(entity_index: EntityIndex, text: str, start: int, end: int) -> tuple[Mention, ...]:
    """People joined by commas and "and", with nothing else but titles between: "Mara Holm and Senator Ito"."""
    names = entity_index.named_at(start, end)
    if len(names) < 2 or not re.search(r"\s(?:and|&)\s", text[start:end]):
        return ()
    joined: list[Mention] = []
    anded = False
    for left, right in zip(names, names[1:], strict=False):
        title = entity_index.titles.get(right.start)
        between = text[left.end : title.start if title else right.start]
        if re.fullmatch(r"\s*,?\s*(?:\([^)]*\)\s*,?\s*)?(?:and|&|,)\s+(?:the\s+)?", between):
            joined += [left, right]
            anded |= "," not in between or "and" in between
    title = entity_index.titles.get(names[0].start)
    before = text[start : title.start if title else names[0].start]
    opens = re.fullmatch(r"\W*(?:both\s+|the\s+)?", before, re.IGNORECASE) or _is_shared_title(before)
    unique = tuple(dict.fromkeys(joined))
    if not anded:
        return ()
    return unique if opens and len(unique) >= 2 and unique[0] is names[0] else ()


def _is_shared_title(before: str) -> bool:
    """Whether words end in what several people are: "the former *senators* Mara Holm and Bram Oduya"."""
    last = before.split()[-1].rstrip(".").lower() if before.split() else ""
    return is_plural(last) and (is_title(last) or in_class(last, "person"))


def _name_in_apposition(entity_index: EntityIndex, cut: int, end: int) -> Mention | None:
    """The person named right after a comma: "its spokesman, *Tomas Lind*"."""
    names = entity_index.named_at(cut, end)
    if not names or entity_index.entities[names[0].entity].kind != "person":
        return None
    title = entity_index.titles.get(names[0].start)
    begin = title.start if title else names[0].start
    return names[0] if re.fullmatch(r"\s*,\s*(?:the\s)?", entity_index.analysis.text[cut:begin]) else None


def _article(core: list[_Chunk], text: str) -> Article:
    first = core[0].text.lower()
    if first in _DEFINITE:
        return "the"
    if first in ("a", "an", "another", "one"):
        return "a"
    if first in ("his", "her", "its", "their", "our", "my", "your") or re.match(
        r"[’']s?\s", text[core[0].end : core[0].end + 3]
    ):
        return "owner"
    if any(re.match(r"[’']s?\s", text[unit.end : unit.end + 3]) and unit.name for unit in core[:-1]):
        return "owner"
    if first in words("quantity") or first[0].isdigit():
        return "quantity"
    return "none"


def _is_plural(core: list[_Chunk], head: _Chunk) -> bool:
    if is_plural(head.text):
        return True
    first = core[0].text.lower()
    return (
        first in words("quantity") - {"one", "each", "either", "neither", "another"}
        or first[0].isdigit()
        or any(unit.text.lower() == "and" for unit in core)
    )
