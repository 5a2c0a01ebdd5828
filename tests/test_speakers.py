"""Who speaks: invented reports, each with the reason it is here, and what must hold of any text."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.loaders import document_of
from onrecord.model.mentions import Mention, NameMention
from onrecord.model.session import ModelOutput
from onrecord.model.windows import build_windows
from onrecord.pipeline import Pipeline
from onrecord.speakers import ResolvedStatements, resolve_speakers
from onrecord.text import analyze
from onrecord.types import Document, Report, Span, Statement
from speaker_cases import CASES, FIRST_PERSON, marked


def read_words(pipeline: Pipeline, text: str) -> ModelOutput:
    """A reading without a network's word: names and coreference are left to rules."""
    words, _ = build_windows(analyze(text), pipeline.model._pieces)
    return ModelOutput(words, np.zeros((0, 0), np.float32), ())


def resolve(pipeline: Pipeline, text: str, **about: str) -> tuple[Document, ResolvedStatements]:
    document, statements = marked(text, **about)
    return document, resolve_speakers(
        document, analyze(document.text), read_words(pipeline, document.text), statements
    )


def names_of(resolved: ResolvedStatements) -> tuple[str | None, ...]:
    by_id = {speaker.id: speaker.name for speaker in resolved.speakers}
    return tuple(by_id[statement.speaker] if statement.speaker else None for statement in resolved.statements)


@pytest.mark.parametrize(("reason", "text", "speakers"), CASES, ids=[case[0] for case in CASES])
@pytest.mark.parametrize("by", ["rules", "network"])
def test_whose_words_they_are(
    pipeline: Pipeline, by: str, reason: str, text: str, speakers: tuple[str | None, ...]
) -> None:
    """Rules alone tell all cases, so that a bundle without heads for names is of use; with the network's word they are told too."""
    document, statements = marked(text)
    output = (
        read_words(pipeline, document.text)
        if by == "rules"
        else pipeline.model.predict(analyze(document.text))
    )
    assert names_of(resolve_speakers(document, analyze(document.text), output, statements)) == speakers, (
        reason
    )


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 60
    assert len({reason for reason, _, _ in CASES}) == len(CASES)


@pytest.mark.parametrize(
    ("reason", "text", "kind", "aliases", "role", "affiliation"),
    [
        ("all forms are aliases", "Foreign Minister Ilse Tarnow left. [s1 Tarnow] [q1 said] [c1 it rained].", "person", {"Ilse Tarnow", "Foreign Minister Ilse Tarnow", "Tarnow"}, "Foreign Minister", None),
        ("an apposition gives office and affiliation", "[s1 Ilse Tarnow, a doctor at the Osthaven Hospital,] [q1 said] [c1 it rained].", "person", {"Ilse Tarnow"}, "doctor at the Osthaven Hospital", "Osthaven Hospital"),
        ("a body before the office is the affiliation", "[s1 Kestrel Line spokeswoman Mila Orr] [q1 said] [c1 it rained].", "person", {"Mila Orr", "Kestrel Line spokeswoman Mila Orr"}, "Kestrel Line spokeswoman", "Kestrel Line"),
        ("an adjective before the office is nobody's name", "[s1 Furious bride Mila Orr] [q1 said] [c1 it rained].", "person", {"Mila Orr", "Furious bride Mila Orr"}, "Furious bride", None),
        ("a trade by its ending", "[s1 The violinist Ilse Tarnow] [q1 said] [c1 it rained].", "person", {"Ilse Tarnow", "violinist Ilse Tarnow"}, "violinist", None),
        ("Dr is no part of the office before it", "[s1 Health Minister Dr. Ilse Tarnow] [q1 said] [c1 it rained].", "person", {"Ilse Tarnow", "Health Minister Dr. Ilse Tarnow"}, "Health Minister", None),
        ("an office holds no other name", "Mayor Ilse Brun and deputy mayor Mila Orr met. [s1 Orr] [q1 said] [c1 it rained].", "person", {"Mila Orr", "deputy mayor Mila Orr", "Orr"}, "deputy mayor", None),
        ("an owner is the affiliation", "[s1 Fox Bay Radio's Hugo Marsh] [q1 said] [c1 it rained].", "person", {"Hugo Marsh"}, None, "Fox Bay Radio"),
        ("a body", "[s1 The Straits Commission] [q1 said] [c1 it rained].", "organization", {"Straits Commission"}, None, None),
        ("an office before its holder in brackets", "[s1 The mayor of Alderby] (Ana Brun) [q1 said] [c1 it rained].", "person", {"Ana Brun"}, "mayor of Alderby", "Alderby"),
        ("what was seen by a paper is a document", "[s1 An internal memo seen by The Sextant] [q1 said] [c1 it rained].", "document", {"An internal memo", "An internal memo seen by The Sextant"}, None, None),
        ("capitals give way to the same words without", "[s1 OFFICIALS] [q1 SAY] [c1 BRIDGE IS SHUT]\n\n[s2 Officials] [q2 said] [c2 it rained].", "unnamed", {"Officials", "OFFICIALS"}, None, None),
        ("a paper", "[s1 The survey] [q1 said] [c1 it rained].", "document", {"The survey"}, None, None),
        ("somebody unnamed keeps the affiliation", "[s1 A spokesman for the Kestrel Line] [q1 said] [c1 it rained].", "unnamed", {"A spokesman for the Kestrel Line", "A spokesman"}, None, "Kestrel Line"),
        ("two together are a group", "[s1 Ilse Tarnow and Bram Oduya] [q1 said] [c1 it rained].", "group", {"Ilse Tarnow and Bram Oduya"}, None, None),
    ],
)  # fmt: skip
def test_what_is_known_of_a_speaker(
    pipeline: Pipeline,
    reason: str,
    text: str,
    kind: str,
    aliases: set[str],
    role: str | None,
    affiliation: str | None,
) -> None:
    document, resolved = resolve(pipeline, text)
    speaker = next(s for s in resolved.speakers if s.id == resolved.statements[0].speaker)
    assert (speaker.kind, speaker.role, speaker.affiliation) == (kind, role, affiliation)
    assert {speaker.name, *speaker.aliases} == aliases
    assert not speaker.name.isupper(), "capitals are how a heading writes it"
    profile = next(p for p in resolved.profiles if p.speaker == speaker.id)
    for span, words in ((profile.role, role), (profile.affiliation, affiliation)):
        assert (span.text if span else None) == words
        assert span is None or document.text[span.start : span.end] == words


@pytest.mark.parametrize(
    ("reason", "source", "anonymity"),
    [
        ("asked not to be named", "A senior official who asked not to be named", "anonymity"),
        ("on condition of anonymity", "An aide, speaking on condition of anonymity,", "anonymity"),
        ("several people", "Officials in Velmora", "collective"),
        ("nobody could find them", "Sources", "vague"),
        ("some of many", "Some critics", "vague"),
        ("one described person is just not named", "The lighthouse keeper", None),
    ],
)
def test_why_a_voice_is_unnamed(pipeline: Pipeline, reason: str, source: str, anonymity: str | None) -> None:
    _, resolved = resolve(pipeline, f"[s1 {source}] [q1 said] [c1 it rained].")
    assert [profile.anonymity for profile in resolved.profiles] == [anonymity]


def test_an_open_source_has_a_reason_and_candidates(pipeline: Pipeline) -> None:
    _, resolved = resolve(
        pipeline, "Ilse Tarnow and Mila Tarnow own the mill.\n\n[s1 Tarnow] [q1 said] [c1 it would close]."
    )
    (resolution,) = resolved.resolutions
    assert resolution.speaker is None
    assert resolution.reason == "more than one person of the report has this name"
    assert {candidate.name for candidate in resolution.candidates} == {"Ilse Tarnow", "Mila Tarnow"}
    assert resolution.evidence[0].text == "Tarnow"
    others = resolved.statements[0].speaker_candidates
    assert [(other.name, other.score) for other in others] == [("Ilse Tarnow", 0.5), ("Mila Tarnow", 0.5)]


def test_a_pronoun_keeps_who_else_it_may_be(pipeline: Pipeline) -> None:
    _, resolved = resolve(
        pipeline,
        "Ilse Tarnow met Mila Orr at the mill.\n\nMila Orr owns it. [s1 She] [q1 said] [c1 it would close].",
    )
    (statement,) = resolved.statements
    assert [other.name for other in statement.speaker_candidates] == ["Ilse Tarnow"]
    (other,) = statement.speaker_candidates
    assert statement.speaker_score is not None
    assert 0 < other.score <= 1 - statement.speaker_score + 1e-6


def test_a_resolution_shows_the_words_it_rests_on(pipeline: Pipeline) -> None:
    _, resolved = resolve(pipeline, "Ilse Tarnow left. [s1 She] [q1 said] [c1 it rained].")
    assert [span.text for span in resolved.resolutions[0].evidence] == ["She", "Ilse Tarnow"]
    assert resolved.statements[0].speaker_score == resolved.resolutions[0].score


@pytest.mark.parametrize(
    ("reason", "text", "byline", "expected"),
    [
        ("the byline", FIRST_PERSON, "Mara Holm", "Mara Holm"),
        ("a byline with its word", FIRST_PERSON, "By Mara Holm", "Mara Holm"),
        (
            "the note about the author",
            FIRST_PERSON + "\n\nMara Holm is a novelist in Osthaven.",
            None,
            "Mara Holm",
        ),
        ("two authors: which of them says I isn't known", FIRST_PERSON, "Mara Holm and Bram Oduya", "I"),
        ("nobody told", FIRST_PERSON, None, "I"),
    ],
)
def test_an_opinions_first_person_is_its_author(
    pipeline: Pipeline, reason: str, text: str, byline: str | None, expected: str
) -> None:
    document, statements = marked(text, byline=byline)
    resolved = resolve_speakers(
        document, analyze(document.text), read_words(pipeline, document.text), statements
    )
    assert names_of(resolved) == (expected,)


@pytest.mark.parametrize(
    ("reason", "line", "byline"),
    [
        ("with its word", "By Harriet Plumley", "Harriet Plumley"),
        ("with a day before it", "12 March 2024 Harriet Plumley", "Harriet Plumley"),
        ("with an agency", "Harriet Plumley, Tidewire", "Harriet Plumley"),
    ],
)
@pytest.mark.parametrize("source", ["The leader", "She"])
def test_whoever_wrote_it_is_not_taken_up(
    pipeline: Pipeline, reason: str, line: str, byline: str, source: str
) -> None:
    text = f"Bus routes to go\n{line}\n\n[s1 {source}] [q1 has defended] [c1 plans to scrap nine bus routes]."
    document, statements = marked(text, byline=byline)
    resolved = resolve_speakers(
        document, analyze(document.text), pipeline.model.predict(analyze(document.text)), statements
    )
    assert byline not in [name for name in names_of(resolved) if name], reason


@pytest.mark.parametrize(
    ("reason", "text", "target", "expected"),
    [
        ("a name", "[s1 Ilse Tarnow] [q1 accused] [c1 Bram Oduya of fraud].", "Bram Oduya", "Bram Oduya"),
        ("a surname", "Bram Oduya left. [s1 Ilse Tarnow] [q1 accused] [c1 Oduya of fraud].", "Oduya", "Bram Oduya"),
        ("a pronoun", "Bram Oduya left. [s1 Ilse Tarnow] [q1 accused] [c1 him of fraud].", "him", "Bram Oduya"),
        ("a body taken up", "Kessia's defence ministry lost a ship. [s1 Ilse Tarnow] [q1 accused] [c1 the ministry of fraud].", "the ministry", "Kessia's defence ministry"),
        ("a thing is nobody", "[s1 Ilse Tarnow] [q1 rejected] [c1 the plan].", "the idea", None),
    ],
)  # fmt: skip
def test_whom_it_is_directed_at(
    pipeline: Pipeline, reason: str, text: str, target: str, expected: str | None
) -> None:
    document, statements = marked(text)
    place = document.text.rfind(target)
    span = document.span(place, place + len(target)) if place >= 0 else document.span(0, 4)
    if expected is None:
        place = document.text.index("the plan")
        span = document.span(place, place + len("the plan"))
    resolved = resolve_speakers(
        document, analyze(document.text), read_words(pipeline, document.text), statements, targets=[span]
    )
    by_id = {speaker.id: speaker.name for speaker in resolved.speakers}
    aimed = resolved.statements[0].target
    assert (by_id[aimed] if aimed else None) == expected


TOKENS = st.sampled_from(
    [
        "Ilse", "Tarnow", "TARNOW", "Mr.", "Mrs.", "Dr.", "the", "mayor", "of", "Velmora", "she", "he", "they", "I", "who", "said", ",", ".", "“", "”",
        "\"", "’s", "'", "(", ")", ":", "\n", "\n\n", "and", "Jr.", "A.", "officials", "ministry", "report", "U.S.", "é", "Ⅷ", "ß", "\u200b", "\x00", "𝒜", "1,200", "—", "all", "two",
    ]
)  # fmt: skip


@settings(max_examples=300)
@given(tokens=st.lists(TOKENS, max_size=60), cuts=st.lists(st.integers(0, 400), max_size=24))
def test_any_text_and_any_statements_are_resolved(
    pipeline: Pipeline, tokens: list[str], cuts: list[int]
) -> None:
    text = " ".join(tokens)
    check(pipeline, text, cuts)


@settings(max_examples=200)
@given(text=st.text(max_size=300), cuts=st.lists(st.integers(0, 300), max_size=24))
def test_any_characters_are_resolved(pipeline: Pipeline, text: str, cuts: list[int]) -> None:
    check(pipeline, text, cuts)


def check(pipeline: Pipeline, text: str, cuts: list[int]) -> None:
    """Statements cut anywhere into a text are all resolved, to speakers whose every word is the text's."""
    document = Document.of(text, origin="any")
    statements: list[Statement] = []
    for number in range(0, len(cuts) - 3, 4):
        places = sorted({min(cut, len(text)) for cut in cuts[number : number + 4]})
        if len(places) < 2:
            continue
        spans = [document.span(a, b) for a, b in zip(places, places[1:], strict=False)]
        source: Span | None = spans[0] if len(spans) > 1 else None
        cue: Span | None = spans[1] if len(spans) > 2 else None
        parent = statements[-1].id if statements and number % 8 else None
        statements.append(Statement(f"t{number}", "direct", source, cue, (spans[-1],), parent=parent))
    targets = [statement.content[0] for statement in statements]
    resolved = resolve_speakers(
        document, analyze(document.text), read_words(pipeline, text), statements, targets=targets
    )
    check_resolved(document, statements, resolved)
    assert (
        resolve_speakers(
            document, analyze(document.text), read_words(pipeline, text), statements, targets=targets
        )
        == resolved
    )


def check_resolved(document: Document, statements: list[Statement], resolved: ResolvedStatements) -> None:
    ids = [speaker.id for speaker in resolved.speakers]
    assert len(ids) == len(set(ids))
    assert [statement.id for statement in resolved.statements] == [statement.id for statement in statements]
    assert Report.from_dict(Report(document, resolved.statements, resolved.speakers).to_dict())
    for statement, resolution in zip(resolved.statements, resolved.resolutions, strict=True):
        assert statement.speaker is None or statement.speaker in ids
        assert statement.target is None or statement.target in ids
        assert (statement.speaker is None) == (resolution.reason is not None)
        assert (statement.speaker is None) == (statement.speaker_score is None)
        assert all(document.text[span.start : span.end] == span.text for span in resolution.evidence)
    flat = " ".join(document.text.split())
    for speaker in resolved.speakers:
        assert speaker.name
        assert speaker.name in flat
        assert all(alias in flat for alias in speaker.aliases)
        assert all(document.text[span.start : span.end] == span.text for span in speaker.mentions)


def test_all_of_dev_is_resolved(pipeline: Pipeline, data: Path) -> None:
    for path in sorted((data / "polnear" / "dev" / "text").glob("*.txt")):
        document = Document.of(path.read_bytes().decode("utf-8"), origin=path.name)
        resolved = pipeline.resolve(document)
        check_resolved(document, list(resolved.statements), resolved)


@pytest.mark.parametrize(
    ("reason", "title", "text", "expected"),
    [
        ("the office of somebody whom only the title names", "Mayor Ilse Brandvold Rejects Ferry Plan", "The plan is dead. [s1 The mayor] [q1 said] [c1 so].", "Ilse Brandvold"),
        ("the given name stands in the title only", "Ilse Brandvold Rejects Ferry Plan", "The plan is dead. [s1 Ms. Brandvold] [q1 said] [c1 so].", "Ilse Brandvold"),
        ("the text has the fuller name", "Brandvold Rejects Ferry Plan", "Ilse Brandvold came. [s1 Brandvold] [q1 said] [c1 so].", "Ilse Brandvold"),
    ],
)  # fmt: skip
def test_names_that_the_title_gives(
    pipeline: Pipeline, reason: str, title: str, text: str, expected: str
) -> None:
    document, statements = marked(text, title=title)
    resolved = resolve_speakers(
        document, analyze(document.text), read_words(pipeline, document.text), statements
    )
    assert names_of(resolved) == (expected,)


def test_the_network_decides_between_two_who_fit(pipeline: Pipeline) -> None:
    text = "Kestrin met Vale at the quay. [s1 They] [q1 said] [c1 so]. [s2 She] [q2 said] [c2 it was over]."
    document, statements = marked(text)
    words = read_words(pipeline, document.text).words
    at = {document.text[start:end]: number for number, (start, end) in enumerate(words.ranges)}

    def output(who: str) -> ModelOutput:
        kestrin, vale, she = (
            Mention(at[word], at[word] + 1, at[word], "person", 0.9) for word in ("Kestrin", "Vale", "She")
        )
        chosen = 0 if who == "Kestrin" else 1
        odds = ((chosen, 4.0), (1 - chosen, -4.0))
        names = tuple(NameMention(at[word], at[word] + 1, "person", 0.9) for word in ("Kestrin", "Vale"))
        return ModelOutput(
            words, np.zeros((0, 0), np.float32), (), names, (kestrin, vale, she), ((), (), odds)
        )

    for who in ("Kestrin", "Vale"):
        assert names_of(resolve_speakers(document, analyze(document.text), output(who), statements))[1] == who


def test_the_network_says_whom_a_description_takes_up(pipeline: Pipeline) -> None:
    document, statements = marked("Ilse Tarnow won. [s1 The newcomer] [q1 said] [c1 so].")
    words = read_words(pipeline, document.text).words
    at = {document.text[start:end]: number for number, (start, end) in enumerate(words.ranges)}
    first = Mention(at["Ilse"], at["Tarnow"] + 1, at["Tarnow"], "person", 0.9)
    second = Mention(at["The"], at["newcomer"] + 1, at["newcomer"], "person", 0.9)
    names = (NameMention(at["Ilse"], at["Tarnow"] + 1, "person", 0.9),)
    vectors = np.zeros((0, 0), np.float32)
    for odds, expected in ((3.0, "Ilse Tarnow"), (-3.0, "The newcomer")):
        output = ModelOutput(words, vectors, (), names, (first, second), ((), ((0, odds),)))
        assert names_of(resolve_speakers(document, analyze(document.text), output, statements)) == (expected,)


def test_rules_find_a_source_that_the_network_missed(pipeline: Pipeline) -> None:
    document, statements = marked("Bram Oduya left. [s1 Harbour master Ilse Tarnow] [q1 said] [c1 so].")
    words = read_words(pipeline, document.text).words
    output = ModelOutput(words, np.zeros((0, 0), np.float32), (), (NameMention(0, 2, "person", 0.9),))
    assert names_of(resolve_speakers(document, analyze(document.text), output, statements)) == (
        "Ilse Tarnow",
    )


def test_who_asks_by_a_label_alone_is_never_taken_up(pipeline: Pipeline) -> None:
    """In a transcript "he" is somebody spoken of, not "Q"."""
    text = "Q: Has President Osei met the families?\n\nMS. STRAND: He met two of them. He told them the search would go on.\n\nQ: Thank you.\n"
    report = pipeline.read(document_of(text, origin="briefing.txt"))
    assert report.document.kind == "transcript"
    taken_up = [item for item in report.statements if item.source and item.source.text == "He"]
    names = {speaker.id: speaker.name for speaker in report.speakers}
    assert [names.get(item.speaker or "") for item in taken_up] == ["Osei"]


def test_you_in_a_question_is_whoever_answers(pipeline: Pipeline) -> None:
    text = (
        "An evening with Tomas Ruell\n\nQ: Is it true that you promised to halve your salary?\n\nA: I did.\n\n"
        "Q: And your wife?\n\nA: She did not."
    )
    report = pipeline.read(document_of(text))
    (inner,) = (one for one in report.statements if one.parent and one.source and one.source.text == "you")
    speaker = report.speaker_of(inner)
    assert speaker is not None
    assert speaker.name == "Tomas Ruell"


def test_the_person_right_behind_a_body_speaks_for_it(pipeline: Pipeline) -> None:
    """Rules alone take the body for a part of the name; the network tells the two apart."""
    report = pipeline.read(
        document_of("President of the Federation Patrick Santos said attacks were rising.")
    )
    assert [speaker.name for speaker in report.speakers] == ["Patrick Santos"]


def test_an_office_that_the_network_takes_for_a_name_is_none(pipeline: Pipeline) -> None:
    for text, name in (
        ("Deputy Undersecretary Manuel Brun vowed to stay. Undersecretary Brun said the talks would go on.", "Manuel Brun"),
        ("Pol Col Kitsana Phatana, a spokesman, said nobody was hurt. Pol Col Kitsana said the search would go on.", "Kitsana Phatana"),
    ):  # fmt: skip
        assert [speaker.name for speaker in pipeline.read(document_of(text)).speakers] == [name]
