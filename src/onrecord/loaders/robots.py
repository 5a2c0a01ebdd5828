"""robots.txt: what a site asks programs not to read (RFC 9309).

The standard library's parser takes the first rule that fits and knows no wildcards; by the RFC the longest rule wins, and sites
rely on both. Patterns are matched in linear time, as they are the site's to choose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

_LONGEST_PATH = 4_000  # characters
_ESCAPE = re.compile("%[0-9A-Fa-f]{2}")


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules for one program: (whether it may, pattern)."""

    rules: tuple[tuple[bool, str], ...]

    def allows(self, path: str) -> bool:
        """Whether the path (with its query) may be read: the longest pattern that fits decides, and a tie is a yes."""
        path = _normal(path[:_LONGEST_PATH]) or "/"
        if path == "/robots.txt":
            return True
        longest, verdict = -1, True
        for allowed, pattern in self.rules:
            if len(pattern) < longest or (len(pattern) == longest and verdict):
                continue
            if _fits(pattern, path):
                longest, verdict = len(pattern), allowed
        return verdict


ALL_ALLOWED = Rules(())


def parse_robots(text: str, *, agent: str) -> Rules:
    """The rules of the groups that name the program, else of the groups for all.

    Args:
        text: the file's content.
        agent: the program's token, such as ``onrecord``.

    >>> rules = parse_robots("User-agent: *\\nDisallow: /a\\nAllow: /a/b*.html$", agent="onrecord")
    >>> rules.allows("/a/x"), rules.allows("/a/by.html"), rules.allows("/b")
    (False, True, True)
    """
    groups: dict[str, list[tuple[bool, str]]] = {}
    agents: list[str] = []
    in_rules = False
    for line in text.removeprefix("\ufeff").splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            if in_rules:
                agents, in_rules = [], False
            name = value.partition("/")[0].strip().lower()
            agents.append(name)
            groups.setdefault(name, [])
        elif key in ("allow", "disallow"):
            in_rules = True
            if value:
                for name in agents:
                    groups[name].append((key == "allow", _normal(value)))
    rules = groups.get(agent.lower(), groups.get("*", []))
    return Rules(tuple(rules))


def _fits(pattern: str, path: str) -> bool:
    ends = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    if not rest:
        return not ends or len(path) == len(first)
    place = len(first)
    for part in rest[:-1]:
        found = path.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    last = rest[-1]
    if ends:
        return len(path) - len(last) >= place and path.endswith(last)
    return path.find(last, place) >= 0


def _normal(path: str) -> str:
    """One way of writing each character: escapes of plain characters undone, others in uppercase letters."""
    kept = "/?&=:;,@!$'()*+~._-%#[]"
    quoted = quote(path, safe=kept, errors="replace")
    return _ESCAPE.sub(lambda match: _plain(match.group()), quoted)


def _plain(escape: str) -> str:
    character = unquote(escape, errors="replace")
    return (
        character if character.isascii() and (character.isalnum() or character in "-._~") else escape.upper()
    )
