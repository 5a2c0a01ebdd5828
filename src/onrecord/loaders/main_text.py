"""A page's main text: the part of its tree that holds the article, as lines.

The method is that of Readability (Arc90, 2009, as Mozilla keeps it for Firefox): what names itself as frame, teaser or comment goes; every passage
gives points to the elements around it; the element with most points, weighed by how little of it is links, is the article, with those beside it
that have points of their own. Every step is linear in the page. ``docs/install.md`` has how it compares, and why it is ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

_DROPPED_WORDS = """
script style noscript template head title nav footer aside form button input select textarea label iframe object embed svg math canvas audio video
picture img figure figcaption dialog menu datalist map progress meter applet frameset h1
"""
_BLOCKS_WORDS = """
html body main article section div p blockquote pre ul ol li dl dt dd table thead tbody tfoot tr td th h2 h3 h4 h5 h6 header hgroup address center
details summary fieldset hr
"""
_DROPPED = frozenset(_DROPPED_WORDS.split())
_BLOCKS = frozenset(_BLOCKS_WORDS.split())
_ROOTS = frozenset(("html", "body", "main"))

# Words of class and id, cut at what isn't a letter: how sites name what isn't the article.
_FRAME_WORDS = """
ad ads advert advertisement advertising also author authorbio banner bio breadcrumb breadcrumbs byline byl caption community consent contact cookie cookies credit credits dateline extra foot footer footnote gdpr login masthead menu meta
metadata modal mostread nav navbar navigation newsletter outbrain pagination popup popular posted promo promoted promotion pubdate
readmore recirc recommended recommendations related respond rss share sharing sharedaddy  sidebar signup skyscraper social
sponsor sponsored standfirst subscribe subscription tag tags taboola teaser teasers timestamp toolbar topics trending widget
"""
_FRAME = frozenset(_FRAME_WORDS.split())
_FRAME_PAIRS = re.compile(r"(?:most[-_ ]?(?:read|popular|viewed)|read[-_ ]?(?:more|also|next)|sign[-_ ]?up|more[-_ ]?(?:on|from|stories)|pull[-_ ]?quote)", re.I)  # fmt: skip
_TALK = frozenset(
    ("combx", "comment", "comments", "commentlist", "discussion", "disqus", "replies", "shoutbox")
)
_ROLES = frozenset(("navigation", "banner", "complementary", "contentinfo", "dialog", "search"))
_NAME = re.compile(r"[A-Za-z]+")
_INVITATION = re.compile(
    r"(?:read (?:more|also|next)|related|see also|also read|advertisement|sign up|subscribe)\b[: ]", re.I
)
_SPACE = re.compile(r"[ \t\n\r\f\v\xa0]+")

_LEAST = 25  # characters of a passage that counts, as in Readability
_SHARE = 0.2  # of the best element's points that one beside it needs
_AS_GOOD = 0.6  # of the best element's points that make another as good
_LEAD = 80  # characters


@dataclass(slots=True)
class _Sum:
    """Of an element: characters in it and in its links, and points."""

    length: int = 0
    linked: int = 0
    points: float = 0.0


def main_text(tree: HtmlElement) -> str:
    """The article's lines, one a paragraph; empty where the page has none. The tree is changed.

    Args:
        tree: a whole page.
    """
    body = tree.find("body")
    body = tree if body is None else body
    _drop_frame(body)
    sums = _sums_of(body)
    chosen = _chosen(body, sums)
    return "\n".join(line for element in chosen for line in _lines(element))


def _drop_frame(body: HtmlElement) -> None:
    heading = next(iter(body.iter("h1")), None)
    kept = set() if heading is None else set(heading.iterancestors())
    passages = _passages(body)

    def is_dropped(element: HtmlElement) -> bool:
        if not isinstance(element.tag, str) or element.tag in _DROPPED or _is_talk(element):
            return True
        return _is_frame(element) and 2 * passages.get(element, 0) <= passages[body]

    for element in list(body.iter()):
        if element is not body and element not in kept and is_dropped(element):
            element.drop_tree()


def _passages(body: HtmlElement) -> dict[HtmlElement, int]:
    """How many characters of paragraphs stand in each element: what holds most of them is not the frame, whatever its name."""
    passages: dict[HtmlElement, int] = {body: 0}
    for element in reversed(list(body.iter())):
        if element.tag == "p":
            passages[element] = (
                passages.get(element, 0)
                + len(element.text or "")
                + sum(len(child.tail or "") for child in element)
            )
        parent = element.getparent()
        if element in passages and element is not body and parent is not None:
            passages[parent] = passages.get(parent, 0) + passages[element]
    return passages


def _words(element: HtmlElement) -> set[str]:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:500]
    return {word.lower() for word in _NAME.findall(names)}


def _is_talk(element: HtmlElement) -> bool:
    """Whether readers speak here, who may write more than the report is long."""
    return element.tag not in _ROOTS and bool(_words(element) & _TALK)


def _is_frame(element: HtmlElement) -> bool:
    if element.tag in _ROOTS or element.tag in ("article", "p") or element.get("itemprop") == "articleBody":
        return False
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if "display:none" in (element.get("style") or "").replace(" ", ""):
        return True
    if element.get("role") in _ROLES:
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:500]
    return bool(_words(element) & _FRAME) or bool(_FRAME_PAIRS.search(names))


def _sums_of(body: HtmlElement) -> dict[HtmlElement, _Sum]:
    """Points and lengths of all blocks, leaves first."""
    sums: dict[HtmlElement, _Sum] = {}
    for element in reversed(list(body.iter())):
        own = sums.setdefault(element, _Sum())
        text = len((element.text or "").strip())
        own.length += text + sum(len((child.tail or "").strip()) for child in element)
        if element.tag == "a":
            own.linked = own.length
        parent = element.getparent()
        if element is body or parent is None:
            continue
        above = sums.setdefault(parent, _Sum())
        above.length += own.length
        above.linked += own.linked
        _give_points(element, own, parent, sums)
    return sums


def _give_points(element: HtmlElement, own: _Sum, parent: HtmlElement, sums: dict[HtmlElement, _Sum]) -> None:
    if element.tag not in _BLOCKS or own.length - own.linked < _LEAST:
        return
    breaks = 0
    for child in element:
        if child.tag in _BLOCKS:
            return  # the points go to what holds the passages themselves
        breaks += child.tag == "br"
    points = 1 + min(3.0, (own.length - own.linked) / 100) + _commas(element)
    if breaks > 1:
        own.points += points
    else:
        sums.setdefault(parent, _Sum()).points += points
        parent = parent.getparent() if parent.getparent() is not None else parent
    sums.setdefault(parent, _Sum()).points += points / 2


def _commas(element: HtmlElement) -> int:
    commas = 0
    for text in element.itertext():
        commas += text.count(",")
        if commas >= 10:
            return 10
    return commas


def _chosen(body: HtmlElement, sums: dict[HtmlElement, _Sum]) -> list[HtmlElement]:
    """The article's elements, in the order of the page."""
    weights = {
        element: found.points * (1 - found.linked / found.length)
        for element, found in sums.items()
        if found.points and found.length
    }
    if not weights:
        return [body]
    best = max(weights, key=weights.__getitem__)
    best = _joining(best, weights)
    parent = best.getparent()
    if best is body or parent is None:
        return [best]
    least = _SHARE * weights.get(best, 0.0)
    return [
        child
        for child in parent
        if child is best or weights.get(child, 0.0) >= max(least, 1.0) or _is_passage(child, sums.get(child))
    ]


def _joining(best: HtmlElement, weights: dict[HtmlElement, float]) -> HtmlElement:
    """The nearest element that holds three as good as the best one, where an article is cut into parts; else the best one."""
    inside = set(best.iterancestors()) | set(best.iterdescendants()) | {best}
    others = [
        element
        for element, weight in weights.items()
        if weight >= _AS_GOOD * weights[best] and element not in inside
    ]
    above: dict[HtmlElement, int] = {}
    for other in others[:100]:
        for ancestor in other.iterancestors():
            above[ancestor] = above.get(ancestor, 0) + 1
    return next(
        (
            ancestor
            for ancestor in best.iterancestors()
            if above.get(ancestor, 0) >= 2 and ancestor.tag not in _ROOTS
        ),
        best,
    )


def _is_passage(element: HtmlElement, found: _Sum | None) -> bool:
    """Whether an element beside the best one is a paragraph of its own, as the lead of many articles is."""
    return (
        element.tag == "p"
        and found is not None
        and found.length >= _LEAD
        and found.linked <= found.length / 4
    )


def _lines(element: HtmlElement) -> Iterator[str]:
    """The text of an element, cut where a browser would begin a new line of it."""
    pieces: list[str] = []
    for part in _pieces(element):
        if part is not None:
            pieces.append(part)
            continue
        line = _SPACE.sub(" ", "".join(pieces)).strip()
        pieces.clear()
        if line and not (len(line) < 160 and _INVITATION.match(line)):
            yield line
    line = _SPACE.sub(" ", "".join(pieces)).strip()
    if line:
        yield line


def _pieces(element: HtmlElement) -> Iterator[str | None]:
    """Texts in order; ``None`` where a line ends. Without recursion: pages nest as deep as they like."""
    waiting: list[HtmlElement | str | None] = [element]
    while waiting:
        item = waiting.pop()
        if item is None or isinstance(item, str):
            yield item
            continue
        breaks = item.tag in _BLOCKS or item.tag == "br"
        if breaks:
            yield None
            waiting.append(None)
        for child in reversed(item):
            if child.tail:
                waiting.append(child.tail)
            waiting.append(child)
        if item.text:
            yield item.text
