"""Whom an act is directed at: the words for him beside the cue, or the subject of what is said of him."""

from __future__ import annotations

import re

from onrecord.acts.classification import cue_words, find_cue
from onrecord.acts.clauses import OPENERS, irregular_pasts, parse_clause
from onrecord.acts.cue_lexicon import (
    load_acts,
    load_content_classes,
    load_irregular_verbs,
    load_lexicon,
    tokenize_lower,
)
from onrecord.types import Document, Span, Statement

TOKEN = re.compile(r"[^\W\d_]+(?:[-.’'&][^\W\d_]+)*\.?|\d+|[^\w\s]")
MAX_TARGET_WORDS = 10  # words of a name with its titles
REACH = 240  # characters after the cue
OBJECT_PREPOSITIONS = frozenset("on upon for against at with to by toward towards from about over of".split())
PHRASE_ENDS = frozenset(
    """
    of for to that over about in at after before during on by as from because when while who which whom if
    whether with without against not until unless but or is are was were be been has have had will would
    should could can may might must do does did how what why where given said says late
    """.split()
)
_BE = re.compile(r"\b(?:is|are|was|were|been|being|be|got)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:he|she|they|it|we|i)$", re.IGNORECASE)
QUOTES = frozenset("\"“‘'«„")
DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow".split())
DETERMINERS = frozenset(
    {"the", "a", "an", "his", "her", "its", "their", "our", "my", "your", "this", "that", "these", "those"}
    | {"him", "them", "us", "me", "all", "both", "some", "any"}
)
ADVERBS_BEFORE_NOUNS = frozenset({"of", "for", "and", "de", "al", "bin", "the"})
SUBJECT_ACTS = frozenset({"accuse", "demand", "request", "support", "reject", "threaten"})


def find_target(document: Document, statement: Statement) -> Span | None:
    """The span that the act is directed at ("accused *the ministry* of fraud", "said *the army* had killed"),
    ``None`` where there is none.

    It lies between the cue and the end of the content; another stage resolves it to a speaker.
    ``statement.act`` says what kind of act it is (``classify_statements`` sets it); acts that go toward nobody have no
    target.
    """
    if statement.act is None or not load_acts()[statement.act].toward or not statement.content:
        return None
    if _is_passive(document, statement):
        return _passive_subject(document, statement)
    cue = find_cue(cue_words(document, statement))
    if (
        cue is not None and statement.cue is not None and cue.act == statement.act and cue.act != "state"
    ) or (cue is not None and statement.cue is not None and cue.words[0] in ("tell", "ask", "warn", "want")):
        found = _object(document, statement.cue)
        if found is not None:
            return found if not _is_source(found, statement) else None
    asked = statement.act in ("request", "demand") and statement.content[0].text.lstrip()[:1] in QUOTES
    if (
        statement.act in SUBJECT_ACTS and not asked
    ):  # what is asked for in a speaker's own words names nobody at its head
        if _predicates_act(statement.content[0], statement.act):
            return None
        return _subject(document, statement.content[0])
    return None


def _is_source(span: Span, statement: Statement) -> bool:
    """Whether the words behind a cue are who speaks: "“Why?” asked *Mara Orr*"."""
    source = statement.source
    return source is not None and source.start < span.end and span.start < source.end


def _predicates_act(content: Span, act: str) -> bool:
    """Whether the content tells that its subject does what the act is: "said *the county would appeal*" asks nothing of it."""
    clause = parse_clause(tokenize_lower(content.text))
    found = load_lexicon().match([clause.verb], 0)
    # "They are to blame" lays it on them.
    return found is not None and found[0].act == act and "to" not in clause.auxiliaries


def _is_passive(document: Document, statement: Statement) -> bool:
    """Whether the one who acts follows behind "by": "*She was accused by* the board of waste"."""
    if statement.cue is None or statement.source is None or statement.source.start < statement.cue.end:
        return False
    between = document.text[statement.cue.end : statement.source.start]
    return bool(_BE.search(statement.cue.text)) and f"{statement.cue.text}{between}".rstrip().endswith(" by")


def _passive_subject(document: Document, statement: Statement) -> Span | None:
    """The content before a cue in the passive: whom the act befalls, a pronoun too."""
    first = statement.content[0]
    if statement.cue is None or first.end > statement.cue.start:
        return None
    tokens = list(TOKEN.finditer(document.text, first.start, first.end))
    if len(tokens) == 1 and _PRONOUN.match(first.text):
        return first
    return _noun_phrase(document, tokens, 0)


def _object(document: Document, cue: Span) -> Span | None:
    """The noun phrase right after the cue, a preposition before it left out."""
    inside = _after_verb(cue)
    tokens = list(TOKEN.finditer(document.text, inside, min(len(document.text), cue.end + REACH)))
    at = 0
    if len(tokens) > 1 and tokens[0][0].lower() == "to" and not _is_nominal(tokens[1][0]):
        return None  # "refused to release": what he won't do
    while at < len(tokens) and at < 2 and tokens[at][0].lower() in OBJECT_PREPOSITIONS:
        at += 1
    if at < len(tokens) and tokens[at].start() < cue.end and not _is_nominal(tokens[at][0]):
        return None  # "suspicions persist": still the cue
    return _noun_phrase(document, tokens, at)


def _after_verb(cue: Span) -> int:
    """Where the object of the cue's verb may begin: inside a cue that holds it ("accused the mayor of"), else
    after it.
    """
    lexicon = load_lexicon()
    tokens = list(TOKEN.finditer(cue.text))
    words = [token[0].lower() for token in tokens]
    for index in range(len(words)):
        match = lexicon.match(words, index)
        if match is not None and match[0].act != "state":
            return cue.start + tokens[index + match[1] - 1].end()
    return cue.end


def _is_nominal(word: str) -> bool:
    return word[0].isupper() or word.lower() in DETERMINERS


def _subject(document: Document, content: Span) -> Span | None:
    """The noun phrase that the content begins with, if it isn't a pronoun that may be the speaker."""
    tokens = list(TOKEN.finditer(document.text, content.start, min(content.end, content.start + REACH)))
    at = 0
    while at < len(tokens) and tokens[at][0].lower() in OPENERS:
        at += 1
    return _noun_phrase(document, tokens, at)


def _noun_phrase(document: Document, tokens: list[re.Match[str]], at: int) -> Span | None:
    pronouns = (
        load_content_classes()["self"] | load_content_classes()["first"] | load_content_classes()["other"]
    )
    first = last = None
    for index in range(at, min(len(tokens), at + MAX_TARGET_WORDS)):
        token = tokens[index]
        word = token[0].lower()
        if not token[0][0].isalnum() or word in DAYS:
            break
        if word in PHRASE_ENDS and not _is_name_particle(tokens, index):
            break
        if last is not None and last[0].lower() not in DETERMINERS and _is_verbal(token[0]):
            break
        if last is not None and "\n" in document.text[last.end() : token.start()]:
            break
        first = token if first is None else first
        last = token
        if token[0].endswith(".") and not (token[0][0].isupper() and len(token[0]) <= 5):
            break
    if (
        first is None
        or last is None
        or (first[0].lower() in pronouns and first is last and first[0].lower() not in ("you", "us", "me"))
    ):
        return None
    end = last.end() - (last[0].endswith(".") and (last[0][0].islower() or len(last[0]) > 5))
    return document.span(first.start(), end)


def _is_name_particle(tokens: list[re.Match[str]], index: int) -> bool:
    """ "of" and its like inside a name: a capital stands before and after."""
    if tokens[index][0] not in ADVERBS_BEFORE_NOUNS or index == 0 or index + 1 >= len(tokens):
        return False
    following = tokens[index + 1][0]
    if following == "the" and index + 2 < len(tokens):
        following = tokens[index + 2][0]
    return tokens[index - 1][0][0].isupper() and following[0].isupper()


def _is_verbal(word: str) -> bool:
    """Whether a word in small letters looks like a finite verb after a subject."""
    if word[0].isupper():
        return False
    classes = load_content_classes()
    if word in classes["auxiliary"]:
        return True
    return (
        (word.endswith("ed") and len(word) > 4)
        or (word in irregular_pasts() and word not in load_irregular_verbs())
        or (word in load_lexicon().lemmas and word.endswith(("ed", "s")))
    )
