"""The network in PyTorch: one encoder pass, a cue head on every word, a role head on the words around every cue.

The encoder is a BERT (Devlin et al., NAACL 2019) as all-MiniLM-L6-v2 has it (Wang et al., 2020), with two more input embeddings, for how a word is
written and for the quotation marks around it, which start at zero. The role head is a small Transformer over the words around one cue.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord.model.labels import (
    CUE_LABELS,
    HEAD_LABELS,
    MENTION_END_OFFSETS,
    MENTION_START_OFFSETS,
    NAME_LABELS,
    ROLE_LABELS,
)
from onrecord.model.pairs import FEATURE_SIZES
from onrecord.model.windows import Window, WordShape
from onrecord.text.quotations import QuotationState
from training.examples import pad

DISTANCES = 29

MASK_PIECE, SPECIAL_PIECES = 103, 999
"""BERT's mask, and the last of its pieces that stand for no text."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """The network's sizes; ``vocabulary`` in pieces, the rest in units."""

    vocabulary: int = 30522
    hidden: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    positions: int = 512
    role_hidden: int = 128
    role_layers: int = 2
    role_heads: int = 4
    mention_inner: int = 512
    edge_hidden: int = 64
    mention_hidden: int = 96
    dropout: float = 0.1

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


class Attention(nn.Module):
    """Multi-head self-attention over ``x`` [batch, length, hidden]; ``mask`` [batch, length] is true where there is something."""

    def __init__(self, hidden: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(hidden, hidden)
        self.key = nn.Linear(hidden, hidden)
        self.value = nn.Linear(hidden, hidden)
        self.output = nn.Linear(hidden, hidden)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, hidden = x.shape
        split = (batch, length, self.heads, hidden // self.heads)
        query, key, value = (
            layer(x).view(split).transpose(1, 2) for layer in (self.query, self.key, self.value)
        )
        mixed = F.scaled_dot_product_attention(query, key, value, attn_mask=mask[:, None, None, :])
        return self.output(mixed.transpose(1, 2).reshape(batch, length, hidden))  # type: ignore[no-any-return]


class EncoderLayer(nn.Module):
    """A layer with normalisation after each part, as in BERT."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.attention = Attention(sizes.hidden, sizes.heads)
        self.attention_norm = nn.LayerNorm(sizes.hidden, eps=1e-12)
        self.inner = nn.Linear(sizes.hidden, sizes.inner)
        self.outer = nn.Linear(sizes.inner, sizes.hidden)
        self.norm = nn.LayerNorm(sizes.hidden, eps=1e-12)
        self.dropout = nn.Dropout(sizes.dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        x = self.attention_norm(x + self.dropout(self.attention(x, mask)))
        return self.norm(x + self.dropout(self.outer(F.gelu(self.inner(x)))))  # type: ignore[no-any-return]


class Encoder(nn.Module):
    """WordPieces, shapes, states: int64 [batch, piece]; gives vectors [batch, piece, hidden]. Piece 0 is padding."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.pieces = nn.Embedding(sizes.vocabulary, sizes.hidden)
        self.positions = nn.Embedding(sizes.positions, sizes.hidden)
        self.shapes = nn.Embedding(len(WordShape), sizes.hidden)
        self.states = nn.Embedding(len(QuotationState), sizes.hidden)
        nn.init.zeros_(self.shapes.weight)
        nn.init.zeros_(self.states.weight)
        self.norm = nn.LayerNorm(sizes.hidden, eps=1e-12)
        self.dropout = nn.Dropout(sizes.dropout)
        self.layers = nn.ModuleList(EncoderLayer(sizes) for _ in range(sizes.layers))

    def forward(self, pieces: Tensor, shapes: Tensor, states: Tensor) -> Tensor:
        places = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.pieces(pieces) + self.positions(places)[None] + self.shapes(shapes) + self.states(states)
        x = self.dropout(self.norm(x))
        mask = pieces != 0
        for layer in self.layers:
            x = layer(x, mask)
        return x  # type: ignore[no-any-return]

    def load_bert(self, folder: Path) -> None:
        """Takes the weights of a BERT from ``model.safetensors``; its first token type is folded into the positions."""
        weights = load_file(folder / "model.safetensors")
        weights = {name.removeprefix("bert."): value for name, value in weights.items()}
        own = {
            "pieces.weight": weights["embeddings.word_embeddings.weight"],
            "positions.weight": weights["embeddings.position_embeddings.weight"]
            + weights["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": weights["embeddings.LayerNorm.weight"],
            "norm.bias": weights["embeddings.LayerNorm.bias"],
        }
        names = {
            "attention.query": "attention.self.query",
            "attention.key": "attention.self.key",
            "attention.value": "attention.self.value",
            "attention.output": "attention.output.dense",
            "attention_norm": "attention.output.LayerNorm",
            "inner": "intermediate.dense",
            "outer": "output.dense",
            "norm": "output.LayerNorm",
        }
        for layer in range(len(self.layers)):
            for ours, theirs in names.items():
                for part in ("weight", "bias"):
                    own[f"layers.{layer}.{ours}.{part}"] = weights[f"encoder.layer.{layer}.{theirs}.{part}"]
        missing, unexpected = self.load_state_dict(own, strict=False)
        if set(missing) != {"shapes.weight", "states.weight"} or unexpected:
            raise ValueError(f"{folder}: not the expected BERT: missing {missing}, unexpected {unexpected}")


class RoleLayer(nn.Module):
    """Neighbours first (a convolution over three words), then attention, normalisation before each part."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        hidden = sizes.role_hidden
        self.near = nn.Conv1d(hidden, hidden, 3, padding=1, groups=hidden)
        self.near_norm = nn.LayerNorm(hidden)
        self.attention = Attention(hidden, sizes.role_heads)
        self.attention_norm = nn.LayerNorm(hidden)
        self.inner = nn.Linear(hidden, 2 * hidden)
        self.outer = nn.Linear(2 * hidden, hidden)
        self.norm = nn.LayerNorm(hidden)
        self.dropout = nn.Dropout(sizes.dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        near = self.near_norm(x) * mask[..., None]
        x = x + self.near(near.transpose(1, 2)).transpose(1, 2)
        x = x + self.dropout(self.attention(self.attention_norm(x), mask))
        return x + self.dropout(self.outer(F.gelu(self.inner(self.norm(x)))))  # type: ignore[no-any-return]


class RoleHead(nn.Module):
    """Which words around a cue are its source and content, and whether it is a cue at all.

    ``vectors`` [word slot, hidden] of all windows one after the other; ``index`` int64 [cue, place] the slots around each cue; ``distance``
    int64 [cue, place] their bucketed distance; ``inside`` float32 [cue, place] 1 on the cue's own words; ``mask`` bool [cue, place].
    Gives logits [cue, place, role label] and [cue].
    """

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        hidden = sizes.role_hidden
        self.project = nn.Linear(sizes.hidden, hidden)
        self.cue = nn.Linear(sizes.hidden, hidden)
        self.distance = nn.Embedding(DISTANCES, hidden)
        self.inside = nn.Parameter(torch.zeros(hidden))
        self.layers = nn.ModuleList(RoleLayer(sizes) for _ in range(sizes.role_layers))
        self.norm = nn.LayerNorm(hidden)
        self.labels = nn.Linear(hidden, len(ROLE_LABELS))
        self.accept = nn.Linear(hidden, 1)
        self.dropout = nn.Dropout(sizes.dropout)

    def forward(
        self, vectors: Tensor, index: Tensor, distance: Tensor, inside: Tensor, mask: Tensor
    ) -> tuple[Tensor, Tensor]:
        share = (inside / inside.sum(1, keepdim=True))[..., None]
        words = self.project(vectors)[index]
        cue = (self.cue(vectors)[index] * share).sum(1)
        x = words + self.distance(distance) + inside[..., None] * self.inside + cue[:, None]
        x = self.dropout(x)
        for layer in self.layers:
            x = layer(x, mask)
        x = self.norm(x)
        return self.labels(x), self.accept((x * share).sum(1))[:, 0]


class MentionHead(nn.Module):
    """What every word, knowing its neighbours, says of names and noun phrases, from ``vectors`` [word, hidden].

    Gives name logits [word, name label]; head logits [word, head label], whether a word is the head of a noun phrase and of which kind (head words
    first, extents after: Dobrovolskii, EMNLP 2021); edges [word, 4, edge]: as a head that looks for a first word, as a first word, as a head that
    looks for a last word, as a last word, to be multiplied; parts [word, 3, mention], summed over a mention's head, first and last word; and what a
    first word's distance before its head [0 … BACK] and a last word's after it [0 … AHEAD] is worth.
    """

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.sizes = sizes
        self.dropout = nn.Dropout(sizes.dropout)
        self.near = nn.Conv1d(sizes.hidden, sizes.hidden, 5, padding=2, groups=sizes.hidden)
        self.inner = nn.Linear(sizes.hidden, sizes.mention_inner)
        self.outer = nn.Linear(sizes.mention_inner, sizes.hidden)
        nn.init.zeros_(self.outer.weight)
        nn.init.zeros_(self.outer.bias)
        self.names = nn.Sequential(nn.Linear(sizes.hidden, 192), nn.GELU(), nn.Linear(192, len(NAME_LABELS)))
        self.heads = nn.Sequential(nn.Linear(sizes.hidden, 128), nn.GELU(), nn.Linear(128, len(HEAD_LABELS)))
        self.edges = nn.Linear(sizes.hidden, 4 * sizes.edge_hidden)
        self.parts = nn.Linear(sizes.hidden, 3 * sizes.mention_hidden)
        self.before = nn.Parameter(torch.zeros(MENTION_START_OFFSETS + 1))
        self.after = nn.Parameter(torch.zeros(MENTION_END_OFFSETS + 1))

    def forward(self, vectors: Tensor) -> tuple[Tensor, ...]:
        near = vectors + self.near(vectors.T[None])[0].T
        x = self.dropout(vectors + self.outer(self.dropout(F.gelu(self.inner(near)))))
        edges = self.edges(x).view(-1, 4, self.sizes.edge_hidden)
        parts = self.parts(x).view(-1, 3, self.sizes.mention_hidden)
        return self.names(x), self.heads(x), edges, parts, self.before + 0.0, self.after + 0.0


class PairHead(nn.Module):
    """Log-odds [pair] that two mentions speak of the same, from mentions [mention, mention hidden], int64 ``left`` and ``right`` [pair], ``features`` int64 [pair, feature]."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        hidden = sizes.mention_hidden
        self.left = nn.Linear(hidden, hidden)
        self.right = nn.Linear(hidden, hidden)
        self.both = nn.Linear(hidden, hidden, bias=False)
        self.features = nn.Embedding(sum(FEATURE_SIZES), hidden)
        nn.init.normal_(self.features.weight, std=0.1)
        self.score = nn.Linear(hidden, 1)
        self.dropout = nn.Dropout(sizes.dropout)
        begins = [sum(FEATURE_SIZES[:place]) for place in range(len(FEATURE_SIZES))]
        self.register_buffer("begins", torch.tensor(begins), persistent=False)

    def forward(self, mentions: Tensor, left: Tensor, right: Tensor, features: Tensor) -> Tensor:
        x = torch.tanh(mentions)
        seen = self.features(features + self.begins).sum(1)
        hidden = self.left(x)[left] + self.right(x)[right] + self.both(x[left] * x[right]) + seen
        return self.score(self.dropout(F.gelu(hidden)))[:, 0]  # type: ignore[no-any-return]


class Network(nn.Module):
    """The encoder and its heads."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.sizes = sizes
        self.encoder = Encoder(sizes)
        self.cues = nn.Sequential(
            nn.Dropout(sizes.dropout),
            nn.Linear(sizes.hidden, 128),
            nn.GELU(),
            nn.Linear(128, len(CUE_LABELS)),
        )
        self.roles = RoleHead(sizes)
        self.mentions = MentionHead(sizes)
        self.pairs = PairHead(sizes)

    def encode(self, pieces: Tensor, shapes: Tensor, states: Tensor, first: Tensor) -> tuple[Tensor, Tensor]:
        """Word vectors [batch, word, hidden] and cue logits [batch, word, cue label]; ``first`` int64 [batch, word] as in a Window."""
        hidden = self.encoder(pieces, shapes, states)
        index = first[..., None].expand(-1, -1, hidden.shape[-1])
        vectors = hidden.gather(1, index)
        return vectors, self.cues(vectors)

    def encode_windows(
        self, windows: Sequence[Window], device: torch.device, *, hide: float = 0.0
    ) -> tuple[Tensor, Tensor]:
        """``encode`` of windows, padded; ``hide`` is the share of pieces whose identity is masked, at random."""
        pieces, shapes, states, first = (
            torch.from_numpy(pad([getattr(window, name) for window in windows], 0)).to(device)
            for name in ("pieces", "shapes", "states", "first")
        )
        if hide:
            pieces[(torch.rand(pieces.shape, device=device) < hide) & (pieces > SPECIAL_PIECES)] = MASK_PIECE
        return self.encode(pieces, shapes, states, first)

    def parameter_groups(
        self, *, encoder_rate: float, head_rate: float, decay: float
    ) -> list[dict[str, Any]]:
        """Groups for an optimiser: weights decay, biases, normalisations and embeddings of features don't."""
        groups: dict[tuple[bool, bool], list[nn.Parameter]] = {}
        for name, parameter in self.named_parameters():
            plain = parameter.ndim < 2 or ".shapes." in name or ".states." in name
            fast = not name.startswith("encoder.") or ".shapes." in name or ".states." in name
            groups.setdefault((fast, plain), []).append(parameter)
        return [
            {
                "params": parameters,
                "lr": head_rate if fast else encoder_rate,
                "weight_decay": 0.0 if plain else decay,
            }
            for (fast, plain), parameters in groups.items()
        ]


def count_weights(module: nn.Module) -> int:
    """How many weights a module has."""
    return sum(math.prod(parameter.shape) for parameter in module.parameters())
