"""From left to right through a report: whom each statement's source means."""

from __future__ import annotations

import bisect
from collections import deque
from collections.abc import Sequence
from dataclasses import replace

from onrecord.segment import Range
from onrecord.speakers.anaphora import Sought, Weighed, margin, network_choice, weigh
from onrecord.speakers.answers import PASSIVE, Answer, How, place_of
from onrecord.speakers.authors import find_author
from onrecord.speakers.cast import Cast
from onrecord.speakers.descriptions import Describer
from onrecord.speakers.evidence import Evidence
from onrecord.speakers.finding import Told, before_relative, find_descriptions, find_told
from onrecord.speakers.lexicon import Gender, fold
from onrecord.speakers.mentions import Mention, Voice
from onrecord.speakers.phrases import Phrase, take_apart
from onrecord.speakers.talk import Talk
from onrecord.speakers.unsaid import Unsaid
from onrecord.types import Document, Span, Statement

_QUESTION = frozenset(["Q", "QUESTION", "REPORTER", "INTERVIEWER"])
_ANSWER = frozenset(["A", "ANSWER"])

_LEAST = -1.6
"""A pronoun whose best candidate weighs less is left open."""

_CLOSE = 0.15
"""Two candidates whose weights differ by less can't be told apart."""

_CLEAR = 0.5
"""A pronoun that nobody speaks by is followed where the best candidate outweighs the next by so much."""

_BRACKETS = 80
"""Characters behind an office in which a name in brackets ends."""


class Resolver:
    """Answers for all statements of a report, each worked out once."""

    def __init__(
        self, document: Document, cast: Cast, evidence: Evidence, statements: Sequence[Statement]
    ) -> None:
        self.document, self.cast, self.evidence = document, cast, evidence
        self.statements = sorted(statements, key=place_of)
        self.describer = Describer(cast, evidence)
        self.answers: dict[str, Answer] = {}
        self._by_id = {statement.id: statement for statement in statements}
        self._open: set[str] = set()
        self._by_sentence: dict[int, list[Statement]] = {}
        for statement in self.statements:
            self._by_sentence.setdefault(cast.analysis.sentence_at(place_of(statement)), []).append(statement)
        self._offices: dict[str, int] = {}
        """By an office's words the voice of whoever was introduced with them: "The Prime Minister (Ana Brun)"."""
        self._asking: set[int] = set()
        """Voices that only a label such as "Q" stands for: those who answer don't call them he or she."""

        self._talk = Talk(cast, self._by_sentence)
        self._unsaid = Unsaid(cast.analysis, self.statements, self._by_sentence, self.answer)

    def run(self) -> dict[str, Answer]:
        """The answer for each statement, by its id."""
        items: list[Range | Told] = [
            *find_descriptions(self.cast, self.evidence, self.statements),
            *find_told(self.cast, self.statements),
        ]
        waiting = deque(sorted(items, key=_start_of))
        for statement in self.statements:
            while waiting and _start_of(waiting[0]) < place_of(statement):
                self._meet(waiting.popleft())
            self.answer(statement)
        for item in waiting:
            self._meet(item)
        return self.answers

    def _meet(self, item: Range | Told) -> None:
        """Note a description, or the one whom a pronoun of the reporter's tells of, where it is clear who that is."""
        if not isinstance(item, Told):
            self.describer.meet(item)
            return
        sought = self._talk.after(Sought(item.start, item.gender, barred=frozenset(self._asking)))
        weighed = weigh(self.cast, self.evidence, sought, head=item.start)
        if weighed and weighed[0].weight >= _LEAST and margin(weighed) >= _CLEAR:
            self.cast.mention(self.cast.voices[weighed[0].voice], (item.start, item.end), "pronoun")

    def answer(self, statement: Statement) -> Answer:
        """Whom a statement's source means."""
        if statement.id in self.answers:
            return self.answers[statement.id]
        if statement.id in self._open:
            return Answer(None, "none", "the statements around it point to each other")
        self._open.add(statement.id)
        found = self._work_out(statement)
        self._open.discard(statement.id)
        self.answers[statement.id] = found
        if found.voice is not None and self.holder(statement) is None:
            self._talk.note(place_of(statement), found.voice)
        return found

    def holder(self, statement: Statement) -> Statement | None:
        """The statement inside whose content this one stands."""
        return self._by_id.get(statement.parent) if statement.parent else None

    def _work_out(self, statement: Statement) -> Answer:
        if statement.source is None:
            return self._unsaid.answer(statement)
        phrase = take_apart(self.cast, statement.source.start, statement.source.end)
        if phrase is None:
            return Answer(None, "none", "the source has no word in it")
        if self.document.kind == "transcript" and (found := self._label(phrase)):
            return found
        if found := self._holder_in_brackets(phrase):
            return found
        if phrase.shape == "name":
            return self._named(phrase.named[0])
        if phrase.shape == "names":
            return self._several(phrase)
        if phrase.shape == "pronoun":
            return self._pronoun(statement, phrase)
        if phrase.shape == "relative":
            return self._relative(statement, phrase)
        return self._described(statement, phrase)

    def _label(self, phrase: Phrase) -> Answer | None:
        """Whom "Q" and "A" stand for: somebody who asks, and the only person named before the first turn, if there is one."""
        words = self.cast.analysis.text[phrase.start : phrase.end].upper().rstrip(".:")
        if words not in _QUESTION and words not in _ANSWER:
            return None
        if words in _ANSWER and self.statements:
            named = {
                mention.voice
                for mention in self.cast.named_at(0, place_of(self.statements[0]))
                if self.cast.voices[mention.voice].kind == "person"
            }
            if len(named) == 1:
                return Answer(named.pop(), "label", margin=1.0, evidence=((phrase.start, phrase.end),))
        label = replace(
            phrase, shape="pronoun", core=(phrase.start, phrase.end), head=(phrase.start, phrase.end)
        )
        voice = self.describer.new(label, "unnamed")
        if words in _QUESTION:
            self._asking.add(voice.number)
        return Answer(voice.number, "label", evidence=((phrase.start, phrase.end),))

    def _named(self, mention: Mention) -> Answer:
        doubts = self.cast.doubts.get(mention.start)
        if doubts:
            return Answer(
                None,
                "short name",
                "more than one person of the report has this name",
                candidates=tuple((voice, 0.0) for voice in doubts),
                evidence=((mention.start, mention.end),),
            )
        words = len(self.cast.analysis.text[mention.start : mention.end].split())
        voice = self.cast.voices[mention.voice]
        first = voice.names[0] if voice.names else (mention.start, mention.end)
        full = words > 1 or voice.kind != "person"
        return Answer(
            mention.voice,
            "name" if full else "short name",
            evidence=tuple(dict.fromkeys([(mention.start, mention.end), first])),
        )

    def _holder_in_brackets(self, phrase: Phrase) -> Answer | None:
        """The person whose name alone stands in brackets behind an office: "The mayor of Alderby (*Ana Brun*)"; whoever has
        been introduced so goes by the office from there on.
        """
        text = self.cast.analysis.text
        office = fold(text[phrase.start : phrase.end])
        if phrase.shape != "name" or self.cast.voices[phrase.named[0].voice].kind != "person":
            for mention in self.cast.named_at(phrase.end, phrase.end + _BRACKETS):
                title = self.cast.titles.get(mention.start)
                around = (
                    text[phrase.end : title.start if title else mention.start],
                    text[mention.end : mention.end + 1],
                )
                if (
                    self.cast.voices[mention.voice].kind != "person"
                    or around[0].strip() != "("
                    or around[1] != ")"
                ):
                    break
                self._offices[office] = mention.voice
                return Answer(
                    mention.voice, "name", evidence=((phrase.start, phrase.end), (mention.start, mention.end))
                )
        if (known := self._offices.get(office)) is not None:
            return Answer(
                known, "taken up", evidence=((phrase.start, phrase.end), self.cast.voices[known].names[0])
            )
        return None

    def _several(self, phrase: Phrase) -> Answer:
        members = tuple(dict.fromkeys(mention.voice for mention in phrase.named))
        span = phrase.start, phrase.named[-1].end
        voice = self.describer.group(members, span)
        return Answer(voice.number, "names", evidence=(span,))

    def _pronoun(
        self, statement: Statement, phrase: Phrase, *, barred: frozenset[int] = frozenset()
    ) -> Answer:
        if phrase.pronoun in ("first", "first_many"):
            return self._first_person(statement, phrase)
        if phrase.pronoun == "second":
            if (holder := self.holder(statement)) is not None:
                return self._replies(holder, phrase) or Answer(
                    None, "pronoun", "the one who is spoken to isn't named here", evidence=(phrase.head,)
                )
            return Answer(
                self.describer.new(phrase, "unnamed").number, "description", evidence=(phrase.head,)
            )
        if phrase.pronoun == "thing" and statement.cue and PASSIVE.search(statement.cue.text):
            return Answer(None, "pronoun", "this it stands for nobody", evidence=(phrase.head,))
        if phrase.pronoun == "pointing":
            return Answer(None, "pronoun", "a pointing word can take up anything", evidence=(phrase.head,))
        sought = self._sought(statement, phrase)
        sought = replace(sought, barred=sought.barred | barred)
        weighed = weigh(self.cast, self.evidence, sought, head=phrase.head[0])
        if not weighed or weighed[0].weight < _LEAST:
            return self._following(phrase) or self._open_answer(
                phrase, weighed, "nobody who fits is mentioned before it"
            )
        if margin(weighed) < _CLOSE:
            return self._open_answer(phrase, weighed, "two who fit are mentioned alike")
        best = weighed[0]
        self._take_up(best.voice, phrase)
        return Answer(
            best.voice,
            "pronoun",
            margin=margin(weighed),
            weight=best.weight,
            candidates=tuple((item.voice, item.weight) for item in weighed[:4]),
            evidence=(phrase.head, (best.mention.start, best.mention.end)),
        )

    def _replies(self, question: Statement, phrase: Phrase) -> Answer | None:
        """Whom a question in a transcript calls "you": whoever speaks the turn after it."""
        if self.answer(question).voice not in self._asking:
            return None
        after = bisect.bisect_right(self.statements, place_of(question), key=place_of)
        turns = (one for one in self.statements[after:] if self.holder(one) is None)
        reply = next(turns, None)
        voice = self.answer(reply).voice if reply else None
        if voice is None or voice in self._asking:
            return None
        return Answer(voice, "label", margin=1.0, evidence=(phrase.head,))

    def _open_answer(self, phrase: Phrase, weighed: Sequence[Weighed], reason: str) -> Answer:
        return Answer(
            None,
            "pronoun",
            reason,
            candidates=tuple((item.voice, item.weight) for item in weighed[:4]),
            evidence=(phrase.head,),
        )

    def _take_up(self, voice: int, phrase: Phrase) -> None:
        """Note a pronoun as a mention, with the gender it tells."""
        taken = self.cast.voices[voice]
        self.cast.mention(taken, phrase.head, "pronoun")
        if phrase.pronoun in ("male", "female"):
            gender: Gender = "male" if phrase.pronoun == "male" else "female"
            taken.genders[gender] += 1

    def _sought(self, statement: Statement, phrase: Phrase) -> Sought:
        gender: Gender | None = (
            "male" if phrase.pronoun == "male" else "female" if phrase.pronoun == "female" else None
        )
        holder = self.holder(statement)
        barred: frozenset[int] = frozenset()
        bound = None
        if holder:
            speaker = self.answer(holder).voice
            quoted = holder.form == "direct" or self.cast.analysis.quotation_at(phrase.start) is not None
            if speaker is not None and quoted:
                barred = frozenset([speaker])
            else:
                bound = speaker
        barred |= self._named_in(statement)
        sought = Sought(
            phrase.start,
            gender,
            plural=phrase.pronoun == "many",
            thing=phrase.pronoun == "thing",
            barred=barred | self._asking,
            holder=bound,
        )
        return self._talk.after(sought)

    def _named_in(self, statement: Statement) -> frozenset[int]:
        """Whom the content behind a pronoun begins with by name: "She said *Ms. Orr* had lost" isn't said by Ms. Orr."""
        piece = statement.content[0]
        if statement.source is None or piece.start < statement.source.end:
            return frozenset()
        for mention in self.cast.named_at(piece.start, piece.end)[:1]:
            title = self.cast.titles.get(mention.start)
            before = self.cast.analysis.text[piece.start : title.start if title else mention.start]
            if before.strip().lower() in ("", "that") and not mention.owner:
                return frozenset([mention.voice])
        return frozenset()

    def _following(self, phrase: Phrase) -> Answer | None:
        """The person named after a pronoun in the same sentence: "In his first speech since he won, Orr …"."""
        end = self.cast.analysis.sentence(phrase.start)[1]
        gender = "male" if phrase.pronoun == "male" else "female" if phrase.pronoun == "female" else None
        if gender is None:
            return None
        for mention in self.cast.named_at(phrase.end, end):
            voice = self.cast.voices[mention.voice]
            if voice.kind == "person" and voice.gender in (gender, None) and mention.quotation is None:
                return Answer(
                    voice.number,
                    "cataphora",
                    margin=0.5,
                    weight=0.0,
                    evidence=(phrase.head, (mention.start, mention.end)),
                )
        return None

    def _first_person(self, statement: Statement, phrase: Phrase) -> Answer:
        holder = self.holder(statement)
        if holder:
            inner = self.answer(holder)
            if inner.voice is not None:
                return Answer(
                    inner.voice,
                    "first person",
                    margin=inner.margin,
                    weight=inner.weight,
                    evidence=(phrase.head, *inner.evidence),
                )
            return Answer(
                None, "first person", "whose quoted words these are isn't known", evidence=(phrase.head,)
            )
        if self.cast.analysis.quotation_at(phrase.start) is not None:
            return Answer(
                None, "first person", "whose quoted words these are isn't known", evidence=(phrase.head,)
            )
        author = find_author(self.document, self.cast)
        if author is None:
            author = self.describer.new(phrase, "unnamed")
            return Answer(author.number, "description", margin=0.5, evidence=(phrase.head,))
        return Answer(author.number, "first person", evidence=(phrase.head, *author.names[:1]))

    def _relative(self, statement: Statement, phrase: Phrase) -> Answer:
        found = before_relative(self.cast, self.evidence, self.describer, phrase)
        if found is None:
            return Answer(
                None, "relative", "what the relative pronoun stands for isn't known", evidence=(phrase.head,)
            )
        if isinstance(found, Voice):
            return Answer(found.number, "relative", evidence=(phrase.head, *found.descriptions[-1:]))
        if isinstance(found, Mention):
            return Answer(found.voice, "relative", evidence=(phrase.head, (found.start, found.end)))
        return self._described(statement, found)

    def _described(self, statement: Statement, phrase: Phrase) -> Answer:
        if phrase.shape == "unknown":
            voice = self.describer.name_unknown(phrase)
            return Answer(voice.number, "name", margin=1.0, evidence=(phrase.core,))
        chosen = None
        if (
            phrase.article == "the"
        ):  # whose something is isn't that something: the network takes "her lawyer" for her
            chosen = network_choice(self.cast, self.evidence, phrase.head[0])
        holder = self.holder(statement)
        barred = frozenset(v for v in [self.answer(holder).voice if holder else None] if v is not None)
        voice, how, weight = self.describer.resolve(phrase, chosen, barred)
        taken: How = "taken up" if how == "taken up" else "description"
        evidence = [phrase.core]
        if how == "taken up" and voice.mentions:
            earlier = next((m for m in voice.mentions if m.start != phrase.start), voice.mentions[0])
            evidence.append((earlier.start, earlier.end))
        return Answer(voice.number, taken, margin=weight, evidence=tuple(evidence))

    def target(self, statement: Statement, span: Span) -> int | None:
        """The voice that the words for whom a statement is directed at mean, ``None`` where they mean nobody who can speak."""
        phrase = take_apart(self.cast, span.start, span.end)
        if phrase is None:
            return None
        if phrase.shape == "name":
            mention = phrase.named[0]
            return None if mention.start in self.cast.doubts else mention.voice
        if phrase.shape == "names":
            return self._several(phrase).voice
        if phrase.shape == "pronoun" and phrase.pronoun in ("male", "female", "many", "thing"):
            own = self.answer(statement).voice
            return self._pronoun(
                statement, phrase, barred=frozenset() if own is None else frozenset([own])
            ).voice
        if phrase.shape == "description":
            return self.describer.known(phrase)
        return None


def _start_of(item: Range | Told) -> int:
    return item.start if isinstance(item, Told) else item[0]
