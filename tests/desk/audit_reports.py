"""Ten reports about people and places that don't exist, with what an editor would say of their sourcing."""

from __future__ import annotations

from dataclasses import dataclass, field

from marked import marked

from onrecord.types import Report


@dataclass(frozen=True)
class Case:
    """A report, the rules that must find something and how often; all others must find nothing."""

    name: str
    report: Report
    genre: str
    findings: dict[str, int]
    why: str
    reasons: dict[str, str | None] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)


def briefing(statements: int = 30) -> Report:
    """One spokeswoman, so many statements, a header of 12 March and a text that was spoken on 4 June."""
    topics = "the ferry|the quay|the north pier|the fuel store|the customs hall|the tide gate".split("|")
    lines = [
        f"{{{number}s:{'Mara Tessin' if number == 1 else 'Tessin'}}} {{{number}q:{'said' if number % 2 else 'added'}}} "
        f"that {{{number}c:{topics[number % 6]} would be looked at in stage {number}}}."
        for number in range(1, statements + 1)
    ]
    head = "Press briefing by the Port Ministry\n12 March 2024\n\nToday, 4 June 2024, the ministry met reporters.\n\n"
    return marked(
        head + "\n\n".join(lines), dict.fromkeys(range(1, statements + 1), "Mara Tessin"), day="2024-03-12"
    )


def cases() -> list[Case]:
    """The ten reports."""
    return [
        _leak(), _well_sourced(), _release(), _interview(), _opinion(), _two_sides(), _one_body(), _plain_claims(),
        _talks(), Case("briefing", briefing(), "briefing", {"one_voice": 1, "date_conflict": 1},
                       "one voice by nature, and a header that the text contradicts"),
    ]  # fmt: skip


def _leak() -> Case:
    report = marked(
        """Leak in the container basin

{1s:Harbour master Ilse Brandvold} {1q:accused} {1c:the Kestrel Line} on Wednesday {1c:of hiding a leak for nine days}.

{2q:According to} {2s:a port official who asked not to be named because she is not allowed to speak to the press}, \
{2c:the pumps had been switched off by hand}.

{3c:“Nobody looked at the gauges,”} {3q:said} {3s:a former Kestrel engineer, who spoke on condition of anonymity}.

{4s:Critics} {4q:say} {4c:the port is run like a private club}.

The clean-up has cost $1.2 million so far.
""",
        {
            1: {"speaker": "Ilse Brandvold", "act": "accuse", "target": "Kestrel Line"},
            2: "a port official", 3: "a former Kestrel engineer", 4: "Critics",
        },
        day="2024-03-14",
        kinds={"Kestrel Line": "organization", "a port official": "unnamed", "a former Kestrel engineer": "unnamed",
               "Critics": "unnamed"},
    )  # fmt: skip
    return Case(
        "leak", report, "article",
        {"accusation_without_reply": 1, "anonymous_without_reason": 1, "vague_source": 1, "quantity_without_source": 1},
        "the official's reason is given, the engineer's isn't; the accused line isn't heard",
        reasons={"a port official": "because she is not allowed to speak to the press", "a former Kestrel engineer": None,
                 "Critics": None},
    )  # fmt: skip


def _well_sourced() -> Case:
    report = marked(
        """Bridge closed after inspection

{1s:Tomas Ruell, who led the inspection,} {1q:said} {1c:the bridge would stay shut for 12 weeks}. {2s:He} {2q:added} \
{2c:that repairs would cost $3 million}.

{3s:Edda Vance, a driver who was on the bridge when a cable snapped,} {3q:said} {3c:the deck moved under her}.

{4q:According to} {4s:inspection records seen by the Courier}, {4c:two cables had lost 40 percent of their strands}.

{5s:Ostrava Steel} {5q:said} {5c:it stood by its work}.
""",
        {1: "Tomas Ruell", 2: "Tomas Ruell", 3: "Edda Vance", 4: "inspection records", 5: "Ostrava Steel"},
        day="2024-05-02",
        kinds={"inspection records": "document", "Ostrava Steel": "organization"},
    )
    return Case(
        "well sourced", report, "article", {}, "every quantity has a source, every source says how it knows",
        known={"Tomas Ruell": "who led the inspection", "Edda Vance": "who was on the bridge when a cable snapped",
               "inspection records": "inspection records seen by the Courier"},
    )  # fmt: skip


def _release() -> Case:
    report = marked(
        """FOR IMMEDIATE RELEASE

Lindqvist Foods opens a mill

{1s:Lindqvist Foods} {1q:announced} {1c:a mill in Osthaven that will employ 200 people}. {2c:“We bake where people \
eat,”} {2q:said} {2s:chief executive Ada Lindqvist}. {3s:She} {3q:said} {3c:the mill would open in May}. {4s:She} {4q:said} \
{4c:flour would come from farms nearby}. The mill costs €30 million.

Media contact: press@lindqvist.example
""",
        {1: "Ada Lindqvist", 2: "Ada Lindqvist", 3: "Ada Lindqvist", 4: "Ada Lindqvist"},
        day="2024-02-01",
    )
    return Case("press release", report, "press_release", {"one_voice": 1}, "one voice by nature: a note")


def _interview() -> Case:
    turns = [
        ("Q", "Why did you close the school?"), ("A", "Because the roof leaked and nobody would pay for it."),
        ("Q", "Who decided?"), ("A", "I did, with the board, in one evening."),
        ("Q", "And the pupils?"), ("A", "They go to Alderby now, by bus."),
    ]  # fmt: skip
    text = "A talk with headteacher Orla Fenn\n\n" + "\n\n".join(
        f"{label}: {{{number}c:{words}}}" if label == "A" else f"{label}: {words}"
        for number, (label, words) in enumerate(turns)
    )
    report = marked(
        text, {1: "Orla Fenn", 3: "Orla Fenn", 5: "Orla Fenn"}, day="2024-02-01", kind="transcript"
    )
    return Case("interview", report, "interview", {"one_voice": 1}, "an interview has one voice: a note")


def _opinion() -> Case:
    report = marked(
        """Opinion: Let the ferry go

I have taken the ferry for 30 years. I know its smell. My father sold tickets on it, and I learned to swim off its \
stern. I will miss it. I would still let it go: it loses 2 million crowns a year.

{1s:Minister Henning Aas} {1q:says} {1c:the ferry is our heritage}. I think he has never been seasick.
""",
        {1: "Henning Aas"},
        day="2024-02-01",
    )
    return Case("opinion", report, "opinion", {}, "an author's own view needs no second voice")


def _two_sides() -> Case:
    report = marked(
        """Strike at the cannery

{1s:Union leader Petra Holm} {1q:claimed} {1c:that the cannery had locked out 60 workers}. {2s:Holm} {2q:alleged} {2c:that \
it had hired guards}.

{3s:Plant manager Nils Roder} {3q:said} {3c:that the gates had never been locked}. {4s:Roder} {4q:noted} {4c:that guards \
had been there for years}.
""",
        {
            1: {"speaker": "Petra Holm", "stance": "distanced"}, 2: {"speaker": "Petra Holm", "stance": "distanced"},
            3: "Nils Roder", 4: {"speaker": "Nils Roder", "stance": "committed"},
        },
        day="2024-02-01",
    )  # fmt: skip
    return Case(
        "two sides",
        report,
        "article",
        {"distancing_by_side": 1},
        "the union claims and alleges, the manager says and notes",
    )


def _one_body() -> Case:
    report = marked(
        """Ministry defends new toll

{1s:Minister Henning Aas} {1q:said} {1c:the toll was fair}. {2s:State secretary Runa Dahl} {2q:said} {2c:drivers would get \
used to it}. {3s:The Transport Ministry} {3q:said} {3c:in a statement that no road would be exempt}.
""",
        {1: "Henning Aas", 2: "Runa Dahl", 3: "Transport Ministry"},
        day="2024-02-01",
        kinds={"Transport Ministry": "organization"},
        roles={
            "Henning Aas": ("Minister", "Transport Ministry"),
            "Runa Dahl": ("State secretary", "Transport Ministry"),
        },
    )
    return Case("one body", report, "article", {"one_side": 1}, "three voices, all of one ministry")


def _plain_claims() -> Case:
    report = marked(
        """Mayor under pressure

{1s:Mayor Jon Orr} {1q:was accused of} {1c:taking a boat as a gift}. Orr did not answer calls.

The boat was reportedly seen in Osthaven in May. It was registered in his brother's name.

{2s:Councillor Eva Lund} {2q:said} {2c:the council would meet on Friday}.
""",
        {1: {"speaker": "Jon Orr", "act": "accuse"}, 2: "Eva Lund"},
        day="2024-02-01",
    )
    return Case(
        "mayor", report, "article", {"unattributed_accusation": 1, "vague_source": 1},
        "nobody is named who accuses; the accused is not counted as a voice",
    )  # fmt: skip


def _talks() -> Case:
    report = marked(
        """Talks on fishing rights near collapse

{1s:A senior diplomat} {1q:believes} {1c:the minister wants the talks to fail}. {2s:Two people briefed on the \
negotiations} {2q:said} {2c:no date had been set}. They asked not to be identified, citing the secrecy of the talks.

{3s:An adviser to the minister} {3q:accused} {3c:Norland of stealing herring}. {4s:Norland’s envoy, Per Vik,} \
{4q:said} {4c:that was a joke}.
""",
        {
            1: "A senior diplomat", 2: "Two people", 3: {"speaker": "An adviser", "act": "accuse", "target": "Norland"},
            4: "Per Vik",
        },
        day="2024-02-01",
        kinds={"A senior diplomat": "unnamed", "Two people": "unnamed", "An adviser": "unnamed", "Norland": "organization"},
        roles={"Per Vik": ("envoy", "Norland")},
    )  # fmt: skip
    return Case(
        "talks", report, "article",
        {"anonymous_without_reason": 2, "anonymous_opinion": 2, "anonymous_share": 1},
        "the two people's reason stands in the next sentence; the diplomat thinks and the adviser accuses",
        reasons={"A senior diplomat": None, "Two people": "citing the secrecy of the talks", "An adviser": None},
        known={"Two people": "briefed on the negotiations"},
    )  # fmt: skip
