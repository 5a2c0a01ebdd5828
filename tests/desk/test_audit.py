"""What an audit finds, and what it leaves alone."""

from __future__ import annotations

import dataclasses
import io
import json
from collections import Counter
from pathlib import Path

import pytest
from audit_reports import Case, briefing, cases
from marked import marked
from rich.console import Console

import onrecord
from onrecord.desk.audit import CHECKS, PRESETS, SEVERITIES, audit_report, load_rules
from onrecord.desk.audit.page import write_audit_page
from onrecord.desk.audit.rules import SETTINGS
from onrecord.desk.audit.table import print_audit
from onrecord.desk.audit.unnamed import describe_unnamed
from onrecord.errors import SettingsError
from onrecord.types import Report

CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_examples_get_the_findings_that_an_editor_would_write(case: Case) -> None:
    audit = audit_report(case.report)
    assert audit.genre.name == case.genre
    assert Counter(one.rule for one in audit.findings) == case.findings, case.why
    by_name = {voice.name: voice for voice in audit.voices}
    for name, reason in case.reasons.items():
        found = by_name[name].anonymity
        assert found is not None
        assert (found.reason.text if found.reason else None) == reason
    for name, words in case.known.items():
        assert [span.text for span in by_name[name].spans("how_known")] == [words]


def test_there_are_ten_examples() -> None:
    assert len(CASES) == 10


def test_a_briefing_of_thirty_statements_whose_text_contradicts_its_date() -> None:
    audit = audit_report(briefing(30))
    found = {one.rule: one for one in audit.findings}
    assert found["one_voice"].severity == "note"
    assert "All 30 statements" in found["one_voice"].says
    assert len(found["one_voice"].evidence) == 30
    assert found["date_conflict"].severity == "serious"
    assert found["date_conflict"].span is not None
    assert found["date_conflict"].span.text == "4 June 2024"
    assert audit.worst() == "serious"


@pytest.mark.parametrize(
    ("words", "conflict", "why"),
    [
        ("{1s:Orr} {1q:said} on Tuesday {1c:the bridge is shut}.", False, "a weekday alone contradicts nothing"),
        ("{1s:Orr} {1q:said} on Friday, 22 March, {1c:it is shut}.", True, "told as past, ten days after the report"),
        ("{1s:Orr} {1q:said} on Sunday, 10 March, {1c:it is shut}.", False, "two days before, and a Sunday in 2024"),
        ("{1s:Orr} {1q:said} on Monday, 11 March 2023, {1c:it is shut}.", True, "11 March 2023 was a Saturday"),
        ("{1s:Orr} {1q:said} {1c:the bridge opens on 4 June 2024}.", False, "a plan may lie after the report"),
        ("{1s:Orr} {1q:said} {1c:the bridge was built on 4 June 1954}.", False, "history may lie before the report"),
        ("{1s:Orr} {1q:said} on 9 May 2022 {1c:the bridge is shut}.", True, "said two years before"),
    ],
)  # fmt: skip
def test_dates_at_odds(words: str, conflict: bool, why: str) -> None:
    report = marked(f"Bridge\n\n{words}", {1: "Orr"}, day="2024-03-12")
    assert any(one.rule == "date_conflict" for one in audit_report(report).findings) == conflict, why


@pytest.mark.parametrize(
    ("words", "description"),
    [
        ("a port official", "anonymous"),
        ("two officials", "anonymous"),
        ("officials", "group"),
        ("the official", "other"),
        ("sources", "vague"),
        ("a source", "vague"),
        ("sources close to the family", "anonymous"),
        ("analysts at Brannock Bank", "group"),
        ("some", "vague"),
        ("residents", "group"),
        ("a resident", "anonymous"),
        ("the report’s summary", "other"),
        ("Harbour master", "other"),
        ("a spokeswoman for the port", "other"),
        ("a reporter", "other"),
        ("people familiar with the talks", "anonymous"),
        ("", "other"),
    ],
)
def test_what_words_for_an_unnamed_speaker_tell(words: str, description: str) -> None:
    assert describe_unnamed(words) == description


@pytest.mark.parametrize(
    ("source", "asked", "reason"),
    [
        ("an aide, who declined to be named, citing a court order,", True, "citing a court order"),
        ("an aide who requested anonymity to discuss private talks", True, "to discuss private talks"),
        ("an aide who was not authorized to speak publicly", True, "who was not authorized to speak publicly"),
        ("an aide who insisted on anonymity for fear of losing her job", True, "for fear of losing her job"),
        ("an aide, speaking on condition of anonymity,", True, None),
        ("an aide in the mayor’s office", False, None),
    ],
)  # fmt: skip
def test_why_a_voice_is_not_named(source: str, asked: bool, reason: str | None) -> None:
    text = f"Talks go on\n\n{{1c:“It is over,”}} {{1s:{source}}} {{1q:said}} on Friday."
    audit = audit_report(marked(text, {1: "an aide"}, day="2024-03-12", kinds={"an aide": "unnamed"}))
    found = audit.voices[0].anonymity
    assert found is not None
    assert (found.asked is not None) == asked
    assert (found.reason.text if found.reason else None) == reason


def test_what_a_voice_says_of_itself_is_no_reason_of_the_reports() -> None:
    text = "Talks\n\n{1c:“I asked not to be named because I am afraid,”} {1s:an aide} {1q:said}."
    audit = audit_report(marked(text, {1: "an aide"}, kinds={"an aide": "unnamed"}))
    assert audit.voices[0].justification == ()


def test_words_count_once_and_for_the_outer_voice() -> None:
    text = "Talks\n\n{1s:Ana Brandt} {1q:said} {1c:that {2s:Jon Orr} had {2q:promised} {2c:a new pier}}."
    audit = audit_report(marked(text, {1: "Ana Brandt", 2: {"speaker": "Jon Orr", "parent": 1}}))
    shares = {
        voice.name: (voice.statements, voice.relayed, voice.words, voice.share) for voice in audit.voices
    }
    assert shares == {"Ana Brandt": (1, 0, 8, 1.0), "Jon Orr": (1, 1, 0, 0.0)}


def test_shares_add_up() -> None:
    for case in CASES:
        audit = audit_report(case.report)
        assert sum(voice.words for voice in audit.voices) == audit.words
        assert sum(voice.share for voice in audit.voices) == pytest.approx(1, abs=0.001)


@pytest.mark.parametrize(
    ("reply", "found"),
    [
        ("The Kestrel Line did not respond to a request for comment.", False),
        ("Kestrel declined to comment.", False),
        ("The Kestrel Line denied it.", False),
        ("It rained all day.", True),
    ],
)
def test_silence_counts_as_a_reply(reply: str, found: bool) -> None:
    text = f"Leak\n\n{{1s:Ana Brandt}} {{1q:accused}} {{1c:the Kestrel Line of theft}}.\n\n{reply}"
    said = {1: {"speaker": "Ana Brandt", "act": "accuse", "target": "Kestrel Line"}}
    audit = audit_report(marked(text, said, kinds={"Kestrel Line": "organization"}))
    assert any(one.rule == "accusation_without_reply" for one in audit.findings) == found


def test_the_shape_of_the_contract() -> None:
    audit = audit_report(CASES[0].report).to_dict()
    assert json.loads(json.dumps(audit)) == audit
    assert audit["genre"] == "article"
    assert {"speaker", "name", "kind", "statements", "words", "share", "justification", "anonymity"} <= set(
        audit["voices"][0]
    )
    assert {"rule", "severity", "span", "evidence", "says"} <= set(audit["findings"][0])
    text = CASES[0].report.document.text
    spans = [one["span"] for one in audit["findings"]] + [
        one for voice in audit["voices"] for one in voice["justification"]
    ]
    assert spans
    for span in spans:
        assert text[span["start"] : span["end"]] == span["text"]


def test_rules_of_the_contract_exist() -> None:
    assert {
        "one_voice", "one_side", "date_conflict", "quantity_without_source", "accusation_without_reply",
        "anonymous_without_reason", "vague_source", "anonymous_opinion", "distancing_by_side", "unattributed_accusation",
    } <= set(SETTINGS)  # fmt: skip
    for preset in PRESETS:
        rules = load_rules(preset)
        assert set(rules.rules) == set(SETTINGS)
        assert all(rule.source for rule in rules.rules.values())
    assert set(CHECKS) | {"altered_elsewhere", "contradicted_elsewhere"} == set(SETTINGS)


def test_presets_differ() -> None:
    report = CASES[0].report
    severities = {
        preset: {one.rule: one.severity for one in audit_report(report, rules=load_rules(preset)).findings}
        for preset in PRESETS
    }
    assert severities["default"]["anonymous_without_reason"] == "warning"
    assert severities["ap"]["anonymous_without_reason"] == "serious"
    assert "anonymous_without_reason" not in severities["reuters"], (
        "for Reuters it is enough that a source asked"
    )
    assert severities["reuters"]["accusation_without_reply"] == "serious"


@pytest.mark.parametrize(
    ("toml", "named"),
    [
        ("[rules.one_voise]\n", ["rules.one_voise", "'one_voice'"]),
        ("[rules.one_voice]\nshere = 0.5\n", ["rules.one_voice.shere", "'share'"]),
        ("[rules.one_voice]\nshare = 2\n", ["rules.one_voice.share", "from 0 to 1"]),
        ("[rules.one_voice]\nleast = true\n", ["rules.one_voice.least", "whole number"]),
        ("[rules.one_voice]\nseverity = \"bad\"\n", ["rules.one_voice.severity", "serious"]),
        ("[rules.one_voice.genres]\nbriefings = \"off\"\n", ["rules.one_voice.genres.briefings", "'briefing'"]),
        ("extends = \"afp\"\n", ["extends", "reuters"]),
        ("rules = 3\n", ["rules", "table"]),
        ("ruels = 3\n", ["ruels", "'rules'"]),
        ("[rules\n", ["TOML"]),
        ("[rules.vague_source]\nwords = \"insider\"\n", ["rules.vague_source.words", "list"]),
    ],
)  # fmt: skip
def test_a_mistake_in_the_rules_is_named(tmp_path: Path, toml: str, named: list[str]) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(toml)
    with pytest.raises(SettingsError) as caught:
        load_rules(path)
    assert all(word in str(caught.value) for word in ["ours.toml", *named]), str(caught.value)


def test_a_newsrooms_rules_stand_on_a_preset(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text('extends = "ap"\n[rules.vague_source]\nseverity = "off"\n[rules.one_voice]\nleast = 50\n')
    rules = load_rules(path)
    assert rules.rules["anonymous_without_reason"].severity == "serious"
    assert not any(one.rule == "vague_source" for one in audit_report(CASES[0].report, rules=rules).findings)
    assert not any(one.rule == "one_voice" for one in audit_report(briefing(30), rules=rules).findings)


def test_no_such_rules() -> None:
    with pytest.raises(SettingsError, match="expected default, ap, reuters or a TOML file"):
        load_rules("afp")


def test_severities_rank_findings() -> None:
    for case in CASES:
        ranks = [SEVERITIES.index(one.severity) for one in audit_report(case.report).findings]
        assert ranks == sorted(ranks, reverse=True)


def test_a_report_without_statements() -> None:
    audit = audit_report(marked("Nothing happened.", {}))
    assert (audit.voices, audit.findings, audit.words) == ((), (), 0)


def hostile() -> Report:
    """A report whose every word would be markup."""
    text = "<script>alert(1)</script>\n\n{1s:<b>a source</b>} {1q:said} {1c:\x1b[31m<img src=x onerror=alert(1)>}."
    return marked(
        text,
        {1: "<b>a source</b>"},
        kinds={"<b>a source</b>": "unnamed"},
        origin="<i>x</i>",
        title="</title><script>",
    )


def test_the_page_holds_no_markup_of_the_report() -> None:
    file = io.StringIO()
    assert write_audit_page([audit_report(hostile())], file) == 1
    page = file.getvalue()
    assert "<script" not in page
    assert "<img" not in page
    assert "\x1b" not in page


def test_the_table_holds_no_controls() -> None:
    file = io.StringIO()
    print_audit(audit_report(hostile()), Console(file=file, width=100))
    assert "\x1b" not in file.getvalue()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_both_views_show_every_finding_and_voice(case: Case) -> None:
    audit = audit_report(case.report)
    page, table = io.StringIO(), io.StringIO()
    write_audit_page([audit], page)
    print_audit(audit, Console(file=table, width=400))
    for one in audit.findings:
        assert one.rule in page.getvalue()
        assert one.rule in table.getvalue()
    for voice in audit.voices:
        assert (voice.name or "no source given").split("’")[0] in page.getvalue()
        assert (voice.name or "no source given") in table.getvalue()
    if any(voice.anonymity and not voice.anonymity.reason for voice in audit.voices):
        assert "nothing in the report says" in table.getvalue() + "without a reason"


def test_an_audit_writes_nothing_and_changes_nothing() -> None:
    report = CASES[0].report
    before = dataclasses.asdict(report)
    assert onrecord.audit(report) == onrecord.audit(report, rules=["default"])
    assert dataclasses.asdict(report) == before
