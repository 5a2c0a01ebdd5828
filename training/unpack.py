"""The weights inside a bundle's ONNX graphs, as a network to go on training from; int8 weights come back as the numbers they stand for."""

from __future__ import annotations

import copy
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor

from training.export import write_graphs
from training.network import Network

Arrays = dict[str, NDArray[np.generic]]


def start_from_bundle(network: Network, bundle: Path) -> list[str]:
    """Gives the network the weights that a bundle's graphs hold, and returns the names of those that they don't.

    Which number of a graph is which weight is told by exporting a copy with noise for weights, which no two tensors share, under the same names.
    """
    found: dict[str, Tensor] = {}
    noisy = copy.deepcopy(network).eval()
    with torch.no_grad():
        for parameter in noisy.parameters():
            parameter.normal_()
    own = {name: value.detach().clone() for name, value in noisy.state_dict().items()}
    with tempfile.TemporaryDirectory() as folder:
        for graph in write_graphs(noisy, Path(folder)):
            if (bundle / graph.name).exists():
                found |= _matched(own, _arrays(graph), _arrays(bundle / graph.name))
    missing = sorted(own.keys() - found.keys())
    network.load_state_dict(network.state_dict() | found)
    return missing


def _matched(own: dict[str, Tensor], fresh: Arrays, stored: Arrays) -> dict[str, Tensor]:
    by_value = {_print_of(value.numpy()): (name, False) for name, value in own.items()}
    by_value |= {_print_of(value.numpy().T): (name, True) for name, value in own.items() if value.ndim == 2}
    found: dict[str, Tensor] = {}
    for label, array in fresh.items():
        if (match := by_value.get(_print_of(array))) is None:
            continue
        name, turned = match
        if label in stored:
            value = stored[label].T if turned else stored[label]
            found[name] = torch.from_numpy(np.array(value, order="C"))
    return found


def _print_of(array: NDArray[np.generic]) -> tuple[tuple[int, ...], bytes]:
    return array.shape, np.ascontiguousarray(array).tobytes()[:4096]


def _arrays(path: Path) -> Arrays:
    """The numbers of a graph by name; a product's by the name of its node, since theirs are only counted."""
    graph = onnx.load(str(path)).graph
    raw = {initializer.name: numpy_helper.to_array(initializer) for initializer in graph.initializer}
    arrays: Arrays = {}
    for name in raw:
        base = name.removesuffix("_quantized")
        if not name.endswith(("_scale", "_zero_point")):
            arrays[base] = _value_of(base, raw)
    for node in graph.node:
        base = node.input[1].removesuffix("_quantized") if "MatMul" in node.op_type else ""
        if base in arrays:
            arrays[node.name.removesuffix("_quant")] = arrays.pop(base)
    return arrays


def _value_of(name: str, raw: Arrays) -> NDArray[np.generic]:
    if name in raw:
        return raw[name]
    quantized, zero = (raw[f"{name}_{part}"].astype(np.float32) for part in ("quantized", "zero_point"))
    return np.asarray((quantized - zero) * raw[f"{name}_scale"], dtype=np.float32)
