"""Who is named in a report: names gathered into voices, each with its titles, offices, gender and all its forms."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from onrecord.segment import Range
from onrecord.speakers.layout import Layout
from onrecord.speakers.lexicon import (
    Gender,
    gender_of_given,
    gender_of_noun,
    is_class,
    is_given,
    standard,
    words,
)
from onrecord.speakers.mentions import Mention, Role, Voice, Wording
from onrecord.speakers.names import Named, name_words
from onrecord.speakers.titles import Title, apposition_after, apposition_before, owner_before, title_before
from onrecord.types import SpeakerKind

_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])
_COMPANY = frozenset(
    ["inc", "corp", "ltd", "llc", "plc", "co", "company", "gmbh", "ag", "corporation", "limited"]
)
_BEFORE = re.compile(r"([\w’'-]+)[\s“\"‘]*$")
_PREPOSITIONS = frozenset(
    [
        "of",
        "for",
        "to",
        "in",
        "at",
        "by",
        "from",
        "with",
        "on",
        "about",
        "against",
        "over",
        "under",
        "between",
        "among",
        "like",
        "than",
        "into",
        "near",
        "through",
    ]
)


@dataclass(slots=True)
class Cast:
    """The voices of a report so far, and how to tell which one stands at a place."""

    layout: Layout
    voices: list[Voice] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    titles: dict[int, Title] = field(default_factory=dict)
    doubts: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """By the start of a name: the voices it may be, where it can't be told which."""
    _named: list[Mention] = field(default_factory=list, repr=False)

    def add(self, kind: SpeakerKind) -> Voice:
        """A new voice."""
        voice = Voice(len(self.voices), kind)
        self.voices.append(voice)
        return voice

    def mention(self, voice: Voice, span: Range, wording: Wording, *, before: int | None = None) -> Mention:
        """Note a mention of a voice; ``before`` is where its title begins, if it has one."""
        start, end = span
        head = self.layout.text[max(0, (before or start) - 30) : before or start]
        previous = _BEFORE.search(head)
        mention = Mention(
            start,
            end,
            voice.number,
            wording,
            self.layout.sentence_at(start),
            self.layout.paragraph_at(start),
            self.layout.quotation_at(start),
            previous is None or previous[1].lower() not in _PREPOSITIONS,
            self.layout.text[end : end + 1] in ("’", "'") and self.layout.text[end + 1 : end + 2] != "”",
        )
        voice.mentions.append(mention)
        bisect.insort(self.mentions, mention, key=_start_of)
        if wording == "name":
            voice.names.append(span)
            bisect.insort(self._named, mention, key=_start_of)
        elif wording == "description":
            voice.descriptions.append(span)
        return mention

    def named_at(self, start: int, end: int) -> list[Mention]:
        """The mentions by name inside a range, in order."""
        low = bisect.bisect_left(self._named, start, key=_start_of)
        high = bisect.bisect_left(self._named, end, key=_start_of)
        return [mention for mention in self._named[low:high] if mention.end <= end]

    def mentions_before(self, position: int) -> list[Mention]:
        """The mentions that end at or before a character, in order; the newest two hundred."""
        high = bisect.bisect_right(self.mentions, position, key=_start_of)
        return [mention for mention in self.mentions[max(0, high - 200) : high] if mention.end <= position]

    def voice_at(self, position: int) -> int | None:
        """The voice mentioned at a character."""
        high = bisect.bisect_right(self.mentions, position, key=_start_of)
        for mention in reversed(self.mentions[max(0, high - 8) : high]):
            if mention.start <= position < mention.end:
                return mention.voice
        return None

    def exactly_at(self, start: int, end: int) -> int | None:
        """The voice of a mention of exactly this range."""
        low = bisect.bisect_left(self.mentions, start, key=_start_of)
        for mention in self.mentions[low : low + 8]:
            if (mention.start, mention.end) == (start, end):
                return mention.voice
        return None


def _start_of(mention: Mention) -> int:
    return mention.start


def gather_cast(layout: Layout, names: Sequence[Named], spoken: Sequence[Range]) -> Cast:
    """The named voices of a report.

    Args:
        names: names in text order.
        spoken: the sources of statements: a name of an unknown kind there is somebody's.
    """
    cast = Cast(layout)
    titled = {name.start: title_before(layout, name.start) for name in names}
    cast.titles = {start: title for start, title in titled.items() if title}
    names = [_extended(name, layout.text) for name in names]
    people, rest = _sorted_out(layout, names, cast.titles, spoken)
    _gather_people(cast, people)
    _gather_bodies(cast, rest)
    cast.mentions.sort(key=lambda mention: mention.start)
    for voice in cast.voices:
        voice.mentions.sort(key=lambda mention: mention.start)
    return cast


def _extended(name: Named, text: str) -> Named:
    """A name with the particle before it ("de Brun"), which a run of capitals leaves out."""
    match = re.search(
        r"(?:^|[\s“\"])((?:[dD]e|[vV]an|[vV]on|[dD]i|[dD]a|[bB]in|[aA]l)\s(?:der\s|la\s|den\s)?)$",
        text[: name.start][-14:],
    )
    if name.kind in ("person", "misc") and match and " " not in text[name.start : name.end]:
        return Named(name.start - len(match[1]), name.end, name.kind, name.score)
    return name


def _sorted_out(
    layout: Layout, names: Iterable[Named], titles: dict[int, Title], spoken: Sequence[Range]
) -> tuple[list[Named], list[Named]]:
    """People, and all others. What is of an unknown kind is a person where a title, a surname known from elsewhere or a voice says so."""
    names = list(names)
    text = layout.text
    surnames = {
        parts[-1]
        for name in names
        if name.kind == "person" or name.start in titles
        for parts in [_person_words(text, name)]
        if len(parts) > 1
    }
    people, rest = [], []
    for name in names:
        parts = _person_words(text, name)
        unknown = name.kind in ("misc", "product", "facility") or (
            name.kind == "location" and name.score < 0.7
        )
        heard = any(start <= name.start and name.end <= end for start, end in spoken)
        article = re.search(r"\b[Tt]he\s(?:[a-z-]+\s)?$", text[max(0, name.start - 24) : name.start])
        body = any(is_class(part, "body") for part in parts)
        if parts and (
            name.kind == "person"
            or (name.start in titles and unknown)
            or (unknown and parts[-1] in surnames and not article)
            or (unknown and heard and not article and not body and 1 < len(parts) < 4)
        ):
            people.append(name)
        elif parts:
            rest.append(name)
    return people, rest


def _person_words(text: str, name: Named) -> list[str]:
    parts = [part for part in name_words(text[name.start : name.end]) if part not in _SUFFIXES]
    return parts


def _gather_people(cast: Cast, people: Sequence[Named]) -> None:
    text = cast.layout.text
    parts_of = {name.start: _person_words(text, name) for name in people}
    full = [name for name in people if len(_without_particles(parts_of[name.start])) > 1]
    known: list[tuple[Voice, list[str]]] = []
    joined: dict[int, Voice] = {}
    for name in full:
        parts = parts_of[name.start]
        fits = [
            (voice, others)
            for voice, others in known
            if same_person(parts, others) and not _suffixes_differ(text, name, voice)
        ]
        if fits:
            voice = fits[-1][0]
        else:
            voice = cast.add("person")
        known.append((voice, parts))
        joined[name.start] = voice
        _place(cast, voice, name)
    for name in people:
        if name.start not in joined:
            _join_single(cast, name, parts_of[name.start], known)


def _without_particles(parts: Sequence[str]) -> list[str]:
    return [part for part in parts if part not in words("particle")]


def same_person(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether two full names, as words in small letters, may be one person's: surname and given names agree as far as both have them.

    >>> same_person(["ilse", "tarnow"], ["i", "j", "tarnow"]), same_person(["ilse", "tarnow"], ["mara", "tarnow"])
    (True, False)
    """
    if left == right:
        return True
    if left[-1] != right[-1] or len(left) < 2 or len(right) < 2:
        return False
    a, b = left[0], right[0]
    return a == b or (a[0] == b[0] and (len(a) == 1 or len(b) == 1)) or _is_short(a, b) or _is_short(b, a)


def _is_short(short: str, long: str) -> bool:
    return len(short) >= 3 and len(long) > len(short) and long.startswith(short)


def _suffixes_differ(text: str, name: Named, voice: Voice) -> bool:
    mine = {part for part in name_words(text[name.start : name.end]) if part in _SUFFIXES}
    theirs = {part for start, end in voice.names for part in name_words(text[start:end]) if part in _SUFFIXES}
    return bool(mine and theirs and mine != theirs)


def _place(cast: Cast, voice: Voice, name: Named) -> Mention:
    """Note a person's name with the titles and offices around it."""
    layout = cast.layout
    title = cast.titles.get(name.start)
    first = title.start if title else name.start
    mention = cast.mention(voice, (name.start, name.end), "name", before=first)
    roles = [
        title.role if title else None,
        apposition_before(layout, first),
        apposition_after(layout, name.end),
    ]
    if not any(roles) and (owner := owner_before(layout, name.start)):
        roles.append(Role(owner, owner))
    for role in roles:
        if role:
            voice.roles.append(role)
            voice.heads |= heads_of(layout.text, role)
            if gender := _gender_of_role(layout.text, role):
                voice.genders[gender] += 3
    if title and title.gender:
        voice.genders[title.gender] += 4
    parts = name_words(layout.text[name.start : name.end])
    if len(parts) > 1 and (gender := gender_of_given(parts[0])):
        voice.genders[gender] += 1
    return mention


def heads_of(text: str, role: Role) -> set[str]:
    """The nouns by which an office can be taken up again: "the senator" for "Sen.", "the minister" for "foreign minister"."""
    found: set[str] = set()
    start, end = role.span
    if role.affiliation == role.span:
        return found
    words_ = text[start:end].split()
    for word in words_:
        if word.lower() in ("of", "at", "for", "with", "from", "to", "in", "on", "who", "by"):
            break
        if is_class(word.strip(",."), "person") or is_class(word.strip(",."), "rank"):
            found.add(standard(word.strip(",")))
    return found


def _gender_of_role(text: str, role: Role) -> Gender | None:
    for word in re.findall(r"[^\W\d_]+", text[slice(*role.span)])[:6]:
        if word.lower() in ("of", "for", "to", "at"):
            break
        if gender := gender_of_noun(word):
            return gender
    return None


def _join_single(cast: Cast, name: Named, parts: list[str], known: list[tuple[Voice, list[str]]]) -> None:
    """Give a lone surname or given name to the full name that fits."""
    key = parts[-1]
    bare = _without_particles(parts)
    by_surname = _distinct(
        voice for voice, full in known if full[-1] == key and _particles_agree(parts, full)
    )
    by_given = _distinct(voice for voice, full in known if full[0] == key and len(bare) == 1)
    fits = by_surname or by_given or _distinct(voice for voice, full in known if _is_slip(key, full[-1]))
    title = cast.titles.get(name.start)
    if len(fits) > 1 and title:
        fits = _by_title(cast, fits, title) or fits
    if len(fits) > 1:
        fits = _by_standing(cast, fits, name.start)
    if len(fits) == 1:
        _place(cast, fits[0], name)
        return
    if fits:
        voice = cast.add("person")
        cast.mention(voice, (name.start, name.end), "name", before=title.start if title else None)
        cast.doubts[name.start] = tuple(fit.number for fit in fits)
        return
    voice = cast.add("person")
    known.append((voice, parts))
    _place(cast, voice, name)
    if is_given(key) and not title and (gender := gender_of_given(key)):
        voice.genders[gender] += 1


def _distinct(voices: Iterable[Voice]) -> list[Voice]:
    return list({voice.number: voice for voice in voices}.values())


def _particles_agree(parts: Sequence[str], full: Sequence[str]) -> bool:
    return len(parts) == 1 or list(parts) == list(full[-len(parts) :])


def _is_slip(word: str, surname: str) -> bool:
    """Whether two long surnames differ in one letter: a slip of the pen where no other name fits."""
    if min(len(word), len(surname)) < 5 or word[0] != surname[0] or abs(len(word) - len(surname)) > 1:
        return False
    short, long = sorted((word, surname), key=len)
    if len(short) == len(long):
        return sum(a != b for a, b in zip(short, long, strict=True)) == 1
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def _by_title(cast: Cast, fits: list[Voice], title: Title) -> list[Voice]:
    """Those of several whom a title fits: by gender, then by office."""
    if title.gender:
        fits = [voice for voice in fits if voice.gender in (title.gender, None)]
        surer = [voice for voice in fits if voice.gender == title.gender]
        fits = surer or fits
    if title.role:
        heads = heads_of(cast.layout.text, title.role)
        fits = [voice for voice in fits if voice.heads & heads] or fits
    return fits


def _by_standing(cast: Cast, fits: list[Voice], position: int) -> list[Voice]:
    """The one of several whom a bare surname means: the only one met so far, or the one the report is far more about."""
    met = [voice for voice in fits if any(mention.start < position for mention in voice.mentions)]
    if len(met) == 1:
        return met
    counts = sorted(((len(voice.mentions), -voice.number) for voice in fits), reverse=True)
    if counts[0][0] >= 2 * counts[1][0]:
        return [cast.voices[-counts[0][1]]]
    return fits


def _gather_bodies(cast: Cast, names: Sequence[Named]) -> None:
    text = cast.layout.text
    known: dict[tuple[str, ...], Voice] = {}
    full = sorted(names, key=lambda name: name.start)
    keys = {name.start: tuple(_body_words(text, name)) for name in full}
    longest = sorted({keys[name.start] for name in full}, key=lambda key: (-len(key), key))
    shorter = {key: _longer(key, longest) for key in longest}
    acronyms = _acronyms(text, full, keys)
    for name in full:
        key = keys[name.start]
        key = acronyms.get(key, shorter[key] or key)
        voice = known.get(key)
        if voice is None:
            plural = name.kind == "norp"
            voice = cast.add("group" if plural else "organization")
            voice.plural = plural
            voice.place = name.kind in ("location", "facility")
            known[key] = voice
        cast.mention(voice, (name.start, name.end), "name")
        last = key[-1] if key else ""
        voice.heads.add(standard(last))


def _body_words(text: str, name: Named) -> list[str]:
    parts = name_words(text[name.start : name.end].replace("U.S.", "US").replace("U.N.", "UN"))
    plain = [part for part in parts if part not in _COMPANY and part != "the"]
    return plain or parts


def _longer(key: tuple[str, ...], keys: Sequence[tuple[str, ...]]) -> tuple[str, ...] | None:
    """The only longer name that ends, or begins, with this one: "Post" for "Harbour Post"."""
    ends = [k for k in keys if len(k) > len(key) and k[-len(key) :] == key]
    begins = [k for k in keys if len(k) > len(key) and k[: len(key)] == key and is_class(k[-1], "body")]
    if len(ends) == 1 and (len(key) > 1 or is_class(key[0], "body")):
        return ends[0]
    if not ends and len(begins) == 1 and not all(part in words("place") for part in key):
        return begins[0]
    return None


def _acronyms(
    text: str, names: Sequence[Named], keys: dict[int, tuple[str, ...]]
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Acronyms by what they stand for: in brackets after a name, or of its initials."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    full = [name for name in names if len(keys[name.start]) > 1]
    for name in names:
        word = text[name.start : name.end].replace(".", "")
        if not (2 <= len(word) <= 8 and word.isupper() and len(keys[name.start]) == 1):
            continue
        for other in full:
            initials = "".join(
                part[0]
                for part in re.findall(r"[^\W\d_]+", text[other.start : other.end])
                if part[0].isupper()
            )
            bracketed = re.fullmatch(r"\s*\(\s*[“\"‘']?", text[other.end : name.start])
            if initials.upper() == word or bracketed:
                found[keys[name.start]] = keys[other.start]
                break
    return found
