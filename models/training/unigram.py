"""Unigram tokenizer: encoder (reference for the JavaScript one), HF tokenizer.json writer, vocabulary learning."""
import json
import math
import re
from collections import Counter

import text

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
SPECIAL_PATTERN = re.compile("(" + "|".join(map(re.escape, SPECIAL)) + ")")
PAD, UNK, CLS = 0, 1, 2
EMOJI = "😀😁😂🤣😅😊😍😘😭😢😡😠😤🙏👍👎👌💔❤🎁🎉🔥✅❌❓❗⭐🌹💪👏😳😱😒🙄🤔😰😓😞🥺😩📦🚚💰"


class Unigram:
    """Viterbi segmentation over a scored vocabulary; every text starts with [CLS]."""

    def __init__(self, vocab):
        self.tokens = [token for token, _ in vocab]
        self.scores = [score for _, score in vocab]
        self.ids = {token: i for i, token in enumerate(self.tokens)}
        self.longest = max(len(token) for token in self.tokens[len(SPECIAL):])
        self.unk_score = min(self.scores) - 10
        self.cache = {}

    def word(self, word):
        """Ids of one pre-token; runs of unknown characters fuse into one [UNK]."""
        found = self.cache.get(word)
        if found is not None:
            return found
        size = len(word)
        best, back = [-1e18] * (size + 1), [None] * (size + 1)
        best[0] = 0.0
        for start in range(size):
            single = False
            for end in range(start + 1, min(size, start + self.longest) + 1):
                token = self.ids.get(word[start:end])
                if token is None or token < len(SPECIAL):
                    continue
                single = single or end == start + 1
                score = best[start] + self.scores[token]
                if score > best[end]:
                    best[end], back[end] = score, (start, token)
            if not single and best[start] + self.unk_score > best[start + 1]:
                best[start + 1], back[start + 1] = best[start] + self.unk_score, (start, UNK)
        out, end = [], size
        while end > 0:
            end, token = back[end]
            if not (token == UNK and out and out[-1] == UNK):
                out.append(token)
        out.reverse()
        self.cache[word] = out
        return out

    def encode(self, sentence, limit):
        """[CLS] and the ids of a text, cut at `limit`. Like transformers.js: special tokens written out in
        the text count as themselves, and neighbouring [UNK] fuse even across words."""
        out = [CLS]
        for part in SPECIAL_PATTERN.split(sentence):
            ids = [SPECIAL.index(part)] if part in SPECIAL else [i for w in text.words(text.normalise(part)) for i in self.word(w)]
            out += [token for i, token in enumerate(ids) if not (token == UNK and (ids[i - 1] if i else out[-1]) == UNK)]
        return out[:limit]

    def tokenizer_json(self):
        """The tokenizer in the Hugging Face tokenizer.json format."""
        added = [{"id": i, "content": t, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
                 for i, t in enumerate(SPECIAL)]
        cls, first = {"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}
        bert = {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": False, "strip_accents": True, "lowercase": True}
        return {
            "version": "1.0", "truncation": None, "padding": None, "added_tokens": added,
            "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFKC"}, bert]},
            "pre_tokenizer": {"type": "BertPreTokenizer"},
            "post_processor": {"type": "TemplateProcessing", "single": [cls, first],
                               "pair": [cls, first, {"Sequence": {"id": "B", "type_id": 0}}],
                               "special_tokens": {"[CLS]": {"id": "[CLS]", "ids": [CLS], "tokens": ["[CLS]"]}}},
            "decoder": None,
            "model": {"type": "Unigram", "unk_id": UNK, "vocab": [[t, s] for t, s in zip(self.tokens, self.scores)], "byte_fallback": False},
        }


def load(path):
    """Tokenizer from a tokenizer.json that this module wrote."""
    vocab = json.loads(path.read_text(encoding="utf-8"))["model"]["vocab"]
    return Unigram([(token, score) for token, score in vocab])


def _common_hanzi():
    """The 3,755 level-1 characters of GB 2312, so that no everyday character is ever unknown."""
    out = []
    for row in range(0xB0, 0xD8):
        for cell in range(0xA1, 0xFF):
            try:
                out.append(bytes([row, cell]).decode("gb2312"))
            except UnicodeDecodeError:
                pass
    return out


def _pmi(gram, count, chars, grams, total):
    """Lowest pointwise mutual information over the gram's split points."""
    def of(part):
        return chars[part] if len(part) == 1 else grams[part]
    return min(math.log(count * total / (of(gram[:i]) * of(gram[i:]) + 1)) for i in range(1, len(gram)))


def _counts(texts):
    """Counters of pre-tokens, characters, latin words and Chinese runs."""
    pretokens, chars, latin, runs = Counter(), Counter(), Counter(), Counter()
    for sentence in texts:
        pretokens.update(text.words(text.normalise(sentence)))
    pieces = re.compile(r"[a-z]+|[0-9]+|[\u4e00-\u9fff\u3400-\u4dbf]+|.")
    for word, count in pretokens.items():
        for piece in pieces.findall(word):
            if piece[0].isascii() and piece[0].isalpha():
                latin[piece] += count
            elif text.is_cjk(piece[0]):
                runs[piece] += count
            for char in piece:
                chars[char] += count
    return pretokens, chars, latin, runs


def _candidates(chars, latin, runs, kept):
    """First, too large vocabulary with frequencies: characters, Chinese n-grams, English words and affixes."""
    grams = Counter()
    for run, count in runs.items():
        for size in (2, 3, 4):
            for i in range(len(run) - size + 1):
                grams[run[i:i + size]] += count
    total = sum(chars.values())
    good = [(g, n) for g, n in grams.items() if n >= 8 and _pmi(g, n, chars, grams, total) > 2.0]
    good.sort(key=lambda item: (-item[1] * len(item[0]), item[0]))
    vocab = Counter({char: max(chars[char], 1) for char in kept})
    vocab.update(dict(good[:24000]))
    suffixes, prefixes = Counter(), Counter()
    for word, count in latin.items():
        for size in range(2, 6):
            if len(word) > size + 1:
                suffixes[word[-size:]] += math.sqrt(count)
                prefixes[word[:size + 1]] += math.sqrt(count)
    for word, count in latin.most_common(9500):
        if count >= 3 and len(word) > 1:
            vocab[word] += count * 2
    for part, count in suffixes.most_common(2000) + prefixes.most_common(1500):
        vocab[part] += count
    return vocab


def _scored(vocab):
    total = sum(vocab.values())
    ranked = sorted(vocab.items(), key=lambda item: (-item[1], item[0]))
    return Unigram([(token, 0.0) for token in SPECIAL] + [(token, round(math.log(count / total), 4)) for token, count in ranked])


def learn(texts, size, extra_chars=""):
    """Learns the vocabulary: hard-EM pruning from the candidates down to `size`; single characters always stay."""
    pretokens, chars, latin, runs = _counts(texts)
    kept = [c for c, n in sorted(chars.items(), key=lambda item: (-item[1], item[0])) if n >= 3]
    kept = list(dict.fromkeys(kept + _common_hanzi() + [c for c in text.normalise(extra_chars) if not c.isspace()]))
    keep = set(kept)
    vocab = _candidates(chars, latin, runs, kept)
    for target in (size * 8 // 5, size * 6 // 5, size):
        model, used = _scored(vocab), Counter()
        for word, count in pretokens.items():
            for token in model.word(word):
                used[token] += count
        multi = [(model.tokens[t], n) for t, n in used.items() if t >= len(SPECIAL) and model.tokens[t] not in keep]
        multi.sort(key=lambda item: (-item[1], item[0]))
        vocab = Counter({c: max(used.get(model.ids[c], 0), 1) for c in kept})
        vocab.update(dict(multi[:max(0, target - len(SPECIAL) - len(kept))]))
        print(f"vocabulary {len(vocab)} tokens, text {sum(used.values())} tokens", flush=True)
    return _scored(vocab)
