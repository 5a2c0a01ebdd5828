"""The rules of an audit, as data: which apply, how severe a breach is, what they are set to, where they come from.

A set of rules is a TOML file. Presets are beside this module; a newsroom writes its own, on top of one of them:

    extends = "ap"

    [rules.one_voice]
    severity = "serious"
    least = 5
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any, Literal, get_args

from rapidfuzz import process

from onrecord.desk.audit.values import SEVERITIES, GenreName, Severity
from onrecord.errors import SettingsError

PRESETS = ("default", "ap", "reuters")
_LARGEST = 1 << 20  # bytes of a file of rules
_OFF = "off"
_GENRES: tuple[str, ...] = get_args(GenreName)
Kind = Literal["share", "count", "words", "flag"]


@dataclass(frozen=True, slots=True)
class Setting:
    """What a rule can be set to: its kind, and what it is where a file doesn't say."""

    kind: Kind
    default: Any


SETTINGS: Mapping[str, Mapping[str, Setting]] = {
    "one_voice": {"share": Setting("share", 0.9), "least": Setting("count", 3)},
    "one_side": {"least": Setting("count", 2)},
    "date_conflict": {"days": Setting("count", 1)},
    "quantity_without_source": {
        "units": Setting("words", ("percent", "money")),
        "of": Setting("words", ()),
        "sentences": Setting("count", 1),
    },
    "accusation_without_reply": {"silence_counts": Setting("flag", True)},
    "anonymous_without_reason": {"asked_is_enough": Setting("flag", False)},
    "vague_source": {"words": Setting("words", ())},
    "anonymous_opinion": {"acts": Setting("words", ("accuse",)), "cues": Setting("words", ())},
    "distancing_by_side": {"least": Setting("count", 2)},
    "unattributed_accusation": {"sentences": Setting("count", 1)},
    "anonymous_share": {"share": Setting("share", 0.5)},
    "declined_and_anonymous": {},
    "quotation_without_source": {},
    "altered_elsewhere": {},
    "contradicted_elsewhere": {},
}
"""Every rule with its settings."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as a set has it. ``genres`` are severities for some genres; ``off`` leaves the rule out there."""

    name: str
    severity: str
    source: str
    settings: Mapping[str, Any]
    genres: Mapping[str, str] = field(default_factory=dict)

    def severity_in(self, genre: GenreName) -> Severity | None:
        """How severe a breach is in a report of this genre; ``None`` where the rule doesn't apply."""
        found = self.genres.get(genre, self.severity)
        return next((severity for severity in SEVERITIES if severity == found), None)


@dataclass(frozen=True, slots=True)
class Rules:
    """A set of rules by name."""

    name: str
    about: str
    rules: Mapping[str, Rule]


def load_rules(*chosen: str | Path) -> Rules:
    """The rules of presets and files; where several set the same, the last one counts.

    Args:
        chosen: names of presets, or paths of TOML files; the default preset where there is none.

    Raises:
        SettingsError: a preset or file that isn't there, an unknown rule or key, a value that can't be one.
    """
    found: Rules | None = None
    for one in chosen or ("default",):
        found = _load(str(one), found)
    assert found is not None
    return found


def _load(chosen: str, base: Rules | None) -> Rules:
    if chosen in PRESETS:
        text = (resources.files("onrecord.desk.audit") / "presets" / f"{chosen}.toml").read_text("utf-8")
        return _read(chosen, chosen, text, base)
    path = Path(chosen)
    try:
        if not path.is_file():
            raise SettingsError(
                f"rules {chosen!r}: expected {', '.join(PRESETS)} or a TOML file, found neither; check the name"
            )
        if path.stat().st_size > _LARGEST:
            raise SettingsError(f"{chosen}: expected a file of rules of at most 1 MB, found a larger one")
        text = path.read_text("utf-8")
    except (OSError, ValueError) as error:
        raise SettingsError(f"{chosen}: the rules can't be read: {error}") from error
    return _read(chosen, path.stem, text, base)


def _read(where: str, name: str, text: str, base: Rules | None) -> Rules:
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsError(f"{where}: expected TOML, found a mistake: {error}") from error
    _refuse_unknown(where, data, ("extends", "about", "rules"))
    extends = data.get("extends")
    if extends is not None:
        if extends not in PRESETS or extends == where:
            raise SettingsError(f"{where}: extends: expected {_listed(PRESETS)}, found {extends!r:.40}")
        base = _load(extends, base)
    elif base is None and where != "default":
        base = _load("default", None)
    rules = dict(base.rules) if base else {}
    tables = _table(where, "rules", data.get("rules", {}))
    _refuse_unknown(where, tables, tuple(SETTINGS), within="rules")
    for rule, table in tables.items():
        rules[rule] = _rule(where, rule, _table(where, f"rules.{rule}", table), rules.get(rule))
    about = data.get("about", base.about if base else "")
    if not isinstance(about, str):
        raise SettingsError(f"{where}: about: expected words, found {about!r:.40}")
    return Rules(name, about, rules)


def _rule(where: str, name: str, table: Mapping[str, Any], base: Rule | None) -> Rule:
    within, known = f"rules.{name}", SETTINGS[name]
    _refuse_unknown(where, table, ("severity", "source", "genres", *known), within=within)
    severity = table.get("severity", base.severity if base else "warning")
    _hold_severity(where, f"{within}.severity", severity)
    genres = dict(base.genres if base else {})
    given = _table(where, f"{within}.genres", table.get("genres", {}))
    _refuse_unknown(where, given, _GENRES, within=f"{within}.genres")
    for genre, value in given.items():
        _hold_severity(where, f"{within}.genres.{genre}", value)
        genres[genre] = value
    source = table.get("source", base.source if base else "")
    if not isinstance(source, str) or not source.strip():
        raise SettingsError(f"{where}: {within}.source: expected words that say where the rule comes from")
    settings = {key: setting.default for key, setting in known.items()} | dict(base.settings if base else {})
    for key in known.keys() & table.keys():
        settings[key] = _value(where, f"{within}.{key}", known[key].kind, table[key])
    return Rule(name, severity, source, settings, genres)


def _value(where: str, key: str, kind: Kind, value: Any) -> Any:
    if kind == "flag" and isinstance(value, bool):
        return value
    if kind == "share" and type(value) in (int, float) and 0 <= value <= 1:
        return float(value)
    if kind == "count" and type(value) is int and 0 <= value <= 10_000:
        return value
    if kind == "words" and isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    wanted = {
        "flag": "true or false",
        "share": "a number from 0 to 1",
        "count": "a whole number from 0 to 10,000",
        "words": "a list of words",
    }[kind]
    raise SettingsError(f"{where}: {key}: expected {wanted}, found {value!r:.60}")


def _hold_severity(where: str, key: str, value: Any) -> None:
    if value not in (_OFF, *SEVERITIES):
        raise SettingsError(f"{where}: {key}: expected {_listed((_OFF, *SEVERITIES))}, found {value!r:.40}")


def _table(where: str, key: str, value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise SettingsError(f"{where}: {key}: expected a table, found {value!r:.40}")
    return value


def _refuse_unknown(
    where: str, table: Mapping[str, Any], known: tuple[str, ...], *, within: str = ""
) -> None:
    for key in table:
        if key in known:
            continue
        near = process.extractOne(key, known, score_cutoff=60)
        hint = f"did you mean {near[0]!r}?" if near else f"known are {_listed(known)}"
        raise SettingsError(f"{where}: {within + '.' if within else ''}{key}: unknown key; {hint}")


def _listed(names: tuple[str, ...]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"
