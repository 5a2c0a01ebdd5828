"""What one verb says about time: that something has been, or is still to come.

Only the word and its neighbours are looked at: "vowed to leave", "failed to leave", "were held trying to leave", "could not be reached".
"""

from __future__ import annotations

from typing import Literal

from onrecord.lang.en.closed_classes import (
    AUXILIARIES,
    FUTURE,
    PAST,
    PREPOSITIONS,
    PRONOUNS,
    STOPPERS,
    words,
)
from onrecord.lang.en.numbers.numerals import TENS, UNITS
from onrecord.lang.en.time_words import WEEKDAYS
from onrecord.text.passages import APOSTROPHES, Passage

Direction = Literal["past", "future", "either"]
"""Past, still to come, or "either": to come as seen from a past ("was to arrive"), so that the nearer date is the
likelier; of weekdays three days back and four ahead the one ahead, since a report tells what is new."""

PLANNED = frozenset(
    words(
        "scheduled expected due slated planned set payable effective expire expires expiring upcoming "
        "forthcoming begin begins start starts planning plans plan hopes hope intends intend aims wants want "
        "expects expect seeks likely supposed going redeemable callable looming impending pending"
    )
)
# Simple presents that tell of what is fixed for a day ("the court meets on Monday").
FIXED = frozenset(
    words(
        "vote go head faces "
        "meets meet convenes convene opens arrives arrive holds hosts reopens resumes debuts premieres airs "
        "starts ends closes retires"
    )
)
# At the head of a sentence these tell somebody what to do.
TO_DO = frozenset(words("ask call join watch visit come tune vote meet check wait stay return email"))
# So do these with what follows them.
FIXED_WITH = frozenset(
    (
        *(("runs", word) for word in ("from", "until", "till", "through")),
        *(("takes", word) for word in ("effect", "place", "office")),
        *(
            ("goes", "on"),
            ("go", "on"),
            ("comes", "into"),
            ("come", "into"),
            ("take", "effect"),
            ("take", "place"),
        ),
    )
)
# Is or are doing: of what is arranged, of what goes on otherwise.
ARRANGED = frozenset(
    words(
        "going coming meeting holding leaving returning visiting starting beginning opening closing hosting launching "
        "travelling traveling flying arriving heading voting playing releasing joining moving staging organizing "
        "organising convening delivering appearing attending speaking testifying debating giving throwing addressing girding bracing gearing preparing readying"
    )
)
AHEAD = frozenset(
    words(
        "going planning hoping expecting intending vowing promising preparing looking aiming waiting threatening wanting "
        "pledging agreeing offering proposing scheduling"
    )
)
# Beside a past verb these tell of the same time ("praised the plan, telling reporters on Monday that").
REPORTING = frozenset(
    words("telling saying adding citing noting announcing warning arguing insisting speaking")
)
ENGAGEMENTS = frozenset(words("slot fee fees tour role"))  # "a speaking tour" tells of no time
RANKS = frozenset(words("first second third last latest only"))
# After "to" as a preposition these are no verbs.
NOT_VERBS = frozenset(
    words(
        "younger older central local national federal public private senior top key other others such both many most "
        "several black white male female rural urban foreign new old big small high low recent former current "
        "potential early late people voters supporters reporters members leaders officials "
        "be date more less nearly some almost just"
    )
)
INTENDED = frozenset(
    words(
        "planned scheduled expected vowed promised agreed pledged hoped wanted intended decided asked ordered invited "
        "urged threatened proposed offered prepared needed required slated allowed supposed committed permitted "
        "authorised authorized directed instructed determined designed called said told set left put ready likely was were is are has have"
    )
)
PROSPECTS = frozenset(words("chance chances prospect prospects odds hopes"))
# Nouns and adjectives whose "to" looks ahead.
OPEN = frozenset(
    words(
        "chance chances opportunity necessary certain sure eligible able unable eager keen poised willing bound like love "
        "pace track course promise promises time"
    )
)
# Past forms that the lexicon's list lacks.
RARE = frozenset(
    words(
        "cast broadcast blew bred clung crept drank flung knelt misled mistook overrode rang rewrote rethought "
        "shone slung spat stung stank strode strove thrust trod undid upset wept withheld withstood"
    )
)
# Participles that don't end in -ed, where the past form is another word.
PARTICIPLES = frozenset(
    words(
        "begun gone come seen given taken known shown done been written driven fallen risen grown chosen spoken broken stolen "
        "frozen worn torn sworn thrown drawn flown become withdrawn run sung"
    )
)
AMBIGUOUS = frozenset(
    ("come", "become", "run", "known", "done")
)  # participles that are also present forms, or adjectives
SPENT = PAST | RARE | (PARTICIPLES - AMBIGUOUS)
CARRIERS = frozenset(words("was were is are has have"))
# What was brought about: "prompted the council to meet".
CAUSED = frozenset(words("prompted forced led got helped caused drove pushed compelled enabled brought"))
# Past forms that are present forms too, or nouns.
UNMARKED = frozenset(
    words(
        "cast broadcast thrust upset cost cut hit let put quit read set shut spread split bid burst hurt beat"
    )
)
NOT_ADJECTIVES = frozenset(
    words(
        "need indeed speed feed red bed embed seed weed breed greed bleed deed steed succeed proceed exceed heed reed sacred united hundred"
    )
)
# Of the words in un- and -ed, the few that are verbs; the others are adjectives ("a still unspecified date").
UNDONE = frozenset(
    words(
        "unveiled unleashed undermined unloaded unified unfolded uncovered unlocked unfurled unseated undid"
    )
)
FOUND = frozenset(words("reached located found contacted learned determined confirmed verified seen heard"))
DISCLOSED = frozenset(
    words("say comment discuss disclose specify identify elaborate confirm speculate reveal provide")
)
DETERMINERS = frozenset(words("the a an this that his her its their our my your"))
ARE = frozenset(words("is are am re"))
WERE = frozenset(("was", "were"))
HAD = frozenset(("had", "previously", "originally"))
UNDID = frozenset(words("didn wasn weren hadn hasn haven couldn"))
WONT = frozenset(words("won wouldn shouldn mustn can"))
ASKING = frozenset(words("how what where whether"))
LEADS = frozenset(words("in on at since during by for from"))
OBJECT = 6  # tokens: a verb, its object and "to"
QUOTES = frozenset('"“‘')


def direction_of_verb(passage: Passage, at: int, *, forward: bool = False) -> Direction | None:
    """What the word at this token says about time, ``None`` where it says nothing.

    Args:
        forward: whether the word comes after the expression of time: then "to leave" needs a verb before it to tell.
    """
    word = passage.low[at]
    if passage.word(at + 1) in APOSTROPHES and passage.word(at + 2) == "t" and passage.joined(at + 1):
        if word in UNDID or (word == "wouldn" and passage.word(at + 3) in DISCLOSED):
            return "past"
        return "future" if word in WONT else None
    if word in FUTURE:
        return _modal(passage, at)
    if word == "to":
        return _to(passage, at, forward)
    if passage.word(at - 1) == "to" and word in PLANNED | UNMARKED:
        return None  # the verb before "to" tells
    if word == "have" and passage.word(at - 1) in FUTURE:
        return None  # the modal tells
    if word in PROSPECTS and passage.word(at + 1) in ("of", "for"):
        return "future"
    if word in PLANNED:
        return _planned(passage, at)
    if word in TO_DO and not forward and _heads_sentence(passage, at):
        return "future"
    if word in SPENT or (word in ("has", "have") and _is_perfect(passage, at + 1)):
        return _past(passage, at)
    return _direction_of_form(passage, at)


def _direction_of_form(passage: Passage, at: int) -> Direction | None:
    """What a word says by its form, or by the words beside it: "arrested", "is meeting", "the show airs"."""
    word, before, after = passage.low[at], passage.word(at - 1), passage.word(at + 1)
    inside = passage.capital(at) and not passage.first(at)  # of a name
    if word.endswith("ed") and len(word) > 3 and word not in NOT_ADJECTIVES and not inside:
        return _participle(passage, at)
    if word in ARRANGED and before in ARE:
        return "future"
    if word in REPORTING and before not in ARE and after not in ENGAGEMENTS:
        return "past"
    if word in ("host", "hold") and before in ("that", "which") and passage.word(at - 2).endswith("s"):
        return "future"
    if (word, after) in FIXED_WITH and before not in ("that", "which", "to"):
        return "future"
    if word in FIXED and (word.endswith("s") or before.endswith("s") or passage.capital(at - 1)):
        return "future" if before not in DETERMINERS else None
    return None


def _heads_sentence(passage: Passage, at: int) -> bool:
    """Whether a word begins a sentence, quoted or not: "“*Ask* me on Thursday,” he said"."""
    return passage.first(at) or (passage.word(at - 1) in QUOTES and passage.capital(at))


def _modal(passage: Passage, at: int) -> Direction | None:
    """Will and its like: to come, but for what "may have" been, and what "could not" be."""
    word, after = passage.low[at], passage.word(at + 1)
    if word == "may" and passage.capital(at) and not passage.first(at):
        return None  # the month
    if after == "have" and word not in ("will", "ll", "shall") and _is_perfect(passage, at + 2):
        return "past"
    if word == "could" and (after == "not" or (after == "be" and passage.word(at + 2) in FOUND)):
        return "past"  # "could not be reached on Monday"
    if word == "would" and after == "not" and passage.word(at + 2) in DISCLOSED:
        return "past"  # "would not say on Monday"
    return "future"


def _is_perfect(passage: Passage, at: int) -> bool:
    """Whether a participle follows "have" ("would have gone", "may never have been"), not a thing that is had ("would have trouble")."""
    word = passage.word(at)
    if word in DETERMINERS or word == "to":
        return False  # "has a rally scheduled"
    at += word.endswith("ly") or word in (
        "not",
        "never",
        "also",
        "already",
        "since",
        "then",
        "long",
        "just",
        "now",
        "yet",
        "so",
    )
    if passage.word(at) in WEEKDAYS or not passage.word(at)[:1].isalpha():
        return True  # "did what he could have Tuesday"
    return _is_participle(passage.word(at)) or passage.word(at) in ("been", "had")


def _planned(passage: Passage, at: int) -> Direction | None:
    word, before = passage.low[at], passage.word(at - 1)
    if _is_noun(passage, at):
        return None
    if before in FUTURE:
        return None  # "would set": the modal tells
    if before in HAD or (before == "been" and passage.word(at - 2) == "had"):
        return "past"
    if word == "set" and passage.word(at + 1) != "for" and before not in ARE | WERE | {"be"}:
        return None if before in DETERMINERS else "past"
    finite = word == "planned" and before not in ARE | DETERMINERS | {"be"}
    return "either" if before in WERE or finite else "future"


def _is_noun(passage: Passage, at: int) -> bool:
    """Whether a word of planning tells of no plan here ("the start of", "revised his plans in May", "likely voters", "wants none of it")."""
    word, before, after = passage.low[at], passage.word(at - 1), passage.word(at + 1)
    if word in ("start", "starts"):
        dated = word == "starts" and after in LEADS  # "the trial starts on Monday"
        return before in DETERMINERS or (passage.word(at - 2) in DETERMINERS and not dated)
    if word in ("looming", "impending", "pending"):
        return not after.isalpha()  # "the looming vote", not "with a vote looming"
    if word == "going":
        return after != "to" and before not in ARE | WERE  # "kept going until Friday"
    if word in ("want", "wants"):
        return "to" not in passage.low[at + 1 : at + OBJECT]  # "doesn't want that"
    if word in ("plan", "plans", "hope", "hopes"):
        return after != "to"
    if word == "likely":
        return after != "to" and before not in ARE | WERE | {"be", "will"}
    return word == "effective" and after.isalpha() and after not in LEADS and not passage.capital(at + 1)


def _past(passage: Passage, at: int) -> Direction | None:
    word, before = passage.low[at], passage.word(at - 1)
    if (passive := _passive(passage, at)) is not None:
        return passive
    if before in ARE:
        return None  # "the bonuses are paid at Christmas"
    if word in UNMARKED and (before in FUTURE or before in DETERMINERS):
        return None
    if word == "let" and (passage.word(at + 1) in ("us", "me") or passage.word(at + 1) in APOSTROPHES):
        return "future"  # "let's meet"
    return "past"


def _passive(passage: Passage, at: int) -> Direction | None:
    """What the verb before "be" says of a participle: "will be publicly released", "could not be reached"; to come where there's none."""
    at -= 1 + passage.word(at - 1).endswith("ly")
    if passage.word(at) != "be":
        return None
    at -= 1 + (passage.word(at - 1) == "not")
    return _modal(passage, at) if passage.word(at) in FUTURE else "future"


def _participle(passage: Passage, at: int) -> Direction | None:
    word, before = passage.low[at], passage.word(at - 1)
    if (passive := _passive(passage, at)) is not None:
        return passive
    if (before.endswith("ly") and passage.word(at - 2) in ARE) or passage.hyphened(at - 1):
        return None  # "is officially reported", "the self-ruled island"
    if before in ARE or (word.startswith("un") and word not in UNDONE) or _is_needed(passage, at):
        return None
    after = passage.word(at + 1)
    if (before[:1].isdigit() or before in PREPOSITIONS) and after.isalpha() and after not in STOPPERS:
        return None  # "271 pledged delegates", "of registered voters"
    if before == "s" and after.islower() and after.isalpha() and after not in STOPPERS:
        return None  # "the town's crowded race"
    if word == "prepared" and after == "for":
        return "either"
    attributive = before in DETERMINERS and before != "that" and after.isalpha()
    return None if attributive else "past"


def _to(passage: Passage, at: int, forward: bool) -> Direction | None:
    """What the verb before "to" says of the one after it: still to come, or done and tried."""
    before, further = passage.word(at - 1), passage.word(at - 2)
    verb = at + 1 + (passage.word(at + 1) in QUOTES)
    if not _infinitive(passage, verb) or "from" in passage.low[max(0, at - 6) : at - 1]:
        return None
    if passage.word(at + 1) == "have" and _is_participle(passage.word(at + 2)):
        return "past"
    if before == "had" or further == "had" or (further == "been" and passage.word(at - 3) == "had"):
        return "past"
    if before in ASKING:
        return None  # "quarrelled over how to publish it on Monday"
    if before == "prepared" and further not in ARE | WERE | {"be"}:
        return "either"
    if before in AHEAD:
        return "either" if further in WERE else "future"
    if before.endswith("ing") and further not in DETERMINERS:
        return "future" if further in ARE else None  # "were held trying to enter": the verb before it tells
    if further == "be" and _is_participle(before):
        return "future"
    if _is_needed(passage, at - 1):
        return None
    if before in WERE or (further in WERE and before in INTENDED | PLANNED):
        return "either"
    if before in OPEN and not any(_is_participle(word) for word in passage.low[max(0, at - 5) : at - 1]):
        return "future"
    if before in INTENDED | PLANNED:
        return "future"
    if before in RANKS or _is_participle(before):
        return "past"  # "was the first to", "failed to"
    return None if forward else _of_object(passage, at)


def _of_object(passage: Passage, at: int) -> Direction:
    """What the verb before a noun and "to" says: "asked the firm to pay", "prompted the council to meet"; else either."""
    for index in range(at - 2, max(at - OBJECT, 0), -1):
        word = passage.low[index]
        if word in CAUSED:
            return "past"
        if word in INTENDED - CARRIERS and passage.word(index + 1) != "for":
            return "future"
    return "either"


def _is_needed(passage: Passage, at: int) -> bool:
    """Whether a participle belongs to the noun before it, and not to the clause ("got the votes needed to win")."""
    return (
        passage.word(at) in ("needed", "required")
        and passage.word(at + 1) in ("to", "for")
        and passage.word(at - 1) not in AUXILIARIES | PRONOUNS
    )


def _is_participle(word: str) -> bool:
    return word in SPENT or word in AMBIGUOUS or (word.endswith("ed") and word not in NOT_ADJECTIVES)


def _infinitive(passage: Passage, at: int) -> bool:
    word = passage.word(at)
    if not word.isalpha() or passage.capital(at) or word in DETERMINERS | NOT_VERBS:
        return False
    if word in PREPOSITIONS or word in PRONOUNS or word in UNITS or word in TENS:
        return False
    return not word.endswith(("s", "ing", "ity"))
