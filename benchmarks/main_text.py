"""Extractors of main text side by side on invented pages: what each finds, how fast, and what it costs to install.

    python benchmarks/main_text.py

Peers that aren't installed are left out: ``pip install trafilatura resiliparse readability-lxml justext boilerpy3``. Words are counted by runs of
four, as in Bevendorff et al. (SIGIR 2023); a paragraph is right where it stands on a line of its own, word for word.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "loaders"))
from invented_pages import InventedPage, invented_pages

Extract = Callable[[str], str]


def ours(markup: str) -> str:
    from onrecord.errors import EmptyError
    from onrecord.loaders import html
    from onrecord.loaders.options import DEFAULTS

    try:
        return html.extract(markup.encode(), origin="page", options=DEFAULTS).text
    except EmptyError:
        return ""


def trafilatura(markup: str) -> str:
    import trafilatura

    return trafilatura.extract(markup, include_comments=False) or ""


def resiliparse(markup: str) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    return str(
        extract_plain_text(markup, main_content=True, alt_texts=False, list_bullets=False, comments=False)
    )


def readability(markup: str) -> str:
    from lxml import html
    from readability import Document

    tree = html.fromstring(Document(markup).summary())
    return "\n".join(" ".join(part.text_content().split()) for part in tree.iter("p", "li", "h2", "h3") if part.text_content().strip())  # fmt: skip


def justext(markup: str) -> str:
    import justext

    return "\n".join(p.text for p in justext.justext(markup.encode(), justext.get_stoplist("English")) if not p.is_boilerplate)  # fmt: skip


def boilerpipe(markup: str) -> str:
    from boilerpy3 import extractors

    return str(extractors.ArticleExtractor().get_content(markup))


PEERS: dict[str, Extract] = {
    "onrecord": ours, "trafilatura": trafilatura, "resiliparse": resiliparse, "readability-lxml": readability, "justext": justext, "boilerpy3": boilerpipe,
}  # fmt: skip


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3)))


def score(page: InventedPage, text: str) -> tuple[float, float, float]:
    """Precision, recall of runs of four words, and the share of paragraphs that stand on a line of their own."""
    found, gold = _runs(text), _runs("\n".join(page.paragraphs))
    shared = (found & gold).total()
    lines = {" ".join(line.split()) for line in text.split("\n")}
    whole = sum(" ".join(paragraph.split()) in lines for paragraph in page.paragraphs) / len(page.paragraphs)
    return shared / max(1, found.total()) if text.strip() else 0.0, shared / gold.total(), whole


def main() -> None:
    """The command."""
    pages = invented_pages()
    print(
        f"{'':18} {'precision':>9} {'recall':>7} {'F1':>6} {'paragraphs':>10} {'ms/page':>8}   F1 of each page"
    )
    for name, extract in PEERS.items():
        try:
            scores = [
                score(page, extract(page.html)) for page in pages
            ]  # what is loaded on the way is not timed
        except ImportError:
            print(f"{name:18} not installed")
            continue
        begin = time.process_time()
        for page in pages * 3:
            extract(page.html)
        spent = (time.process_time() - begin) * 1000 / (3 * len(pages))
        precision, recall, whole = (sum(column) / len(pages) * 100 for column in zip(*scores, strict=True))
        each = [200 * p * r / (p + r) if p + r else 0.0 for p, r, _ in scores]
        print(
            f"{name:18} {precision:9.1f} {recall:7.1f} {sum(each) / len(each):6.1f} {whole:10.1f} {spent:8.1f}   "
            + " ".join(f"{value:3.0f}" for value in each)
        )


if __name__ == "__main__":
    main()
