"""SubRip and WebVTT as transcripts with time codes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import FormatError, LoadError
from onrecord.loaders import load_document
from onrecord.loaders.subtitles import is_subtitles, read_cues, to_transcript
from onrecord.loaders.transcript import turns

VTT = """WEBVTT - Osthaven council

STYLE
::cue { color: papayawhip }

NOTE checked by hand

intro
00:01.000 --> 00:04.000 align:start
<v Ana Lind>We will pay for the harbour,

00:00:04.000 --> 00:00:07.500
<v.loud Ana Lind>and nobody will be <i>asked</i> to leave.

00:00:08.000 --> 00:00:11.000
<v Reporter>When &amp; how?

01:02:11.500 --> 01:02:13.000
<v Ana Lind>In March. [APPLAUSE]
"""
SRT = """1\r
00:00:01,000 --> 00:00:04,000\r
- Where is the money?\r
- It is gone.\r
\r
2\r
00:00:05,000 --> 00:00:09,000\r
LIND: It is not gone. It is\r
in the bank.\r
"""


def test_cues_of_one_speaker_are_a_turn_with_the_time_of_its_beginning() -> None:
    assert to_transcript(VTT, origin="a.vtt").split("\n\n") == [
        "[00:00:01] ANA LIND: We will pay for the harbour, and nobody will be asked to leave.",
        "[00:00:08] REPORTER: When & how?",
        "[01:02:11] ANA LIND: In March.\n",
    ]


def test_a_dash_begins_the_turn_of_somebody_who_is_not_named() -> None:
    assert to_transcript(SRT, origin="a.srt").split("\n\n") == [
        "[00:00:01] A SPEAKER: Where is the money?",
        "[00:00:01] A SPEAKER: It is gone.",
        "[00:00:05] LIND: It is not gone. It is in the bank.\n",
    ]


def test_a_long_speech_has_a_time_code_after_half_a_minute_and_after_a_pause() -> None:
    cues = "\n\n".join(
        f"00:00:{second:02}.000 --> 00:00:{second + 4:02}.000\nWe go on at {second}."
        for second in range(0, 56, 5)
    )
    told = to_transcript(f"WEBVTT\n\n{cues}\n\n00:05:00.000 --> 00:05:01.000\nThe end.\n", origin="a.vtt")
    assert [part[:10] for part in told.split("\n\n")] == ["[00:00:00]", "[00:00:30]", "[00:05:00]"]


@pytest.mark.parametrize("name", ["speech.vtt", "speech.srt", "speech.txt"])
def test_a_file_of_subtitles_is_read_as_a_transcript_with_turns(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(SRT if name.endswith("srt") else VTT, encoding="utf-8", newline="")
    document = load_document(str(path))
    assert document.kind == "transcript"
    assert [turn.label.text for turn in turns(document)][-1] in ("ANA LIND", "LIND")


@pytest.mark.parametrize(
    "text",
    [
        "At 00:01 --> the lights went out.",
        "",
        "WEBVTTX",
        "Lind: 3 --> 4",
        "The WEBVTT standard is a file format.",
    ],
)
def test_what_only_looks_like_subtitles(text: str) -> None:
    assert not is_subtitles(text)


def test_subtitles_without_a_word_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "silent.vtt"
    path.write_text("WEBVTT\n\n00:01.000 --> 00:02.000\n[MUSIC]\n")
    with pytest.raises(LoadError, match="nothing is spoken"):
        load_document(str(path))
    with pytest.raises(FormatError, match="expected subtitles with times"):
        to_transcript("WEBVTT\n", origin="empty.vtt")


PARTS = [
    "00:01.000 --> 00:02.000\n", "WEBVTT\n", "<v Ana>", "- ", "NOTE\n", "a: b", "\n\n",
    "99:99:99,999 --> 1\n", "\u266a", "[", "1\n",
]  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=30))
def test_whatever_the_file_holds_cues_come_out_or_a_named_error(parts: list[str]) -> None:
    text = "".join(parts)
    assert all(cue.start_s >= 0 and cue.text for cue in read_cues(text))
    try:
        told = to_transcript(text, origin="a")
    except LoadError as error:
        told = f"[refused] {error}"
    assert told.startswith(("[refused] a: ", "[0", "[9"))
