"""Who is named in a report: people's names gathered into voices, each with its titles, offices, gender and all its forms."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from onrecord.segment import Range
from onrecord.speakers.bodies import gather_bodies, is_company
from onrecord.speakers.cast import Cast
from onrecord.speakers.lexicon import (
    Gender,
    gender_of_given,
    gender_of_noun,
    is_class,
    is_given,
    standard,
    words,
)
from onrecord.speakers.mentions import Mention, Role, Voice
from onrecord.speakers.names import Named, name_words
from onrecord.speakers.titles import Title, apposition_after, apposition_before, owner_before, title_before
from onrecord.text import TextAnalysis
from onrecord.text.intervals import IntervalIndex

_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])
_HONOURS = frozenset("kc qc sc mp mep msp td obe mbe cbe kbe dbe esq phd md frs".split())
"""What stands behind a name for an office or an honour: no part of a surname."""

_PARTICLE_BEFORE = re.compile(
    r"(?:^|[\s“\"])((?:[dD]e|[vV]an|[vV]on|[dD]i|[dD]a|[bB]in|[aA]l)\s(?:der\s|la\s|den\s)?)$"
)
_ARTICLE_BEFORE = re.compile(r"\b[Tt]he\s(?:[a-z-]+\s)?$")
_HE_OR_SHE = re.compile(
    r"\b(?:(?P<male>he|his|him|himself)|(?P<female>she|her|hers|herself))\b", re.IGNORECASE
)


def gather_cast(
    analysis: TextAnalysis, names: Sequence[Named], spoken: Sequence[Range], credits: tuple[Range, ...] = ()
) -> Cast:
    """The named voices of a report.

    Args:
        names: names in text order.
        spoken: the sources of statements: a name of an unknown kind there is somebody's.
        credits: where the text says who wrote it.
    """
    cast = Cast(analysis, credits)
    titled: dict[int, Title | None] = {}
    after = 0
    for name in names:
        titled[name.start] = title_before(analysis, name.start, after)
        after = name.end if name.kind == "person" else after
    cast.titles = {start: title for start, title in titled.items() if title}
    names = [_extended(name, analysis.text) for name in names]
    cast.named = IntervalIndex((name.start, name.end) for name in names)
    people, rest = _sorted_out(analysis, names, cast.titles, spoken)
    _gather_people(cast, people)
    gather_bodies(cast, rest)
    for voice in cast.voices:
        voice.mentions.sort(key=lambda mention: mention.start)
    _learn_genders(cast)
    return cast


def _extended(name: Named, text: str) -> Named:
    """A name with the particle before it ("de Brun"), which a run of capitals leaves out."""
    if name.kind not in ("person", "misc") or " " in text[name.start : name.end]:
        return name
    match = _PARTICLE_BEFORE.search(text[max(0, name.start - 14) : name.start])
    return Named(name.start - len(match[1]), name.end, name.kind, name.score) if match else name


def _sorted_out(
    analysis: TextAnalysis, names: Sequence[Named], titles: dict[int, Title], spoken: Sequence[Range]
) -> tuple[list[Named], list[Named]]:
    """People, and all others. What is of an unknown kind is a person where a title, a surname known from elsewhere or a voice says so."""
    text = analysis.text
    parts_of = {name.start: person_words(text, name) for name in names}
    heard = _heard(names, spoken)
    surnames = {
        parts_of[name.start][-1]
        for name in names
        if len(parts_of[name.start]) > 1 and (name.kind == "person" or name.start in titles)
    }
    surnames |= _surnames_heard(names, parts_of, heard, surnames)
    firms = {
        parts_of[name.start][0] for name in names if name.kind == "organization" and is_company(text, name)
    }
    coupled = {
        left.start
        for left, right in zip(names, names[1:], strict=False)
        if right.kind == "person"
        and len(parts_of[right.start]) == 2
        and len(parts_of[left.start]) == 1
        and text[left.end : right.start] == " and "
    }
    people: list[Named] = []
    rest: list[Named] = []
    for name in names:
        parts = parts_of[name.start]
        if _is_address(name, parts, analysis.text) or _NUMBERED.fullmatch(
            analysis.text, name.start, name.end
        ):
            continue
        if not parts or (name.kind in ("date", "money") and name.start not in titles):
            continue  # a day or a sum says nothing, and no description takes it up
        unknown = name.kind in ("misc", "product", "facility") or (
            name.kind == "location" and name.score < 0.7
        )
        article = _ARTICLE_BEFORE.search(text[max(0, name.start - 24) : name.start])
        personal = (
            name.start in titles
            or name.start in coupled
            or (
                not article
                and (
                    parts[-1] in surnames
                    or (
                        name.start in heard
                        and 1 < len(parts) < 4
                        and not any(is_class(part, "body") for part in parts)
                    )
                )
            )
        )
        person = name.kind == "person" or (unknown and personal)
        if len(parts) == 1 and parts[0] in firms - surnames and name.start not in titles:
            person = False  # the first word of a firm's name, which the network takes for somebody's
        (people if person else rest).append(name)
    return people, rest


_HONOURABLE = re.compile(r"\bhon(?:ou?rable|\.)?\s$", re.IGNORECASE)


_NUMBERED = re.compile(r"[QA]\d{1,3}")
"""A question's or an answer's number."""


def _is_address(name: Named, parts: Sequence[str], text: str) -> bool:
    """Whether members of a house call each other so, whoever is meant: "the hon. *Lady*", "*Hon. Members*"."""
    plain = [part for part in parts if part not in words("title_other")]
    before = len(plain) < len(parts) or _HONOURABLE.search(text[max(0, name.start - 12) : name.start])
    return (
        bool(before)
        and len(plain) == 1
        and (is_class(plain[0], "person") or plain[0] in ("member", "members"))
    )


def _heard(names: Sequence[Named], spoken: Sequence[Range]) -> set[int]:
    """The starts of names inside sources."""
    found: set[int] = set()
    sources = sorted(spoken)
    at = 0
    for name in names:
        while at < len(sources) and sources[at][1] <= name.start:
            at += 1
        if any(start <= name.start and name.end <= end for start, end in sources[at : at + 4]):
            found.add(name.start)
    return found


def _surnames_heard(
    names: Sequence[Named], parts_of: dict[int, list[str]], heard: set[int], surnames: set[str]
) -> set[str]:
    """Last words of names of an unknown kind that also speak alone: "Tyra Holm", then "Holm said"."""
    alone = {
        parts_of[name.start][0] for name in names if name.start in heard and len(parts_of[name.start]) == 1
    }
    last = {
        parts_of[name.start][-1]
        for name in names
        if name.kind == "misc" and 1 < len(parts_of[name.start]) < 4
    }
    last |= surnames
    slips = {word for word in last for other in alone if is_slip(other, word)} if len(alone) < 50 else set()
    spoken = {other for word in slips for other in alone if is_slip(other, word)}
    return {word for word in (alone & last) | slips | spoken if not is_class(word, "body")}


def person_words(text: str, name: Named) -> list[str]:
    """The words of a person's name in small letters, suffixes and honours left out."""
    parts = [part for part in name_words(text[name.start : name.end]) if part not in _SUFFIXES]
    while len(parts) > 1 and parts[-1] in _HONOURS:
        parts.pop()
    return parts


Known = dict[str, list[tuple[Voice, list[str]]]]
"""Full names met so far, by their last word."""


def _gather_people(cast: Cast, people: Sequence[Named]) -> None:
    text = cast.analysis.text
    parts_of = {name.start: person_words(text, name) for name in people}
    known: Known = defaultdict(list)
    given: Known = defaultdict(list)
    joined: set[int] = set()
    suffixes: dict[int, set[str]] = defaultdict(set)
    for name in people:
        parts = parts_of[name.start]
        if len(_without_particles(parts)) < 2:
            continue
        own = {part for part in name_words(text[name.start : name.end]) if part in _SUFFIXES}
        fits = [
            voice
            for voice, others in known[parts[-1]]
            if same_person(parts, others)
            and not (own and suffixes[voice.number] and own != suffixes[voice.number])
        ]
        voice = fits[-1] if fits else cast.add("person")
        suffixes[voice.number] |= own
        if not any(others == parts for other, others in known[parts[-1]] if other is voice):
            known[parts[-1]].append((voice, parts))
            given[parts[0]].append((voice, parts))
        joined.add(name.start)
        _place(cast, voice, name)
    for name in people:
        if name.start not in joined:
            _join_single(cast, name, parts_of[name.start], known, given)


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


def _place(cast: Cast, voice: Voice, name: Named) -> Mention:
    """Note a person's name with the titles and offices around it."""
    analysis = cast.analysis
    title = cast.titles.get(name.start)
    first = title.start if title else name.start
    mention = cast.mention(voice, (name.start, name.end), "name", before=first)
    roles = [
        title.role if title else None,
        apposition_before(analysis, first, name.end),
        apposition_after(analysis, name.end),
    ]
    if not any(roles) and (owner := owner_before(analysis, name.start)):
        roles.append(Role(owner, owner))
    for role in roles:
        if role:
            if role.affiliation and role.affiliation != role.span and not cast.is_named(*role.affiliation):
                role = Role(role.span)
            voice.roles.append(role)
            voice.heads |= heads_of(analysis.text, role)
            if gender := _gender_of_role(analysis.text, role):
                voice.genders[gender] += 3
    if title and title.gender:
        voice.genders[title.gender] += 4
    parts = name_words(analysis.text[name.start : name.end])
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


def _join_single(cast: Cast, name: Named, parts: list[str], known: Known, given: Known) -> None:
    """Give a lone surname or given name to the full name that fits."""
    key = parts[-1]
    bare = _without_particles(parts)
    by_surname = _distinct(voice for voice, full in known.get(key, ()) if _particles_agree(parts, full))
    by_given = _distinct(voice for voice, _ in given.get(key, ())) if len(bare) == 1 else []
    fits = by_surname or by_given or _slipped(key, known)
    title = cast.titles.get(name.start)
    if len(fits) > 1 and title:
        fits = _by_title(cast, fits, title) or fits
    if len(fits) > 1:
        fits = _by_standing(fits, name.start)
    if len(fits) == 1:
        _place(cast, fits[0], name)
        return
    voice = cast.add("person")
    if fits:
        cast.mention(voice, (name.start, name.end), "name", before=title.start if title else None)
        cast.doubts[name.start] = tuple(fit.number for fit in fits)
        return
    known[key].append((voice, parts))
    _place(cast, voice, name)
    if is_given(key) and not title and (gender := gender_of_given(key)):
        voice.genders[gender] += 1


def _slipped(key: str, known: Known) -> list[Voice]:
    """The voices whose surname differs from a word in one letter; none in a report of very many names."""
    if len(known) > 300 or len(key) < 5:
        return []
    return _distinct(
        voice for surname, voices in known.items() if is_slip(key, surname) for voice, _ in voices
    )


def _distinct(voices: Iterable[Voice]) -> list[Voice]:
    return list({voice.number: voice for voice in voices}.values())


def _particles_agree(parts: Sequence[str], full: Sequence[str]) -> bool:
    return len(parts) == 1 or list(parts) == list(full[-len(parts) :])


def is_slip(word: str, surname: str) -> bool:
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
        heads = heads_of(cast.analysis.text, title.role)
        fits = [voice for voice in fits if voice.heads & heads] or fits
    return fits


def _by_standing(fits: list[Voice], position: int) -> list[Voice]:
    """The one of several whom a bare surname means: the only one met so far, or the one the report is far more about."""
    met = [voice for voice in fits if any(mention.start < position for mention in voice.mentions)]
    if len(met) == 1:
        return met
    counts = sorted(((len(voice.mentions), -voice.number) for voice in fits), reverse=True)
    if counts[0][0] >= 2 * counts[1][0]:
        return [voice for voice in fits if voice.number == -counts[0][1]]
    return fits


def _learn_genders(cast: Cast) -> None:
    """What he and she tell in sentences that name only one person, and no other before it in the paragraph's talk."""
    text = cast.analysis.text
    by_sentence: dict[int, set[int]] = defaultdict(set)
    first: dict[int, int] = {}
    for mention in cast.mentions:
        if cast.voices[mention.voice].kind == "person":
            by_sentence[mention.sentence].add(mention.voice)
            first.setdefault(mention.sentence, mention.end)
    for sentence, voices in by_sentence.items():
        if len(voices) != 1 or sentence >= len(cast.analysis.sentences):
            continue
        found = _HE_OR_SHE.search(text, first[sentence], cast.analysis.sentences[sentence][1])
        if found and cast.analysis.quotation_at(found.start()) is None:
            voice = cast.voices[next(iter(voices))]
            voice.genders["female" if found["female"] else "male"] += 1
