"""Files that are damaged or made to do harm, of twelve formats, from a seed; with good ones among them.

    python tests/poison.py FOLDER [--count 500] [--good 50] [--seed 1]

Every name says the format and the fault. People and places are invented.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sqlite3
import sys
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path
from random import Random

FAULTS = ("truncated", "flipped", "nested", "huge", "charset", "bomb")
_NAMES = "Mara Holm|Tomas Okoro|Ilse Brandvold|Rina Sohal|Jan Petrak|Ada Lindqvist".split("|")
_TOWNS = "Osthaven|Alderby|Kestrel Bay|Marrow|Tolm|Vessing".split("|")
_ANSWER_HEAD = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/%d\r\n"
    b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
)
_DOING = "close the bridge|raise the harbour fees|sell the old mill|count the votes again|pay for the clean-up".split(
    "|"
)


def report(random: Random) -> str:
    """A short report."""
    name, town, doing = random.choice(_NAMES), random.choice(_TOWNS), random.choice(_DOING)
    number = random.randrange(2, 9000)
    return (
        f"{town.upper()}, 12 March 2024 — {name} said on Tuesday that the town would {doing} "
        f"within {number:,} days.\n\n"
        f"“We have waited long enough,” {name.split()[1]} told reporters. “Nobody will lose by it.”\n\n"
        f"The council of {town} rejected the plan, number {random.randrange(10**9)}, and called it a mistake.\n"
    )


def pdf(content: bytes, *, packed: bool = True, kids: bytes = b"[5 0 R]") -> bytes:
    """A PDF of one page with a content stream."""
    body, coding = (zlib.compress(content, 9), b" /Filter /FlateDecode") if packed else (content, b"")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids %s /Count 1 >>" % kids,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(body), coding, body),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 3 0 R >> >> >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 6\n"
        + table
        + b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(out)
    )


def pdf_bomb(megabytes: int) -> bytes:
    """A page whose content stream unpacks to so many megabytes of path operators."""
    return pdf(b"0 0 m " * (megabytes * 1_000_000 // 6))


def _pdf_text(text: str) -> bytes:
    lines = [line for line in text.replace("—", "-").replace("“", '"').replace("”", '"').split("\n") if line]
    drawn = " ".join(
        f"BT /F1 10 Tf 60 {760 - 12 * place} Td ({line}) Tj ET" for place, line in enumerate(lines)
    )
    return pdf(drawn.encode("cp1252", "replace"))


def _html(text: str) -> bytes:
    paragraphs = "".join(f"<p>{line}</p>" for line in text.split("\n") if line)
    head = "<!doctype html><html><head><title>Report</title></head>"
    return f"{head}<body><article>{paragraphs}</article></body></html>".encode()


def _warc(body: bytes) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    return _ANSWER_HEAD % (zlib.crc32(body), len(answer)) + answer + b"\r\n\r\n"


def _rss(text: str) -> bytes:
    about = f"<title>Report</title><guid>{zlib.crc32(text.encode())}</guid>"
    item = f"<item>{about}<description>{text}</description></item>"
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>{item}</channel></rss>'.encode()
    )


def _gdelt(text: str) -> bytes:
    quote = {"pre": text[:80], "quote": "We have waited long enough", "post": "said the mayor."}
    return (
        json.dumps(
            {
                "date": "2024-03-12",
                "url": f"http://example.org/{zlib.crc32(text.encode())}",
                "title": "Report",
                "lang": "ENGLISH",
                "quotes": [quote],
            }
        )
        + "\n"
    ).encode()


def _tei(text: str) -> bytes:
    head = '<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0">'
    return f"{head}<text><body><p>{text}</p></body></text></TEI>".encode()


def _sqlite(text: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        connection = sqlite3.connect(path)
        connection.execute("CREATE TABLE reports (text TEXT)")
        connection.execute("INSERT INTO reports VALUES (?)", (text,))
        connection.commit()
        connection.close()
        return path.read_bytes()


WHOLE: dict[str, Callable[[str], bytes]] = {
    "txt": str.encode,
    "html": _html,
    "pdf": _pdf_text,
    "jsonl": lambda text: (json.dumps({"text": text}) + "\n").encode(),
    "warc": lambda text: _warc(_html(text)),
    "rss": _rss,
    "gqg.json": _gdelt,
    "ann": lambda text: f"T1\tSource 0 {len(text) // 2}\t{text[: len(text) // 2]!r}\nE1\tCue:T1\n".encode(),
    "txt.gz": lambda text: gzip.compress(text.encode(), mtime=0),
    "csv": lambda text: f'title,text\nReport,"{text}"\n'.encode(),
    "tei": _tei,
    "db": _sqlite,
}
"""Each format's suffix, and how a whole file of it is made of a report."""


def poisoned(kind: str, fault: str, random: Random, *, scale: int) -> bytes:
    """A file of a format with a fault; ``scale`` is about how many bytes the large ones have."""
    text = report(random)
    whole = WHOLE[kind](text)
    if fault == "truncated":
        return whole[: random.randrange(len(whole))]
    if fault == "flipped":
        data = bytearray(whole)
        for _ in range(max(1, len(data) // random.choice((20, 100, 500)))):
            data[random.randrange(len(data))] ^= 1 << random.randrange(8)
        return bytes(data)
    if fault == "charset":
        coding = random.choice(("utf-16-le", "utf-16", "utf-32", "cp1252", "koi8-r", "shift_jis", "mixed"))
        if coding == "mixed":
            return whole + bytes(random.randrange(256) for _ in range(400))
        return whole.decode("utf-8", "replace").encode(coding, "replace")
    if fault == "huge":
        return _huge(kind, text, scale)
    return _nested(kind, text, scale) if fault == "nested" else _bomb(kind, text, random, scale)


def _huge(kind: str, text: str, scale: int) -> bytes:
    many = text * (scale // len(text) + 1)
    if kind == "pdf":
        return pdf(b" " * scale, packed=False)
    if kind == "db":
        return WHOLE[kind](text) + bytes(scale)
    return WHOLE[kind](many)


def _nested(kind: str, text: str, scale: int) -> bytes:
    depth = scale // 20
    if kind in ("html", "warc"):
        page = b"<html><body>" + b"<div>" * depth + text.encode()
        return _warc(page) if kind == "warc" else page
    if kind in ("rss", "tei"):
        return WHOLE[kind]("<b>" * depth + text)
    if kind in ("jsonl", "gqg.json"):
        return b'{"quotes":[' + b"[" * depth if kind == "gqg.json" else b'{"text":' + b"[" * depth
    if kind == "pdf":
        return pdf(b"[" * depth + b"<<" * depth, kids=b"[2 0 R]")
    if kind == "txt.gz":
        return gzip.compress(gzip.compress(gzip.compress(text.encode(), mtime=0), mtime=0), mtime=0)
    return WHOLE[kind]("“‘(" * min(depth, 10_000) + text)


def _bomb(kind: str, text: str, random: Random, scale: int) -> bytes:
    if kind == "pdf":
        return pdf_bomb(max(1, 20 * scale // 1_000_000))
    if kind == "txt.gz":
        return gzip.compress(random.choice((b"\0", b"word ")) * (20 * scale), mtime=0)
    if kind in ("rss", "tei"):
        rows = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
        head = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "ha">{rows}]>'
        return head.encode() + WHOLE[kind](f"{text}&a9;").partition(b"?>")[2]
    if kind == "html":
        return b"<html><body><p " + b"".join(b"a%d=1 " % n for n in range(scale // 40)) + b">" + text.encode()
    if kind == "warc":
        packed = gzip.compress(b"<p>word</p>" * (2 * scale), mtime=0)
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + packed
        return _ANSWER_HEAD % (zlib.crc32(text.encode()), len(answer)) + answer
    if kind in ("jsonl", "gqg.json"):
        return WHOLE[kind](text).rstrip(b"}\n") + b', "n": ' + b"9" * (scale // 4) + b"}\n"
    return WHOLE[kind](
        random.choice(('"', "'", "`", "a'", "1 ", "é")) * min(scale // 1_000, 20_000) + "\n" + text
    )


def make(folder: Path, *, count: int, good: int, seed: int, scale: int) -> tuple[list[Path], list[Path]]:
    """Writes the files; returns the good ones and the poisoned ones."""
    folder.mkdir(parents=True, exist_ok=True)
    kinds = list(WHOLE)
    whole, spoilt = [], []
    readable = [kind for kind in kinds if kind not in ("ann", "csv", "tei", "db")]
    for number in range(good):
        kind = readable[number % len(readable)]
        path = folder / f"good-{number:03}.{kind}"
        path.write_bytes(WHOLE[kind](report(Random(f"{seed} good {number}"))))
        whole.append(path)
    for number in range(count):
        kind, fault = kinds[number % len(kinds)], FAULTS[number // len(kinds) % len(FAULTS)]
        path = folder / f"bad-{number:03}-{fault}.{kind}"
        # The largest ones in the first round; later rounds have other seeds and smaller sizes.
        size = scale >> min(number // (len(kinds) * len(FAULTS)), 3)
        path.write_bytes(poisoned(kind, fault, Random(f"{seed} {number}"), scale=size))
        spoilt.append(path)
    return whole, spoilt


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--good", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scale", type=int, default=20_000_000)
    options = parser.parse_args()
    good, bad = make(
        options.folder, count=options.count, good=options.good, seed=options.seed, scale=options.scale
    )
    total = sum(path.stat().st_size for path in (*good, *bad))
    sys.stdout.write(
        f"{len(good)} good and {len(bad)} poisoned files, {total:,} bytes, in {options.folder}\n"
    )


if __name__ == "__main__":
    main()
