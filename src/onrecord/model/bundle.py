"""A model bundle: a folder with ONNX graphs, a vocabulary and a manifest that says what they are and what they must hash to.

manifest.json     names, sizes, SHA-256, thresholds, calibration, training data, dev figures, licence
encoder.onnx      pieces, shapes, states, first -> word vectors, cue logits
roles.onnx        word vectors and the surroundings of each cue -> role logits, acceptance
mentions.onnx     word vectors -> names, heads of noun phrases, where these begin and end, what they are like
pairs.onnx        pairs of noun phrases -> whether they speak of the same
tokenizer.json    word pieces, lower-cased
meaning.npz       word vectors of a passage -> one vector, for search by meaning; may be absent
CARD.md           the model card
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.errors import BundleError

FORMAT = "onrecord-bundle/1"
ENGLISH = Path(__file__).parent.parent / "bundles" / "en"
GRAPHS = ("encoder.onnx", "roles.onnx", "mentions.onnx", "pairs.onnx")
PARTS = (*GRAPHS, "tokenizer.json")
EMBEDDING_FILE = "meaning.npz"
OPTIONAL_PARTS = (EMBEDDING_FILE,)


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic regression from a raw_candidate's features to the probability that it is right (Platt, 1999)."""

    features: tuple[str, ...]
    weights: tuple[float, ...]
    bias: float


@dataclass(frozen=True, slots=True)
class Bundle:
    """A checked bundle. ``threshold`` is the calibrated score under which a raw_candidate isn't a statement."""

    folder: Path
    name: str
    language: str
    threshold: float
    calibration: Calibration
    manifest: dict[str, Any]

    @property
    def version(self) -> str:
        """The name with the first digits of the manifest's hash: what ``Statement.model`` says."""
        files = {part: self.manifest["files"][part] for part in PARTS}  # what a record depends on
        digest = hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()
        return f"{self.name}@{digest[:12]}"

    def has(self, part: str) -> bool:
        """Whether it has a part that may be absent."""
        return part in self.manifest["files"]

    def path(self, part: str) -> Path:
        """Where a part lies."""
        return self.folder / part


def open_bundle(folder: Path | None = None) -> Bundle:
    """The bundle in a folder, by default the English one inside the package; every part is checked against the manifest.

    Raises:
        BundleError: no manifest, another format, a missing part, or one whose size or SHA-256 differs.
    """
    folder = ENGLISH if folder is None else folder
    manifest = _read_manifest(folder)
    for part in (*PARTS, *(part for part in OPTIONAL_PARTS if part in manifest["files"])):
        _check(folder, part, manifest["files"].get(part))
    try:
        calibration = manifest["calibration"]
        return Bundle(
            folder,
            str(manifest["name"]),
            str(manifest["language"]),
            float(manifest["threshold"]),
            Calibration(
                tuple(calibration["features"]),
                tuple(map(float, calibration["weights"])),
                float(calibration["bias"]),
            ),
            manifest,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BundleError(
            f"{folder}: the manifest lacks a field or has a wrong one ({error}); install the package again"
        ) from error


def _read_manifest(folder: Path) -> dict[str, Any]:
    path = folder / "manifest.json"
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BundleError(
            f"{folder}: expected a model bundle, found no manifest.json; name another folder or install the package again"
        ) from None
    except (OSError, ValueError) as error:
        raise BundleError(
            f"{path}: can't be read as a manifest ({error}); install the package again"
        ) from error
    if (
        not isinstance(manifest, dict)
        or manifest.get("format") != FORMAT
        or not isinstance(manifest.get("files"), dict)
    ):
        raise BundleError(
            f"{path}: expected the format {FORMAT!r}; this bundle was made for another version of onrecord"
        )
    return manifest


def _check(folder: Path, part: str, expected: object) -> None:
    path = folder / part
    if not isinstance(expected, dict) or not {"size", "sha256"} <= expected.keys():
        raise BundleError(f"{folder}: the manifest says nothing of {part}; install the package again")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BundleError(
            f"{path}: a part of the bundle can't be read ({error.strerror}); install the package again"
        ) from error
    if len(data) != expected["size"] or hashlib.sha256(data).hexdigest() != expected["sha256"]:
        raise BundleError(
            f"{path}: isn't what the manifest says (size or SHA-256 differs); install the package again"
        )
