"""How well chains of mentions agree: MUC, B³, CEAF-e, and their mean, the CoNLL score.

A chain is a set of mentions of one thing; mentions are compared by equality. By the definitions that Pradhan et al. (ACL 2014) settled:
MUC counts links (Vilain et al., 1995), B³ mentions (Bagga and Baldwin, 1998), CEAF-e best pairs of chains by the overlap φ4 (Luo, 2005). Each is
kept as sums over documents, of which precision and recall are the quotients.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Mention = Hashable
Chain = frozenset[Mention]


@dataclass(frozen=True, slots=True)
class Sums:
    """What a measure adds up: precision is ``right_of_found / found``, recall ``right_of_gold / gold``."""

    right_of_found: float = 0.0
    found: float = 0.0
    right_of_gold: float = 0.0
    gold: float = 0.0

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.right_of_found + other.right_of_found,
            self.found + other.found,
            self.right_of_gold + other.right_of_gold,
            self.gold + other.gold,
        )

    @property
    def precision(self) -> float:
        """From 0 to 1."""
        return self.right_of_found / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """From 0 to 1."""
        return self.right_of_gold / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """From 0 to 1."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def muc(gold: Collection[Chain], found: Collection[Chain]) -> Sums:
    """Links that would have to be added: a chain of n mentions has n - 1, less one for each part the other side breaks it into.

    >>> sums = muc([frozenset("abc"), frozenset("defg")], [frozenset("ab"), frozenset("cd"), frozenset("fgh")])
    >>> round(sums.recall, 2), round(sums.precision, 2)
    (0.4, 0.5)
    """
    right_of_gold, total_gold = _links(gold, found)
    right_of_found, total_found = _links(found, gold)
    return Sums(right_of_found, total_found, right_of_gold, total_gold)


def _links(chains: Collection[Chain], others: Collection[Chain]) -> tuple[float, float]:
    where = _places(others)
    right = total = 0
    for chain in chains:
        parts = {where[mention] for mention in chain if mention in where}
        alone = sum(mention not in where for mention in chain)
        right += len(chain) - len(parts) - alone
        total += len(chain) - 1
    return right, total


def b_cubed(gold: Collection[Chain], found: Collection[Chain]) -> Sums:
    """For each mention the share of its chain that is in its chain on the other side."""
    right_of_gold, total_gold = _shares(gold, found)
    right_of_found, total_found = _shares(found, gold)
    return Sums(right_of_found, total_found, right_of_gold, total_gold)


def _shares(chains: Collection[Chain], others: Collection[Chain]) -> tuple[float, float]:
    where = _places(others)
    right = total = 0.0
    for chain in chains:
        overlaps = Counter(where[mention] for mention in chain if mention in where)
        right += sum(count * count for count in overlaps.values()) / len(chain)
        total += len(chain)
    return right, total


def ceaf_e(gold: Sequence[Chain], found: Sequence[Chain]) -> Sums:
    """The best one-to-one pairs of chains by φ4, twice the mentions they share over the mentions of both."""
    where = _places(found)
    shared: dict[tuple[int, int], int] = Counter(
        (place, where[mention]) for place, chain in enumerate(gold) for mention in chain if mention in where
    )
    alike = {(g, f): 2 * count / (len(gold[g]) + len(found[f])) for (g, f), count in shared.items()}
    best = sum(_best_pairs(part) for part in _parts(alike))
    return Sums(best, len(found), best, len(gold))


def _places(chains: Collection[Chain]) -> dict[Mention, int]:
    return {mention: place for place, chain in enumerate(chains) for mention in chain}


Alike = dict[tuple[int, int], float]


def _parts(alike: Alike) -> list[Alike]:
    """Pairs of chains that have to do with each other, apart from those that don't: each part is solved by itself."""
    root: dict[tuple[str, int], tuple[str, int]] = {}

    def find(node: tuple[str, int]) -> tuple[str, int]:
        root.setdefault(node, node)
        while root[node] != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for g, f in alike:
        root[find(("g", g))] = find(("f", f))
    parts: dict[tuple[str, int], Alike] = defaultdict(dict)
    for (g, f), value in alike.items():
        parts[find(("g", g))][g, f] = value
    return list(parts.values())


def _best_pairs(alike: Alike) -> float:
    """The greatest sum of values over one-to-one pairs."""
    rows = sorted({g for g, _ in alike})
    columns = sorted({f for _, f in alike})
    values = np.zeros((len(rows), len(columns)))
    for (g, f), value in alike.items():
        values[rows.index(g), columns.index(f)] = value
    if values.shape[0] > values.shape[1]:
        values = values.T
    pairs = assign(-values)
    return float(sum(values[row, column] for row, column in enumerate(pairs)))


def assign(costs: NDArray[np.float64]) -> list[int]:
    """The column of each row in the cheapest assignment (Kuhn, 1955; Munkres, 1957), by shortest augmenting paths.

    Args:
        costs: float64 [row, column], no more rows than columns.

    >>> assign(np.array([[4.0, 1.0, 3.0], [2.0, 0.0, 5.0], [3.0, 2.0, 2.0]]))
    [1, 0, 2]
    """
    count, width = costs.shape
    row_price, column_price = np.zeros(count + 1), np.zeros(width + 1)
    owner = np.zeros(width + 1, dtype=int)
    for row in range(1, count + 1):
        owner[0] = row
        column = 0
        least = np.full(width + 1, np.inf)
        came_from = np.zeros(width + 1, dtype=int)
        used = np.zeros(width + 1, dtype=bool)
        while owner[column]:
            used[column] = True
            at = owner[column]
            step = costs[at - 1] - row_price[at] - column_price[1:]
            better = ~used[1:] & (step < least[1:])
            least[1:][better] = step[better]
            came_from[1:][better] = column
            free = np.where(used[1:], np.inf, least[1:])
            following = int(free.argmin()) + 1
            delta = free[following - 1]
            row_price[owner[used]] += delta
            column_price[used] -= delta
            least[~used] -= delta
            column = following
        while column:
            owner[column] = owner[came_from[column]]
            column = int(came_from[column])
    out = [0] * count
    for column in range(1, width + 1):
        if owner[column]:
            out[owner[column] - 1] = column - 1
    return out
