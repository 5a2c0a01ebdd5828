"""How well quotations are verified: 1,550 seeded cases made by stated rules from a corpus of statements, with
the confusion matrix; and how long one takes.

    python benchmarks/verify.py cases POLNEAR/train [--metadata metadata.tsv] [--seed 1] [--show RULE]
    python benchmarks/verify.py speed RECORD.db --reports 10000 [--seed 1]

``cases`` makes a record of the annotated statements (brat standoff, no model reads them), takes statements of
at least ten words by a speaker with a name, alters them by one rule each, and compares the verdict with what
the rule makes right. ``speed`` asks a record that ``benchmarks/record_speed.py`` filled.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import statistics
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from alterations import SYNONYMS
from onrecord.desk.judging import denied
from onrecord.desk.quotation import words_in
from onrecord.desk.verdict import Verdict
from onrecord.desk.verify import Asked, Verifier
from onrecord.embedding import load_default_embedder
from onrecord.export.brat_import import read_folder
from onrecord.linking.wording import FUNCTION
from onrecord.record import Embed, Record, open_record
from onrecord.types import Failure, Published, Report, Speaker, Statement
from reports import make_records

LEAST, MOST = 10, 60  # words of a statement that is altered
COUNTS = {
    "exact": 200,
    "marks and case": 150,
    "word changed": 150,
    "quantity changed": 100,
    "negation changed": 100,
    "modal changed": 100,
    "name changed": 100,
    "wrong speaker": 150,
    "spliced": 50,
    "cut with ellipsis": 50,
    "cut without ellipsis": 50,
    "paraphrased": 50,
    "invented": 300,
}
"""1,550 cases: 1,500 that the targets are about, and 50 paraphrases by a table of words."""

RIGHT = {
    "exact": {"exact"},
    "marks and case": {"exact"},
    "word changed": {"altered"},
    "quantity changed": {"altered"},
    "negation changed": {"altered"},
    "modal changed": {"altered"},
    "name changed": {"altered"},
    "wrong speaker": {"other_speaker"},
    "spliced": {"altered"},
    "cut with ellipsis": {"shortened", "altered"},
    "cut without ellipsis": {"altered"},
    "paraphrased": {"altered", "same_meaning"},
    "invented": {"not_found"},
}
"""A cut with an ellipsis is altered where it turns the sense; a paraphrase that keeps most words is, too."""

_TITLES = frozenset("mr mrs ms dr sen gov president republican democrat democratic".split())
_NUMBER = re.compile(r"\b\d[\d,]*(?:\.\d+)?\b")
_NOT = re.compile(r"\s+not\b|n['’]t\b")
_AUXILIARY = re.compile(
    r"\b(is|are|was|were|will|would|could|should|has|have|had|must|does|do|did)\b(?! not\b|n[’'])"
)
_MODAL = {"can": "must", "could": "must", "may": "will", "might": "will", "must": "could", "should": "might",
          "will": "may", "would": "might", "shall": "may"}  # fmt: skip
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")
_NAMES = ("Okafor", "Tarnow", "Brandvold", "Ruell", "Lindqvist", "Tavish")
_WORDS = ("quietly", "harbour", "orchard", "meadow", "lantern", "granite", "velvet", "thunder")


@dataclass(frozen=True, slots=True)
class Told:
    """A statement that cases are made of."""

    record: Report
    statement: Statement
    speaker: Speaker
    text: str

    @property
    def document(self) -> str:
        return self.record.document.id


@dataclass(frozen=True, slots=True)
class Case:
    """A quotation by a rule, and who it is given to."""

    rule: str
    quotation: str
    speaker: str


# The corpus as a record


def load_reports(folder: Path, metadata: Path | None) -> list[Report]:
    """The annotated reports, each source with a name as a speaker of that name."""
    about = {}
    if metadata:
        with metadata.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            about = {row["filename"]: row for row in rows}
    records = []
    for record in read_folder(folder):
        if isinstance(record, Failure):
            raise record.error
        row = about.get(Path(record.document.origin).stem, {})
        day = row.get("publication_date", "")
        document = replace(
            record.document,
            publisher=row.get("publisher"),
            published=Published(day, "given")
            if re.fullmatch(r"\d{4}-\d\d-\d\d", day)
            else record.document.published,
        )
        records.append(_with_speakers(replace(record, document=document)))
    return records


def _with_speakers(record: Report) -> Report:
    """The report with a speaker for each source that holds a name: its last run of capitalised words. A
    surname is the same speaker as the longer name that ends with it.
    """
    names = {}
    for statement in record.statements:
        if statement.source and (name := _name_in(statement.source.text)):
            names[statement.id] = name
    full = sorted(set(names.values()), key=len, reverse=True)
    speakers: dict[str, Speaker] = {}
    placed = []
    for statement in record.statements:
        name = names.get(statement.id)
        if name is None:
            placed.append(replace(statement, speaker=None))
            continue
        whole = next((other for other in full if other == name or other.endswith(f" {name}")), name)
        speakers.setdefault(whole, Speaker(f"s{len(speakers)}", whole, (), "person", None, None, ()))
        placed.append(replace(statement, speaker=speakers[whole].id))
    return replace(record, statements=tuple(placed), speakers=tuple(speakers.values()), claims=())


def _name_in(source: str) -> str | None:
    found = re.findall(r"(?:[A-Z][\w’'-]+|[A-Z]\.)(?:\s+(?:[A-Z][\w’'-]+|[A-Z]\.))*", source)
    words = [word for word in (found[-1].split() if found else []) if word.lower().strip(".") not in _TITLES]
    name = " ".join(words).removesuffix("’s").removesuffix("'s")
    return name if len(name) > 3 and name.lower() not in FUNCTION else None


def tell(records: Sequence[Report]) -> list[Told]:
    """The statements that cases may be made of: one piece, 10 to 60 words, a named speaker, not denied."""
    found = []
    for record in records:
        for statement in record.statements:
            speaker = record.speaker_of(statement)
            if speaker is None or len(statement.content) != 1 or denied(statement, record.document.text):
                continue
            text = statement.content[0].text.strip().strip('“”"').strip()
            if LEAST <= sum(1 for _ in words_in(text)) <= MOST and "[" not in text and "…" not in text:
                found.append(Told(record, statement, speaker, text))
    return found


# The rules

Rule = Callable[[Told, random.Random, Sequence[Told]], Case | None]


def _case(rule: str, told: Told, quotation: str | None) -> Case | None:
    return Case(rule, quotation, told.speaker.name) if quotation and quotation != told.text else None


def exact(told: Told, rng: random.Random, pool: Sequence[Told]) -> Case | None:
    return Case("exact", told.text, told.speaker.name)


def marks_and_case(told: Told, rng: random.Random, pool: Sequence[Told]) -> Case | None:
    swapped = told.text.translate(str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'", "—": "-"}))
    return Case("marks and case", f"«{swapped[0].swapcase()}{swapped[1:].rstrip('.')}»", told.speaker.name)


def word_changed(told: Told, rng: random.Random, pool: Sequence[Told]) -> Case | None:
    words = told.text.split()
    may = [at for at, word in enumerate(words) if word.isalpha() and word.islower() and word not in FUNCTION]
    if not may:
        return None
    words[rng.choice(may)] = rng.choice(_WORDS)
    return _case("word changed", told, " ".join(words))


def quantity_changed(told: Told, rng: random.Random, pool: Sequence[Told]) -> Case | None:
    found = list(_NUMBER.finditer(told.text))
    if not found:
        return None
    match = rng.choice(found)
    digit = rng.choice([char for char in "123456789" if char != match[0][0]])
    return _case(
        "quantity changed", told, told.text[: match.start()] + digit + told.text[match.start() + 1 :]
    )


def negation_changed(told: Told, rng: random.Random, pool: Sequence[Told]) -> Case | None:
    if found := list(_NOT.finditer(told.text)):
        match = rng.choice(found)
        return _case("negation changed", told, told.text[: match.start()] + told.text[match.end() :])
    if found := list(_AUXILIARY.finditer(told.text)):
        match = rng.choice(found)
        return _case("negation changed", told, f"{told.text[: match.end()]} not{told.text[match.end() :]}")
    return None


def modal_changed(told: Told, rng: random.Random, pool: Sequence[Told]) -> Case | None:
    found = list(re.finditer(rf"\b(?:{'|'.join(_MODAL)})\b", told.text))
    if not found:
        return None
    match = rng.choice(found)
    return _case(
        "modal changed", told, told.text[: match.start()] + _MODAL[match[0]] + told.text[match.end() :]
    )


def name_changed(told: Told, rng: random.Random, pool: Sequence[Told]) -> Case | None:
    found = list(_NAME.finditer(told.text))
    if not found:
        return None
    match = rng.choice(found)
    return _case(
        "name changed", told, told.text[: match.start()] + rng.choice(_NAMES) + told.text[match.end() :]
    )


def wrong_speaker(told: Told, rng: random.Random, pool: Sequence[Told]) -> Case | None:
    """Given to somebody else who is on record: no word of the two names in common."""
    own = set(told.speaker.name.lower().split())
    others = [other.speaker.name for other in rng.sample(pool, 30)]
    other = next((name for name in others if not own & set(name.lower().split())), None)
    return Case("wrong speaker", told.text, other) if other else None


def spliced(told: Told, rng: random.Random, pool: Sequence[Told]) -> Case | None:
    """The first half of one statement, and the second half of another of the same speaker."""
    same = [
        other for other in pool if other.speaker.name == told.speaker.name and other.text != told.text
        and set(other.text.split()[:6]) != set(told.text.split()[:6])
    ]  # fmt: skip
    if not same:
        return None
    left, right = told.text.split(), rng.choice(same).text.split()
    return _case("spliced", told, " ".join([*left[: len(left) // 2 + 2], *right[len(right) // 2 - 2 :]]))


def _cut(told: Told, rng: random.Random) -> tuple[list[str], list[str]] | None:
    words = told.text.split()
    if len(words) < 14:
        return None
    first = rng.randint(5, len(words) - 8)
    return words[:first], words[first + rng.randint(2, min(6, len(words) - first - 5)) :]


def cut_with(told: Told, rng: random.Random, pool: Sequence[Told]) -> Case | None:
    kept = _cut(told, rng)
    return _case("cut with ellipsis", told, " … ".join(map(" ".join, kept))) if kept else None


def cut_without(told: Told, rng: random.Random, pool: Sequence[Told]) -> Case | None:
    kept = _cut(told, rng)
    return _case("cut without ellipsis", told, " ".join(map(" ".join, kept))) if kept else None


def paraphrased(told: Told, rng: random.Random, pool: Sequence[Told]) -> Case | None:
    words = re.split(r"(\W+)", told.text)
    places = [at for at, word in enumerate(words) if word.lower() in SYNONYMS]
    if len(places) < 3:
        return None
    for at in places:
        words[at] = SYNONYMS[words[at].lower()]
    return _case("paraphrased", told, "".join(words))


def invented(told: Told, rng: random.Random, pool: Sequence[Told]) -> Case | None:
    """Vocabulary of the same speaker and topic: function words stay where they stand, every other word is one
    of the speaker's other statements or of the same report.
    """
    theirs = [
        other.text for other in pool
        if other.text != told.text
        and (other.speaker.name == told.speaker.name or other.document == told.document)
    ]  # fmt: skip
    bag = [
        word for text in theirs for word in re.findall(r"[\w’'-]+", text)
        if word.lower() not in FUNCTION and word not in told.text
    ]  # fmt: skip
    if len(bag) < 40:
        return None
    parts = re.split(r"([\w’'-]+)", told.text)
    new = [
        part if at % 2 == 0 or part.lower() in FUNCTION else rng.choice(bag) for at, part in enumerate(parts)
    ]
    return _case("invented", told, "".join(new))


RULES: dict[str, Rule] = {
    "exact": exact, "marks and case": marks_and_case, "word changed": word_changed,
    "quantity changed": quantity_changed, "negation changed": negation_changed,
    "modal changed": modal_changed,
    "name changed": name_changed, "wrong speaker": wrong_speaker, "spliced": spliced,
    "cut with ellipsis": cut_with, "cut without ellipsis": cut_without, "paraphrased": paraphrased,
    "invented": invented,
}  # fmt: skip


def make_cases(pool: Sequence[Told], seed: int) -> Iterator[tuple[Case, Told]]:
    """So many cases of each rule, each of another statement."""
    for rule, make in RULES.items():
        rng = random.Random(f"{seed} {rule}")
        made = 0
        for told in rng.sample(pool, len(pool)):
            if made == COUNTS[rule]:
                break
            if (case := make(told, rng, pool)) is not None:
                made += 1
                yield case, told


def _vectorize(store: Record) -> Embed:
    """Vectors for all statements by the model that ships."""
    meaning = load_default_embedder()
    assert meaning is not None, "the bundle has no head for meaning"
    store.vectorize(meaning.embed, name=meaning.name)
    return meaning.embed


def run_cases(
    folder: Path, metadata: Path | None, seed: int, show: str | None, *, meaning: bool, only: str | None
) -> None:
    """Prints the confusion matrix and the shares that the targets are about."""
    records = load_reports(folder, metadata)
    pool = tell(records)
    print(f"{len(records)} reports, {len(pool)} statements to make cases of")
    with tempfile.TemporaryDirectory() as place, open_record(Path(place) / "record.db") as store:
        for record in records:
            store.add(record, model="annotated")
        store.settle()
        verifier = Verifier(store, embed=_vectorize(store) if meaning else None)
        matrix: dict[str, Counter[str]] = defaultdict(Counter)
        taken = []
        for case, told in make_cases(pool, seed):
            if only is not None and case.rule != only:
                continue
            began = time.process_time()  # other work on the machine doesn't lengthen it
            verdict = verifier.verify(case.quotation, asked=Asked(speaker=case.speaker))
            taken.append(time.process_time() - began)
            matrix[case.rule][verdict.verdict or "-"] += 1
            if show in (case.rule, "all") and verdict.verdict not in RIGHT[case.rule]:
                _show(case, told, verdict)
    _print_matrix(matrix)
    taken.sort()
    print(
        f"{len(taken)} quotations, p50 {_ms(statistics.median(taken))}, "
        f"p95 {_ms(taken[int(0.95 * len(taken))])}"
    )


def _show(case: Case, told: Told, verdict: Verdict) -> None:
    print(f"--- {verdict.verdict} ({case.speaker}; {told.speaker.name})\n  {case.quotation}\n  {told.text}")
    for finding in (*verdict.findings[:3], *verdict.nearest[:1]):
        print(
            f"    {finding.kind} {finding.score} {finding.speaker}: {finding.span.text[:200]!r} "
            f"{finding.because}"
        )
        print(f"      {finding.differences}")


def _print_matrix(matrix: dict[str, Counter[str]]) -> None:
    kinds = ("exact", "shortened", "altered", "other_speaker", "same_meaning", "not_found")
    print(f"| made by | {' | '.join(kind.replace('_', ' ') for kind in kinds)} | right |")
    print(f"|{'---|' * (len(kinds) + 2)}")
    for rule in RULES:
        counted = matrix[rule]
        right = sum(counted[kind] for kind in RIGHT[rule])
        cells = " | ".join(str(counted[kind] or "") for kind in kinds)
        print(f"| {rule} | {cells} | {100 * right / max(1, sum(counted.values())):.1f} % |")


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.0f} ms"


# Speed


def run_speed(record: str, reports: int, seed: int, rounds: int) -> None:
    """The times of quotations against an invented record: as given, a word changed, invented."""
    rng = random.Random(seed)
    sample = list(make_records(min(reports, 2000), seed=1))
    with open_record(record, create=False) as store:
        print(store.info())
        verifier = Verifier(store)
        verifier.searched()
        for kind in ("as given", "a word changed", "invented", "with a speaker"):
            _time(store, verifier, kind, [_question(kind, sample, rng) for _ in range(rounds + 5)])


def _question(kind: str, sample: Sequence[Report], rng: random.Random) -> tuple[str, Asked]:
    record = rng.choice(sample)
    statement = rng.choice([item for item in record.statements if len(item.content[0].text.split()) > 6])
    words = statement.content[0].text.split()
    if kind == "a word changed":
        words[rng.randrange(len(words))] = "zebra"
    if kind == "invented":
        others = [
            item.content[0].text.split() for other in rng.sample(sample, 5) for item in other.statements
        ]
        words = [rng.choice(rng.choice(others)) for _ in words]
    speaker = record.speaker_of(statement)
    return " ".join(words), Asked(speaker=speaker.name if speaker and kind == "with a speaker" else None)


def _time(store: Record, verifier: Verifier, kind: str, asked: Sequence[tuple[str, Asked]]) -> None:
    walls, own, verdicts = [], [], Counter[str]()
    for number, (quotation, who) in enumerate(asked):
        began, worked = time.perf_counter(), time.process_time()
        verdict = verifier.verify(quotation, asked=who)
        if number >= 5:
            walls.append(time.perf_counter() - began)
            own.append(time.process_time() - worked)
            verdicts[verdict.verdict or "-"] += 1
    told = [
        f"{_ms(sorted(values)[int(share * len(values))])}" for values in (walls, own) for share in (0.5, 0.95)
    ]
    print(f"{kind:16} wall p50 {told[0]}, p95 {told[1]}; own p50 {told[2]}, p95 {told[3]}; {dict(verdicts)}")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    cases = commands.add_parser("cases")
    cases.add_argument("folder", type=Path)
    cases.add_argument("--metadata", type=Path)
    cases.add_argument("--meaning", action="store_true", help="look for other words for the same, too")
    cases.add_argument("--only", choices=tuple(RULES), help="cases of one rule")
    cases.add_argument("--show", help="print what is wrong of a rule, or of all")
    speed = commands.add_parser("speed")
    speed.add_argument("record")
    speed.add_argument("--reports", type=int, default=1000)
    speed.add_argument("--rounds", type=int, default=100)
    for command in (cases, speed):
        command.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if given.command == "cases":
        run_cases(
            given.folder, given.metadata, given.seed, given.show, meaning=given.meaning, only=given.only
        )
    else:
        run_speed(given.record, given.reports, given.seed, given.rounds)


if __name__ == "__main__":
    main()
