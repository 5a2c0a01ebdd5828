"""Invented reports with statements marked by hand, and who speaks each: ``(reason, text, speakers)``.

In a text ``[s1 …]`` is the source of statement 1, ``[q1 …]`` its cue, ``[c1 …]`` a piece of its content; pieces may nest. ``speakers`` gives for each
statement the name of its speaker, or ``None`` where it must be left open.
"""

from __future__ import annotations

import re

from onrecord.statements import assign_parents
from onrecord.types import Document, Span, Statement, content_id

_OPEN = re.compile(r"\[([sqc])(\d+) |\]")

Case = tuple[str, str, tuple[str | None, ...]]


def marked(
    text: str, *, title: str | None = None, byline: str | None = None
) -> tuple[Document, tuple[Statement, ...]]:
    """The document and statements of a marked text."""
    plain = ""
    parts: dict[int, dict[str, list[tuple[int, int]]]] = {}
    stack: list[tuple[str, int, int]] = []
    at = 0
    for match in _OPEN.finditer(text):
        plain += text[at : match.start()]
        at = match.end()
        if match[1]:
            stack.append((match[1], int(match[2]), len(plain)))
        else:
            role, number, start = stack.pop()
            parts.setdefault(number, {}).setdefault(role, []).append((start, len(plain)))
    plain += text[at:]
    document = Document.of(plain, origin="case.txt", title=title, byline=byline)
    statements = [_statement(document, number, found) for number, found in sorted(parts.items())]
    return document, assign_parents(statements)


def _statement(document: Document, number: int, found: dict[str, list[tuple[int, int]]]) -> Statement:
    content = tuple(document.span(*piece) for piece in sorted(found["c"]))
    quoted = sum(piece.text[0] in '“"‘' for piece in content)
    return Statement(
        id=content_id(document.id, number),
        form="direct" if quoted == len(content) else "mixed" if quoted else "indirect",
        source=_only(document, found.get("s")),
        cue=_only(document, found.get("q")),
        content=content,
        score=0.95,
    )


def _only(document: Document, spans: list[tuple[int, int]] | None) -> Span | None:
    return document.span(*spans[0]) if spans else None


CASES: list[Case] = [
    # Names
    ("two surnames, each with its title", "[s1 Mr. Brun and Mr. Oduya] [q1 said] [c1 the quay was closed].", ("Mr. Brun and Mr. Oduya",)),
    ("one title for two", "[s1 Senators Mara Holm and Tom Brun] [q1 called] [c1 the plan a gift].", ("Mara Holm and Tom Brun",)),
    ("a short title for two", "[s1 Sens. Mara Holm and Tom Brun] [q1 called] [c1 the plan a gift].", ("Mara Holm and Tom Brun",)),
    ("two who speak together go by their full names", "Ana Orr and Bram Oduya met. [s1 Orr and Oduya, who both live in Alderby,] [q1 denied] [c1 it].", ("Ana Orr and Bram Oduya",)),
    ("two who speak together go by no words that aren't there", "[s1 Orr and Oduya, who both live in Alderby,] [q1 denied] [c1 it]. Ana Orr left. Bram Oduya stayed.", ("Orr and Oduya",)),
    ("an office of two words joined is one person's", "[s1 The chairman and head coach Mara Holm] [q1 said] [c1 the quay was closed].", ("Mara Holm",)),
    ("a full name is the speaker", "[s1 Ilse Tarnow] [q1 said] [c1 the quay was closed].", ("Ilse Tarnow",)),
    ("the title isn't part of the name", "[s1 Foreign Minister Ilse Tarnow] [q1 said] [c1 the quay was closed].", ("Ilse Tarnow",)),
    ("the surname leads to the full name", "Harbour master Ilse Tarnow opened the quay.\n\n[s1 Tarnow] [q1 said] [c1 it had cost little].", ("Ilse Tarnow",)),
    ("Mrs leads to the woman of that name", "Ilse Tarnow opened the quay.\n\n[s1 Mrs. Tarnow] [q1 said] [c1 it had cost little].", ("Ilse Tarnow",)),
    ("an initial fits the given name", "I. J. Tarnow chairs the board. Ilse Tarnow came late.\n\n[s1 Tarnow] [q1 said] [c1 it was over].", ("Ilse Tarnow",)),
    ("a particle belongs to the surname", "Mayor Piet van Olden spoke first.\n\n[s1 Van Olden] [q1 said] [c1 the dam would hold].", ("Piet van Olden",)),
    ("a junior keeps his suffix", "Senator Osric Dunn Jr. spoke first.\n\n[s1 Dunn] [q1 said] [c1 the dam would hold].", ("Osric Dunn Jr.",)),
    ("a surname with a hyphen", "Tomas Okoro-Lind runs the ferry.\n\n[s1 Okoro-Lind] [q1 said] [c1 it would sail].", ("Tomas Okoro-Lind",)),
    ("a slip of one letter in a surname that nobody else has", "Leda Brandvold runs the ferry.\n\n[s1 Brandvald] [q1 said] [c1 it would sail].", ("Leda Brandvold",)),
    ("the full name may come after the surname", "[s1 Tarnow] [q1 says] [c1 quay is safe]\n\nHarbour master Ilse Tarnow spoke to the port council.", ("Ilse Tarnow",)),
    ("name only in the headline, taken up by the office", "Mayor Ilse Brandvold Rejects Ferry Plan\n\nThe ferry plan is dead. [s1 The mayor] [q1 said] [c1 it would cost too much].", ("Ilse Brandvold",)),
    ("name only in the headline, taken up by a pronoun", "Ilse Brandvold Rejects Ferry Plan\n\n[s1 She] [q1 said] [c1 it would cost too much].", ("Ilse Brandvold",)),
    # Two of one surname
    ("two of one surname: the title tells the gender", "Ilse Tarnow and Bram Tarnow own the mill.\n\n[s1 Mr. Tarnow] [q1 said] [c1 it would close].", ("Bram Tarnow",)),
    ("two of one surname: Mrs is the woman", "Ilse Tarnow and Bram Tarnow own the mill.\n\n[s1 Mrs. Tarnow] [q1 said] [c1 it would close].", ("Ilse Tarnow",)),
    ("two of one surname: the given name tells", "Ilse Tarnow and Bram Tarnow own the mill.\n\n[s1 Bram] [q1 said] [c1 it would close].", ("Bram Tarnow",)),
    ("two of one surname: the office tells", "Judge Ilse Tarnow and Captain Mila Tarnow are sisters.\n\n[s1 Captain Tarnow] [q1 said] [c1 the ship was sound].", ("Mila Tarnow",)),
    ("two of one surname and nothing tells them apart: left open", "Ilse Tarnow and Mila Tarnow own the mill.\n\n[s1 Tarnow] [q1 said] [c1 it would close].", (None,)),
    ("of two, the one the report is about", "Ilse Tarnow rebuilt the mill. Ilse Tarnow sold it. Ilse Tarnow's brother Bram Tarnow left.\n\nIlse Tarnow came back. [s1 Tarnow] [q1 said] [c1 it would close].", ("Ilse Tarnow",)),
    ("father and son are told by their suffixes", "Osric Dunn Sr. built the mill and Osric Dunn Jr. sold it.\n\n[s1 Osric Dunn Jr.] [q1 said] [c1 it would close].", ("Osric Dunn Jr.",)),
    # Pronouns
    ("the pronoun takes up the last speaker", "[s1 Ilse Tarnow] [q1 said] [c1 the quay was closed]. [s2 She] [q2 added] [c2 that it would open in May].", ("Ilse Tarnow", "Ilse Tarnow")),
    ("the pronoun of the other gender takes up the other", "Ilse Tarnow met Bram Oduya at the quay. [s1 He] [q1 said] [c1 it was closed].", ("Bram Oduya",)),
    ("and hers takes up her", "Ilse Tarnow met Bram Oduya at the quay. [s1 She] [q1 said] [c1 it was closed].", ("Ilse Tarnow",)),
    ("a pronoun after a quotation: one named in the quotation didn't say it", "[s1 Bram Oduya] [q1 spoke] [c1 of the flood].\n\n[c2 “Anton Reyl did nothing,”] [s2 he] [q2 said].", ("Bram Oduya", "Bram Oduya")),
    ("a name in somebody's quoted words isn't taken up outside them", "Bram Oduya called the flood a shame.\n\n[s1 Bram Oduya] [q1 said], [c1 “Anton Reyl left us alone.”] [s2 He] [q2 said] [c2 the dam was old].", ("Bram Oduya", "Bram Oduya")),
    ("the title tells the gender of a name that doesn't", "Mr. Kestrin spoke with Ms. Vale. [s1 She] [q1 said] [c1 it was over].", ("Vale",)),
    ("his office tells his gender", "Congressman Ashby Kroll met Ilse Tarnow. [s1 He] [q1 said] [c1 it was over].", ("Ashby Kroll",)),
    ("they takes up the group, not the man", "The fishermen met Bram Oduya. [s1 They] [q1 said] [c1 the catch was poor].", ("The fishermen",)),
    ("it takes up the body", "The Straits Commission met on Monday. [s1 It] [q1 said] [c1 the catch was poor].", ("Straits Commission",)),
    ("cataphora: the pronoun comes before the name", "[c1 “Never again,”] [s1 he] [q1 said], in words that Bram Oduya was to repeat.", ("Bram Oduya",)),
    ("nobody before who fits: left open", "The flood came at night. [s1 She] [q1 said] [c1 it was loud].", (None,)),
    ("a pronoun in indirect speech is the one who speaks around it", "[s1 Bram Oduya] [q1 told] Anton Reyl [c1 that [s2 he] had [q2 warned] [c2 the port] twice].", ("Bram Oduya", "Bram Oduya")),
    ("the newly introduced speaks next", "Bram Oduya left early. At the quay stood Anton Reyl, a pilot from Osthaven.\n\n[c1 “The fog came fast,”] [s1 he] [q1 said].", ("Anton Reyl",)),
    # Roles and descriptions
    ("the office takes up the one who has it", "Senator Bram Oduya met Mayor Ilse Tarnow. [s1 The senator] [q1 said] [c1 it was over].", ("Bram Oduya",)),
    ("an office in short takes up the long word", "Sen. Bram Oduya met Gov. Anton Reyl. [s1 The governor] [q1 said] [c1 it was over].", ("Anton Reyl",)),
    ("an apposition tells the office", "Ilse Tarnow, a doctor at the Osthaven hospital, ran to the quay. [s1 The doctor] [q1 said] [c1 nobody was hurt].", ("Ilse Tarnow",)),
    ("an apposition before the name", "Its spokesman, Tomas Lind, [q1 said] [c1 nobody was hurt].".replace("Its spokesman, Tomas Lind,", "The line sent a boat. [s1 Its spokesman, Tomas Lind,]"), ("Tomas Lind",)),
    ("the source with its apposition is the name", "[s1 Ilse Tarnow, director of the centrist Harbour Institute and a professor,] [q1 said] [c1 nobody was hurt].", ("Ilse Tarnow",)),
    ("X, the Y of Z", "[s1 The mayor of Alderby, Ana Brun,] [q1 said] [c1 nobody was hurt].", ("Ana Brun",)),
    ("the woman takes up the only woman", "Ilse Tarnow met Bram Oduya. [s1 The woman] [q1 said] [c1 it was over].", ("Ilse Tarnow",)),
    ("a description that nothing takes up is itself the speaker", "The flood came at night. [s1 The lighthouse keeper] [q1 said] [c1 it was loud].", ("The lighthouse keeper",)),
    ("adjectives with a comma between", "[s1 The tall, 71-year-old diplomat] [q1 said] [c1 so]. [s2 The diplomat] [q2 said] [c2 no].", ("The tall, 71-year-old diplomat", "The tall, 71-year-old diplomat")),
    ("a long office with a name behind it", "[s1 Former secretary of state Mila Orr, who praised President Anton Reyl,] [q1 said] [c1 so].", ("Mila Orr",)),
    ("the port official isn't the bank official", "[s1 A bank official] [q1 said] [c1 so]. [s2 The port official] [q2 said] [c2 no].", ("A bank official", "The port official")),
    ("he is nobody's term of office", "[s1 Anton Reyl's second term] [q1 showed] [c1 so]. [s2 He] [q2 said] [c2 no].", ("Anton Reyl's second term", "Anton Reyl")),
    ("the company takes up the company", "Kestrel Line Inc. lost a ship. [s1 The company] [q1 said] [c1 all were safe].", ("Kestrel Line Inc",)),
    ("the ministry takes up the ministry by its noun", "Kessia's defence ministry lost a ship. [s1 The ministry] [q1 said] [c1 all were safe].", ("Kessia's defence ministry",)),
    # Bodies and acronyms
    ("an acronym in brackets", "The Coastal Trade Union (COTU) met. [s1 COTU] [q1 said] [c1 it would strike].", ("Coastal Trade Union",)),
    ("an acronym of the initials", "The Straits Fishing Commission met. [s1 The SFC] [q1 said] [c1 it would sue].", ("Straits Fishing Commission",)),
    ("a short form of a body's name", "The Osthaven Tax Policy Institute wrote a report. [s1 The Tax Policy Institute] [q1 said] [c1 costs would rise].", ("Osthaven Tax Policy Institute",)),
    ("the article isn't part of a body's name", "[s1 The Harbour Post] [q1 reported] [c1 that the quay was closed].", ("Harbour Post",)),
    ("a body that speaks through a spokesman who is named", "[s1 Kestrel Line spokeswoman Mila Orr] [q1 said] [c1 all were safe].", ("Mila Orr",)),
    ("a spokesman who isn't named stays unnamed", "[s1 A spokesman for the Kestrel Line] [q1 said] [c1 all were safe].", ("A spokesman for the Kestrel Line",)),
    ("owned: the network's reporter is the reporter", "[s1 Fox Bay Radio's Hugo Marsh] [q1 asked] [c1 who would pay].", ("Hugo Marsh",)),
    # Possessives
    ("her lawyer isn't her", "[s1 Ilse Tarnow] [q1 said] [c1 nothing]. [s2 Her lawyer] [q2 said] [c2 she would appeal].", ("Ilse Tarnow", "Her lawyer")),
    ("Tarnow's lawyer isn't Tarnow", "Ilse Tarnow left. [s1 Tarnow's lawyer] [q1 said] [c1 she would appeal].", ("Tarnow's lawyer",)),
    ("her lawyer by name", "Ilse Tarnow left. [s1 Her lawyer, Mila Orr,] [q1 said] [c1 she would appeal].", ("Mila Orr",)),
    ("his advisers are not him", "Bram Oduya left. [s1 His advisers] [q1 said] [c1 he was tired].", ("His advisers",)),
    # Several
    ("a couple speaks as one", "[s1 Ilse Tarnow and Bram Oduya] [q1 said] [c1 they would sell].", ("Ilse Tarnow and Bram Oduya",)),
    ("the two take up the couple", "[s1 Ilse Tarnow and Bram Oduya] [q1 said] [c1 they would sell]. [s2 The two] [q2 denied] [c2 any debt].", ("Ilse Tarnow and Bram Oduya", "Ilse Tarnow and Bram Oduya")),
    ("a couple that shares its surname", "Zorka and Bram Oduya own the mill.\n\n[s1 Zorka] [q1 said] [c1 it would close]. Zorka Oduya had built it.", ("Zorka Oduya",)),
    ("her campaign isn't his", "Ilse Tarnow runs a campaign. [s1 The Tarnow campaign] [q1 said] [c1 so]. Bram Oduya came. [s2 His campaign] [q2 said] [c2 no].", ("The Tarnow campaign", "His campaign")),
    ("her campaign is the one of her name", "[s1 The Tarnow campaign] [q1 said] [c1 so]. Ilse Tarnow came. [s2 Her campaign] [q2 said] [c2 no].", ("The Tarnow campaign", "The Tarnow campaign")),
    ("people of one party are a group", "[s1 Republicans] [q1 said] [c1 they would vote].", ("Republicans",)),
    # Unnamed
    ("an unnamed official keeps the description", "[s1 A senior official who asked not to be named] [q1 said] [c1 talks had failed].", ("A senior official who asked not to be named",)),
    ("officials are collective", "[s1 Officials in Velmora] [q1 said] [c1 talks had failed].", ("Officials in Velmora",)),
    ("sources are vague", "[s1 Sources] [q1 said] [c1 talks had failed].", ("Sources",)),
    ("the official takes up the unnamed official", "[s1 A port official] [q1 said] [c1 talks had failed]. [s2 The official] [q2 added] [c2 that nobody minded].", ("A port official", "A port official")),
    ("another official is another", "[s1 A port official] [q1 said] [c1 talks had failed]. [s2 Another official] [q2 said] [c2 that nobody minded].", ("A port official", "Another official")),
    ("he takes up an unnamed entity", "Ilse Tarnow left. [s1 A port official] [q1 said] [c1 talks had failed]. [s2 He] [q2 added] [c2 that nobody minded].", ("A port official", "A port official")),
    # Documents
    ("a report speaks", "[s1 A new report by the Harbour Institute] [q1 said] [c1 costs would rise].", ("A new report by the Harbour Institute",)),
    ("the report takes it up", "[s1 A new report by the Harbour Institute] [q1 said] [c1 costs would rise]. [s2 The report] [q2 warned] [c2 of delays].", ("A new report by the Harbour Institute", "A new report by the Harbour Institute")),
    # First person, omitted sources, relative pronouns
    ("I in quoted words is the speaker", "[s1 Bram Oduya] [q1 said]: [c1 “[s2 I] [q2 warned] [c2 the port] twice.”]", ("Bram Oduya", "Bram Oduya")),
    ("I in the quoted words of a pronoun", "Ilse Tarnow left. [c1 “[s2 I] [q2 warned] [c2 the port] twice,”] [s1 she] [q1 said].", ("Ilse Tarnow", "Ilse Tarnow")),
    ("an omitted source is that of the verb before", "[s1 Bram Oduya] [q1 said] [c1 the port was closed], [q2 adding] [c2 that it would open].", ("Bram Oduya", "Bram Oduya")),
    ("an opening participle belongs to the subject that follows", "[q1 Citing] [c1 bad weather], [s2 Bram Oduya] [q2 said] [c2 the port was closed].", ("Bram Oduya", "Bram Oduya")),
    ("the passive names nobody", "[c1 The port] [q1 was said to be] [c1 closed].", (None,)),
    ("a participle of asking names who is asked", "[q1 Asked] [c1 whether the port was closed], [s2 Bram Oduya] [q2 said] [c2 it was].", (None, "Bram Oduya")),
    ("nobody who answers is meant by a participle after when", "[q1 When asked about] [c1 the port], [s2 Bram Oduya] [q2 said] [c2 it was closed].", (None, "Bram Oduya")),
    ("who takes up the name before it", "The port hired Bram Oduya, [s1 who] [q1 said] [c1 it was late].", ("Bram Oduya",)),
    ("who takes up a name across its apposition", "The port hired Bram Oduya, a pilot, [s1 who] [q1 said] [c1 it was late].", ("Bram Oduya",)),
    ("who takes up the people of a town, not the town: France is nobody", "Officials in France, [s1 who] [q1 asked] [c1 for more time], met on Monday.", ("Officials in France",)),
    ("who takes up an unnamed entity", "The port hired a pilot [s1 who] [q1 said] [c1 it was late].", ("a pilot",)),
    ("who inside a long source is the source, not the town in it", "[s1 Officials in Velmora, [s2 who] [q2 asked] [c2 not to be named],] [q1 said] [c1 talks had failed].", ("Officials in Velmora, who asked not to be named", "Officials in Velmora, who asked not to be named")),
    ("a source that runs on from the byline above it", "[s1 Harbour Post\n\nThe leader of Wexcombe council] [q1 said] [c1 so].", ("The leader of Wexcombe council",)),
    ("a quotation that stands alone goes on with the speaker before", "[c1 “It was late,”] [s1 Bram Oduya] [q1 said]. [c2 “Nobody came to help us at all.”]", ("Bram Oduya", "Bram Oduya")),
    # Transcripts
    ("a transcript's label in capitals", "MR. TAVISH: We begin.\n\n[s1 MR. TAVISH][q1 :] [c1 It is late.]", ("TAVISH",)),
    ("a label takes up the full name", "Briefing by Press Secretary Joss Tavish\n\n[s1 MR. TAVISH][q1 :] [c1 It is late.]", ("Joss Tavish",)),
    ("I in a turn is the one who speaks it", "[s1 JO ORR][q1 :] [c1 [s2 I] [q2 warned] [c2 the port].]\n\nMILA HOLM: So did we.", ("JO ORR", "JO ORR")),
    ("you in speech is nobody who is named", "[c1 “[s2 You] [q2 said] [c2 so],”] [s1 Mila Orr] [q1 told] Bram Oduya.", ("Mila Orr", None)),
    # A body before its person
    ("a body with its letters and an office before the name", "[s1 Osthaven Tourism Board (OTB) governor Yuto Sarpano] [q1 said] [c1 it rained].", ("Yuto Sarpano",)),
    # Inside quoted words
    ("he in somebody's words is who they speak of, not who spoke before", "[c1 “It was late,”] [s1 Edwin Morrow] [q1 said].\n\n[c2 “Mr. Vell is ignorant of many things. [s3 He] [q3 proudly states] [c3 that he pays no tax],”] [s2 Ana Brun] [q2 said].", ("Edwin Morrow", "Ana Brun", "Vell")),
    ("she in somebody's words is who they speak of, by office", "[s1 Ana Brun] [q1 said] [c1 it was late].\n\n[c2 “The governor came to our school in May. [s3 She] [q3 told] us [c3 that the roof would be mended],”] [s2 Tom Ashby] [q2 said].", ("Ana Brun", "Tom Ashby", "The governor")),
    ("a short title is no part of a name", "Green leader Ilse Doyle spoke. “Cllr Doyle was sent two copies,” said Bram Oduya. [s1 Doyle] [q1 said] [c1 she had received neither].", ("Ilse Doyle",)),
    ("nor is it where the full name follows", "[s1 Cllr Ilse Munn] [q1 said] [c1 she had received neither]. [s2 Munn] [q2 denied] [c2 it].", ("Ilse Munn", "Ilse Munn")),
    ("letters behind a name are no surname", "[s1 Counsel to the inquiry, Ilse Renwick KC,] [q1 said] [c1 so]. [s2 Renwick] [q2 added] [c2 that].", ("Ilse Renwick KC", "Ilse Renwick KC")),
    ("the agency of the dateline is no it", "(Tidewire) - The boats left in May. [s1 It] [q1 said] [c1 the catch was poor].", (None,)),
    ("an office isn't whoever holds it", "[s1 The office of Alderby mayor Ilse Brun] [q1 denied] [c1 the charge].", ("The office of Alderby mayor Ilse Brun",)),
    ("the mayor is no deputy mayor", "Mayor Ilse Brun and deputy mayor Mila Orr met. Ms. Orr left. [s1 The mayor] [q1 said] [c1 so]. [s2 The deputy mayor] [q2 said] [c2 no].", ("Ilse Brun", "Mila Orr")),
    ("the vice president is no president", "Vice President Ilse Brun met President Mila Orr. [s1 The vice president] [q1 said] [c1 so]. [s2 The president] [q2 said] [c2 no].", ("Ilse Brun", "Mila Orr")),
    ("she isn't who is named in what she says", "[c1 “He can't investigate himself,”] [s1 Mila Orr] [q1 said]. Asked about that, Ilse Brun laughed. [s2 She] [q2 said] [c2 Ms. Orr had run for mayor twice].", ("Mila Orr", "Ilse Brun")),
    # Whom a paragraph has turned to
    ("whoever a paragraph has turned to is he", "[s1 Ptolemy Ward] [q1 said] [c1 the crew had done well].\n\nThe ferry's master, Captain Roald Eikrem, is due on Thursday. Through his solicitor [s2 he] [q2 said] [c2 he would come].", ("Ptolemy Ward", "Roald Eikrem")),
    ("whoever is spoken of doesn't speak", "[s1 Bram Oduya] [q1 said] [c1 the port was closed].\n\n[c2 People like Anton Reyl], [s2 he] [q2 said].", ("Bram Oduya", "Bram Oduya")),
    ("a woman in somebody's words isn't she outside them", "Ilse Moyo led three orchestras. Ms. Moyo was born in Grimsvik. She was the youngest of five. [c1 “He told me a girl who conducts is a girl who points,”] [s1 she] [q1 wrote].", ("Ilse Moyo",)),
    ("a quotation alone goes on with who was told of right before", "[s1 Bram Oduya] [q1 said] [c1 “so”].\n\n[s2 Ilse Tarnow] [q2 saw] [c2 it differently]. [c3 “It was late, and everybody knew.”]", ("Bram Oduya", "Ilse Tarnow", "Ilse Tarnow")),
    ("a given name that no list has, met twice", "The Long Interview: Quenby Brandvold\n\nQuenby Brandvold is tired. [c1 “Legends are dead,”] [s1 she] [q1 says]. [s2 Brandvold] [q2 laughs] [c2 at it].", ("Quenby Brandvold", "Quenby Brandvold")),
    # Offices with their holder in brackets
    ("an office with its holder in brackets", "[s1 The Prime Minister] (Alastair Worthing)[q1 :] [c1 I agree.]\n\nMs. Ilse Drury (Copperfield East): No.\n\n[s2 The Prime Minister][q2 :] [c2 So be it.]", ("Alastair Worthing", "Alastair Worthing")),
    ("an office of many words with its holder in brackets", "[s1 The Secretary of State for Water] (Josephine Ibekwe)[q1 :] [c1 I agree.]\n\nMs. Ilse Drury: No.\n\n[s2 The Secretary of State][q2 :] [c2 So be it.]", ("Josephine Ibekwe", "Josephine Ibekwe")),
    ("an office with its holder in brackets, in a report", "[s1 The mayor of Alderby] (Ana Brun) [q1 said] [c1 so]. [s2 The mayor] [q2 added] [c2 that it rained].", ("Ana Brun", "Ana Brun")),
    ("a seat in brackets is nobody", "[s1 Ms. Ilse Drury] (Copperfield East)[q1 :] [c1 No.]", ("Ilse Drury",)),
    ("whose report it is, in brackets, isn't what speaks", "[s1 The report] (Brun and Orr) [q1 said] [c1 so].", ("The report",)),
    ("whom members of a house call honourable isn't named by it", "Ilse Drury: Why?\n\n[s1 Bram Oduya][q1 :] [c1 [s2 The hon. Lady] [q2 knows] [c2 why].]\n\n[s3 Hon. Members][q3 :] [c3 Hear, hear.]", ("Bram Oduya", "The hon. Lady", "Hon. Members")),
    # Firms
    ("a day is no company", "Workers at the Kestrel Line walked out on 9 January. [s1 The company] [q1 said] [c1 talks had begun].", ("Kestrel Line",)),
    ("whoever only asked analysts isn't the company", "OSTHAVEN, Feb. 11 (Ledgerline) - Brindlemoor Holdings Plc sold more than analysts asked by Ledgerline thought.\n\n[s1 The company] [q1 said] [c1 talks had begun].", ("Brindlemoor Holdings Plc",)),
    ("a firm goes by its first word", "Brindlemoor Holdings Plc sold more paper in May. [s1 Brindlemoor] [q1 denied] [c1 a merger].", ("Brindlemoor Holdings Plc",)),
    ("a house of deputies is no company", "The House of Deputies met in May. [s1 The company] [q1 said] [c1 talks had begun].", ("The company",)),
    ("a body that the noun doesn't fit, behind a preposition, isn't the club", "Bram Oduya was sent off at Milbrook and was seen on Channel Nine. [s1 The club] [q1 said] [c1 it would not appeal].", ("The club",)),
    ("who speaks for a firm by name", "[s1 Skylark Roofing LLC, whose owner, Denny Brun,] [q1 said] [c1 it would close].", ("Denny Brun",)),
    # Edges
    ("a bracket that was opened is closed", "[s1 A report about the trial of Osric Dunn (on 3 October)] [q1 said] [c1 he was ill].", ("A report about the trial of Osric Dunn (on 3 October)",)),
    ("a preposition that hangs at the end is the content's", "[c1 She] [q1 was accused] by [s1 the board of the Harbour Orchestra of] [c1 waste].", ("the board of the Harbour Orchestra",)),
    # Names are not actions: places, days, months
    ("an uppercase letter speaks for its government", "[s1 Velmora] [q1 denied] [c1 the charge].", ("Velmora",)),
]  # fmt: skip

FIRST_PERSON = "[s1 I] [q1 know] [c1 what the flood took from us].\n\nThe water rose for nine days."
"""An opinion: "I" is the author."""
