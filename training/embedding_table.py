"""The piece vectors that an encoder begins with, in its ONNX file."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import onnx
from numpy.typing import NDArray

from onrecord.model.embedding import DTYPES


@dataclass(frozen=True, slots=True)
class Table:
    """The piece vectors in an encoder's file: ``numbers`` [piece, hidden] begin at ``offset``, ``zero`` of them is nothing and ``scale`` is one."""

    numbers: NDArray[Any]
    offset: int
    zero: float
    scale: float


def find_table(encoder: Path) -> Table:
    """The table of piece vectors of an ONNX encoder.

    Raises:
        LookupError: it isn't there, or not once.
    """
    tensors = {tensor.name: tensor for tensor in onnx.load(str(encoder)).graph.initializer}
    name = next(name for name in tensors if re.search(r"encoder\.pieces\.weight(_quantized)?$", name))
    numbers, data = onnx.numpy_helper.to_array(tensors[name]), tensors[name].raw_data
    file = encoder.read_bytes()
    if numbers.dtype.name not in DTYPES or file.count(data) != 1:
        raise LookupError(
            f"{encoder}: expected {name} once, as {', '.join(DTYPES)}, found {file.count(data)} as {numbers.dtype}"
        )
    stem = name.removesuffix("_quantized")
    zero, scale = (
        float(onnx.numpy_helper.to_array(tensors[key])) if (key := f"{stem}_{part}") in tensors else value
        for part, value in (("zero_point", 0.0), ("scale", 1.0))
    )
    return Table(numbers, file.find(data), zero, scale)


def place_table(encoder: Path) -> dict[str, str | int | float]:
    """What a manifest says of where an encoder has its piece vectors."""
    table = find_table(encoder)
    return {
        "encoder": hashlib.sha256(encoder.read_bytes()).hexdigest(),
        "dtype": table.numbers.dtype.name,
        "offset": table.offset,
        "zero": table.zero,
        "scale": table.scale,
    }
