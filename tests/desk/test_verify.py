"""The verdict on a quotation, by the words, the speaker, the day and the outlet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import onrecord
from invented import report, span, statement
from onrecord.desk.verdict import Verdict
from onrecord.desk.verify import Asked, verify
from onrecord.errors import SettingsError
from onrecord.record import Record, open_record
from onrecord.types import Published, Report, Speaker

QUAY = """\
OSTHAVEN — “We will not close the harbour before the spring,” Ilse Brandvold said on Tuesday. “The fishermen \
can keep all 40 berths, and nobody has to pay for them, whatever the Kestrel Line wants.”

“We acted in good faith,” Tomas Okoro-Lind said, “and we will pay for the clean-up in full.”

Brandvold denied that the port office had lost the keys to the northern gate.

Okoro-Lind said that the company may sell its old ferry if the council agrees to a lower price.

I don't think that we should sell the northern quay, Brandvold said.

The council has met every Thursday since the flood of that long winter.
"""


def quay() -> Report:
    """A report with direct, interrupted, denied and conditional statements, and the reporter's own words."""
    brandvold = Speaker("s1", "Ilse Brandvold", ("Brandvold",), "person", "harbour master", None, ())
    lind = Speaker("s2", "Tomas Okoro-Lind", ("Okoro-Lind",), "person", None, "Kestrel Line", ())
    statements = [
        statement(QUAY, "Ilse Brandvold", "said", "“We will not close the harbour before the spring,”",
                  form="direct", speaker="s1"),
        statement(QUAY, None, None,
                  "“The fishermen can keep all 40 berths, and nobody has to pay for them, whatever the "
                  "Kestrel Line wants.”", form="direct", speaker="s1"),
        statement(QUAY, "Tomas Okoro-Lind", "said", "“We acted in good faith,”",
                  "“and we will pay for the clean-up in full.”", near="“We acted", form="direct",
                  speaker="s2"),
        statement(QUAY, "Brandvold", "denied", "that the port office had lost the keys to the northern gate",
                  near="Brandvold denied", speaker="s1"),
        statement(QUAY, "Okoro-Lind", "said",
                  "that the company may sell its old ferry if the council agrees to a lower price",
                  near="Okoro-Lind said that", speaker="s2"),
        statement(QUAY, None, "said", "I don't think that we should sell the northern quay",
                  near="I don't think", speaker="s1"),
    ]  # fmt: skip
    return report(
        QUAY, statements, origin="https://courier.example/quay", speakers=(brandvold, lind),
        publisher="Osthaven Courier", published=Published("2024-03-12", "given"),
    )  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    with open_record(tmp_path_factory.mktemp("record") / "record.db") as opened:
        opened.add(quay())
        yield opened


WORDS = [
    ("We will not close the harbour before the spring", "exact", "as printed"),
    ("we will not close the harbor", "not_found", "too little is left when a word of a few is another"),
    ("keep all 40 berths, and nobody has to pay for them", "exact", "a part of it, nothing turned"),
    ("close the harbour before the spring", "altered", "cut behind a negation"),
    ("We acted in good faith, and we will pay for the clean-up in full", "exact", "the cue stands between"),
    ("We will not close the harbor before the spring", "altered", "one word changed"),
    ("We will close the harbour before the spring", "altered", "the negation dropped"),
    ("We won't close the harbour before the spring", "altered", "a contraction is not what was printed"),
    ("The fishermen must keep all 40 berths", "altered", "can to must"),
    ("The fishermen can keep all 45 berths", "altered", "a number changed"),
    ("The fishermen can keep some 40 berths", "altered", "a quantifier changed"),
    ("nobody has to pay for them, whatever the Tavish Line wants", "altered", "a name changed"),
    ("The fishermen can keep all 40 berths … whatever the Kestrel Line wants", "shortened", "an honest cut"),
    ("The fishermen can keep all 40 berths, whatever the Kestrel Line wants", "altered", "a cut not marked"),
    ("We will … close the harbour before the spring", "altered", "an ellipsis that hides the negation"),
    ("We acted in good faith [and] will pay for the clean-up in full", "exact", "an insertion for two words"),
    ("[They] will not close the harbour before the spring", "exact", "an insertion for the pronoun"),
    ("We will [not] close the harbour before the spring", "altered", "an insertion for a negation"),
    ("we should sell the northern quay", "altered", "cut behind \"I don't think that\""),
    ("the company may sell its old ferry", "altered", "cut before the condition"),
    ("the port office had lost the keys to the northern gate", "altered", "it was denied"),
    ("The council has met every Thursday since the flood of that long winter", "exact", "in no statement"),
    ("The harbour will burn down before the fishermen can pay the council", "not_found", "mixed"),
    ("We acted in good faith before the spring of that winter", "not_found", "an invented end"),
    ("nobody has to pay for them, whatever the Kestrel Line wants. The fishermen can keep all 40 berths",
     "altered", "the parts swapped"),
    ("The council has met every Thursday and the company may sell its old ferry", "altered", "spliced"),
]  # fmt: skip


@pytest.mark.parametrize(("quotation", "verdict", "why"), WORDS, ids=[why for _, _, why in WORDS])
def test_the_verdict_on_the_words(store: Record, quotation: str, verdict: str, why: str) -> None:
    found = verify(store, quotation)
    assert found.verdict == verdict
    assert found.as_given == (verdict == "exact")


CHANGES = [
    ("We will close the harbour before the spring", "negation", ("not", None)),
    ("The fishermen must keep all 40 berths", "modality", ("can", "must")),
    ("The fishermen can keep all 45 berths", "quantity", ("40", "45")),
    ("nobody has to pay for them, whatever the Tavish Line wants", "name", ("Kestrel", "Tavish")),
    ("We will not close the harbor before the spring", None, ("harbour", "harbor")),
    ("We won't close the harbour before the spring", None, ("will not", "won't")),
]


@pytest.mark.parametrize(("quotation", "changes", "words"), CHANGES, ids=[str(item[1]) for item in CHANGES])
def test_a_difference_names_the_words_of_both_sides_and_what_it_changes(
    store: Record, quotation: str, changes: str | None, words: tuple[str, str | None]
) -> None:
    (finding,) = verify(store, quotation).findings
    (difference,) = finding.differences
    assert difference.changes == changes
    theirs = difference.theirs and QUAY[slice(*difference.theirs)]
    yours = difference.yours and quotation[slice(*difference.yours)]
    assert (theirs, yours) == words


WHO = [
    ("Brandvold", "exact", True),
    ("Ms. Ilse Brandvold", "exact", True),
    ("Tomas Okoro-Lind", "other_speaker", False),
    ("Astrid Brandvold", "other_speaker", False),
    ("the Brandvold campaign", "other_speaker", False),
]


@pytest.mark.parametrize(("speaker", "verdict", "matched"), WHO, ids=[who for who, _, _ in WHO])
def test_the_speaker_is_matched_apart_from_the_words(
    store: Record, speaker: str, verdict: str, matched: bool
) -> None:
    found = verify(store, "We will not close the harbour before the spring", asked=Asked(speaker))
    assert found.verdict == verdict
    assert found.findings[0].matched.words is True
    assert found.findings[0].matched.speaker is matched
    assert found.findings[0].speaker == "Ilse Brandvold"
    assert found.as_given is (verdict == "exact")


def test_altered_and_by_another_are_two_findings(store: Record) -> None:
    found = verify(store, "The fishermen must keep all 40 berths", asked=Asked("Tomas Okoro-Lind"))
    assert found.verdict == "other_speaker"
    assert {finding.kind for finding in found.findings} == {"altered", "other_speaker"}


def test_words_that_no_statement_covers_leave_the_speaker_open(store: Record) -> None:
    words = "The council has met every Thursday since the flood"
    found = verify(store, words, asked=Asked("Ilse Brandvold"))
    assert found.findings[0].statement is None
    assert found.findings[0].matched.speaker is None
    assert "no statement covers" in found.findings[0].because[0]
    assert found.doubt is not None
    assert not found.as_given


WHEN = [
    (Asked(since="2024-03-12", until="2024-03-12"), True, None),
    (Asked(since="2024-03"), True, None),
    (Asked(until="2024-03-10"), False, None),
    (Asked(since="2024-03-13"), False, None),
    (Asked(publisher="courier"), None, True),
    (Asked(publisher="Alderby Post"), None, False),
]


@pytest.mark.parametrize(("asked", "date", "publisher"), WHEN)
def test_day_and_outlet_are_matched_apart_from_the_words(
    store: Record, asked: Asked, date: bool | None, publisher: bool | None
) -> None:
    found = verify(store, "We will not close the harbour before the spring", asked=asked)
    assert found.verdict == "exact"
    assert found.findings[0].matched.date is date
    assert found.findings[0].matched.publisher is publisher
    assert found.as_given is (date is not False and publisher is not False)


def test_a_negative_says_what_was_searched_and_what_comes_nearest(store: Record) -> None:
    found = verify(store, "We will never open the harbour again in any coming spring")
    assert found.verdict == "not_found"
    assert found.searched.reports == 1
    assert (found.searched.since, found.searched.until, found.searched.publishers) == (
        "2024-03-12",
        "2024-03-12",
        1,
    )
    assert "harbour before the spring" in found.nearest[0].span.text
    assert found.nearest[0].kind == "nearest"


def test_a_link_leads_to_the_words_on_the_page(store: Record) -> None:
    (finding,) = verify(store, "We acted in good faith").findings
    assert finding.url == "https://courier.example/quay#:~:text=We%20acted%20in%20good%20faith"


def test_an_empty_record_says_so(tmp_path: Path) -> None:
    with open_record(tmp_path / "none.db") as empty:
        found = verify(empty, "We acted in good faith")
    assert found.verdict == "not_found"
    assert found.doubt == "the record has no report yet; ingest some first"


def test_quoted_words_inside_are_no_interruption(tmp_path: Path) -> None:
    text = 'The council has classed nine letters as "top secret" and will not show them to the press.'
    with open_record(tmp_path / "record.db") as store:
        store.add(report(text))
        words = "The council has classed nine letters as and will not show them to the press"
        assert verify(store, words).verdict == "altered"
        assert verify(store, text).verdict == "exact"


RIGHT_TO_LEFT = "قال الوزير: «لن نغلق الميناء قبل الربيع مهما حدث» يوم الثلاثاء."


def test_text_that_runs_from_right_to_left(tmp_path: Path) -> None:
    with open_record(tmp_path / "record.db") as store:
        store.add(report(RIGHT_TO_LEFT))
        assert verify(store, "«لن نغلق الميناء قبل الربيع مهما حدث»").verdict == "exact"
        assert verify(store, "لن نفتح الميناء بعد الصيف مهما حدث").verdict != "exact"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"speaker": " "}, "expected a name"),
        ({"since": "soon"}, "expected a day"),
        ({"since": "2024-03-12", "until": "2024-03-01"}, "swap the two days"),
    ],
)
def test_what_nobody_can_ask_for_is_refused(fields: dict[str, str], says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        Asked(**fields)


# Several reports


def printed(words: str, day: str | None, publisher: str, speaker: str = "Ana Lind") -> Report:
    text = f"“{words},” {speaker} said at the {publisher} forum."
    who = Speaker("s1", speaker, (), "person", None, None, (span(text, speaker),))
    said = statement(text, speaker, "said", f"“{words},”", form="direct", speaker="s1")
    published = Published(day, "given") if day else Published(None, "none")
    return report(
        text, (said,), origin=f"https://{publisher.lower()}.example/a", speakers=(who,), publisher=publisher,
        published=published,
    )  # fmt: skip


@pytest.fixture
def several(tmp_path: Path) -> Iterator[Record]:
    with open_record(tmp_path / "record.db") as opened:
        opened.add(printed("The dam can hold for another ten winters at most", "2024-05-03", "Herald"))
        opened.add(printed("The dam must hold for another ten winters at most", "2024-05-04", "Globe"))
        opened.add(printed("The dam can hold for another ten winters at most", "2024-05-02", "Courier"))
        opened.add(printed("The dam must hold for another nine winters at most", None, "Echo"))
        yield opened


def test_the_history_has_every_wording_oldest_first_and_who_changed_which_word(several: Record) -> None:
    found = verify(several, "The dam can hold for another ten winters at most")
    assert found.verdict == "exact"
    told = [
        (
            item.first.publisher,
            item.reports,
            [item.text[slice(*change.theirs or (0, 0))] for change in item.changed],
        )
        for item in found.history
    ]
    assert told == [("Courier", 2, []), ("Globe", 1, ["must"]), ("Echo", 1, ["nine"])]
    assert [change.changes for item in found.history for change in item.changed] == ["modality", "quantity"]


def test_not_by_him_but_by_her_two_days_later(tmp_path: Path) -> None:
    with open_record(tmp_path / "record.db") as store:
        store.add(printed("The dam can hold for another ten winters", "2024-05-05", "Herald", "Ana Lind"))
        asked = Asked("Milo Okafor", "2024-05-03", "2024-05-03")
        found = verify(store, "The dam can hold for another ten winters", asked=asked)
    assert found.verdict == "other_speaker"
    (finding,) = found.findings
    assert (finding.matched.words, finding.matched.speaker, finding.matched.date) == (True, False, False)


def test_a_report_that_names_the_speaker_wins_over_one_that_names_another(tmp_path: Path) -> None:
    with open_record(tmp_path / "record.db") as store:
        store.add(printed("The dam can hold for another ten winters", "2024-05-05", "Herald", "Ana Lind"))
        store.add(printed("The dam can hold for another ten winters", "2024-05-06", "Globe", "Milo Okafor"))
        found = verify(store, "The dam can hold for another ten winters", asked=Asked("Milo Okafor"))
    assert found.verdict == "exact"
    assert [finding.kind for finding in found.findings] == ["exact", "other_speaker"]


def test_two_reports_joined_into_one_quotation(tmp_path: Path) -> None:
    with open_record(tmp_path / "record.db") as store:
        store.add(printed("The dam can hold for another ten winters at most", "2024-05-03", "Herald"))
        store.add(printed("Nobody in this valley has to sell a farm", "2024-05-04", "Globe"))
        found = verify(
            store, "The dam can hold for another ten winters. Nobody in this valley has to sell a farm"
        )
    assert found.verdict == "altered"
    assert {finding.publisher for finding in found.findings} == {"Herald", "Globe"}
    assert all("joins words of several reports" in finding.because[0] for finding in found.findings)


def test_words_of_two_speakers_given_as_one_are_altered(tmp_path: Path) -> None:
    text = "“The dam can hold ten winters,” Ana Lind said. “Nobody has to sell a farm,” Milo Okafor said."
    people = tuple(
        Speaker(key, name, (), "person", None, None, ())
        for key, name in (("a", "Ana Lind"), ("m", "Milo Okafor"))
    )
    said = (
        statement(text, "Ana Lind", "said", "“The dam can hold ten winters,”", form="direct", speaker="a"),
        statement(text, "Milo Okafor", "said", "“Nobody has to sell a farm,”", near="“Nobody", form="direct",
                  speaker="m"),
    )  # fmt: skip
    with open_record(tmp_path / "record.db") as store:
        store.add(report(text, said, speakers=people))
        found = verify(
            store, "The dam can hold ten winters. Nobody has to sell a farm", asked=Asked("Ana Lind")
        )
    assert found.verdict != "exact"
    assert "joins words of Ana Lind and Milo Okafor" in " ".join(found.findings[0].because)


def test_same_meaning_passes_the_filters(tmp_path: Path) -> None:
    """Vectors that are all alike: only the filters tell claims apart."""

    def embed(texts: list[str]) -> np.ndarray:
        return np.ones((len(texts), 64), dtype=np.float32)

    said = "The northern fishing fleet will receive financial help before winter begins"
    with open_record(tmp_path / "record.db") as store:
        store.add(printed(said, "2024-05-03", "Herald"))
        store.embed_statements(embed, name="even")
        asked = Asked("Ana Lind")
        kinds = {
            words: verify(store, words, asked=asked, embed=embed).verdict
            for words in (
                "Before winter, financial help will reach the fishing boats of the northern fleet",
                "Before winter, financial help will not reach the fishing boats of the northern fleet",
                "Before winter, financial help may reach the fishing boats of the northern fleet",
                "Before winter, 300 fishing boats of the northern fleet will see financial help",
            )
        }
    assert list(kinds.values()) == ["same_meaning", "not_found", "not_found", "not_found"]


def test_the_shape_of_the_contract(store: Record) -> None:
    found: Verdict = onrecord.verify(
        "The fishermen must keep all 40 berths", record=store, speaker="Brandvold"
    )
    told = found.to_dict()
    assert {"quote", "span", "verdict", "findings", "searched", "nearest"} <= told.keys()
    assert told["findings"][0].keys() >= {
        "kind", "statement", "document", "speaker", "date", "span", "score", "differences", "matched",
    }  # fmt: skip
    assert told["findings"][0]["differences"] == [
        {"theirs": [109, 112], "yours": [14, 18], "changes": "modality"}
    ]
    assert QUAY[109:112] == "can"
    assert told["searched"].keys() >= {"reports", "from", "until", "publishers"}


def test_two_who_say_the_same_in_one_report_are_told_apart(tmp_path: Path) -> None:
    text = "“Nobody has to sell a farm,” Ana Lind said. “Nobody has to sell a farm,” Milo Okafor said, too."
    people = tuple(
        Speaker(key, name, (), "person", None, None, ())
        for key, name in (("a", "Ana Lind"), ("m", "Milo Okafor"))
    )
    said = (
        statement(text, "Ana Lind", "said", "“Nobody has to sell a farm,”", form="direct", speaker="a"),
        statement(text, "Milo Okafor", "said", "“Nobody has to sell a farm,”",
                  near="“Nobody has to sell a farm,” Milo", form="direct", speaker="m"),
    )  # fmt: skip
    with open_record(tmp_path / "record.db") as store:
        store.add(report(text, said, speakers=people))
        for name in ("Ana Lind", "Milo Okafor"):
            found = verify(store, "Nobody has to sell a farm", asked=Asked(name))
            assert (found.verdict, found.findings[0].speaker) == ("exact", name)
        assert (
            verify(store, "Nobody has to sell a farm", asked=Asked("Ida Tarnow")).verdict == "other_speaker"
        )


def test_a_splice_of_anothers_words_is_told_as_both(tmp_path: Path) -> None:
    with open_record(tmp_path / "record.db") as store:
        store.add(printed("The dam can hold for another ten winters at most", "2024-05-03", "Herald"))
        store.add(printed("Nobody in this valley has to sell a farm", "2024-05-04", "Globe"))
        words = "The dam can hold for another ten winters. Nobody in this valley has to sell a farm"
        found = verify(store, words, asked=Asked("Ida Tarnow"))
    assert found.verdict == "other_speaker"
    assert {finding.kind for finding in found.findings} == {"altered", "other_speaker"}
