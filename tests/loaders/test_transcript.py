"""Transcripts and what only looks like one. All people and papers are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.loaders import document_of
from onrecord.loaders.transcript import find_turns, is_transcript, turns

TRANSCRIPTS: list[tuple[str, str, list[tuple[str, str]]]] = [
    (
        "a briefing in capitals, an answer over two paragraphs",
        "MR. TAVISH: Good afternoon.\n\nQUESTION: Is the bridge safe?\n\nMR. TAVISH: It is.\n\nIt always was.\n\nQUESTION: Thank you.",
        [("MR. TAVISH", "Good afternoon."), ("QUESTION", "Is the bridge safe?"), ("MR. TAVISH", "It is.\n\nIt always was."), ("QUESTION", "Thank you.")],
    ),
    (
        "a court's questions and answers",
        "Q. Did you see the lorry?\nA. I did.\nQ. What colour was it?\nA. Green, I think.",
        [("Q", "Did you see the lorry?"), ("A", "I did."), ("Q", "What colour was it?"), ("A", "Green, I think.")],
    ),
    (
        "letters and colons, on lines that follow each other",
        "Q: Why?\nA: Because.\nQ: And then?\nA: Nothing.",
        [("Q", "Why?"), ("A", "Because."), ("Q", "And then?"), ("A", "Nothing.")],
    ),
    (
        "a press office's wide space after Q",
        "MS. ORR:  Hello, all.\n\nQ    Has he signed it?\n\nMS. ORR:  Not yet.\n\nQ    When will he?\n\nMS. ORR:  Soon.",
        [("MS. ORR", "Hello, all."), ("Q", "Has he signed it?"), ("MS. ORR", "Not yet."), ("Q", "When will he?"), ("MS. ORR", "Soon.")],
    ),
    (
        "the same with the space lost on the way",
        "MS. ORR: Hello, all.\n\nQ Has he signed it?\n\nMS. ORR: Not yet.\n\nQ When will he?\n\nMS. ORR: Soon.",
        [("MS. ORR", "Hello, all."), ("Q", "Has he signed it?"), ("MS. ORR", "Not yet."), ("Q", "When will he?"), ("MS. ORR", "Soon.")],
    ),
    (
        "an interview with names, a headline with a colon, a note at the end",
        "Ruell: The Harbour Is Ours\n\nTomas Ruell talks to us about boats.\n\nAlderby Post: Why boats?\n\nTomas Ruell: They float.\n\n"
        "Alderby Post: Is that all?\n\nTomas Ruell: It is enough.\n\nThis interview was edited for length.",
        [("Alderby Post", "Why boats?"), ("Tomas Ruell", "They float."), ("Alderby Post", "Is that all?"), ("Tomas Ruell", "It is enough.")],
    ),
    (
        "a heading with a colon over the day of the sitting",
        "House of Deputies\nOral Answers: Prime Minister\nWednesday 21 January 2026\n\nMara Holm: Will he resign?\n\nThe Prime Minister: I will not.\n\n"
        "Mara Holm: Why?\n\nThe Prime Minister: I like it here.",
        [("Mara Holm", "Will he resign?"), ("The Prime Minister", "I will not."), ("Mara Holm", "Why?"), ("The Prime Minister", "I like it here.")],
    ),
    (
        "somebody who is only described, and laughter on a line of its own",
        "Mara Holm: The roof will cost a lot.\n\nJo Orr: Over my dead body!\n\nMara Holm: So be it.\n\n[Laughter.]\n\nA member of the public: Shame on you!\n\nJo Orr: Quite.",
        [("Mara Holm", "The roof will cost a lot."), ("Jo Orr", "Over my dead body!"), ("Mara Holm", "So be it."), ("A member of the public", "Shame on you!"), ("Jo Orr", "Quite.")],
    ),
    (
        "parties and seats in brackets",
        "Mara Holm (Alderby) (Ind): I beg to move.\nJo Orr (Lakes): I second it.\nMara Holm (Alderby) (Ind): I thank her.\nJo Orr (Lakes): Not at all.",
        [],
    ),
    (
        "times before the names",
        "[00:01] JO ORR: We begin.\n[00:09] MARA HOLM: We do.\n[00:15] JO ORR: Who is first?\n[00:19] MARA HOLM: You are.",
        [("JO ORR", "We begin."), ("MARA HOLM", "We do."), ("JO ORR", "Who is first?"), ("MARA HOLM", "You are.")],
    ),
    (
        "captions' marks",
        ">> JO ORR: We begin.\n>> MARA HOLM: We do.\n>> JO ORR: Who is first?\n>> MARA HOLM: You are.",
        [("JO ORR", "We begin."), ("MARA HOLM", "We do."), ("JO ORR", "Who is first?"), ("MARA HOLM", "You are.")],
    ),
    (
        "bold names",
        "**Jo Orr:** We begin.\n\n**Mara Holm:** We do.\n\n**Jo Orr:** Who is first?\n\n**Mara Holm:** You are.",
        [("Jo Orr", "We begin."), ("Mara Holm", "We do."), ("Jo Orr", "Who is first?"), ("Mara Holm", "You are.")],
    ),
    (
        "windows line ends",
        "JO ORR: We begin.\r\n\r\nMARA HOLM: We do.\r\n\r\nJO ORR: Who?\r\n\r\nMARA HOLM: You.",
        [("JO ORR", "We begin."), ("MARA HOLM", "We do."), ("JO ORR", "Who?"), ("MARA HOLM", "You.")],
    ),
    (
        "a word and a colon inside a turn opens no turn",
        "JO ORR: We begin.\n\nMARA HOLM: We do.\n\nLook: nobody else is here.\n\nJO ORR: Who is first?\n\nMARA HOLM: You are.",
        [("JO ORR", "We begin."), ("MARA HOLM", "We do.\n\nLook: nobody else is here."), ("JO ORR", "Who is first?"), ("MARA HOLM", "You are.")],
    ),
    (
        "the short name after the full one",
        "JO ORR, ALDERBY POST: Is it so?\n\nMAYOR HOLM: It is.\n\nORR: And the ferry?\n\nMAYOR HOLM: It sails.\n\nORR: Thank you.",
        [("JO ORR, ALDERBY POST", "Is it so?"), ("MAYOR HOLM", "It is."), ("ORR", "And the ferry?"), ("MAYOR HOLM", "It sails."), ("ORR", "Thank you.")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "text", "expected"), TRANSCRIPTS, ids=[case[0] for case in TRANSCRIPTS])
def test_transcripts(reason: str, text: str, expected: list[tuple[str, str]]) -> None:
    document = document_of(text)
    assert document.kind == "transcript"
    found = [(turn.label.text, turn.text.text) for turn in turns(document)]
    if expected:
        assert found == expected
    else:
        assert [label for label, _ in found] == ["Mara Holm", "Jo Orr", "Mara Holm", "Jo Orr"]


def test_a_long_speech_before_the_questions_is_a_transcript_too() -> None:
    speech = "\n\n".join(
        f"We have come a long way, and point {number} is the next one." for number in range(30)
    )
    talk = "\n\n".join(
        f"Q    What of point {n}?\n\nTHE MAYOR:  It is as I said.\n\nAnd so it stays." for n in range(6)
    )
    document = document_of(f"THE MAYOR:  Good morning.\n\n{speech}\n\n{talk}")
    assert document.kind == "transcript"
    found = turns(document)
    assert len(found) == 13
    assert found[0].text.text.endswith("point 29 is the next one.")


ARTICLES = [
    ("a headline with a name", "Orr: Bridge Will Close\n\nThe mayor left.\n\nShe ran.\n\nNobody followed."),
    ("notes", "The mayor left.\n\nNote: This report was changed.\n\nUpdate: So was the note.\n\nNote: And again.\n\nUpdate: Yes."),
    ("scores", "Results\n\nAlderby: 3\nLakes: 2\nAlderby: 1\nLakes: 1\nAlderby: 0\nLakes: 0"),
    ("votes", "Alderby: 325 votes.\nLakes: 211 votes.\nAlderby: 12 seats.\nLakes: 9 seats."),
    ("ingredients", "Flour: 200 g\nSugar: 100 g\nFlour: 50 g more\nEggs: three"),
    ("a list with letters", "A. The first thing.\nB. The second thing.\nA. The first again.\nB. The second again."),
    ("one statement set off by a name", "The mayor left.\n\nMara Holm: \"I don't believe it.\"\n\nShe ran.\n\nNobody followed."),
    ("datelines of a round-up", "ALDERBY: The mayor left.\n\nLAKES: The ferry sank.\n\nNORTH ORR: The bridge stood.\n\nHOLM: It rained."),
    ("times of a programme", "10:00: Doors open.\n11:00: Speeches.\n10:00: Doors open.\n11:00: Speeches."),
    ("a body of questions without labels", "Why did she leave? Nobody knows.\n\nWhat comes next? Nobody says."),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "text"), ARTICLES, ids=[case[0] for case in ARTICLES])
def test_articles(reason: str, text: str) -> None:
    assert not is_transcript(text)
    assert turns(document_of(text)) == ()


@pytest.mark.parametrize(
    "closing",
    ["(END)", "###", "END 1:45 P.M.", "- 30 -", "1:58 P.M. EDT", "1:58 p.m. (EST)", "(END)\n\n2:14 PM"],
)
def test_a_closing_mark_is_nobodys_words(closing: str) -> None:
    text = f"JO ORR: We begin.\n\nMARA HOLM: We do.\n\nJO ORR: Who?\n\nMARA HOLM: You.\n\n{closing}\n"
    assert find_turns(text)[-1].text.text == "You."


@pytest.mark.parametrize("remark", ["(Inaudible.)", "[laughter]", "(Crosstalk)."])
def test_a_remark_in_brackets_is_no_turn(remark: str) -> None:
    text = f"JO ORR: We begin.\n\nMARA HOLM: {remark}\n\nJO ORR: {remark} Who?\n\nMARA HOLM: You.\n"
    assert [turn.text.text for turn in find_turns(text)] == ["We begin.", f"{remark} Who?", "You."]


@given(st.text(alphabet=st.sampled_from("QA:.() \n\tABCorra'-*>[]0"), max_size=300))
def test_turns_are_stretches_of_the_text_in_order(text: str) -> None:
    is_transcript(text)
    before = 0
    for turn in find_turns(text):
        assert before <= turn.label.start < turn.label.end <= turn.text.start < turn.text.end <= len(text)
        assert text[turn.label.start : turn.label.end] == turn.label.text
        assert text[turn.text.start : turn.text.end] == turn.text.text
        before = turn.text.end
