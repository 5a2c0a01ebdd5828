"""The bundle is what it says, and the decoder gives well-formed runs whatever the scores."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import BundleError
from onrecord.model.bundle import ENGLISH, PARTS, open_bundle
from onrecord.model.cue_context import cue_contexts
from onrecord.model.decoding import allowed_transitions, find_cues, role_spans, softmax, viterbi_paths
from onrecord.model.labels import (
    ROLE_LABELS,
    ROLES,
    WORDS_AFTER_CUE,
    WORDS_BEFORE_CUE,
    role_label,
    span_positions,
)

LIMIT_MB = 30


def test_the_shipped_bundle_is_whole_and_small() -> None:
    bundle = open_bundle()
    assert sum(path.stat().st_size for path in ENGLISH.iterdir()) <= LIMIT_MB * 1_000_000
    assert bundle.version.startswith("en")
    assert "Apache-2.0" in (ENGLISH / "CARD.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("damage", ["missing", "changed"])
def test_a_damaged_bundle_is_refused_by_name(tmp_path: Path, part: str, damage: str) -> None:
    folder = tmp_path / "bundle"
    shutil.copytree(ENGLISH, folder)
    if damage == "missing":
        (folder / part).unlink()
    else:
        data = bytearray((folder / part).read_bytes())
        data[len(data) // 2] ^= 1
        (folder / part).write_bytes(data)
    with pytest.raises(BundleError, match=part):
        open_bundle(folder)


@pytest.mark.parametrize("manifest", ["", "{}", "[]", '{"format": "onrecord-bundle/9", "files": {}}'])
def test_a_wrong_manifest_is_refused(tmp_path: Path, manifest: str) -> None:
    (tmp_path / "manifest.json").write_text(manifest)
    with pytest.raises(BundleError, match=r"manifest\.json"):
        open_bundle(tmp_path)


def test_a_manifest_without_a_field_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "bundle"
    shutil.copytree(ENGLISH, folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    del manifest["threshold"]
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(BundleError, match="threshold"):
        open_bundle(folder)


@given(st.integers(0, 2**32 - 1), st.integers(1, 4), st.integers(1, 30))
def test_every_best_path_is_well_formed_and_none_beats_it_by_a_label(
    seed: int, cues: int, length: int
) -> None:
    random = np.random.default_rng(seed)
    scores = np.log(softmax(3 * random.standard_normal((cues, length, len(ROLE_LABELS))).astype(np.float32)))
    lengths = random.integers(1, length + 1, cues)
    mask = np.arange(length)[None, :] < lengths[:, None]
    paths = viterbi_paths(scores, mask)
    allowed = allowed_transitions(len(ROLE_LABELS))
    for path, own, size in zip(paths, scores, lengths, strict=True):
        labels = path[:size].tolist()
        assert path[size:].tolist() == [-1] * (length - size)
        assert all(allowed[left, right] for left, right in zip([0, *labels], [*labels, 0], strict=True))
        total = own[np.arange(size), labels].sum()
        for place in range(size):  # no single label changed gives a better well-formed path
            for label in range(len(ROLE_LABELS)):
                other = [*labels[:place], label, *labels[place + 1 :]]
                if all(allowed[left, right] for left, right in zip([0, *other], [*other, 0], strict=True)):
                    assert own[np.arange(size), other].sum() <= total + 1e-4


def test_runs_are_what_labels_say() -> None:
    path = [0]
    for role, length in (("source", 2), ("cue", 1), ("content", 4)):
        path += [role_label(role, place) for place in span_positions(length)]
    runs = role_spans([*path, 0])
    assert {role: runs[role] for role in ROLES} == {"source": [(1, 3)], "cue": [(3, 4)], "content": [(4, 8)]}


def test_cues_begin_and_go_on() -> None:
    outside, begin, inside = [0.9, 0.05, 0.05], [0.1, 0.8, 0.1], [0.1, 0.1, 0.8]
    probabilities = np.array([outside, begin, inside, outside, begin, begin], dtype=np.float32)
    assert [cue[:2] for cue in find_cues(probabilities)] == [(1, 3), (4, 5), (5, 6)]


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(1, 3)), min_size=1, max_size=5))
def test_surroundings_stay_in_the_window(cues: list[tuple[int, int]]) -> None:
    contexts = cue_contexts([(first, first + size, 0, 404) for first, size in cues])
    assert contexts.index.max() < 404
    assert contexts.index.shape[1] <= WORDS_BEFORE_CUE + WORDS_AFTER_CUE
    assert (contexts.inside.sum(1) == [size for _, size in cues]).all()
    assert contexts.distance.min() >= 0
    assert contexts.distance.max() < 29
