"""The static embedding model: one table, composed while training, folded to a plain matrix afterwards."""
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

import text
from settings import DIMS
from unigram import SPECIAL

TRAIN_BLEND = (0.5, 0.5)  # share of the characters, exponent: their sum / count ** exponent
FOLD_BLEND = (0.35, 0.3)


def _features(token):
    """Parts of a token: characters and bigrams of Chinese, 3-5-grams of a word."""
    if text.has_cjk(token):
        grams = ["b" + token[i:i + 2] for i in range(len(token) - 1)] if len(token) > 2 else []
        return ["c" + char for char in token] + grams
    if token.isalpha():
        edged = f"<{token}>"
        return ["n" + edged[i:i + n] for n in (3, 4, 5) for i in range(len(edged) - n + 1)] + ["w" + token]
    return ["c" + char for char in token]


def incidence(tokens):
    """Fixed sparse matrix token -> parts, 1/sqrt(parts); parts of one token only are left out."""
    parts, rows, cols, weights = {}, [], [], []
    for i, token in enumerate(tokens):
        if i < len(SPECIAL):
            continue
        features = _features(token)
        for feature in features:
            rows.append(i)
            cols.append(parts.setdefault(feature, len(parts)))
            weights.append(len(features) ** -0.5)
    cols = np.array(cols)
    shared = np.bincount(cols, minlength=len(parts)) >= 2
    keep = shared[cols]
    renumber = np.cumsum(shared) - 1
    index = np.stack([np.array(rows)[keep], renumber[cols[keep]]])
    return torch.sparse_coo_tensor(index, np.array(weights, np.float32)[keep], (len(tokens), int(shared.sum()))).coalesce()


def characters(tokens, share, exponent):
    """Fixed sparse matrix that blends each Chinese word's row with the rows of its characters.

    Word rows alone know too few of the clean texts; characters carry meaning over to unseen words.
    """
    place = {token: i for i, token in enumerate(tokens)}
    rows, cols, weights = [], [], []
    for i, token in enumerate(tokens):
        chars = [place[c] for c in token if c in place] if i >= len(SPECIAL) and len(token) > 1 and text.is_cjk(token[0]) else []
        rows += [i] * (1 + len(chars))
        cols += [i] + chars
        weights += [1 - share if chars else 1.0] + [share * len(chars) ** -exponent for _ in chars]
    return torch.sparse_coo_tensor(np.array([rows, cols]), np.array(weights, np.float32), (len(tokens), len(tokens))).coalesce()


class StaticModel(nn.Module):
    """Mean of token rows, [CLS] included; rows = own row + shared parts, Chinese words blended with their characters."""

    def __init__(self, table, tokens):
        super().__init__()
        self.rows = nn.Parameter(torch.from_numpy(table.copy()))
        self.parts_of = incidence(tokens)
        self.parts = nn.Parameter(torch.zeros(self.parts_of.shape[1], DIMS))
        self.blend = characters(tokens, *TRAIN_BLEND)

    def table(self):
        """The folded table."""
        return torch.sparse.mm(self.blend, self.rows + torch.sparse.mm(self.parts_of, self.parts))

    def forward(self, flat, offsets):
        """Mean vectors of the sequences laid end to end in `flat`."""
        return F.embedding_bag(flat, self.table(), offsets, mode="mean")


def lean_on_characters(table, tokens):
    """After training, Chinese words move a little further towards their characters: better on unseen wording."""
    return torch.sparse.mm(characters(tokens, *FOLD_BLEND), table)


def embed(table, sequences):
    """Unit vectors of token sequences under a plain table (numpy)."""
    flat = torch.from_numpy(np.concatenate(sequences).astype(np.int64))
    sizes = np.array([len(s) for s in sequences])
    offsets = torch.from_numpy(np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64))
    mean = F.embedding_bag(flat, torch.from_numpy(np.ascontiguousarray(table)), offsets, mode="mean")
    return F.normalize(mean, dim=-1).numpy()
