"""What a statement's content shows: whether it is negated or conditional, when it holds, and what saying it
does.

No parser stands behind this: the first clause is read word by word, up to its verb group, as news is written
(subject, auxiliaries, verb).
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.acts.cue_lexicon import Act, load_content_classes, load_irregular_verbs, load_lexicon
from onrecord.types import Modality, Tense

MAX_VERB_DISTANCE = 14  # words: a subject is rarely longer; further on a word belongs to another clause
DEMONSTRATIVES = frozenset({"this", "that", "these", "it", "the", "there", "those", "such"})
VERB_GROUP = 6  # words of auxiliaries and adverbs before the main verb
PAST = frozenset(["was", "were", "had", "did"])
PRESENT = frozenset(["is", "are", "am", "has", "have", "do", "does", "'s", "'re", "'ve", "'m"])
OPENERS = frozenset("\" “ ” ' ‘ ’ « » „ that : , - – — ( and but so because well".split())
CLAUSE_ENDS = frozenset([".", ";", "!", "?"])


@dataclass(frozen=True, slots=True)
class Clause:
    """The first clause of a content: its words (lower case), where its subject and verb group end, and what
    they are.

    Args:
        words: all words of the content.
        subject: the words before the verb group.
        auxiliaries: auxiliaries and negators, in order.
        verb: the first word after them, empty where there is none.
        rest: the words after the verb, to the end of the sentence.
        infinitive: it begins with "to": "to leave by noon".
    """

    words: tuple[str, ...]
    subject: tuple[str, ...]
    auxiliaries: tuple[str, ...]
    verb: str
    rest: tuple[str, ...]
    infinitive: bool

    def has(self, name: str) -> bool:
        """Whether verb or rest has a word of this class."""
        return self.verb in load_content_classes()[name] or any(
            word in load_content_classes()[name] for word in self.rest
        )


def parse_clause(words: Sequence[str]) -> Clause:
    """The first clause of a content given as words in lower case."""
    start = 0
    while start < len(words) and words[start] in OPENERS and not _is_demonstrative(words, start):
        start += 1
    end = next((index for index in range(start, len(words)) if words[index] in CLAUSE_ENDS), len(words))
    sentence = tuple(words[start:end])
    if sentence[:1] in (("to",), ("not",)) and sentence[:2] != ("to", "the"):
        at = 2 if sentence[0] == "not" else 1
        negated = ("not",) if sentence[0] == "not" else ()
        verb = sentence[at] if at < len(sentence) else ""
        return Clause(tuple(words), (), negated, verb, sentence[at + 1 :], True)
    skip = _skip_condition(sentence)
    verb_at = _find_verb(sentence, skip)
    while verb_at > skip + 1 and sentence[verb_at - 1] == "never":  # "her client never touched it"
        verb_at -= 1
    group = sentence[verb_at : verb_at + VERB_GROUP]
    classes = load_content_classes()
    auxiliaries: list[str] = []
    at = verb_at
    for word in group:
        if (
            word in classes["auxiliary"]
            or word in classes["negator"]
            or (word == "to" and auxiliaries)
            or word == "going"
        ):
            auxiliaries.append(word)
        elif not (
            word.endswith("ly") or word in ("also", "still", "now", "already", "always", "ever", "just")
        ):
            break
        at += 1
    verb = sentence[at] if at < len(sentence) else ""
    return Clause(tuple(words), sentence[skip:verb_at], tuple(auxiliaries), verb, sentence[at + 1 :], False)


def _is_demonstrative(words: Sequence[str], index: int) -> bool:
    """Whether "that" is the subject ("that is false"), no conjunction."""
    return words[index] == "that" and words[index + 1 : index + 2] in (
        ["'s"],
        ["is"],
        ["was"],
        ["would"],
        ["will"],
        ["never"],
        ["did"],
        ["does"],
    )


def _skip_condition(sentence: Sequence[str]) -> int:
    """Where the main clause begins after "if …," at the head."""
    if sentence and sentence[0] in load_content_classes()["condition"] and "," in sentence:
        return sentence.index(",") + 1
    return 0


def _find_verb(sentence: Sequence[str], start: int) -> int:
    """Where the verb group begins: the first auxiliary, else the first word that looks like a finite verb."""
    auxiliary = load_content_classes()["auxiliary"]
    for index in range(start, min(len(sentence), start + MAX_VERB_DISTANCE)):
        possessive = (
            sentence[index] == "'s"
            and index + 1 < len(sentence)
            and index > start
            and sentence[index - 1] not in CONTRACTED_IS
        )
        if sentence[index] in auxiliary and index > start and not possessive:
            return index
        plural = (
            sentence[index].endswith("s") and index + 1 < len(sentence) and sentence[index + 1] in MODALS
        )  # "both sides must"
        if index > start and not plural and _is_finite_verb(sentence, index):
            return index
    return min(start + 1, len(sentence))


MODALS = frozenset(["must", "should", "will", "would", "can", "could", "may", "might", "have", "had", "were", "are"])  # fmt: skip
CONTRACTED_IS = frozenset(["it", "he", "she", "that", "there", "what", "who", "here", "this"])
NOUN_ENDINGS = frozenset([
    "the", "a", "an", "his", "her", "their", "its", "our", "my", "your", "this", "that",
    "these", "those", "some", "any", "no", "of", "in", "on", "for", "with", "at", "by", "from",
])  # fmt: skip


def _is_finite_verb(sentence: Sequence[str], index: int) -> bool:
    word, before = sentence[index], sentence[index - 1]
    if before in NOUN_ENDINGS or not word.isalpha():
        return False
    if before in load_content_classes()["self"]:
        return not word.endswith("ly")
    if word in irregular_pasts() or word in ("needs", "need", "deserves", "deserve"):
        return True
    known = (
        any(word in load_content_classes()[name] for name in ("harm", "wrong", "hurt", "curb"))
        or word in load_lexicon().lemmas
    )
    return (word.endswith("ed") and len(word) > 4) or (known and word.endswith("s") and len(word) > 4)


@functools.lru_cache(maxsize=1)
def irregular_pasts() -> frozenset[str]:
    """Past forms of irregular verbs; some are lemmas as well ("set")."""
    return frozenset(
        form for forms in load_irregular_verbs().values() for form in forms if not form.endswith(("ing", "s"))
    )


def modality_of_clause(clause: Clause, *, denied: bool) -> Modality:
    """Whether what is said is negated or conditional, and whether it is past, present or to come.

    Args:
        denied: the cue says that it isn't so ("denied that"): that negates it, and a negation inside negates
            it back.
    """
    classes = load_content_classes()
    negated = (
        any(word in classes["negator"] for word in clause.auxiliaries)
        or clause.subject[:1] == ("no",)
        or clause.subject[:1] == ("nobody",)
    )
    negated = negated or clause.rest[:1] == ("no",) or clause.verb in ("no", "nothing", "never")
    conditional = any(word in classes["condition"] for word in clause.words) or (
        "would" in clause.auxiliaries and "have" in clause.auxiliaries
    )
    return Modality(negated != denied, conditional, _tense(clause))


def _tense(clause: Clause) -> Tense:
    auxiliaries = tuple(word for word in clause.auxiliaries if word not in ("not", "n't", "never", "no"))
    if clause.infinitive:
        return "future"
    if auxiliaries[1:2] == ("to",):
        return "past" if auxiliaries[0] == "had" else "present"
    if "have" in auxiliaries and any(
        word in ("would", "could", "should", "might", "may", "must") for word in auxiliaries
    ):
        return "past"
    if (
        any(word in load_content_classes()["future"] for word in auxiliaries)
        or "would" in auxiliaries
        or "going" in auxiliaries
    ):
        return "future"
    if any(word in PAST for word in auxiliaries):
        return "past"
    if any(word in PRESENT for word in auxiliaries):
        return (
            "past"
            if auxiliaries[0] in ("has", "have", "'ve") and "been" not in auxiliaries and clause.verb
            else "present"
        )
    if auxiliaries:
        return "present"
    past = clause.verb.endswith("ed") or (
        clause.verb in irregular_pasts() and clause.verb not in load_irregular_verbs()
    )
    return "past" if past else "present"


TRUTH_WORDS = frozenset(
    {"true", "correct", "accurate", "so", "happen", "happened", "occur", "occurred", "exist", "existed"}
)
STEADFAST = frozenset({"rest", "relent", "waver", "flinch", "falter", "tire", "forget", "abandon", "desert"})
SPOKEN = frozenset({"request", "demand", "promise", "agree", "threaten", "consult", "accuse"})


def act_of_clause(clause: Clause, *, source: Sequence[str], modality: Modality, quoted: bool) -> Act | None:
    """What saying this does, where the content shows it; ``None`` where it only states.

    Args:
        source: the words of the source, in lower case: a subject that repeats them is the speaker.
        quoted: the content stands in quotation marks, so that "I" and "we" are the speaker, and "he" isn't.
    """
    if (clause.words and clause.words[-1] == "?") or "?" in clause.words[-3:]:
        return "ask"
    if quoted and _is_imperative(clause):
        return "demand"
    if _is_inverted_negation(clause, quoted=quoted) or (
        clause.subject[:1] == ("no",) and "ever" in clause.words and modality.tense == "past"
    ):
        return "deny"
    if any(pair in (("my", "word"), ("our", "word")) for pair in itertools.pairwise(clause.words[:5])):
        return "promise"
    mine = _is_speaker(clause.subject, source, quoted=quoted)
    if mine:
        return _act_of_speaker(clause, modality)
    return _act_of_others(clause, modality, quoted=quoted)


def _is_inverted_negation(clause: Clause, *, quoted: bool) -> bool:
    """Whether a speaker denies at the head of the clause: "at no point did I see it", "never have we paid"."""
    head = next((at for at, word in enumerate(clause.words) if word not in OPENERS or word == "never"), 0)
    words = clause.words[head : head + 5]
    start = 3 if words[:2] in (("at", "no"), ("in", "no")) else 1 if words[:1] == ("never",) else len(words)
    who = load_content_classes()["first"] if quoted else load_content_classes()["self"]
    return words[start : start + 1] in (("did",), ("have",), ("has",), ("had",)) and any(
        word in who or word in ("i", "we") for word in words[start + 1 : start + 2]
    )


def _is_imperative(clause: Clause) -> bool:
    """Whether a quotation begins with a bare verb that asks for something to be done."""
    first = next((word for word in clause.words if word not in OPENERS), "")
    return first in load_content_classes()["command"]


def _is_speaker(subject: Sequence[str], source: Sequence[str], *, quoted: bool) -> bool:
    if not subject:
        return False
    classes = load_content_classes()
    if subject[-1] in classes["first"] or subject[0] in ("i", "we", "my", "our"):
        return True
    if quoted:
        return False
    if len(subject) == 1 and subject[0] in classes["self"]:
        named = source[0] if len(source) == 1 and source[0] in classes["self"] else subject[0]
        return named == subject[0]  # "he said she" is of another
    nouns = {word for word in source if len(word) > 3}
    return subject[0] in ("his", "her", "its", "their") or bool(nouns and subject[-1] in nouns)


def _act_of_speaker(clause: Clause, modality: Modality) -> Act | None:
    classes = load_content_classes()
    if clause.auxiliaries[:2] == ("should", "have"):
        return "concede"
    found = load_lexicon().match((clause.verb, *clause.rest[:3]), 0) if clause.verb else None
    if clause.auxiliaries[-1:] == ("be",) and not clause.verb.endswith(("ed", "ing")):
        found = None  # "would be back": no verb
    if modality.tense == "future" and not any(
        word in ("could", "might", "may") for word in clause.auxiliaries
    ):
        if modality.negated:
            return "promise" if clause.verb in STEADFAST else "reject"
        harms = clause.verb in classes["hurt"] or any(
            word in classes["harm"] for word in (clause.verb, *clause.rest[:3])
        )
        curbs = clause.verb in classes["curb"]
        priced = any(word in classes["consequence"] for word in clause.rest[:8])
        if (harms and clause.verb != "resign") or priced or (curbs and modality.conditional):
            return "threaten"
        if curbs:
            return "announce"
        return (
            found[0].act
            if found and found[0].act not in ("state", "announce", "ask", "consult")
            else "promise"
        )
    if (
        modality.negated
        and found
        and found[0].words[0] in ("support", "back", "agree", "accept", "endorse", "approve")
    ):
        return "reject"
    if modality.tense == "past" and modality.negated:
        return "concede" if clause.has("own") and "nothing" not in (clause.verb, *clause.rest[:2]) else "deny"
    if modality.negated:
        return None
    if clause.verb in classes["ready"]:
        return "promise"
    if clause.verb in classes["own"] or any(word in classes["own"] for word in clause.rest[:4]):
        return "concede"
    if clause.verb in classes["harm"] and modality.tense == "past":
        return "concede"
    told = (
        modality.tense == "past" and found is not None and found[0].act in SPOKEN
    )  # "we have asked": of an act done before
    if found and found[0].act not in ("state", "announce", "ask") and found[0].kind == "v" and not told:
        return found[0].act
    return None


def _act_of_others(clause: Clause, modality: Modality, *, quoted: bool) -> Act | None:
    classes = load_content_classes()
    if _is_untrue(clause, modality):
        return "deny"
    if clause.subject[-1:] in (("mistakes",), ("errors",)) and clause.verb == "made" and not modality.negated:
        return "concede"
    said = itertools.pairwise((clause.verb, *clause.rest))
    if any(left in classes["possessed"] and right in classes["own"] for left, right in said):
        return "concede"
    if any(word in classes["duty"] for word in clause.auxiliaries) or clause.auxiliaries[:2] in (
        ("has", "to"),
        ("have", "to"),
        ("had", "to"),
    ):
        return "demand" if modality.tense != "past" else "accuse"
    if clause.verb in ("needs", "need") and clause.rest[:1] == ("to",):
        return "demand"
    if (
        modality.tense == "future"
        and any(word in classes["consequence"] for word in clause.rest)
        and clause.verb in ("face", "pay", "suffer", "be", "regret")
    ):
        return "threaten"
    if modality.negated:
        return None
    wrongs = clause.verb in classes["harm"] or clause.verb in classes["wrong"]
    if wrongs and modality.tense != "future" and not _is_passive_harm(clause):
        return "accuse"
    copula = any(word in ("is", "are", "was", "were", "'s", "'re", "been") for word in clause.auxiliaries)
    said = itertools.pairwise(("", clause.verb, *clause.rest[:4]))
    if copula and any(word in classes["blame"] and before not in classes["failing"] for before, word in said):
        return "accuse"
    return None


def _is_untrue(clause: Clause, modality: Modality) -> bool:
    """ "this is false", "the claims were baseless", "that is not true", "there was no deal"."""
    classes = load_content_classes()
    pointing = clause.subject[:1] != () and clause.subject[0] in DEMONSTRATIVES
    claims = any(word in classes["claims"] for word in clause.subject)
    if clause.has("untrue") and (pointing or claims) and not modality.negated:
        return True
    said = (clause.verb, *clause.rest[:4])
    if modality.negated and pointing and any(word in TRUTH_WORDS for word in said):
        return True
    none = "no" in (*clause.auxiliaries, *said)
    return clause.subject[:1] == ("there",) and none and any(word in classes["none"] for word in said)


def _is_passive_harm(clause: Clause) -> bool:
    """ "were killed": somebody was hurt; whom that blames the content doesn't say."""
    being = any(word in ("was", "were", "is", "are", "been", "be", "being") for word in clause.auxiliaries)
    return being and not clause.verb.endswith("ing") and "by" not in clause.rest[:6]
