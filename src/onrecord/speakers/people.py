"""Who is named in a report: people's names gathered into entities, each with its titles, offices, gender and all its forms."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from onrecord.speakers.entities import Entity, Mention, Role
from onrecord.speakers.entity_index import EntityIndex
from onrecord.speakers.names import NameSpan, name_words
from onrecord.speakers.organizations import add_organizations, is_company
from onrecord.speakers.titles import (
    Title,
    apposition_after,
    apposition_before,
    possessor_before,
    title_before,
)
from onrecord.speakers.word_classes import (
    Gender,
    gender_of_given_name,
    gender_of_noun,
    in_class,
    is_given_name,
    standard_title,
    words,
)
from onrecord.text import TextAnalysis
from onrecord.text.intervals import IntervalIndex
from onrecord.text.segmentation import Range

_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])
_POSTNOMINALS = frozenset("kc qc sc mp mep msp td obe mbe cbe kbe dbe esq phd md frs".split())
"""What stands behind a name for an office or an honour: no part of a surname."""

_PARTICLE_BEFORE = re.compile(
    r"(?:^|[\s“\"])((?:[dD]e|[vV]an|[vV]on|[dD]i|[dD]a|[bB]in|[aA]l)\s(?:der\s|la\s|den\s)?)$"
)
_ARTICLE_BEFORE = re.compile(r"\b[Tt]he\s(?:[a-z-]+\s)?$")
_HE_OR_SHE = re.compile(
    r"\b(?:(?P<male>he|his|him|himself)|(?P<female>she|her|hers|herself))\b", re.IGNORECASE
)


def build_entity_index(
    analysis: TextAnalysis,
    names: Sequence[NameSpan],
    spoken: Sequence[Range],
    credits: tuple[Range, ...] = (),
) -> EntityIndex:
    """The named entities of a report.

    Args:
        names: names in text order.
        spoken: the sources of statements: a name of an unknown kind there is somebody's.
        credits: where the text says who wrote it.
    """
    entity_index = EntityIndex(analysis, credits)
    titled: dict[int, Title | None] = {}
    after = 0
    for name in names:
        titled[name.start] = title_before(analysis, name.start, after)
        after = name.end if name.kind == "person" else after
    entity_index.titles = {start: title for start, title in titled.items() if title}
    names = [_with_particle(name, analysis.text) for name in names]
    entity_index.name_ranges = IntervalIndex((name.start, name.end) for name in names)
    people, rest = _split_people(analysis, names, entity_index.titles, spoken)
    _gather_people(entity_index, people)
    add_organizations(entity_index, rest)
    for entity in entity_index.entities:
        entity.mentions.sort(key=lambda mention: mention.start)
    _infer_genders(entity_index)
    return entity_index


def _with_particle(name: NameSpan, text: str) -> NameSpan:
    """A name with the particle before it ("de Brun"), which a run of capitals leaves out."""
    if name.kind not in ("person", "misc") or " " in text[name.start : name.end]:
        return name
    match = _PARTICLE_BEFORE.search(text[max(0, name.start - 14) : name.start])
    return NameSpan(name.start - len(match[1]), name.end, name.kind, name.score) if match else name


def _split_people(
    analysis: TextAnalysis, names: Sequence[NameSpan], titles: dict[int, Title], spoken: Sequence[Range]
) -> tuple[list[NameSpan], list[NameSpan]]:
    """People, and all others. What is of an unknown kind is a person where a title, a surname known from elsewhere or a entity says so."""
    text = analysis.text
    parts_of = {name.start: person_words(text, name) for name in names}
    heard = _starts_in_sources(names, spoken)
    surnames = {
        parts_of[name.start][-1]
        for name in names
        if len(parts_of[name.start]) > 1 and (name.kind == "person" or name.start in titles)
    }
    surnames |= _surnames_in_sources(names, parts_of, heard, surnames)
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
    people: list[NameSpan] = []
    rest: list[NameSpan] = []
    for name in names:
        parts = parts_of[name.start]
        if _is_parliamentary_address(name, parts, analysis.text) or _NUMBERED.fullmatch(
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
                        and not any(in_class(part, "body") for part in parts)
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


def _is_parliamentary_address(name: NameSpan, parts: Sequence[str], text: str) -> bool:
    """Whether members of a house call each other so, whoever is meant: "the hon. *Lady*", "*Hon. Members*"."""
    plain = [part for part in parts if part not in words("title_other")]
    before = len(plain) < len(parts) or _HONOURABLE.search(text[max(0, name.start - 12) : name.start])
    return (
        bool(before)
        and len(plain) == 1
        and (in_class(plain[0], "person") or plain[0] in ("member", "members"))
    )


def _starts_in_sources(names: Sequence[NameSpan], spoken: Sequence[Range]) -> set[int]:
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


def _surnames_in_sources(
    names: Sequence[NameSpan], parts_of: dict[int, list[str]], heard: set[int], surnames: set[str]
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
    slips = (
        {word for word in last for other in alone if is_misspelling(other, word)}
        if len(alone) < 50
        else set()
    )
    spoken = {other for word in slips for other in alone if is_misspelling(other, word)}
    return {word for word in (alone & last) | slips | spoken if not in_class(word, "body")}


def person_words(text: str, name: NameSpan) -> list[str]:
    """The words of a person's name in small letters, suffixes and honours left out."""
    parts = [part for part in name_words(text[name.start : name.end]) if part not in _SUFFIXES]
    while len(parts) > 1 and parts[-1] in _POSTNOMINALS:
        parts.pop()
    return parts


Known = dict[str, list[tuple[Entity, list[str]]]]
"""Full names met so far, by their last word."""


def _gather_people(entity_index: EntityIndex, people: Sequence[NameSpan]) -> None:
    text = entity_index.analysis.text
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
        agrees = [
            entity
            for entity, others in known[parts[-1]]
            if same_person(parts, others)
            and not (own and suffixes[entity.number] and own != suffixes[entity.number])
        ]
        entity = agrees[-1] if agrees else entity_index.add("person")
        suffixes[entity.number] |= own
        if not any(others == parts for other, others in known[parts[-1]] if other is entity):
            known[parts[-1]].append((entity, parts))
            given[parts[0]].append((entity, parts))
        joined.add(name.start)
        _add_person_mention(entity_index, entity, name)
    for name in people:
        if name.start not in joined:
            _resolve_single_name(entity_index, name, parts_of[name.start], known, given)


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


def _add_person_mention(entity_index: EntityIndex, entity: Entity, name: NameSpan) -> Mention:
    """Note a person's name with the titles and offices around it."""
    analysis = entity_index.analysis
    title = entity_index.titles.get(name.start)
    first = title.start if title else name.start
    mention = entity_index.add_mention(entity, (name.start, name.end), "name", before=first)
    roles = [
        title.role if title else None,
        apposition_before(analysis, first, name.end),
        apposition_after(analysis, name.end),
    ]
    if not any(roles) and (owner := possessor_before(analysis, name.start)):
        roles.append(Role(owner, owner))
    for role in roles:
        if role:
            if (
                role.affiliation
                and role.affiliation != role.span
                and not entity_index.is_named(*role.affiliation)
            ):
                role = Role(role.span)
            entity.roles.append(role)
            entity.heads |= role_heads(analysis.text, role)
            if gender := _gender_of_role(analysis.text, role):
                entity.genders[gender] += 3
    if title and title.gender:
        entity.genders[title.gender] += 4
    parts = name_words(analysis.text[name.start : name.end])
    if len(parts) > 1 and (gender := gender_of_given_name(parts[0])):
        entity.genders[gender] += 1
    return mention


def role_heads(text: str, role: Role) -> set[str]:
    """The nouns by which an office can be taken up again: "the senator" for "Sen.", "the minister" for "foreign minister"."""
    found: set[str] = set()
    start, end = role.span
    if role.affiliation == role.span:
        return found
    words_ = text[start:end].split()
    for word in words_:
        if word.lower() in ("of", "at", "for", "with", "from", "to", "in", "on", "who", "by"):
            break
        if in_class(word.strip(",."), "person") or in_class(word.strip(",."), "rank"):
            found.add(standard_title(word.strip(",")))
    return found


def _gender_of_role(text: str, role: Role) -> Gender | None:
    for word in re.findall(r"[^\W\d_]+", text[slice(*role.span)])[:6]:
        if word.lower() in ("of", "for", "to", "at"):
            break
        if gender := gender_of_noun(word):
            return gender
    return None


def _resolve_single_name(
    entity_index: EntityIndex, name: NameSpan, parts: list[str], known: Known, given: Known
) -> None:
    """Give a lone surname or given name to the full name that fits."""
    key = parts[-1]
    bare = _without_particles(parts)
    by_surname = _unique(entity for entity, full in known.get(key, ()) if _particles_agree(parts, full))
    by_given = _unique(entity for entity, _ in given.get(key, ())) if len(bare) == 1 else []
    agrees = by_surname or by_given or _misspelled(key, known)
    title = entity_index.titles.get(name.start)
    if len(agrees) > 1 and title:
        agrees = _agreeing_with_title(entity_index, agrees, title) or agrees
    if len(agrees) > 1:
        agrees = _by_prominence(agrees, name.start)
    if len(agrees) == 1:
        _add_person_mention(entity_index, agrees[0], name)
        return
    entity = entity_index.add("person")
    if agrees:
        entity_index.add_mention(
            entity, (name.start, name.end), "name", before=title.start if title else None
        )
        entity_index.ambiguous_names[name.start] = tuple(fit.number for fit in agrees)
        return
    known[key].append((entity, parts))
    _add_person_mention(entity_index, entity, name)
    if is_given_name(key) and not title and (gender := gender_of_given_name(key)):
        entity.genders[gender] += 1


def _misspelled(key: str, known: Known) -> list[Entity]:
    """The entities whose surname differs from a word in one letter; none in a report of very many names."""
    if len(known) > 300 or len(key) < 5:
        return []
    return _unique(
        entity
        for surname, entities in known.items()
        if is_misspelling(key, surname)
        for entity, _ in entities
    )


def _unique(entities: Iterable[Entity]) -> list[Entity]:
    return list({entity.number: entity for entity in entities}.values())


def _particles_agree(parts: Sequence[str], full: Sequence[str]) -> bool:
    return len(parts) == 1 or list(parts) == list(full[-len(parts) :])


def is_misspelling(word: str, surname: str) -> bool:
    """Whether two long surnames differ in one letter: a slip of the pen where no other name fits."""
    if min(len(word), len(surname)) < 5 or word[0] != surname[0] or abs(len(word) - len(surname)) > 1:
        return False
    short, long = sorted((word, surname), key=len)
    if len(short) == len(long):
        return sum(a != b for a, b in zip(short, long, strict=True)) == 1
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def _agreeing_with_title(entity_index: EntityIndex, agrees: list[Entity], title: Title) -> list[Entity]:
    """Those of several whom a title fits: by gender, then by office."""
    if title.gender:
        agrees = [entity for entity in agrees if entity.gender in (title.gender, None)]
        surer = [entity for entity in agrees if entity.gender == title.gender]
        agrees = surer or agrees
    if title.role:
        heads = role_heads(entity_index.analysis.text, title.role)
        agrees = [entity for entity in agrees if entity.heads & heads] or agrees
    return agrees


def _by_prominence(agrees: list[Entity], position: int) -> list[Entity]:
    """The one of several whom a bare surname means: the only one met so far, or the one the report is far more about."""
    met = [entity for entity in agrees if any(mention.start < position for mention in entity.mentions)]
    if len(met) == 1:
        return met
    counts = sorted(((len(entity.mentions), -entity.number) for entity in agrees), reverse=True)
    if counts[0][0] >= 2 * counts[1][0]:
        return [entity for entity in agrees if entity.number == -counts[0][1]]
    return agrees


def _infer_genders(entity_index: EntityIndex) -> None:
    """What he and she tell in sentences that name only one person, and no other before it in the paragraph's talk."""
    text = entity_index.analysis.text
    by_sentence: dict[int, set[int]] = defaultdict(set)
    first: dict[int, int] = {}
    for mention in entity_index.mentions:
        if entity_index.entities[mention.entity].kind == "person":
            by_sentence[mention.sentence].add(mention.entity)
            first.setdefault(mention.sentence, mention.end)
    for sentence, entities in by_sentence.items():
        if len(entities) != 1 or sentence >= len(entity_index.analysis.sentences):
            continue
        found = _HE_OR_SHE.search(text, first[sentence], entity_index.analysis.sentences[sentence][1])
        if found and entity_index.analysis.quotation_at(found.start()) is None:
            entity = entity_index.entities[next(iter(entities))]
            entity.genders["female" if found["female"] else "male"] += 1
