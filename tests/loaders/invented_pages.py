"""Twelve pages as sites make them, around the reports in ``examples/``: what an extractor of main text is measured on.

Every outlet, person and comment is invented. ``paragraphs`` is the article as a reader would copy it: its paragraphs, subheads, list items and
quotations, without headline, byline, captions, teasers, invitations, comments and what stands in the frame of the page.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

EXAMPLES = Path(__file__).parent.parent.parent / "examples"


@dataclass(frozen=True, slots=True)
class InventedPage:
    """A page, the paragraphs of its article, and what it says of itself."""

    name: str
    html: str
    paragraphs: tuple[str, ...]
    title: str | None
    byline: str | None
    publisher: str | None
    day: str | None


def _example(name: str, *, drop: int = 0) -> list[str]:
    text = (EXAMPLES / f"{name}.txt").read_text("utf-8")
    return [line for line in text.split("\n") if line.strip()][drop:]


def _wrapped(paragraphs: Sequence[str], tag: str = "p", between: str = "") -> str:
    return between.join(f"<{tag}>{escape(paragraph)}</{tag}>" for paragraph in paragraphs)


def _page(head: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
    )


SECTIONS = ("Home", "World", "Business", "Sport", "Culture", "Weather", "Jobs")
NAV = '<nav class="menu"><ul>' + "".join(f'<li><a href="/{n}">{n}</a></li>' for n in SECTIONS) + "</ul></nav>"  # fmt: skip
FOOT = '<footer><p>© 2024 Alderby Media Ltd. All rights reserved. Registered in Wexcombe, company number 40412.</p><p><a href="/t">Terms</a> <a href="/p">Privacy</a></p></footer>'
COOKIES = '<div id="cookie-banner" class="consent"><p>We and our 412 partners store cookies on your device. You can change your choice at any time. By going on you agree.</p><button>Accept all</button></div>'
TEASERS = [
    "Ferry to run at night after shopkeepers’ protest", "Ten gardens to see before the frost",
    "Rovers’ captain says she will stay", "Why the price of bread has doubled", "The man who counts swans",
]  # fmt: skip
RELATED = '<aside class="related"><h3>More on this story</h3><ul>' + "".join(f'<li><a href="/{n}">{teaser}</a></li>' for n, teaser in enumerate(TEASERS)) + "</ul></aside>"  # fmt: skip
COMMENTS = [
    "I said years ago that it would come to this, and nobody listened to me then either. They never do.",
    "My aunt worked there and she told us that the roof leaked on the day it opened.",
    "Typical. First they deny it, then they say it was always so.",
    "Can we please have one thread without the parrots?",
]


def _blog() -> InventedPage:
    body = _example("broadsheet", drop=2)
    title, byline = "Council defends bus cuts as 'painful but fair'", "Harriet Plumley"
    comments = "".join(
        f'<li class="comment"><div class="comment-author">reader{n}</div><div class="comment-body"><p>{text}</p></div></li>'
        for n, text in enumerate(COMMENTS * 3)
    )
    article = (
        f'<article class="post"><header class="entry-header"><h1 class="entry-title">{escape(title)}</h1><div class="entry-meta">By '
        f'<a rel="author" href="/a">{byline}</a> on <time class="entry-date published" datetime="2024-06-04T07:00:00+00:00">June 4, 2024</time></div></header>'
        f'<div class="entry-content">{_wrapped(body)}<div class="sharedaddy"><h3>Share this:</h3><ul><li><a href="#">Tweet</a></li><li><a href="#">Print</a></li></ul></div></div>'
        f'<div class="author-bio"><h4>About {byline}</h4><p>{byline} has covered the county council since 2011. She lives in Wexcombe with two cats.</p></div></article>'
        f'<section id="comments"><h2>12 thoughts on “{escape(title)}”</h2><ol class="comment-list">{comments}</ol></section>'
    )
    head = f'<title>{escape(title)} | The Wexcombe Gazette</title><meta property="og:site_name" content="The Wexcombe Gazette"><meta property="og:title" content="{escape(title)}">'
    return InventedPage(
        "blog with comments", _page(head, f"{NAV}<main>{article}</main>{RELATED}{FOOT}"), tuple(body), title, byline, "The Wexcombe Gazette", "2024-06-04",
    )  # fmt: skip


def _wire() -> InventedPage:
    body = _example("wire")
    title = "Velmora accuses Kessia of firing on boats"
    advert = '<div class="ad-slot ad-inline" data-ad="1"><span>Advertisement</span></div>'
    letter = '<div class="newsletter-signup"><h4>The Morning Tide</h4><p>Get the day’s top stories in your inbox at six each morning. Sign up now.</p><form><input type="email"><button>Sign up</button></form></div>'
    more = '<p class="read-more"><strong>Read more:</strong> <a href="/x">Straits Commission to publish its data in May</a></p>'
    inner = [f"<p>{escape(paragraph)}</p>" for paragraph in body]
    inner[1:1], inner[3:3], inner[5:5] = [advert], [letter], [more]
    data = {"@type": "NewsArticle", "headline": title, "datePublished": "2024-03-12T16:04:00Z", "author": [{"@type": "Person", "name": "Edda Rahn"}], "publisher": {"@type": "Organization", "name": "Tidewire"}}  # fmt: skip
    head = f'<title>{title} - Tidewire</title><script type="application/ld+json">{json.dumps(data)}</script>'
    html = _page(
        head,
        f'{COOKIES}{NAV}<div class="page"><div class="story"><h1>{title}</h1><div class="byline">By Edda Rahn</div><div class="story-body">{"".join(inner)}</div>{RELATED}</div></div>{FOOT}',
    )
    return InventedPage(
        "wire with advertisements", html, tuple(body), title, "Edda Rahn", "Tidewire", "2024-03-12"
    )


def _broadsheet() -> InventedPage:
    court = _example("court", drop=1)
    body = [*court[:2], "‘Thieves do not keep lists’", *court[2:]]
    title = "Treasurer took club's money to feed parrots, court hears"
    figure = '<figure><img src="p.jpg" alt="A parrot"><figcaption>One of the parrots, photographed in 2021. Photograph: Ada Voll/Alderby Pictures</figcaption></figure>'
    inner = f"<p>{escape(body[0])}</p>{figure}<p>{escape(body[1])}</p><h2>{escape(body[2])}</h2>{_wrapped(body[3:])}"
    topics = '<div class="topics"><h5>Topics</h5><ul><li><a href="#">Crime</a></li><li><a href="#">Gardens</a></li></ul></div>'
    head = (
        f'<title>{escape(title)} | Alderby | The Alderby Post</title><meta property="article:author" content="https://alderbypost.example/profile/orla-finch"><meta name="author" content="Orla Finch">'
        f'<meta property="og:title" content="{escape(title)}"><meta property="og:site_name" content="The Alderby Post"><meta property="article:published_time" content="2024-05-15T17:20:00.000Z">'
    )
    article = f'<main><article><div class="headline"><h1>{escape(title)}</h1></div><div class="standfirst"><p>Jury told of 131 payments and a list marked “seeds”</p></div><address>Orla Finch</address>{inner}{topics}</article></main>'
    return InventedPage(
        "broadsheet with pictures and subheads", _page(head, f"{COOKIES}{NAV}{article}{RELATED}{FOOT}"), tuple(body), title, "Orla Finch", "The Alderby Post", "2024-05-15",
    )  # fmt: skip


def _tabloid() -> InventedPage:
    body = _example("tabloid", drop=1)
    title = "'HE LEFT ME WITH A PARROT AND A BILL'"
    most = '<div class="most-read"><h3>MOST READ</h3><ol>' + "".join(f"<li><a href='#'>{teaser.upper()}</a></li>" for teaser in TEASERS) + "</ol></div>"  # fmt: skip
    head = f'<title>{escape(title)} – The Daily Gull</title><meta name="byl" content="By Vic Stokes">'
    html = _page(
        head,
        f'{NAV}<div id="content"><h1>{escape(title)}</h1><div class="article-text">{"<br><br>".join(map(escape, body))}</div>{most}</div>{FOOT}',
    )
    return InventedPage("tabloid set with breaks", html, tuple(body), title, "Vic Stokes", None, None)


def _old() -> InventedPage:
    body = _example("sports", drop=1)
    menu = '<td width="150" bgcolor="#cccccc">' + "<br>".join(f'<a href="{n}.html"><font size="1">{n}</font></a>' for n in ("News", "Sport", "Tides", "Deaths", "Contact")) + "</td>"  # fmt: skip
    cell = f'<td valign="top"><font face="Times"><b>Harbour Rovers 3, Alderby Town 1</b></font><p>{"<p>".join(map(escape, body))}</td>'
    html = f'<HTML><HEAD><TITLE>Harbour Rovers 3, Alderby Town 1</TITLE></HEAD><BODY><TABLE width="700"><TR>{menu}{cell}</TR></TABLE><CENTER><FONT size="1">Last updated by the webmaster</FONT></CENTER></BODY></HTML>'
    return InventedPage(
        "a page of 1999", html, tuple(body), "Harbour Rovers 3, Alderby Town 1", None, None, None
    )


def _transcript() -> InventedPage:
    body = _example("briefing", drop=2)
    lines = "".join(
        f"<p><strong>{escape(label)}:</strong>{escape(words)}</p>"
        for label, _, words in (line.partition(":") for line in body)
    )
    title = "Daily Press Briefing – 13 March 2024"
    side = '<div class="sidebar"><h3>Office of the Spokesperson</h3><ul><li><a href="#">Press releases</a></li><li><a href="#">Media notes</a></li><li><a href="#">Photographs</a></li></ul></div>'
    head = f'<title>{title} - Republic of Velmora</title><meta name="dcterms.issued" content="2024-03-13"><meta property="og:site_name" content="Republic of Velmora">'
    html = _page(
        head,
        f'<div class="wrap">{NAV}{side}<div class="entry-content"><h1>{title}</h1>{lines}<p># # #</p></div></div>{FOOT}',
    )
    return InventedPage(
        "transcript of a briefing", html, (*body, "# # #"), title, None, "Republic of Velmora", "2024-03-13"
    )


def _release() -> InventedPage:
    body = _example("press_release", drop=2)
    about = "The Lindqvist Foundation has given 90 million crowns to hospitals since 1988."
    title = "Ostrava Heights Hospital opens new children's ward"
    html = _page(
        f"<title>{escape(title)}</title>",
        f'<header><a href="/">Ostrava Heights</a>{NAV}</header><section class="release"><h1>{escape(title)}</h1><div>{_wrapped(body, "div")}<div>{about}</div></div>'
        f'<div class="contact">Contact: press@ostravaheights.example, 0400 112 113</div></section>{FOOT}',
    )
    return InventedPage("press release in divisions", html, (*body, about), title, None, None, "2024-06-04")


def _discussed() -> InventedPage:
    body = _example("opinion", drop=1)
    title = "The minister of fine words"
    posts = "".join(
        f'<div class="c-post"><a class="c-user">user{n}</a> <span>{n} hours ago</span><div class="c-text">{COMMENTS[n % 4]} {COMMENTS[(n + 1) % 4]} {COMMENTS[(n + 2) % 4]}</div></div>'
        for n in range(30)
    )
    head = f'<title>{title} | Opinion | The Alderby Post</title><meta name="author" content="Lev Marchetti"><meta property="og:site_name" content="The Alderby Post">'
    html = _page(
        head,
        f'{NAV}<article><h1>{title}</h1><p class="author">Lev Marchetti</p>{_wrapped(body)}</article><div id="discussion" class="comments"><h2>Comments (30)</h2>{posts}</div>{FOOT}',
    )
    return InventedPage(
        "opinion under 30 comments", html, tuple(body), title, "Lev Marchetti", "The Alderby Post", None
    )


def _hashed() -> InventedPage:
    body = _example("wire")
    title = "Officials say ambassador could be expelled"
    menu = '<div class="css-1f2x">' + "".join(f'<a class="css-9q" href="/s{n}"><span>Section {n}</span></a>' for n in range(60)) + "</div>"  # fmt: skip
    inner = "".join(
        f'<div class="css-x1"><p class="css-p0">{escape(paragraph)}</p></div>' for paragraph in body
    )
    cards = "".join(
        f'<div class="css-k{n}"><a href="#"><h3>{teaser}</h3></a><span>{n + 2} min read</span></div>'
        for n, teaser in enumerate(TEASERS)
    )
    head = f'<title>{title}</title><meta property="og:title" content="{title}"><meta name="parsely-author" content="Kofi Brandt"><meta property="article:published_time" content="2024-03-12">'
    html = _page(
        head,
        f'<div id="app"><div class="css-a">{menu}</div><div class="css-b"><div class="css-h"><h1>{title}</h1><span>Kofi Brandt</span></div><div class="css-c">{inner}</div><div class="css-r">{cards}</div></div><div class="css-z">© Meridian Journal</div></div>',
    )
    return InventedPage(
        "names of classes that say nothing", html, tuple(body), title, "Kofi Brandt", None, "2024-03-12"
    )


def _portal() -> InventedPage:
    body = _example("south_asia", drop=1)
    title = "CM sets six-month deadline for Sohal canal"
    others = "".join(
        f'<div class="story-list"><h2><a href="#">{teaser}</a></h2><p>MERANPUR: The district administration on Sunday said that work on scheme number {n} would start soon, as people of the area demanded early completion.</p></div>'
        for n, teaser in enumerate(TEASERS)
    )
    head = f'<title>{title} - Newspaper - MERAN TIMES</title><meta property="og:site_name" content="MERAN TIMES"><meta property="og:title" content="{title}"><meta property="article:published_time" content="2024-03-12T05:00:00+05:00"><meta property="article:author" content="Staff Report">'
    html = _page(
        head,
        f'{NAV}<div class="story"><h2 class="story__title"><a href="#">{title}</a></h2><span class="story__byline">Staff Report</span><span class="timestamp">Published March 12, 2024</span><div class="story__content">{_wrapped(body)}<p><i>Published in Meran Times, March 12th, 2024</i></p></div></div><div class="also"><h3>Read also</h3>{others}</div>{FOOT}',
    )
    return InventedPage(
        "portal with other stories below", html, (*body, "Published in Meran Times, March 12th, 2024"), title, "Staff Report", "MERAN TIMES", "2024-03-12",
    )  # fmt: skip


def _listed() -> InventedPage:
    title = "What the inquiry says of the harbour"
    body = [
        "The inquiry into the Osthaven leak published its findings on Friday and said that three bodies had failed.",
        "It found that:",
        "the Kestrel Line had known of the leak for nine days;",
        "the port office had lost two letters; and",
        "the ministry had told nobody.",
        "Its chair, Judge Ansgar Thole, wrote in the foreword:",
        "“No one lied to us. They had simply arranged not to know.”",
        "The ministry said it accepted the findings “in full”, and that the letters had since been found.",
    ]
    inner = f"<p>{body[0]}</p><p>{body[1]}</p><ul><li>{body[2]}</li><li>{body[3]}</li><li>{body[4]}</li></ul><p>{body[5]}</p><blockquote><p>{body[6]}</p></blockquote><p>{body[7]}</p>"
    head = f'<title>{title} · Osthaven Courier</title><meta name="author" content="Mira Falk"><meta property="og:site_name" content="Osthaven Courier">'
    html = _page(head, f"{NAV}<article><h1>{title}</h1>{inner}</article>{RELATED}{FOOT}")
    return InventedPage(
        "list and block quotation", html, tuple(body), title, "Mira Falk", "Osthaven Courier", None
    )


def _short() -> InventedPage:
    title = "Harbour bridge to close"
    body = ["The bridge over the Sohal will close on Friday for a year, the mayor said on Tuesday."]
    head = f'<title>{title}</title><meta property="og:title" content="{title}">'
    html = _page(
        head, f'{COOKIES}{NAV}<div class="brief"><h1>{title}</h1><p>{body[0]}</p></div>{RELATED}{FOOT}'
    )
    return InventedPage("one paragraph among much else", html, tuple(body), title, None, None, None)


def invented_pages() -> tuple[InventedPage, ...]:
    """All of them, made anew."""
    makers = (
        _blog, _wire, _broadsheet, _tabloid, _old, _transcript, _release, _discussed, _hashed, _portal, _listed, _short,
    )  # fmt: skip
    return tuple(make() for make in makers)
