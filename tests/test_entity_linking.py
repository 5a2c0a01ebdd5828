"""The same person in several reports is joined for a reason that can be read, and two people of one name stay two."""

from __future__ import annotations

import json
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.speakers import SpeakerLink, link_speakers, linked_groups
from onrecord.types import Document, Report, Speaker, SpeakerKind

_numbers = count()


def speaker(
    name: str, role: str | None = None, affiliation: str | None = None, kind: SpeakerKind = "person"
) -> Speaker:
    return Speaker(f"s{next(_numbers)}", name, (), kind, role, affiliation, ())


def reports(*casts: list[Speaker]) -> list[Report]:
    return [
        Report(Document.of(f"report {number}", origin=f"{number}.txt"), (), tuple(cast))
        for number, cast in enumerate(casts)
    ]


def joined(*casts: list[Speaker]) -> bool:
    """Whether the first speakers of the first and the last report are one."""
    made = reports(*casts)
    groups = linked_groups(link_speakers(made))
    ends = {(made[0].document.id, casts[0][0].id), (made[-1].document.id, casts[-1][0].id)}
    return any(ends <= group for group in groups)


@pytest.mark.parametrize(
    ("reason", "casts", "expected"),
    [
        ("one full name, and nothing against it", [[speaker("Ilse Tarnow")], [speaker("Ilse Tarnow")]], True),
        ("one name and one office", [[speaker("Ilse Tarnow", "Foreign Minister")], [speaker("Ilse Tarnow", "the minister")]], True),
        ("an office and its short form", [[speaker("Bram Oduya", "Sen.")], [speaker("Bram Oduya", "Senator from Alderby")]], True),
        ("one name, two offices: two people", [[speaker("Ilse Tarnow", "Foreign Minister")], [speaker("Ilse Tarnow", "goalkeeper")]], False),
        ("one name, two affiliations: two people", [[speaker("Ilse Tarnow", None, "Harbour Institute")], [speaker("Ilse Tarnow", None, "Osthaven Rovers")]], False),
        ("another office, and the same affiliation and company", [[speaker("Ilse Tarnow", "director", "Harbour Institute"), speaker("Bram Oduya")], [speaker("Ilse Tarnow", "professor", "the Harbour Institute"), speaker("Bram Oduya")]], True),
        ("a surname alone joins nobody", [[speaker("Tarnow", "Foreign Minister")], [speaker("Tarnow", "Foreign Minister")]], False),
        ("other given names", [[speaker("Ilse Tarnow", "Foreign Minister")], [speaker("Mila Tarnow", "Foreign Minister")]], False),
        ("other middle initials", [[speaker("Ilse J. Tarnow", "minister")], [speaker("Ilse K. Tarnow", "minister")]], False),
        ("a middle initial that one report leaves out", [[speaker("Ilse J. Tarnow", "minister")], [speaker("Ilse Tarnow", "minister")]], True),
        ("father and son", [[speaker("Osric Dunn Sr.", "senator")], [speaker("Osric Dunn Jr.", "senator")]], False),
        ("father and son, the father without a suffix", [[speaker("Osric Dunn"), speaker("Ilse Tarnow")], [speaker("Osric Dunn Jr."), speaker("Ilse Tarnow")]], False),
        ("a suffix left out of one who has an office", [[speaker("Osric Dunn", "senator")], [speaker("Osric Dunn Jr.", "senator")]], True),
        ("an initial for a given name needs more than the name", [[speaker("I. Tarnow")], [speaker("Ilse Tarnow")]], False),
        ("an initial, the same office and affiliation", [[speaker("I. Tarnow", "minister", "Velmora")], [speaker("Ilse Tarnow", "Foreign Minister", "Velmora")]], True),
        ("a body by its name", [[speaker("Straits Commission", kind="organization")], [speaker("The Straits Commission", kind="organization")]], True),
        ("a body that is only described", [[speaker("the company", kind="organization")], [speaker("the company", kind="organization")]], False),
        ("unnamed voices are never joined", [[speaker("A port official", kind="unnamed")], [speaker("A port official", kind="unnamed")]], False),
        ("a body isn't a person", [[speaker("Ilse Tarnow")], [speaker("Ilse Tarnow", kind="organization")]], False),
        ("through a report between", [[speaker("Ilse Tarnow", "minister")], [speaker("Ilse Tarnow", "minister")], [speaker("Ilse Tarnow", "minister")]], True),
    ],
)  # fmt: skip
def test_who_is_one(reason: str, casts: list[list[Speaker]], expected: bool) -> None:
    assert joined(*casts) is expected, reason


def test_two_of_one_name_in_one_report_stay_two() -> None:
    made = reports(
        [speaker("Ilse Tarnow", "minister"), speaker("Ilse Tarnow", "goalkeeper")],
        [speaker("Ilse Tarnow", "minister")],
    )
    (group,) = linked_groups(link_speakers(made))
    assert group == {
        (made[0].document.id, made[0].speakers[0].id),
        (made[1].document.id, made[1].speakers[0].id),
    }


def test_a_join_says_why_and_can_be_undone() -> None:
    made = reports(
        [speaker("Ilse Tarnow", "minister", "Velmora"), speaker("Bram Oduya")],
        [speaker("Ilse Tarnow", "foreign minister", "Velmora"), speaker("Bram Oduya")],
    )
    links = link_speakers(made)
    tarnow = next(link for link in links if link.evidence["name"][0] == "Ilse Tarnow")
    assert json.loads(json.dumps(tarnow.evidence)) == {
        "name": ["Ilse Tarnow", "Ilse Tarnow"],
        "role": ["minister", "foreign minister"],
        "affiliation": ["Velmora", "Velmora"],
        "company": ["bram oduya"],
    }
    assert len(linked_groups(links)) == 2
    assert len(linked_groups([link for link in links if link is not tarnow])) == 1


NAMES = st.sampled_from(
    ["Ilse Tarnow", "I. Tarnow", "Tarnow", "Mila Tarnow", "Osric Dunn Jr.", "Osric Dunn", "the line", ""]
)
CASTS = st.lists(st.builds(speaker, NAMES, st.sampled_from([None, "minister", "pilot"])), max_size=4)


@given(casts=st.lists(CASTS, max_size=6))
def test_links_join_speakers_of_different_records(casts: list[list[Speaker]]) -> None:
    made = reports(*casts)
    known = {(report.document.id, speaker.id) for report in made for speaker in report.speakers}
    links: list[SpeakerLink] = link_speakers(made)
    for link in links:
        assert {(link.left_document, link.left), (link.right_document, link.right)} <= known
        assert link.left_document != link.right_document
        assert 0 < link.score <= 1
    for group in linked_groups(links):
        documents = [document for document, _ in group]
        assert len(documents) == len(set(documents)), "two speakers of one report are two people"
