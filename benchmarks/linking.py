"""How well statements of different reports are linked: on altered copies made by rule, and on a corpus.

    python benchmarks/linking.py copies RECORDS --only dev
    python benchmarks/linking.py links RECORDS FOLDER --metadata metadata.tsv

RECORDS is what ``onrecord read ... --json`` wrote of a corpus, or a record that it was ingested into (a file
that ends in ``.db``). ``near_duplicates`` takes 500 of its statements, alters each by every rule that fits it, puts
each copy into a report of its own, and looks where it is linked to. ``links`` fills ``FOLDER/report.db``,
links reports, and writes a sample of the links for reading: ``FOLDER/sample.txt`` with the words, to be read
and thrown away, and ``FOLDER/sample.tsv`` with ids only.

Vectors are those of the head that ships; ``--meaning MODEL.onnx TOKENIZER.json`` takes a sentence encoder in its place:
int64 [text, piece] to float32 [text, width].
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from alterations import RULES
from onrecord.embedding import load_default_embedder
from onrecord.linking import SAME_QUOTE, find_links, link_new, wording_of_statement
from onrecord.record import Embed, Link, Record, open_for_reading, open_record
from onrecord.types import Document, Published, Report, Span, Speaker, Statement

MIN_INFORMATIVE = 6  # words of a statement that is altered: of fewer, a dropped one leaves no quotation


class Embedder:
    """Sentence vectors by an ONNX model, kept in a file by a hash of the text."""

    def __init__(self, model: Path, tokenizer: Path, cache: Path | None) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(model), options)
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(256)
        self._known: dict[str, NDArray[np.float16]] = {}
        if cache and cache.exists():
            with np.load(cache, allow_pickle=False) as kept:
                self._known = dict(zip(kept["keys"].tolist(), kept["vectors"], strict=True))

    def __call__(self, texts: list[str]) -> NDArray[np.float32]:
        keys = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24] for text in texts]
        for key, text in zip(keys, texts, strict=True):
            if key not in self._known:
                pieces = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
                (vectors,) = self._session.run(None, {self._session.get_inputs()[0].name: pieces})
                self._known[key] = vectors[0].astype(np.float16)
        return np.stack([self._known[key] for key in keys]).astype(np.float32)


# Altered copies


@dataclass(frozen=True, slots=True)
class Copy:
    """An altered copy with where it came from."""

    rule: str
    report: Report
    document: str
    spans: tuple[Span, ...]


def make_copies(reports: Sequence[Report], count: int, seed: int) -> Iterator[Copy]:
    """Copies of so many statements by every rule that fits."""
    rng = random.Random(seed)
    pool = [
        (report, statement)
        for report in reports
        for statement in report.statements
        if len(statement.content) == 1
        and wording_of_statement(report.document, statement, None).informative >= MIN_INFORMATIVE
    ]
    for report, statement in rng.sample(pool, min(count, len(pool))):
        content = " ".join(statement.content[0].text.split()).strip("“”\"'‘’., ").removeprefix("that ")
        for rule, (make, _) in RULES.items():
            altered = make(content, rng)
            if altered and altered != content:
                yield Copy(
                    rule,
                    frame(altered, report.speaker_of(statement), statement),
                    report.document.id,
                    statement.content,
                )


def frame(content: str, speaker: Speaker | None, origin: Statement) -> Report:
    """A report in which somebody says nothing but this."""
    who = origin.source.text if origin.source else "She"
    text = f"OSTHAVEN — {who} said again: {content}"
    document = Document.of(text, origin="copy", published=Published("2030-01-01", "given"))
    source, start = document.span(11, 11 + len(who)), len(text) - len(content)
    people = () if speaker is None else (replace(speaker, mentions=()),)
    said = Statement(
        "1", origin.form, source, None, (document.span(start, len(text)),), speaker=speaker and speaker.id
    )
    return Report(document, (said,), people)


def measure_copies(record: Record, near_duplicates: Sequence[Copy], embed: Embed) -> dict[str, Any]:
    """Recall and precision by rule."""
    made: Counter[str] = Counter()
    found: dict[str, Counter[str]] = {rule: Counter() for rule in RULES}
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    missed: list[tuple[str, str]] = []
    for number, copy in enumerate(near_duplicates, start=1):
        if number % 100 == 0:
            print(
                number,
                dict(made),
                {rule: dict(kinds) for rule, kinds in found.items()},
                dict(right),
                dict(total),
                flush=True,
            )
        made[copy.rule] += 1
        kinds = set()
        in_words = RULES[copy.rule][1] == {SAME_QUOTE}
        for link in find_links(record, copy.report, embed=None if in_words else embed):
            document, item = other_end(link, copy.report.document.id)
            hit = document == copy.document and is_of(record, document, item, copy.spans)
            total[link.kind] += 1
            right[link.kind] += (hit and link.kind in RULES[copy.rule][1]) or (
                not hit and repeats(record, link, copy)
            )
            if hit:
                kinds.add(link.kind)
        found[copy.rule].update(kinds or {"not linked"})
        if not kinds & RULES[copy.rule][1]:
            missed.append((copy.rule, copy.report.statements[0].content[0].text))
    return {
        "near_duplicates": dict(made),
        "linked as": {rule: dict(is_poll_result) for rule, is_poll_result in found.items()},
        "recall": {
            rule: round(100 * sum(found[rule][kind] for kind in RULES[rule][1]) / made[rule], 1)
            for rule in RULES
            if made[rule]
        },
        "precision": {kind: round(100 * right[kind] / total[kind], 1) for kind in total},
        "links": dict(total),
        "missed": missed,
    }


def other_end(link: Link, document: str) -> tuple[str, str]:
    """The report and the statement at the end of a link that isn't of a report."""
    if link.left_document == document:
        return link.right_document, link.right
    return link.left_document, link.left


def is_of(record: Record, document: str, item: str, spans: Sequence[Span]) -> bool:
    """Whether a statement's content overlaps these spans: the statement itself, or one nested in it or around it."""
    report = record.get(document)
    assert report is not None
    (statement,) = (other for other in report.statements if other.id == item)
    return any(piece.overlaps(span) for piece in statement.content for span in spans)


def repeats(record: Record, link: Link, copy: Copy) -> bool:
    """Whether a statement elsewhere has, word for word, at least half of the words that the copy was made of: the
    corpus has it twice.
    """
    document, item = other_end(link, copy.report.document.id)
    report = record.get(document)
    assert report is not None
    (statement,) = (other for other in report.statements if other.id == item)
    wanted = Counter(re.findall(r"\w+", copy.spans[0].text.lower()))
    there = Counter(re.findall(r"\w+", " ".join(piece.text for piece in statement.content).lower()))
    common = sum((wanted & there).values())
    return link.kind in RULES[copy.rule][1] and common >= 0.8 * min(sum(wanted.values()), sum(there.values()))


# A corpus


def read_records(path: Path, metadata: Path | None, only: str | None = None) -> list[Report]:
    """The records of a file, with publisher and day from the corpus's own table.

    Args:
        only: a word in the origin of those to take.
    """
    about: dict[str, dict[str, str]] = {}
    if metadata:
        with metadata.open(encoding="utf-8", newline="") as file:
            about = {
                row["filename"]: row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            }
    reports = []
    for report in _stored(path) if path.suffix == ".db" else _written(path):
        if only and f"/{only}/" not in report.document.origin:
            continue
        row = about.get(Path(report.document.origin).stem)
        if row:
            day = row["publication_date"]
            published = (
                Published(day, "given")
                if re.fullmatch(r"\d{4}-\d\d-\d\d", day)
                else report.document.published
            )
            report = replace(
                report, document=replace(report.document, publisher=row["publisher"], published=published)
            )
        reports.append(report)
    return reports


def _written(path: Path) -> Iterator[Report]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield Report.from_dict(json.loads(line))


def _stored(path: Path) -> Iterator[Report]:
    with open_for_reading(f"sqlite:///{path}") as record:
        after: tuple[int, int] | None = None
        while True:
            summaries, after = record.documents(limit=500, after=after)
            for summary in summaries:
                report = record.get(summary.id)
                assert report is not None
                yield report
            if after is None:
                return


def fill(record: Record, reports: Sequence[Report], embed: Embed) -> None:
    """Fills a record and makes its vectors."""
    for report in reports:
        record.add(report)
    record.optimize()
    record.embed_statements(embed, name="benchmark", batch=1000)


def write_sample(record: Record, links: Sequence[Link], folder: Path, count: int, seed: int) -> None:
    """Writes a sample of the links: ids, and apart from them the words."""
    chosen = random.Random(seed).sample(list(links), min(count, len(links)))
    with (folder / "sample.tsv").open("w") as ids, (folder / "sample.txt").open("w") as words:
        for number, link in enumerate(chosen, start=1):
            ids.write(
                f"{number}\t{link.kind}\t{link.evidence['how']}\t{link.score}\t"
                f"{link.left_document[:12]}\t{link.left}\t{link.right_document[:12]}\t{link.right}\n"
            )
            words.write(
                f"--- {number} {link.kind} {link.evidence['how']} {link.score} {link.evidence['changes']} {link.evidence['speaker']}\n"
            )
            for document, item in ((link.left_document, link.left), (link.right_document, link.right)):
                report = record.get(document)
                assert report is not None
                (statement,) = (other for other in report.statements if other.id == item)
                content = " … ".join(" ".join(piece.text.split()) for piece in statement.content)
                source = statement.source.text if statement.source else "-"
                words.write(f"  [{' '.join(source.split())[:40]}] {content[:420]}\n")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["near_duplicates", "links"])
    parser.add_argument("records", type=Path)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--metadata", type=Path)
    parser.add_argument("--meaning", type=Path, nargs=2, metavar=("MODEL", "TOKENIZER"))
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--only", help="link, or copy from, reports with this folder in their origin")
    parser.add_argument("--count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.meaning:
        embed: Embed = Embedder(*options.meaning, options.cache)
    else:
        meaning = load_default_embedder()
        assert meaning is not None, "the bundle has no head for meaning"
        embed = meaning.embed
    if options.what == "near_duplicates":
        run_copies(options, embed)
        return
    assert options.folder is not None, "links needs a folder"
    run_links(options, embed)


def run_copies(options: argparse.Namespace, embed: Embed) -> None:
    """Makes a record of the statements, alters copies of some, and prints where these are linked to."""
    reports = read_records(options.reports, options.metadata, options.only)
    with tempfile.TemporaryDirectory() as folder, open_record(Path(folder) / "record.db") as record:
        fill(record, reports, embed)
        near_duplicates = list(make_copies(reports, options.count or 500, options.seed))
        print(json.dumps(measure_copies(record, near_duplicates, embed), indent=1, ensure_ascii=False))


def run_links(options: argparse.Namespace, embed: Embed) -> None:
    """Links the reports of a corpus to each other, and writes a sample of the links for reading."""
    options.folder.mkdir(parents=True, exist_ok=True)
    with open_record(options.folder / "record.db") as record:
        reports = read_records(options.reports, options.metadata)
        if record.info()["documents"] < len(reports):
            fill(record, reports, embed)
        began, cpu = time.monotonic(), time.process_time()
        chosen = [item for item in reports if not options.only or f"/{options.only}/" in item.document.origin]
        random.Random(options.seed).shuffle(chosen)
        for number, report in enumerate(chosen, start=1):
            link_new(record, report.document.id, embed=embed)
            if number % 20 == 0:
                print(number, len(record.links()), f"{time.process_time() - cpu:.0f} s of a core", flush=True)
        spent = time.process_time() - cpu
        links = record.links()
        statements = sum(len(report.statements) for report in chosen)
        print(
            f"{len(chosen)} reports, {statements} statements linked in {time.monotonic() - began:.0f} s, {spent:.0f} s of a core"
        )
        print(dict(Counter((link.kind, link.evidence["how"]) for link in links)))
        write_sample(record, links, options.folder, options.count or 100, options.seed)


if __name__ == "__main__":
    main()
