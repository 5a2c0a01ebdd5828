"""What stands around a name: titles and offices before it, appositions on both sides, whose office it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.speakers.entities import Role
from onrecord.speakers.names import TOKEN
from onrecord.speakers.word_classes import Gender, gender_of_noun, in_class, is_plural, is_title, words
from onrecord.text import TextAnalysis
from onrecord.text.segmentation import Range

MAX_CHARS_BEFORE_NAME = 160
"""Characters looked at on either side of a name."""

_HONORIFIC = ("title_male", "title_female", "title_other")
_ARTICLES = frozenset(["a", "an", "the", "its", "his", "her", "their", "our", "my", "one"])
_OF = re.compile(
    r"\b(?:of|at|for|with|from|to|in|on)\s+(?:the\s+|an?\s+|its\s+)?(?:[a-z-]+\s+){0,2}?((?:[^\W\d_a-zß-öø-ÿ][\w&’'.-]*(?:\s+(?:of|for|the|and|&)\s+(?=(?:the\s+)?[^\W\d_a-zß-öø-ÿ]))?(?:\s+|$)?(?:the\s+(?=[^\W\d_a-zß-öø-ÿ]))?)+)"
)
_COPULA = re.compile(r"(?:\s+(?:is|was|who\s(?:is|was))|,\s*who\s(?:is|was))\s+(?=(?:an?|the|one)\s)")
_APPOSITION = re.compile(r"\s*(?:\([^()\n]{1,40}\)\s*)?(?:,\s*(?:aged\s+)?\d{1,3}\s*)?,\s*")
_STOP_WORDS = re.compile(
    r"[,;:()\n“”\"]|\s[–—-]+\s|\s(?:who|which|that|said|says|told|whose|where|when|as|and (?:said|told|added))\b|\.(?:\s|$)"
)
_TIME = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])


@dataclass(frozen=True, slots=True)
class Title:
    """What stands before a name: where it begins, the gender it tells, the office in it, whether it is only Mr or Ms."""

    start: int
    gender: Gender | None
    role: Role | None
    courtesy_only: bool


def title_before(analysis: TextAnalysis, start: int, after: int = 0) -> Title | None:
    """The title and office right before a name at ``start``, if any stands there.

    Args:
        after: where the last person's name before it ends: no office holds another's name.
    """
    text = analysis.text
    floor = max(analysis.sentence(start)[0], start - MAX_CHARS_BEFORE_NAME, after)
    tokens = [m for m in TOKEN.finditer(text, floor, start) if m.end() <= start]
    taken: list[re.Match[str]] = []
    right = start
    for token in reversed(tokens):
        plain = _plain(token)
        gap = text[token.end() : right]
        if gap not in (" ", ". ", "\u00a0", ".\u00a0") or (gap.startswith(".") and not is_title(plain)):
            break
        if re.search(r"[’']s?$", token[0]) and taken:
            break
        if not taken and not (is_title(plain) or in_class(plain, "person") or plain in words("place")):
            if not _ends_of(tokens, token, text):
                break
        elif taken and (
            not _goes_with(token[0], plain, floor == token.start())
            or (plain == "and" and _is_courtesy_title(taken))  # "Mr. Brun *and Mr.* Orr": the next one's
            or (plain in ("of", "for", "the") and is_title(_plain(taken[-1])))
        ):
            break
        taken.append(token)
        right = token.start()
    taken.reverse()
    taken = _after_organization(taken)
    while taken and not (_opens(taken[0])):
        taken.pop(0)
    if not any(is_title(_plain(token)) or in_class(_plain(token), "person") for token in taken):
        return None
    return _title(analysis, taken, start)


def _after_organization(taken: list[re.Match[str]]) -> list[re.Match[str]]:
    """What stands behind a body and its "of": in "the office of Mayor Ana Brun" the office is none of hers."""
    for place in range(len(taken) - 1, 0, -1):
        before = _plain(taken[place - 1])
        if (
            taken[place][0] == "of"
            and in_class(before, "body")
            and not (is_title(before) or in_class(before, "person"))
        ):
            return taken[place + 1 :]
    return taken


def _title(analysis: TextAnalysis, taken: list[re.Match[str]], start: int) -> Title | None:
    text = analysis.text
    genders = [gender for token in taken if (gender := gender_of_noun(_plain(token)))]
    courtesy_only = _is_courtesy_title(taken)
    first = taken[0].start()
    if is_plural(_plain(taken[-1])) and not any(in_class(_plain(taken[-1]), name) for name in _HONORIFIC):
        return None
    role = None
    if not courtesy_only:
        office = list(taken)
        while len(office) > 1 and _is_courtesy_title(office[-1:]):
            office.pop()  # "Health Minister *Dr.* Ana Brun"
        end = office[-1].end() + (text[office[-1].end()] == ".")
        role = Role((first, end), affiliation_in(text, first, end) or possessor_before(analysis, first))
    return Title(first, genders[-1] if genders else None, role, courtesy_only)


def _is_courtesy_title(taken: list[re.Match[str]]) -> bool:
    return all(any(in_class(_plain(token), name) for name in _HONORIFIC) for token in taken)


def _plain(token: re.Match[str]) -> str:
    return token[0].lower().rstrip(".")


def _ends_of(tokens: list[re.Match[str]], token: re.Match[str], text: str) -> bool:
    """Whether a capital before a name ends an office: "Secretary of *State* Ana Brun"."""
    place = tokens.index(token)
    return (
        (token[0][0].isupper() or in_class(_plain(token), "rank_with"))
        and place >= 2
        and tokens[place - 1][0] == "of"
        and is_title(_plain(tokens[place - 2]))
        and text[tokens[place - 2].end() : token.start()] == " of "
    )


def _goes_with(word: str, plain: str, opens: bool) -> bool:
    if (
        plain in words("month_day")
        or (opens and plain in words("opener") and not in_class(plain, "rank_with"))
        or plain in _ARTICLES
    ):
        return False
    return (
        word[0].isupper()
        or is_title(plain)
        or in_class(plain, "rank_with")
        or in_class(plain, "person")
        or in_class(plain, "body")
    ) and plain not in ("said", "by", "but")


def _opens(token: re.Match[str]) -> bool:
    return _plain(token) not in ("of", "for", "the", "and")


def affiliation_in(text: str, start: int, end: int) -> Range | None:
    """The body or place that an office's words name: "head of the *Straits Commission*", "*Harbour Board* chairman".

    >>> text = "director of the Straits Commission"
    >>> text[slice(*affiliation_in(text, 0, len(text)))]
    'Straits Commission'
    """
    match = _OF.search(text, start, end)
    if match and _plain_word(match[1]) not in words("month_day") | {"state", "justice", "defence", "defense"}:
        stop = match.start(1) + len(match[1].rstrip())
        return (match.start(1), stop)
    tokens = list(TOKEN.finditer(text, start, end))
    first = next((i for i, token in enumerate(tokens) if token[0][0].isupper()), None)
    if first is None:
        return None
    last = first
    while last < len(tokens) and tokens[last][0][0].isupper():
        if is_title(_plain(tokens[last])):
            break
        last += 1
    while (
        last > first
        and in_class(_plain(tokens[last - 1]), "rank_with")
        and not in_class(_plain(tokens[last - 1]), "body")
    ):
        last -= 1
    if last == first or last >= len(tokens):
        return None
    return tokens[first].start(), tokens[last - 1].end()


def _plain_word(words_: str) -> str:
    return words_.split()[0].lower()


def possessor_before(analysis: TextAnalysis, start: int) -> Range | None:
    """Whose office it is: "*Fox Harbour News’* Mila Orr", "*the ministry's* spokesman"."""
    text = analysis.text
    floor = analysis.sentence(start)[0]
    match = re.search(
        r"((?:[^\W\d_a-zß-öø-ÿ][\w&.-]*\s)*[^\W\d_a-zß-öø-ÿ][\w&.-]*)[’']s?\s$",
        text[max(floor, start - MAX_CHARS_BEFORE_NAME) : start],
    )
    if not match:
        return None
    base = max(floor, start - MAX_CHARS_BEFORE_NAME)
    return base + match.start(1), base + match.end(1)


def apposition_after(analysis: TextAnalysis, end: int) -> Role | None:
    """The office told after a name: "Ana Brun, a doctor at the hospital,", "Ana Brun is the mayor of Alderby"."""
    text = analysis.text
    stop = analysis.sentence(max(0, end - 1))[1]
    match = _COPULA.match(text, end, stop) or _APPOSITION.match(text, end, stop)
    if not match:
        return None
    begin = match.end()
    leave = _STOP_WORDS.search(text, begin, min(stop, begin + MAX_CHARS_BEFORE_NAME))
    finish = leave.start() if leave else min(stop, begin + MAX_CHARS_BEFORE_NAME)
    return _role(analysis, begin, finish)


def _role(analysis: TextAnalysis, begin: int, finish: int) -> Role | None:
    text = analysis.text
    tokens = list(TOKEN.finditer(text, begin, finish))
    if not tokens:
        return None
    leading = tokens[0][0].lower()
    if leading in words("pronoun_relative") or leading in words("pronoun_pointing"):
        return None
    until = next(
        (
            i
            for i, token in enumerate(tokens[1:], 1)
            if token[0].lower() in ("of", "at", "for", "with", "from", "to", "in", "on", "by")
        ),
        len(tokens),
    )
    head = tokens[until - 1]
    person = in_class(_plain(head), "person") or in_class(_plain(head), "rank")
    if leading in _ARTICLES:
        if not person and (
            in_class(_plain(head), "body")
            or in_class(_plain(head), "paper")
            or until > 8
            or _plain(head) in _TIME
        ):
            return None
    elif not (person and until <= 6) or is_plural(_plain(head)):
        return None
    first = begin if leading not in ("a", "an", "the") else tokens[min(1, len(tokens) - 1)].start()
    if first >= finish:
        return None
    last = finish - (len(text[first:finish]) - len(text[first:finish].rstrip(" ,.")))
    return Role((first, last), affiliation_in(text, first, last)) if first < last else None


def apposition_before(analysis: TextAnalysis, start: int, end: int) -> Role | None:
    """The office told before a name and a comma, or before one that stands alone in brackets: "the mayor, Ana Brun,", "its
    spokesman, Colonel Bram Oduya", "the mayor (Ana Brun)".

    Args:
        start: where the name begins, its title included.
        end: where it ends.
    """
    text = analysis.text
    floor = max(analysis.sentence(start)[0], start - MAX_CHARS_BEFORE_NAME)
    mark = re.search(r",\s$|\s?\($", text[floor:start])
    if not mark or (mark[0][-1] == "(" and text[end : end + 1] != ")"):
        return None
    comma = floor + mark.start()
    begin = max(text.rfind(mark, floor, comma) for mark in (",", "(", "“", '"', ";", ":", "—")) + 1
    begin = max(begin, floor)
    tokens = list(TOKEN.finditer(text, begin, comma))
    openers = [
        i for i, token in enumerate(tokens) if token[0].lower() in _ARTICLES or re.search(r"[’']s$", token[0])
    ]
    if not openers:
        return None
    opener = openers[-1]
    if opener >= 2 and tokens[opener - 1][0].lower() in ("of", "for", "at", "in", "to") and len(openers) > 1:
        opener = openers[-2]
    owned = re.search(r"[’']s$", tokens[opener][0]) is not None
    if opener + 1 >= len(tokens):
        return None
    first = tokens[opener + 1].start()
    return _role_before(analysis, first, comma, tokens[opener].start() if owned else None)


def _role_before(analysis: TextAnalysis, first: int, comma: int, owner: int | None) -> Role | None:
    role = _role(analysis, first, comma)
    if role is None or owner is None or role.affiliation:
        return role
    return Role(role.span, possessor_before(analysis, first))
