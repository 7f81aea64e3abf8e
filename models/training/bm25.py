"""BM25 over Chinese single characters and bigrams and English words: what every figure stands beside."""
import re

import numpy as np
from scipy import sparse

import text

RUNS = re.compile(r"[\u4e00-\u9fff\u3400-\u4dbf]+|[a-z0-9]+")


def terms(sentence):
    """Index terms of a text."""
    out = []
    for run in RUNS.findall(text.normalise(sentence)):
        if text.is_cjk(run[0]):
            out += list(run) + [run[i:i + 2] for i in range(len(run) - 1)]
        else:
            out.append(run)
    return out


class BM25:
    """Okapi BM25 (k1 1.2, b .75) as one sparse matrix."""

    def __init__(self, documents):
        split = [terms(d) for d in documents]
        self.ids = {}
        rows, cols = [], []
        for i, document in enumerate(split):
            for term in document:
                rows.append(i)
                cols.append(self.ids.setdefault(term, len(self.ids)))
        shape = (len(documents), max(len(self.ids), 1))
        counts = sparse.coo_matrix((np.ones(len(rows), np.float32), (rows, cols)), shape=shape).tocsr()
        lengths = np.array([len(d) for d in split], np.float32)
        frequency = np.bincount(counts.indices, minlength=shape[1])
        idf = np.log(1 + (shape[0] - frequency + 0.5) / (frequency + 0.5))
        norm = 1.2 * (0.25 + 0.75 * lengths / max(lengths.mean(), 1e-9))
        coo = counts.tocoo()
        coo.data = coo.data * 2.2 / (coo.data + norm[coo.row]) * idf[coo.col]
        self.weights = coo.tocsr().astype(np.float32)

    def scores(self, queries):
        """Dense matrix queries x documents."""
        rows, cols = [], []
        for i, query in enumerate(queries):
            for term in terms(query):
                if term in self.ids:
                    rows.append(i)
                    cols.append(self.ids[term])
        ones = np.ones(len(rows), np.float32)
        asked = sparse.coo_matrix((ones, (rows, cols)), shape=(len(queries), self.weights.shape[1])).tocsr()
        return np.asarray((asked @ self.weights.T).todense())
