"""Writes trained weights as a bundle of ONNX graphs, in full precision or int8.

    python -m training.export --weights runs/first/epoch-5.safetensors --base MINILM_FOLDER --out BUNDLE [--precision int8]

int8 is dynamic: weights per channel, activations per batch. Embeddings are int8 too.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from safetensors.torch import load_file
from torch import Tensor, nn

from onrecord.model.bundle import EMBEDDING_FILE, FORMAT, GRAPHS, OPTIONAL_PARTS, PARTS
from onrecord.model.pairs import FEATURE_SIZES
from training.embedding_table import place_table
from training.network import Network, Sizes

OPSET = 17


class _Encode(nn.Module):
    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, shapes: Tensor, states: Tensor, first: Tensor) -> tuple[Tensor, Tensor]:
        return self.network.encode(pieces, shapes, states, first)


def load_network(weights: Path) -> Network:
    """The network of a file of weights, ready to read."""
    tensors = load_file(weights)
    network = Network(Sizes(vocabulary=tensors["encoder.pieces.weight"].shape[0]))
    network.load_state_dict(tensors)
    return network.eval()


def export(network: Network, tokenizer: Path, out: Path, *, precision: str) -> None:
    """Writes graphs, vocabulary and a manifest with neutral calibration, to be fitted by ``training.evaluate``."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for graph in write_graphs(network, Path(folder)):
            finish(graph, out / graph.name, precision)
    _write_tokenizer(tokenizer, out / "tokenizer.json")
    manifest = {
        "format": FORMAT,
        "name": "en",
        "language": "en",
        "precision": precision,
        "threshold": 0.0,
        "calibration": {"features": [], "weights": [], "bias": 4.0},
        "sizes": network.sizes.to_dict(),
    }
    write_manifest(out, manifest)


def write_graphs(network: Network, folder: Path) -> list[Path]:
    """Writes the network's graphs in full precision, and returns where they lie."""
    ids = torch.ones(2, 7, dtype=torch.int64)
    first = torch.arange(1, 6)[None].repeat(2, 1)
    index = torch.arange(4)[None].repeat(3, 1)
    inside = torch.tensor([[0.0, 1.0, 0.0, 0.0]]).repeat(3, 1)
    words = torch.randn(9, network.sizes.hidden)
    mention, pair = torch.arange(3), torch.zeros(2, len(FEATURE_SIZES), dtype=torch.int64)
    paths = [folder / name for name in GRAPHS]
    to_graph(
        _Encode(network),
        (ids, ids % 2, ids % 2, first),
        paths[0],
        {"pieces": "bp", "shapes": "bp", "states": "bp", "first": "bw"},
        {"vectors": "bw.", "cues": "bw."},
    )
    to_graph(
        network.roles,
        (words, index, index, inside, index >= 0),
        paths[1],
        {"vectors": "t.", "index": "cn", "distance": "cn", "inside": "cn", "mask": "cn"},
        {"labels": "cn.", "accept": "c"},
    )
    to_graph(
        network.mentions,
        (words,),
        paths[2],
        {"vectors": "t."},
        {"names": "t.", "heads": "t.", "edges": "t..", "parts": "t..", "before": ".", "after": "."},
    )
    to_graph(
        network.pairs,
        (words[:3, : network.sizes.mention_hidden], mention[:2], mention[1:], pair),
        paths[3],
        {"mentions": "m.", "left": "p", "right": "p", "features": "p."},
        {"links": "p"},
    )
    return paths


def write_manifest(folder: Path, manifest: dict[str, Any]) -> None:
    """Writes the manifest of a bundle's folder, with the sizes and hashes of its parts as they lie there."""
    present = [part for part in OPTIONAL_PARTS if (folder / part).exists()]
    files = {part: (folder / part).read_bytes() for part in (*PARTS, *present)}
    manifest["files"] = {
        part: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()} for part, data in files.items()
    }
    if EMBEDDING_FILE in files:
        manifest["meaning"] = place_table(folder / "encoder.onnx")
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def to_graph(
    module: nn.Module, inputs: Sequence[Tensor], path: Path, names: dict[str, str], outputs: dict[str, str]
) -> None:
    axes = {
        name: {
            place: f"{name[:1]}_{letter}" if letter == "?" else letter
            for place, letter in enumerate(letters)
            if letter != "."
        }
        for name, letters in (names | outputs).items()
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module.eval(),
            tuple(inputs),
            str(path),
            input_names=list(names),
            output_names=list(outputs),
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )


INT8 = ("encoder", "mentions")
"""The graphs that int8 makes smaller or faster; the products of the others are too small."""


def finish(source: Path, target: Path, precision: str) -> None:
    """Writes a graph in the precision of its bundle."""
    if precision == "int8" and source.stem in INT8:
        to_int8(source, target)
    else:
        shutil.copyfile(source, target)


def to_int8(source: Path, target: Path) -> None:
    """Writes a graph with int8 weights, by channel, and activations that are scaled as they come."""
    prepared = source.with_suffix(".prepared.onnx")
    quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
    quantize_dynamic(str(prepared), str(target), weight_type=QuantType.QInt8, per_channel=True)
    onnx.checker.check_model(str(target))


def _write_tokenizer(source: Path, target: Path) -> None:
    tokenizer = json.loads(source.read_text(encoding="utf-8"))
    tokenizer["truncation"] = tokenizer["padding"] = None
    target.write_text(json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument(
        "--base", type=Path, required=True, help="the folder with the base encoder's tokenizer.json"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--precision", choices=("int8", "fp32"), default="int8")
    options = parser.parse_args()
    export(
        load_network(options.weights),
        options.base / "tokenizer.json",
        options.out,
        precision=options.precision,
    )
    for part in PARTS:
        print(f"{part}: {(options.out / part).stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
