"""Closed classes of English words that the finders lean on, and small rules of form."""

from __future__ import annotations


def words(text: str) -> tuple[str, ...]:
    """The words of a list that is written as a text."""
    return tuple(text.split())


DETERMINERS = frozenset(
    words("a an the this that these those my your his her its our their each every some any no all both")
)
PREPOSITIONS = frozenset(
    words(
        "about above across after against along amid among around as at before behind below beneath beside "
        "besides between beyond by despite during except for from in inside into like near of off on onto out "
        "outside over past per plus since than through throughout till to toward towards under until up upon "
        "versus via vs with within without down ahead apart because due"
    )
)
CONJUNCTIONS = frozenset(
    words(
        "and or but nor so yet if when while where whereas although though unless whether that which who whom "
        "whose what why how"
    )
)
PRONOUNS = frozenset(
    words(
        "i you he she it we they me him them us mine yours hers ours theirs myself himself herself itself "
        "themselves one's"
    )
)
AUXILIARIES = frozenset(
    words(
        "is are was were be been being am has have had having do does did will would shall should can could "
        "may might must cannot ll ve re isn wasn aren weren hasn haven hadn doesn don didn won wouldn couldn "
        "shouldn"
    )
)
ADVERBS = frozenset(
    words(
        "not also just only still already now then here there ever never again too very so even later earlier "
        "ago today yesterday tomorrow currently nearly almost instead together apart away back each "
        "altogether annually daily once twice alone overall respectively apiece total yesterday tonight "
        "recently soon"
    )
)
# Past forms that don't end in -ed.
PAST = frozenset(
    words(
        "was were had did said told went came got gave made took saw knew thought found left felt became "
        "began brought built bought caught chose cost cut drew drove ate fell fought flew forgot froze grew "
        "held heard hit kept laid led lent let lit lost meant met paid put quit read rode rose ran sold sent "
        "set shook shot showed shut sang sank sat slept slid spoke spent split spread stood stole struck swam "
        "swore swept taught tore threw understood woke wore won wrote withdrew overcame overthrew undertook "
        "shrank sought slashed sprang stuck swung wound burst bid broke dealt dug fed fled hung hid hurt "
        "leapt sped spun bore bound beat bent forced arose awoke underwent foresaw overtook retook upheld "
        "rebuilt resold"
    )
)
PRESENT = frozenset(
    words(
        "says say tells tell goes go comes come gets get gives give makes make takes take sees see knows know "
        "thinks think finds find leaves feels feel becomes become begins begin brings bring falls fall rises "
        "rise grows grow runs run sells sell shows show stands stand remain remains live lives die dies work "
        "play want wants need needs expect expects believe believes plan plans hope hopes seem seems mean "
        "means keep keeps include includes face faces turn turns lie lies exist exists qualify follow follows"
    )
)
FUTURE = frozenset(words("will shall ll would could may might must can should cannot"))
STOPPERS = DETERMINERS | PREPOSITIONS | CONJUNCTIONS | PRONOUNS | AUXILIARIES | ADVERBS | PAST | PRESENT

PLURALS = frozenset(
    words(
        "people men women children police staff troops personnel cattle sheep fish aircraft species feet "
        "teeth mice geese deer lives wives knives policemen policewomen firemen fishermen businessmen "
        "congressmen servicemen gunmen tribesmen militiamen spokesmen countrymen lawmakers crew clergy "
        "livestock poultry youth media data criteria alumni phenomena dead headquarters crossroads series "
        "offspring salmon trout"
    )
)
NOT_PLURAL = frozenset(
    words(
        "this as is was has us its his yes thus plus less across previous various serious press loss class "
        "boss mass gas bus business process success access progress congress address illness crisis analysis "
        "basis virus status campus census consensus focus surplus bonus famous religious dangerous always "
        "perhaps"
    )
)
INNER = frozenset(
    words(
        "sports arms sales systems operations customs news savings communications human women men children "
        "people's goods rights drugs games earnings"
    )
)
CASUALTIES = frozenset(
    words(
        "killed wounded injured dead missing arrested displaced hurt detained hospitalised hospitalized "
        "infected rescued trapped homeless"
    )
)
PARTICIPLES = frozenset(
    words(
        "armed masked unarmed wounded injured displaced elected appointed retired unidentified unnamed "
        "alleged suspected registered licensed organized organised trained skilled united so-called disabled "
        "detained jailed convicted accused infected confirmed reported related unrelated planned proposed "
        "used dedicated gifted added hundred sacred abandoned damaged destroyed connected automated combined "
        "estimated required limited fixed listed unlisted qualified married unmarried coal-fired"
    )
)


def plural(word: str) -> bool:
    """Whether a word in lower case looks like a plural noun.

    >>> plural("villages"), plural("people"), plural("boss")
    (True, True, False)
    """
    return word in PLURALS or (
        len(word) > 2 and word[-1] == "s" and word[-2] != "s" and word not in NOT_PLURAL
    )


def singular(word: str) -> str:
    """The singular of a noun in lower case, by rule.

    >>> singular("cities"), singular("boxes"), singular("homes"), singular("people")
    ('city', 'box', 'home', 'people')
    """
    if word in ("men", "women", "children", "feet", "lives", "wives", "knives"):
        return {"men": "man", "women": "woman", "children": "child", "feet": "foot"}.get(
            word, word[:-3] + "fe"
        )
    if word.endswith("men") and len(word) > 4:
        return word[:-3] + "man"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-1] if plural(word) and word.endswith("s") else word
