"""Towns and villages of GeoNames, packed: arrays that are read in one go, and names found by their hash.

The table (``data/cities.npz``, made by ``training/gazetteer.py``) has all 170,000 places of 1,000 people or more. Towns, those of
15,000 people or more and capitals, come first; they are known by their other names too.
"""

from __future__ import annotations

import functools
import hashlib
import json
from dataclasses import dataclass
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import BundleError

TABLE = "cities.npz"


@dataclass(frozen=True, slots=True)
class Cities:
    """The table; a place is a row.

    Args:
        keys: uint64 [name], sorted: ``hash_of`` each name, as often as places go by it.
        rows: int32 [name]: the place of the name.
        towns: how many of the rows are towns; villages follow.
        latitude, longitude: float32 [place], degrees.
        geonames: int32 [place], GeoNames' id; ``population``: int32 [place], people; ``capital``: bool [place].
        country: [place], ISO 3166-1 alpha-2; ``admin``: [place], GeoNames' code of the first-level division.
        names: UTF-8 of all names, and ``ends``: int32 [place], where each ends.
        openings: the first word of towns' names that may have more than two words (an article counts), and how many at most.
    """

    keys: NDArray[np.uint64]
    rows: NDArray[np.int32]
    towns: int
    latitude: NDArray[np.float32]
    longitude: NDArray[np.float32]
    geonames: NDArray[np.int32]
    population: NDArray[np.int32]
    capital: NDArray[np.bool_]
    country: Codes
    admin: Codes
    names: bytes
    ends: NDArray[np.int32]
    openings: dict[str, int]

    def find(self, name: str, *, villages: bool) -> list[int]:
        """The rows of the towns, or of the villages, that go by a name as ``hash_of`` takes it."""
        key = np.uint64(hash_of(name))
        first, last = self.keys.searchsorted(key, "left"), self.keys.searchsorted(key, "right")
        return [row for row in self.rows[first:last].tolist() if (row >= self.towns) == villages]

    def name(self, row: int) -> str:
        """The name of a place."""
        start = int(self.ends[row - 1]) if row else 0
        return self.names[start : int(self.ends[row])].decode("utf-8")

    def nearest(self, latitude: float, longitude: float) -> int:
        """The row of the town nearest to a point, as the crow flies."""
        size = self.towns
        phi, psi = np.radians(self.latitude[:size].astype(np.float64)), np.radians(latitude)
        across = np.radians(self.longitude[:size].astype(np.float64) - longitude)
        half = np.sin((phi - psi) / 2) ** 2 + np.cos(phi) * np.cos(psi) * np.sin(across / 2) ** 2
        return int(half.argmin())


@dataclass(frozen=True, slots=True)
class Codes:
    """A column of few different words: ``index`` [place] into ``words``."""

    words: tuple[str, ...]
    index: NDArray[np.uint16]

    def __getitem__(self, row: int) -> str:
        """The word of a row."""
        return self.words[int(self.index[row])]


def is_exact(name: str) -> bool:
    """Whether a name is looked up just as it is written, under ``"=" + name``: short ones, capitals and abbreviations."""
    return len(name) <= 3 or (name.endswith(".") and not name.startswith("St")) or name.isupper()


def hash_of(name: str) -> int:
    """The first 64 bits of a name's BLAKE2b; no two names of the table share them (the packer makes sure)."""
    digest = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big")


@functools.lru_cache(maxsize=1)
def load_cities() -> Cities:
    """The table.

    Raises:
        BundleError: it is missing or broken.
    """
    path = resources.files(__package__) / "data" / TABLE
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as data:
            codes = json.loads(data["codes"].tobytes())
            return Cities(
                keys=data["keys"],
                rows=data["rows"],
                towns=int(codes["towns"]),
                latitude=data["latitude"],
                longitude=data["longitude"],
                geonames=data["geonames"],
                population=data["population"],
                capital=data["capital"],
                country=Codes(tuple(codes["countries"]), data["country"]),
                admin=Codes(tuple(codes["admins"]), data["admin"]),
                names=data["names"].tobytes(),
                ends=data["ends"],
                openings=codes["openings"],
            )
    except (OSError, ValueError, KeyError) as error:
        raise BundleError(
            f"expected towns and villages in {TABLE}, found none that can be read ({error}); install again"
        ) from None
