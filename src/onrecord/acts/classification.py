"""What each statement does, when and whether what it says holds, and how far the reporter stands behind
it.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Sequence

from onrecord.acts.clauses import Clause, act_of_clause, modality_of_clause, parse_clause
from onrecord.acts.cue_lexicon import Act, CueEntry, load_content_classes, load_lexicon, tokenize_lower
from onrecord.types import Document, Modality, Stance, Statement

MAX_CONTENT_CHARS = 2_000  # characters read of a content; what it does shows at its beginning
ADDRESSED = frozenset(
    {"tell", "assure", "reassure", "inform", "notify", "remind", "warn", "advise", "promise"}
)
THOUGHT = frozenset(
    """
    think believe feel hope wish fear worry expect know suppose guess imagine assume presume reckon consider deem
    find learn discover realize realise see notice hear show plan intend decide determine remember dream doubt view
    regard belief feeling
    """.split()
)
WANTED = frozenset("want seek like love hate concern need oppose".split())
DISMISSALS = frozenset(
    {"dismiss", "brush", "reject", "rebuff", "shrug", "repudiate"}
)  # a claim that is waved away is denied
DONE = frozenset({"accuse", "deny", "concede"})  # what these are about was done, or is said to have been
GERUND = 14  # words of a content in which it is named
BEFORE = 40  # characters before the cue in which a negation of it stands
NEGATED_ACTS: dict[Act, Act] = {"support": "reject", "agree": "reject", "promise": "reject", "concede": "deny", "reject": "state", "deny": "state",
                          "accuse": "state", "demand": "state", "request": "state", "threaten": "state", "announce": "state"}  # fmt: skip
NON_SPEECH_KINDS = re.compile(
    r"(?:refus|declin)\w* (?:to )?(?:comment|say|confirm|discuss|answer|elaborate|reveal|disclose|identify|name|be)\b|no comment",
    re.IGNORECASE,
)
PARTICLE = re.compile(r"[ \t\r]*\n?[ \t]*(on|upon|for|against|out|off|down|back|up|to|with)\b", re.IGNORECASE)
OPEN_HARM = re.compile(r"(?:refus\w*|declin\w*|not|n['’]t|never) (?:to )?rul\w+ out", re.IGNORECASE)


def classify_statements(document: Document, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements with ``act``, ``modality`` and ``stance``, in the order given; all else is kept.

    The cue decides where it does more than report ("accused", "denied"); where it only reports ("said"), what
    is said decides ("said he would resign", "said the army had killed civilians"). A statement in another one
    is described by its own words.
    """
    return tuple(_classify(document, statement) for statement in statements)


def _classify(document: Document, statement: Statement) -> Statement:
    words = cue_words(document, statement)
    cue = find_cue(words)
    content = content_text(document, statement)
    clause = parse_clause(_without_addressee(cue, tokenize_lower(content)))
    negated = cue is not None and _is_negated(document, statement, words, cue)
    denied = cue is not None and cue.act in ("deny",) and not negated
    modality = modality_of_clause(clause, denied=denied)
    source = tokenize_lower(statement.source.text) if statement.source else []
    act = _act(document, statement, cue, clause, modality, source, negated=negated)
    if (
        act == "reject"
        and cue is not None
        and cue.act == "reject"
        and clause.infinitive
        and not modality.negated
    ):
        modality = dataclasses.replace(modality, negated=True)  # "refused to leave": he won't
    if cue is not None and cue.act in DONE and _is_tenseless_deed(clause):
        modality = dataclasses.replace(modality, tense="past")
    return dataclasses.replace(
        statement, act=act, modality=modality, stance=_stance(statement, cue, clause, negated=negated)
    )


def cue_words(document: Document, statement: Statement) -> list[str]:
    """The words of the cue, with the particle behind it where the two are one cue ("*called* on both sides to")."""
    if statement.cue is None:
        return []
    words = tokenize_lower(statement.cue.text)
    behind = PARTICLE.match(document.text, statement.cue.end)
    if words and behind and (known := load_lexicon().match([*words[-1:], behind[1].lower()], 0)):
        return [*words, behind[1].lower()] if known[1] == 2 else words
    return words


def _is_demand(clause: Clause) -> bool:
    """Whether "on" something follows that is wanted ("on a full apology"), no day and no doing."""
    words = clause.words[:2]
    return words[:1] == ("on",) and words[1:2] > ("",) and not words[1].endswith(("day", "ing"))


def _is_tenseless_deed(clause: Clause) -> bool:
    """Whether the content is a deed without a tense of its own: "taking bribes", "the mayor of taking bribes"."""
    if clause.auxiliaries or clause.infinitive:
        return False
    for before, word in itertools.pairwise(("of", *clause.words[:GERUND])):
        if before in ("of", "for", "to", "from") and word.endswith("ing") and len(word) > 4:
            return True
    return False


def _without_addressee(cue: CueEntry | None, words: Sequence[str]) -> Sequence[str]:
    """What was told, without whom it was told ("told *staff that* it would stay")."""
    if cue is None or cue.words[0] not in ADDRESSED:
        return words
    head, auxiliary = list(words[:8]), load_content_classes()["auxiliary"]
    for word in ("that", "to") if cue.words[0] == "tell" else ("that",):
        if word in head[1:] and not any(before in auxiliary for before in head[: head.index(word)]):
            return words[head.index(word) :]
    return words


def content_text(document: Document, statement: Statement) -> str:
    """The pieces of a content joined by spaces, the beginning of a long one."""
    texts, size = [], 0
    for piece in statement.content:
        texts.append(piece.text[: MAX_CONTENT_CHARS - size])
        size += len(texts[-1]) + 1
        if size >= MAX_CONTENT_CHARS:
            break
    return " ".join(texts)


def find_cue(words: Sequence[str]) -> CueEntry | None:
    """The line of the lexicon that fits a cue best: one that does something before one that only reports,
    then the longest, then the first.
    """
    lexicon = load_lexicon()
    found: list[tuple[bool, int, int, CueEntry]] = []
    index = 0
    while index < min(len(words), 24):
        match = lexicon.match(words, index)
        if match is None:
            index += 1
            continue
        found.append((match[0].act != "state", match[1], -index, match[0]))
        index += match[1]
    return max(found, key=lambda item: item[:3])[3] if found else None


def reports_speech(words: str) -> bool:
    """Whether words tell that somebody says something, and not only thinks, wants or does it.

    >>> reports_speech("had promised"), reports_speech("according to"), reports_speech("believes"), reports_speech("wants"), reports_speech("met with")
    (True, True, False, False, False)
    """
    lexicon, lower = load_lexicon(), tokenize_lower(words)
    matches = (lexicon.match(lower, index) for index in range(len(lower)))
    return any(_is_speech_cue(match[0]) for match in matches if match)


def _is_speech_cue(cue: CueEntry) -> bool:
    return cue.act not in ("support", "consult") and cue.words[0] not in THOUGHT | WANTED


def _is_negated(document: Document, statement: Statement, words: Sequence[str], cue: CueEntry) -> bool:
    """Whether the cue itself is negated: "did not deny", "has never accused", "refused to confirm"."""
    span = statement.cue
    if span is None:
        return False
    head = next((index for index in range(len(words)) if load_lexicon().match(words, index)), 0)
    if any(
        word in load_content_classes()["negator"] and word not in cue.words for word in words[: max(head, 4)]
    ):
        return True
    after_source = statement.source.end if statement.source and statement.source.end <= span.start else 0
    before = tokenize_lower(document.text[max(span.start - BEFORE, after_source, 0) : span.start])[-4:]
    return any(word in ("not", "n't", "never") for word in before) and not any(
        word in (".", ",", ";", '"', "”") for word in before
    )


def _act(
    document: Document,
    statement: Statement,
    cue: CueEntry | None,
    clause: Clause,
    modality: Modality,
    source: Sequence[str],
    *,
    negated: bool,
) -> Act:
    text = statement.cue.text if statement.cue else ""
    if OPEN_HARM.search(text) and (
        clause.has("harm") or clause.has("hurt") or clause.has("curb") or clause.has("consequence")
    ):
        return "threaten"
    if NON_SPEECH_KINDS.search(text):
        return "reject"
    if cue is not None and negated:
        return "reject" if cue.words[0] in ("apologize", "apologise") else NEGATED_ACTS.get(cue.act, "state")
    lemma = cue.words[0] if cue else ""
    if lemma in ("ask", "tell", "want", "expect") and len(cue.words) == 1 if cue else False:
        return _directive_act(lemma, clause, source, quoted=_starts_quoted(statement))
    if cue is not None and cue.act == "request" and "immediate" in clause.words[:3]:
        return "demand"
    if lemma == "insist" and (clause.auxiliaries[:1] == ("be",) or _is_demand(clause)):
        return "demand"  # "insisted that the files be handed over", "insists on an apology"
    if lemma in ("protest", "maintain", "insist", "proclaim", "profess") and "innocence" in clause.words[:3]:
        return "deny"
    if lemma in ("insist", "maintain") and modality.negated and modality.tense == "past":
        return "deny"
    if lemma in DISMISSALS and any(word in load_content_classes()["claims"] for word in clause.words[:4]):
        return "deny"
    if lemma == "accept" and clause.words[:1] == ("that",):
        return "concede"
    if lemma == "dispute" and clause.words[:1] == ("that",):
        return "deny"
    if lemma == "warn" and cue is not None and len(cue.words) == 1:
        return _warning_act(clause, source, modality)
    if cue is not None and cue.act not in ("state", "announce"):
        return cue.act
    if not _is_spoken(statement, cue):
        return cue.act if cue is not None else "state"
    shown = act_of_clause(
        clause,
        source=source,
        modality=modality,
        quoted=statement.form == "direct" or _starts_quoted(statement),
    )
    if shown is not None:
        return shown
    return cue.act if cue is not None else "state"


def _is_spoken(statement: Statement, cue: CueEntry | None) -> bool:
    """Whether the cue tells of words spoken, so that what is said may do something: thoughts and unknown cues
    only state.
    """
    if cue is None:
        bare = statement.cue is None or not any(character.isalpha() for character in statement.cue.text)
        return bare or _starts_quoted(statement)
    return not THOUGHT.intersection(cue.words)


def _directive_act(lemma: str, clause: Clause, source: Sequence[str], *, quoted: bool) -> Act:
    """ "asked", "told", "wants" somebody "to" do something, or to be told."""
    infinitive = clause.infinitive or (
        "to" in clause.words[:8]
        and not any(
            word in ("if", "whether", "why", "how", "what", "who", "when", "where")
            for word in clause.words[:6]
        )
    )
    if lemma == "tell":
        return (
            "demand"
            if clause.infinitive
            else act_of_clause(
                clause, source=source, modality=modality_of_clause(clause, denied=False), quoted=quoted
            )
            or "state"
        )
    if lemma == "ask":
        return "request" if infinitive or clause.words[:1] == ("for",) else "ask"
    if lemma == "want":
        return "state" if clause.infinitive else "request" if infinitive else "state"
    return "state" if lemma == "expect" else "ask"


def _warning_act(clause: Clause, source: Sequence[str], modality: Modality) -> Act:
    """A warning threatens where the harm is the speaker's own or a price to be paid; a warning not to do it
    requests; else it states.
    """
    told = clause.words[1:8]
    directed = ("not", "to") in itertools.pairwise(told) or "against" in told  # "warned the jury not to"
    if clause.infinitive or clause.words[:1] == ("against",) or (directed and "that" not in clause.words[:8]):
        return "request"
    act = act_of_clause(clause, source=source, modality=modality, quoted=False)
    if act in ("threaten", "promise") or clause.has("consequence"):
        return "threaten"
    return "state" if act in (None, "reject", "accuse", "concede") else act


def _starts_quoted(statement: Statement) -> bool:
    return statement.content[0].text.lstrip()[:1] in {'"', "“", "‘", "«", "„"}


def _stance(statement: Statement, cue: CueEntry | None, clause: Clause, *, negated: bool) -> Stance:
    """The reporter's: the cue's, unless a word in the cue or the content keeps a distance, or the cue is
    negated.
    """
    hedges = load_content_classes()["hedge"]
    words = tokenize_lower(statement.cue.text) if statement.cue else []
    if any(word in hedges for word in (*words, *clause.words[:60])):
        return "distanced"
    if cue is None or negated:
        return "neutral"
    return cue.stance
