"""Initial token vectors: positive PMI of co-occurrence (within a sentence, and across translations), then SVD."""
import numpy as np
from scipy import sparse

from settings import DIMS, SEED
from unigram import CLS

WINDOW = 4


def _within(sequences, size):
    """Weighted co-occurrence inside sentences, nearer tokens counting more."""
    flat = np.concatenate(sequences).astype(np.int64)
    owner = np.repeat(np.arange(len(sequences)), [len(s) for s in sequences])
    keep = flat != CLS
    flat, owner = flat[keep], owner[keep]
    total = sparse.csr_matrix((size, size), dtype=np.float32)
    for step in range(1, WINDOW + 1):
        same = owner[step:] == owner[:-step]
        weight = np.full(int(same.sum()), step ** -0.5, np.float32)
        total = total + sparse.coo_matrix((weight, (flat[step:][same], flat[:-step][same])), shape=(size, size)).tocsr()
    return total + total.T


def _across(pairs, size):
    """Co-occurrence of every token with every token of its translation, twice the weight."""
    rows, cols, weights = [], [], []
    for left, right in pairs:
        left, right = left[1:], right[1:]
        if len(left) and len(right):
            rows.append(np.repeat(left, len(right)))
            cols.append(np.tile(right, len(left)))
            weights.append(np.full(len(left) * len(right), 2.0 / max(len(left), len(right)), np.float32))
    matrix = sparse.coo_matrix((np.concatenate(weights), (np.concatenate(rows), np.concatenate(cols))), shape=(size, size)).tocsr()
    return matrix + matrix.T


def _svd(matrix, rng):
    """Randomised SVD: token vectors as Q U sqrt(S)."""
    basis = rng.standard_normal((matrix.shape[0], DIMS + 16)).astype(np.float32)
    for _ in range(3):
        basis, _unused = np.linalg.qr(matrix @ basis)
    small = (matrix.T @ basis).T
    left, values, _unused = np.linalg.svd(small, full_matrices=False)
    return (basis @ left)[:, :DIMS] * np.sqrt(values[:DIMS])


def vectors(sequences, pairs, size):
    """Table of size x DIMS: direction from PPMI-SVD, length from rarity, overall deviation .05.

    Tokens never seen keep a random direction and the length of a rare token: they still match themselves.
    """
    rng = np.random.default_rng(SEED)
    counts = _within(sequences, size) + _across(pairs, size)
    sums = np.asarray(counts.sum(1)).ravel() + 1e-6
    context = sums ** 0.75
    context /= context.sum()
    counts = counts.tocoo()
    counts.data = np.maximum(np.log(np.maximum(counts.data / (sums[counts.row] * context[counts.col]), 1e-9)), 0).astype(np.float32)
    counts = counts.tocsr()
    counts.eliminate_zeros()
    table = _svd(counts, rng)
    length = np.linalg.norm(table, axis=1, keepdims=True)
    idf = np.log(sums.sum() / sums)[:, None]
    idf = np.minimum(idf / idf.mean(), 1.5)
    noise = rng.standard_normal(table.shape)
    noise /= np.linalg.norm(noise, axis=1, keepdims=True)
    table = np.where(length > 1e-6, table / np.maximum(length, 1e-9), noise) * idf
    table = (table / table.std() * 0.05).astype(np.float32)
    table[0] = 0
    return table
