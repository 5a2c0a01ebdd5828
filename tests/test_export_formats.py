"""Each export is read back by a reader that isn't ours, and says what the record says."""

from __future__ import annotations

import csv
import gc
import gzip
import io
import json
import re
import sys
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as given_any
from lxml import etree

from invented import HARBOUR_TEXT, harbour, report, statement
from jsonld_contexts import load_context
from onrecord.errors import SettingsError
from onrecord.export import FORMATS, find_format
from onrecord.export.csv import unguard
from onrecord.export.jsonl import read
from onrecord.export.table import COLUMNS, storable
from onrecord.types import Claim, Failure, Report, Span, Speaker, Statement

sys.path.append(str(Path(__file__).parent / "record"))
from generated_reports import reports as any_records

TEI = {"t": "http://www.tei-c.org/ns/1.0"}
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def hostile() -> Report:
    """A report in which everything has another meaning in some format."""
    text = (
        '=HYPERLINK("http://evil.example","x")\tsaid </ab><script>alert(1)</script> & ]]> "so, 😀 there"\r\n'
        "+1\nsaid\x00 @SUM(A1) \u2028 next \ud83d lone; ’tis <b>'quoted'</b>\n"
    )
    found = [
        statement(
            text,
            '=HYPERLINK("http://evil.example","x")',
            "said",
            '"so, 😀 there"',
            form="direct",
            speaker="a b",
        ),
        statement(text, "+1", "said\x00", "@SUM(A1) \u2028 next \ud83d lone", parent=None, act="de\nny"),
        statement(
            text, None, None, "</ab><script>alert(1)</script> & ]]>", "’tis <b>'quoted'</b>", form="mixed"
        ),
    ]
    people = [
        Speaker("a b", "-2+3 \x07", ("\x00", "&amp;"), "unnamed", "<role>", '"', (Span.of(text, 0, 5),)),
        Speaker("\ud800", "", (), "document", None, None, ()),
    ]
    claims = [Claim(found[1].id, "quantity", Span.of(text, 1, 3), 10**400, 1e308, None, unit="<&>")]
    return report(
        text,
        found,
        origin="=cmd|' /C calc'!A0",
        speakers=people,
        claims=claims,
        title="<title>",
        language="e n",
    )


CASES = [
    (harbour(), "every kind of statement"),
    (
        harbour(origin="https://courier.example/a b?c=ä&d=<", text=f"\ufeff{HARBOUR_TEXT}"),
        "an address with what must be escaped",
    ),
    (hostile(), "what has another meaning in each format"),
    (report("Nobody said anything."), "no statement"),
]
RECORDS = [case for case, _ in CASES]


def write(name: str, given: Any, target: Any = None) -> Any:
    """What a format writes of records; nothing may be refused."""
    failures: list[Failure] = []
    chosen = find_format(name)
    file = target or (io.BytesIO() if chosen.target == "bytes" else io.StringIO())
    chosen.write(iter(given), file, on_failure=failures.append)
    assert not failures
    return file.getvalue() if target is None else None


def all_statements() -> Iterator[tuple[Report, Statement]]:
    for given in RECORDS:
        for item in given.statements:
            yield given, item


# JSON Lines


def test_jsonl_is_read_back_equal() -> None:
    written = write("jsonl", RECORDS)
    assert [json.loads(line)["document"]["origin"] for line in written.splitlines()] == [
        item.document.origin for item in RECORDS
    ]
    assert list(read(io.BytesIO(written.encode()), origin="all.jsonl")) == RECORDS


@given_any(any_records())
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_jsonl_gives_back_any_record_or_names_it(given: Report) -> None:
    file, refused = io.StringIO(), []
    find_format("jsonl").write([given], file, on_failure=refused.append)
    back = list(read(io.BytesIO(file.getvalue().encode()), origin="x"))
    assert back == ([] if refused else [given])
    if refused:
        held = json.dumps(given.to_dict(), ensure_ascii=False)
        assert "Infinity" in held or re.search("[\ud800-\udbff][\udc00-\udfff]", held)


BROKEN_LINES = [
    (b"{", "isn't JSON", "cut short"),
    (b"[]", "expected an object", "another JSON value"),
    (b'{"schema": "onrecord/2"}', "onrecord/1", "a later contract"),
    (b'{"schema": "onrecord/1"}', "missing", "fields that aren't there"),
    (b"[" * 200_000, "nested too deep", "deep nesting"),
    (b"\xff\xfe", "isn't JSON", "not UTF-8"),
    (b'{"a": ' + b"9" * 5000 + b"}", "isn't JSON", "a number of 5,000 digits"),
]


@pytest.mark.parametrize(
    ("line", "said", "reason"), BROKEN_LINES, ids=[reason for *_, reason in BROKEN_LINES]
)
def test_a_broken_line_is_a_named_failure_and_the_next_is_read(line: bytes, said: str, reason: str) -> None:
    good = write("jsonl", [harbour()]).encode()
    failure, after = read(io.BytesIO(line + b"\n\n" + good), origin="in.jsonl")
    assert isinstance(failure, Failure)
    assert failure.origin == "in.jsonl#1"
    assert said in str(failure)
    assert after == harbour()


# CSV


def test_csv_is_read_by_the_standard_reader() -> None:
    text = write("csv", RECORDS)
    head, *lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert head == [column.name for column in COLUMNS]
    assert len(lines) == sum(len(item.statements) for item in RECORDS)
    for line, (given, item) in zip(lines, all_statements(), strict=True):
        row = dict(zip(head, line, strict=True))
        assert len(line) == len(head)
        plain = storable("\n".join(piece.text for piece in item.content)).replace("\0", "\ufffd")
        assert unguard(row["content"]) == plain
        places = [tuple(map(int, place.split(":"))) for place in row["pieces"].split()]
        assert [given.document.text[start:end] for start, end in places] == [
            piece.text for piece in item.content
        ]
        assert row["score"] == repr(item.score)
        assert (row["source_start"] == "") == (item.source is None)
        assert json.loads(row["claims"] or "[]") == [] or any(
            claim.statement == item.id for claim in given.claims
        )


FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@A1",
    "\t=1",
    "\r=1",
    " =1",
    "\u200b=1",
    "\ufeff-2",
    "＝1",
    "＋1",
    "－1",
    "＠A",
    "\n=1",
    "'=1",
]


@pytest.mark.parametrize("content", FORMULAS)
def test_no_cell_of_csv_is_a_formula(content: str) -> None:
    given = report(
        f"Ana said {content}!", [statement(f"Ana said {content}!", "Ana", "said", content)], title=content
    )
    rows = list(csv.DictReader(io.StringIO(write("csv", [given]), newline="")))
    for name in ("content", "title"):
        assert rows[0][name] == f"'{content}"
        assert unguard(rows[0][name]) == content


def test_every_column_is_documented() -> None:
    written = (Path(__file__).parents[1] / "docs" / "export.md").read_text("utf-8")
    for column in COLUMNS:
        assert f"| `{column.name}` | {column.kind} | {column.about} |" in written, column.name


# Parquet


def test_parquet_is_read_by_pyarrow() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(io.BytesIO(write("parquet", RECORDS)))
    assert table.column_names == [column.name for column in COLUMNS]
    for row, (given, item) in zip(table.to_pylist(), all_statements(), strict=True):
        assert row["document"] == given.document.id
        assert row["pieces"] == [{"start": piece.start, "end": piece.end} for piece in item.content]
        assert row["score"] == item.score
        assert row["negated"] == (item.modality.negated if item.modality else None)
        assert row["source_start"] == (item.source.start if item.source else None)
        assert [(claim["text"], claim["unit"]) for claim in row["claims"]] == [
            (claim.span.text, claim.unit) for claim in given.claims if claim.statement == item.id
        ]
    kinds = {field.name: str(field.type) for field in table.schema}
    assert (kinds["score"], kinds["source_start"], kinds["negated"]) == ("double", "int64", "bool")
    assert table.schema.field("act").metadata[b"about"]


def test_parquet_without_pyarrow_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(SettingsError, match=r"onrecord\[parquet\]"):
        write("parquet", [])


# JSON-LD


def expand(written: str) -> Any:
    jsonld = pytest.importorskip("pyld.jsonld")
    return jsonld.expand(json.loads(written), {"documentLoader": load_context})


def properties(value: Any) -> int:
    """How many names there are in a document, those of JSON-LD itself and contexts aside."""
    if isinstance(value, list):
        return sum(map(properties, value))
    if not isinstance(value, dict):
        return 0
    inner = {name: item for name, item in value.items() if name != "@context"}
    return sum(not name.startswith("@") and name not in ("id", "type") for name in inner) + sum(
        properties(item) for item in inner.values()
    )


OA, AS, SCHEMA, OURS = (
    "http://www.w3.org/ns/oa#",
    "http://www.w3.org/ns/activitystreams#",
    "http://schema.org/",
    "urn:onrecord:terms#",
)


def test_web_annotation_means_to_a_processor_what_the_model_says() -> None:
    written = write("webannotation", RECORDS)
    (collection,) = expand(written)
    assert properties(json.loads(written)) == properties(collection), "a term without a meaning was dropped"
    assert collection["@type"] == [AS + "OrderedCollection"]
    count = sum(len(item.statements) for item in RECORDS)
    assert collection[AS + "totalItems"][0]["@value"] == count
    (page,) = collection[AS + "first"]
    annotations = page[AS + "items"][0]["@list"]
    assert len({item["@id"] for item in annotations}) == len(annotations) == count
    for annotation, (given, item) in zip(annotations, all_statements(), strict=True):
        assert annotation["@type"] == [OA + "Annotation"]
        assert annotation[OA + "motivatedBy"] == [{"@id": OA + "describing"}]
        spans = [span for span in (item.source, item.cue, *item.content) if span]
        for target, span in zip(annotation[OA + "hasTarget"], spans, strict=True):
            source = target[OA + "hasSource"][0]
            assert source["@id"] == f"urn:onrecord:document:{given.document.id}"
            position, quoted = target[OA + "hasSelector"]
            start, end = (position[OA + part][0]["@value"] for part in ("start", "end"))
            text = storable(given.document.text)
            assert text[start:end] == quoted[OA + "exact"][0]["@value"] == storable(span.text)
            around = quoted[OA + "prefix"][0]["@value"], quoted[OA + "suffix"][0]["@value"]
            assert around == (text[max(0, start - 32) : start], text[end : end + 32])
        assert annotation[OA + "hasBody"][0][OURS + "score"][0]["@value"] == item.score


def test_web_annotation_names_the_page_that_a_text_is_from() -> None:
    (collection,) = expand(write("webannotation", [CASES[1][0]]))
    annotation = collection[AS + "first"][0][AS + "items"][0]["@list"][0]
    source = annotation[OA + "hasTarget"][0][OA + "hasSource"][0]
    assert source[OA + "via"] == [{"@id": f"https://courier.example/{quote('a b')}?c={quote('ä')}&d=%3C"}]


def test_schema_org_has_quotations_and_claims_with_who_and_where() -> None:
    written = write("schemaorg", RECORDS)
    nodes = expand(written)
    assert properties(json.loads(written)["@graph"]) == properties(nodes), (
        "a term without a meaning was dropped"
    )
    by_type: dict[str, list[Any]] = {}
    for node in nodes:
        by_type.setdefault(node["@type"][0].removeprefix(SCHEMA), []).append(node)
    direct = [item for _, item in all_statements() if item.form == "direct"]
    others = [item for _, item in all_statements() if item.form != "direct"]
    assert (len(by_type["NewsArticle"]), len(by_type["Quotation"]), len(by_type["Claim"])) == (
        len(RECORDS),
        len(direct),
        len(others),
    )
    knew = by_type["Quotation"][0]
    assert knew[SCHEMA + "text"] == [{"@value": "“They knew by the third of March,”"}]
    assert knew[SCHEMA + "spokenByCharacter"][0][SCHEMA + "name"] == [{"@value": "Ilse Brandvold"}]
    text = harbour().document.text
    for place in knew[SCHEMA + "isBasedOn"]:
        document, start, end = re.fullmatch(
            r"urn:onrecord:document:(\w+)#char=(\d+),(\d+)", place["@id"]
        ).groups()  # type: ignore[union-attr]
        assert document == harbour().document.id
        assert text[int(start) : int(end)] in ("Brandvold", "told", "“They knew by the third of March,”")
    fine = by_type["Claim"][-2]
    assert SCHEMA + "author" not in fine or fine[SCHEMA + "author"]


def test_an_unresolved_speaker_is_credited_in_the_words_of_the_text() -> None:
    nodes = expand(write("schemaorg", [harbour()]))
    credited = [node[SCHEMA + "creditText"][0]["@value"] for node in nodes if SCHEMA + "creditText" in node]
    assert credited == ["Mira Falk", "the minister", "a port official who asked not to be named"]


# TEI


@pytest.fixture(scope="module")
def schema() -> etree.RelaxNG:
    """TEI's own schema, "tei_all" of P5 4.3.0 (BSD-2-Clause)."""
    with gzip.open(Path(__file__).with_name("tei_all.rng.gz")) as file:
        return etree.RelaxNG(etree.parse(file))


def parse_tei(written: str, schema: etree.RelaxNG) -> Any:
    tree = etree.fromstring(written.encode(), etree.XMLParser(resolve_entities=False, huge_tree=True))
    assert schema.validate(tree), schema.error_log.last_error
    return tree


def as_xml_holds(text: str) -> str:
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)


def anchors_of(tei: Any) -> dict[str, int]:
    """Where each anchor stands, reckoned as anybody would: the length of the text before it."""
    (block,) = tei.xpath(".//t:ab", namespaces=TEI)
    places, at = {}, 0
    for event, element in etree.iterwalk(block, events=("start", "end")):
        if event == "start":
            if element.tag.endswith("}anchor"):
                places[element.get(XML_ID)] = at
            at += len(element.text or "")
        elif element is not block:
            at += len(element.tail or "")
    return places


def hold_tei(tei: Any, given: Report) -> None:
    text = as_xml_holds(given.document.text)
    (block,) = tei.xpath(".//t:ab", namespaces=TEI)
    assert "".join(block.itertext()) == text
    places = anchors_of(tei)
    groups = tei.xpath(".//t:spanGrp[@type='statement']", namespaces=TEI)
    for group, item in zip(groups, given.statements, strict=True):
        found = [
            (span.get("type"), text[places[span.get("from")[1:]] : places[span.get("to")[1:]]])
            for span in group
        ]
        wanted = [(kind, span) for kind, span in (("source", item.source), ("cue", item.cue)) if span]
        wanted += [("content", piece) for piece in item.content]
        assert found == [(kind, as_xml_holds(span.text)) for kind, span in wanted]
    ids = tei.xpath(".//@xml:id")
    assert len(ids) == len(set(ids))
    for name in ("who", "ana", "from", "to", "prev", "next", "fVal"):
        for reference in tei.xpath(f".//@{name}"):
            assert reference[1:] in ids


def test_tei_is_valid_and_keeps_every_character(schema: etree.RelaxNG) -> None:
    corpus = parse_tei(write("tei", RECORDS), schema)
    tei_reports = corpus.xpath("/t:teiCorpus/t:TEI", namespaces=TEI)
    for tei, given in zip(tei_reports, RECORDS, strict=True):
        hold_tei(tei, given)


def test_tei_says_in_the_text_who_said_what(schema: etree.RelaxNG) -> None:
    corpus = parse_tei(write("tei", [harbour()]), schema)
    (faith, clean_up) = [
        said
        for said in corpus.xpath(".//t:said", namespaces=TEI)
        if "good faith" in "".join(said.itertext()) or "clean-up" in "".join(said.itertext())
    ]
    assert faith.get("direct") == "true"
    assert faith.get("next") == f"#{clean_up.get(XML_ID)}"
    (person,) = corpus.xpath(f".//t:person[@xml:id='{faith.get('who')[1:]}']/t:persName", namespaces=TEI)
    assert person.text == "Tomas Okoro-Lind"


@given_any(any_records())
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_tei_of_any_record_is_valid(schema: etree.RelaxNG, given: Report) -> None:
    (tei,) = parse_tei(write("tei", [given]), schema).xpath("/t:teiCorpus/t:TEI", namespaces=TEI)
    hold_tei(tei, given)


def test_tei_has_no_empty_corpus() -> None:
    with pytest.raises(SettingsError, match="at least"):
        write("tei", [])


# All


@pytest.mark.parametrize(
    "name", [item.name for item in FORMATS if item.target != "folder" and item.name != "tei"]
)
def test_nothing_is_written_as_nothing(name: str) -> None:
    written = write(name, [])
    if name in ("webannotation", "schemaorg"):
        assert json.loads(written)["@context"]


@given_any(any_records())
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
def test_every_format_takes_any_record(given: Report) -> None:
    for name in ("csv", "parquet", "webannotation", "schemaorg"):
        written = write(name, [given])
        if name in ("webannotation", "schemaorg"):
            json.loads(written)
            written.encode("ascii")


def test_an_unknown_format_is_named() -> None:
    with pytest.raises(SettingsError, match="jsonl, csv, parquet"):
        find_format("docx")


class _Nowhere(io.TextIOBase):
    """A file that keeps nothing."""

    def write(self, text: str) -> int:
        return len(text)

    def writelines(self, lines: Any) -> None:
        for _ in lines:
            pass


@pytest.mark.parametrize("name", ["jsonl", "csv", "webannotation", "schemaorg", "tei"])
def test_memory_does_not_grow_with_the_record(name: str) -> None:
    def harbours(count: int) -> Iterator[Report]:
        for number in range(count):
            gc.collect()  # what waits for the collector isn't kept
            yield harbour(origin=f"{number}.txt")

    def peak(count: int) -> int:
        tracemalloc.start()
        find_format(name).write(harbours(count), _Nowhere(), on_failure=pytest.fail)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(5)  # what is imported and kept for good
    gc.collect()
    gc.freeze()  # what is there already needn't be gone through each time
    try:
        assert peak(100) < peak(10) + 50_000
    finally:
        gc.unfreeze()


def test_a_record_without_scores_of_speakers_says_so() -> None:
    given = harbour()
    bare = replace(given, statements=tuple(replace(item, speaker_score=None) for item in given.statements))
    rows = list(csv.DictReader(io.StringIO(write("csv", [bare]), newline="")))
    assert {row["speaker_score"] for row in rows} == {""}
