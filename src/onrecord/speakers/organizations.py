"""Bodies, places and groups by name: short forms and acronyms joined with the full ones."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from onrecord.speakers.entities import Entity
from onrecord.speakers.entity_index import EntityIndex
from onrecord.speakers.names import NameSpan, name_words
from onrecord.speakers.word_classes import in_class, standard_title, words

_LEGAL_FORM = frozenset(
    ["inc", "corp", "ltd", "llc", "plc", "co", "company", "gmbh", "ag", "corporation", "limited"]
)

_GROUP = frozenset(["holdings", "holding", "group", "industries"])

Key = tuple[str, ...]


def add_organizations(entity_index: EntityIndex, names: Sequence[NameSpan]) -> None:
    """Note all names that aren't people's.

    Args:
        names: in text order.
    """
    text = entity_index.analysis.text
    known: dict[Key, Entity] = {}
    keys = {name.start: _key(text, name) for name in names}
    companies = {keys[name.start] for name in names if is_company(text, name)}
    longer = _fuller_names(set(keys.values()), companies)
    acronyms = _acronyms(text, names, keys)
    for name in names:
        key = keys[name.start]
        key = acronyms.get(key, longer.get(key, key))
        entity = known.get(key)
        if entity is None:
            plural = name.kind == "norp"
            entity = known[key] = entity_index.add("group" if plural else "organization")
            entity.plural = plural
            entity.place = name.kind in ("location", "facility")
        entity_index.add_mention(entity, (name.start, name.end), "name")
        entity.heads |= {standard_title(part) for part in _head_nouns(key)}


def _head_nouns(key: Key) -> Iterator[str]:
    """The nouns by which a body is taken up again: "the commission", "the court" for a Court of Appeals."""
    for place, part in enumerate(key):
        last = place + 1 == len(key) or key[place + 1] in ("of", "for")
        if last and in_class(part, "body"):
            yield part


def _key(text: str, name: NameSpan) -> Key:
    parts = name_words(text[name.start : name.end].replace("U.S.", "US").replace("U.N.", "UN"))
    return tuple(part for part in parts if part not in _LEGAL_FORM and part != "the") or tuple(parts)


def is_company(text: str, name: NameSpan) -> bool:
    """Whether a name of several words is a firm's: with its legal form in it or behind it ("Kestrel Holdings *Plc*"), or a group's."""
    parts = name_words(text[name.start : name.end])
    behind = re.match(r",?\s([A-Z]\w+)", text[name.end : name.end + 15])
    legal = not _LEGAL_FORM.isdisjoint(parts[1:]) or (behind is not None and behind[1].lower() in _LEGAL_FORM)
    return legal or (len(parts) > 1 and parts[-1] in _GROUP)


def _fuller_names(keys: set[Key], companies: set[Key]) -> dict[Key, Key]:
    """By a short name the only longer one that ends, or begins, with it: "Post" and "Harbour Post", "Kestrel" and "Kestrel Line".

    Args:
        companies: those that a legal form shows to be bodies, whatever their last word.
    """
    ends: dict[Key, list[Key]] = defaultdict(list)
    begins: dict[Key, list[Key]] = defaultdict(list)
    for key in sorted(keys):
        for cut in range(1, len(key)):
            ends[key[cut:]].append(key)
            if in_class(key[-1], "body") or key in companies:
                begins[key[:cut]].append(key)
    found: dict[Key, Key] = {}
    for key in keys:
        if len(ends[key]) == 1 and (len(key) > 1 or in_class(key[0], "body")):
            found[key] = ends[key][0]
        elif not ends[key] and len(begins[key]) == 1 and not all(part in words("place") for part in key):
            found[key] = begins[key][0]
    return found


def _acronyms(text: str, names: Sequence[NameSpan], keys: dict[int, Key]) -> dict[Key, Key]:
    """Acronyms by what they stand for: in brackets after a name, or of its initials."""
    initials: dict[str, Key] = {}
    bracketed: dict[Key, Key] = {}
    for place, name in enumerate(names):
        key = keys[name.start]
        if len(key) > 1:
            letters = re.findall(r"[^\W\d_]+", text[name.start : name.end])
            initials.setdefault("".join(part[0] for part in letters if part[0].isupper()).upper(), key)
        elif place and len(keys[names[place - 1].start]) > 1:
            between = text[names[place - 1].end : name.start]
            if re.fullmatch(r"\s*\(\s*(?:the\s+)?[“\"‘']?", between):
                bracketed[key] = keys[names[place - 1].start]
    found: dict[Key, Key] = {}
    for name in names:
        key = keys[name.start]
        word = text[name.start : name.end].replace(".", "")
        if len(key) == 1 and 2 <= len(word) <= 8 and word.isupper() and word in initials:
            found[key] = initials[word]
    return found | bracketed
