"""What is a statement, whose, and which words: hard cases for the shipped model and the rules around it, each with its reason.

An expected statement is "source | cue | content // content"; "-" stands for none. Those named must be found just so; where a case says that nothing else is a
statement, nothing else may be found. What fails today is a strict ``xfail`` with what is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from onrecord.loaders import document_of
from onrecord.pipeline import Pipeline
from onrecord.types import Report, Statement


@dataclass(frozen=True)
class Case:
    """A text, the statements in it, and why it is hard."""

    reason: str
    text: str
    expected: tuple[str, ...] = ()
    nothing_else: bool = False
    wrong: str | None = None


CASES = [
    # Forms and quotation marks
    Case("direct, curly", "“We leave on Friday,” Ana Orr said.", ("Ana Orr | said | “We leave on Friday,”",), True),
    Case("direct, straight", '"We leave on Friday," Ana Orr said.', ('Ana Orr | said | "We leave on Friday,"',), True),
    Case("direct, LaTeX", "``We leave on Friday,'' Ana Orr said.", ("Ana Orr | said | ``We leave on Friday,''",), True),
    Case("direct, single curly", "‘We can’t leave,’ Ana Orr said.", ("Ana Orr | said | ‘We can’t leave,’",), True),
    Case("direct, single straight", "'We can't leave now,' said Ana Orr.", ("Ana Orr | said | 'We can't leave now,'",), True),
    Case("direct, guillemets", "«We leave on Friday», Ana Orr said.", ("Ana Orr | said | «We leave on Friday»",), True),
    Case("direct, low-high", "„We leave on Friday“, Ana Orr said.", ("Ana Orr | said | „We leave on Friday“",), True),
    Case("inverted", '"We leave on Friday," said the mayor of Alderby.', ('the mayor of Alderby | said | "We leave on Friday,"',), True),
    Case("cue first, with a colon", 'The mayor said: "We leave on Friday."', ('The mayor | said: | "We leave on Friday."',)),
    Case("interrupted sentence", '"We leave," the mayor said, "but not before noon."', ('The mayor | said | "We leave," // "but not before noon."'.replace("The", "the"),), True),
    Case("a second sentence after the cue", '"We leave on Friday," the mayor said. "There is no other way."', ('the mayor | said | "We leave on Friday," // "There is no other way."',), True),
    Case("indirect", "The mayor said that the bridge would close.", ("The mayor | said | that the bridge would close",), True),
    Case("indirect without that", "The mayor said the bridge would close.", ("The mayor | said | the bridge would close",), True),
    Case("mixed", 'The mayor called the bridge "a heap of rust".', ('The mayor | called | the bridge "a heap of rust"',), True),
    Case("mixed at the end of a clause", 'Orr said the plan was "dead on arrival" and would not be revived.', ('Orr | said | the plan was "dead on arrival" and would not be revived',)),
    Case("unclosed quotation", '"We leave on Friday, the mayor said on Monday.', (), False),
    Case("a quotation inside one", '“My son said ‘never’ to me,” Ana Orr told the court.', ("Ana Orr | told | “My son said ‘never’ to me,”",)),
    Case("marks mixed by hand", '“We leave on Friday," Ana Orr said.', ('Ana Orr | said | “We leave on Friday,"',), True),
    # Cues
    Case("according to", "According to the harbour office, 14 boats are missing.", ("the harbour office | According to | 14 boats are missing",)),
    Case("according to, at the end", "Fourteen boats are missing, according to the harbour office.", ("the harbour office | according to | Fourteen boats are missing",), True),
    Case("two verbs, one subject", "The minister denied the report and accused the paper of lying.", ("The minister | denied | the report", "The minister | accused | the paper of lying"), True),
    Case("adding that", "She said the canal was full, adding that more rain was coming.", ("She | said | the canal was full", "She | adding | that more rain was coming"), True),
    Case("who is asked doesn't ask, in a passive", "Ana Orr was asked if she would resign.", ("- | was asked | if she would resign",), True),
    Case("who is asked doesn't ask, behind a participle", "Asked whether the bridge was safe, Ana Orr declined to answer.", ("- | Asked | whether the bridge was safe", "Ana Orr | declined | to answer"), True),
    Case("who asks behind the verb", "“Is the bridge safe?” asked Ana Orr.", ("Ana Orr | asked | “Is the bridge safe?”",), True),
    Case("a noun as the cue", "The claim by the union that pay had fallen was rejected by the firm.", (), False),
    Case("passive without a source", "Three people were said to be missing.", (), False),
    Case("want", "The union wants the plant to stay open.", ("The union | wants | the plant to stay open",), True),
    Case("expect", "Analysts expect prices to fall next year.", ("Analysts | expect | prices to fall next year",), True),
    Case("refuse", "The director refused to answer questions.", ("The director | refused | to answer questions",), True),
    Case("a poll shows", "A poll by Veltrim shows that half of voters oppose the toll.", ("A poll by Veltrim | shows | that half of voters oppose the toll",), True),
    Case("a report finds", "The report found that nine bridges were unsafe.", ("The report | found | that nine bridges were unsafe",), True),
    Case("a question told", "He asked whether the ferry would run.", ("He | asked | whether the ferry would run",), True),
    Case("a warning to somebody", "The doctor warned parents that the syrup was unsafe.", ("The doctor | warned | that the syrup was unsafe",), True),
    Case("a promise", "The firm promised to pay for the damage.", ("The firm | promised | to pay for the damage",), True),
    Case("thought", "Most villagers believe the well is poisoned.", ("Most villagers | believe | the well is poisoned",), True),
    Case("negated cue", "The department has not confirmed the figure.", ("The department | has not confirmed | the figure",), True),
    Case("allegedly tells of nobody's words here", "The treasurer allegedly took the money.", (), False),
    Case("a statement inside a clause", "The bridge, the mayor said, would close on Friday.", ("the mayor | said | The bridge // would close on Friday",), True),
    # Sources
    Case("apposition after the name", "Ana Orr, a nurse in Alderby, said the ward was full.", ("Ana Orr, a nurse in Alderby, | said | the ward was full",), True),
    Case("apposition before the name", "Police chief Bram Oduya said nobody was hurt.", ("Police chief Bram Oduya | said | nobody was hurt",), True),
    Case("unnamed official", "A senior official said the talks had failed.", ("A senior official | said | the talks had failed",), True),
    Case("two people", "Ana Orr and Bram Oduya said they would appeal.", ("Ana Orr and Bram Oduya | said | they would appeal",), True),
    Case("a possessive is not part of the name", "The mayor's office said the bridge was safe.", ("The mayor's office | said | the bridge was safe",), True),
    Case("a section's head stays out of the next source", "Traffic\n\nOfficials said the road would reopen.", ("Officials | said | the road would reopen",), True),
    Case("a headline with a colon", "Orr: Bridge will close by Friday\n\nThe bridge is old.", ("Orr | : | Bridge will close by Friday",), True),
    # Nesting
    Case("he said that she had denied it", "Orr said that the minister had denied the charge.", ("Orr | said | that the minister had denied the charge", "the minister | had denied | the charge"), False, "a statement of few words inside another one isn't sure enough"),
    Case("a promise that was told", "Orr said that the minister had promised to resign.", ("Orr | said | that the minister had promised to resign", "the minister | had promised | to resign"), True),
    Case("nested in direct speech", '"The board told us that it would pay," Ana Orr said.', ('Ana Orr | said | "The board told us that it would pay,"', "The board | told | that it would pay"), True),
    Case("nested in two", "Witnesses told the court that Marsh told them that the mayor had promised to pay the fine.", ("Marsh | told | that the mayor had promised to pay the fine", "the mayor | had promised | to pay the fine")),
    Case("what a document says in speech", "“Article 9 says that every ferry needs two pilots,” the harbour master said.", ("Article 9 | says | that every ferry needs two pilots",)),
    Case("what the speaker thinks makes no second statement", "“I think the bridge is safe and we hope it stays so,” the engineer said.", ("the engineer | said | “I think the bridge is safe and we hope it stays so,”",), True),
    Case("what others want makes none", "“The villagers want a new well,” Ana Orr said.", ("Ana Orr | said | “The villagers want a new well,”",), True),
    Case("what others did makes none", "“The villagers dug a new well,” Ana Orr said.", ("Ana Orr | said | “The villagers dug a new well,”",), True),
    # A shared subject
    Case("a second verb behind a long content", "Colonel Bram Oduya said that the ships had never left the harbour of Alderby and called on the commission to publish its data.", ("Colonel Bram Oduya | said | that the ships had never left the harbour of Alderby", "Colonel Bram Oduya | called on | the commission to publish its data"), True),
    Case("a second verb behind a direct quotation", "“We will not pay for the bridge that you broke,” Ana Orr said and urged the council to sue the firm.", ("Ana Orr | said | “We will not pay for the bridge that you broke,”", "Ana Orr | urged | the council to sue the firm")),
    Case("a second verb that tells of no words", "“We will not pay for the bridge that you broke,” Ana Orr said and left the room.", ("Ana Orr | said | “We will not pay for the bridge that you broke,”",), True),
    # Transcripts
    Case("labels in capitals", "MR. HOLM: We leave on Friday.\n\nQUESTION: Why?\n\nMR. HOLM: No comment.\n\nQUESTION: None?", ("MR. HOLM | : | We leave on Friday.", "QUESTION | : | Why?", "MR. HOLM | : | No comment.", "QUESTION | : | None?"), True),
    Case("question and answer", "Q: Will it close?\n\nA: Yes.\n\nQ: For long?\n\nA: For a year.", ("Q | : | Will it close?", "A | : | Yes.", "Q | : | For long?", "A | : | For a year."), True),
    Case("letters with a stop", "Q. Will it close?\n\nA. Yes.\n\nQ. For long?\n\nA. For a year.", ("Q | - | Will it close?", "A | - | Yes."), False),
    Case("a statement inside a turn", "Q: Will it close?\n\nA: The mayor said that it would.\n\nQ: For long?\n\nA: For a year.", ("A | : | The mayor said that it would.", "The mayor | said | that it would")),
    Case("a greeting before the source", "Q: Thank you, Dana. Senator Holm said this morning that the bridge would close. Will it?\n\nA: Yes.\n\nQ: For long?\n\nA: For a year.", ("Senator Holm | said | that the bridge would close",)),
    Case("a turn of two paragraphs", "Q: Will it close?\n\nA: Yes.\n\nI am sorry.\n\nQ: For long?\n\nA: For a year.", ("A | : | Yes.\n\nI am sorry.",), False),
    # Lines and paragraphs
    Case("lines wrapped by hand", "The minister of transport of the\nrepublic of Kessia, Odo Vakka, said on Tuesday that the bridge over\nthe river Anor would be open by the end of the month and that nobody\nwould have to pay for crossing it. He accused the opposition of spreading\nlies about the cost of the bridge.", ("He | accused | the opposition of spreading\nlies about the cost of the bridge",)),
    Case("a byline above the source", "Council defends bus cuts\nBy Harriet Plumley\n\nThe leader of Wexcombe county council has defended plans to scrap nine rural bus routes, insisting that the alternative would have been to close libraries.", ("The leader of Wexcombe county council | insisting | that the alternative would have been to close libraries",)),
    # Not a statement
    Case("a title of a work", 'The choir sang "The Long Way Home" twice.', (), True, "a verb of the voice before quotation marks is taken for a cue"),
    Case("a place that opens a report", "ALDERBY: Nine boats left the harbour on Friday.", (), True),
    Case("a nickname", "Mara 'Tiny' Holm lives in Alderby.", (), True),
    Case("a scare quote", "The 'garden' is a car park.", (), True),
    Case("a name in marks", 'The boat "Silver Anna" sank in the bay.', (), True),
    Case("a word as a word", 'The word "bridge" has six letters.', (), True),
    Case("plain narration", "The bridge closed on Friday. Nobody was hurt.", (), True),
    Case("said as a participle of a thing", "The train left at nine and reached the coast at noon.", (), True),
    Case("told a story of action", "She walked to the harbour and painted the boats.", (), True),
    Case("a score", "Alderby beat Wexcombe 3-1 on Saturday.", (), True),
    # Quotations that no cue governs
    Case("a sentence between marks after one with a cue", '"We leave on Friday," Orr said on the quay. The wind rose. "Nobody will stop us."', (), False),
]  # fmt: skip


def shown(statement: Statement) -> str:
    """A statement as cases write it."""
    source, cue = (span.text if span else "-" for span in (statement.source, statement.cue))
    return f"{source} | {cue} | {' // '.join(piece.text for piece in statement.content)}"


def read(pipeline: Pipeline, text: str) -> Report:
    return pipeline.read(document_of(text))


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case.reason, marks=[pytest.mark.xfail(reason=case.wrong)] if case.wrong else [])
        for case in CASES
    ],
)
def test_case(pipeline: Pipeline, case: Case) -> None:
    found = [shown(statement) for statement in read(pipeline, case.text).statements]
    missing = [expected for expected in case.expected if expected not in found]
    assert not missing, f"missing {missing} among {found}"
    if case.nothing_else:
        assert len(found) == len(case.expected), f"more than {case.expected}: {found}"


def test_a_nested_statement_points_to_its_parent(pipeline: Pipeline) -> None:
    text = "Q: Will it close?\n\nA: The mayor said that it would.\n\nQ: For long?\n\nA: For a year."
    record = read(pipeline, text)
    (inner,) = (statement for statement in record.statements if statement.parent)
    (outer,) = (statement for statement in record.statements if statement.id == inner.parent)
    assert (inner.content[0].text, outer.content[0].text) == (
        "that it would",
        "The mayor said that it would.",
    )
    assert record.children_of(outer) == (inner,)


FORMS = [
    ('"We leave on Friday," Ana Orr said.', "direct"),
    ("Ana Orr said that they would leave.", "indirect"),
    ('Ana Orr said they were "tired of waiting".', "mixed"),
    ("Ana Orr said Mara 'Tiny' Holm would sing.", "indirect"),
]


@pytest.mark.parametrize(("text", "form"), FORMS)
def test_form(pipeline: Pipeline, text: str, form: str) -> None:
    assert read(pipeline, text).statements[0].form == form
