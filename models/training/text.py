"""Text normalisation: the Python twin of the tokenizer.json normaliser and pre-tokenizer, plus t2s."""
import re
import subprocess
import unicodedata


def is_punct(char):
    """True for what BertPreTokenizer splits off: ASCII symbols and Unicode category P."""
    code = ord(char)
    if 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126:
        return True
    return unicodedata.category(char).startswith("P")


def is_cjk(char):
    """True for Chinese ideographs."""
    code = ord(char)
    return 0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x2FA1F


def has_cjk(text):
    """True when a text holds any ideograph."""
    return any(is_cjk(char) for char in text)


def normalise(text):
    """NFKC, then BertNormalizer(clean_text, lowercase, strip_accents; Chinese characters untouched)."""
    out = []
    for char in unicodedata.normalize("NFKC", text):
        category = unicodedata.category(char)
        if char in "\t\n\r" or category in ("Zs", "Zl", "Zp"):
            out.append(" ")
        elif ord(char) not in (0, 0xFFFD) and category not in ("Cc", "Cf", "Co", "Cs"):
            out.append(char)
    result = "".join(out).lower()
    if result.isascii():
        return result
    return "".join(c for c in unicodedata.normalize("NFD", result) if unicodedata.category(c) != "Mn")


def words(text):
    """BertPreTokenizer: split at spaces, every punctuation mark alone."""
    out = []
    for chunk in text.split():
        current = ""
        for char in chunk:
            if is_punct(char):
                if current:
                    out.append(current)
                    current = ""
                out.append(char)
            else:
                current += char
        if current:
            out.append(current)
    return out


def key(text):
    """A text reduced to its letters and digits: equal keys count as the same sentence."""
    return re.sub(r"[\W_]+", "", normalise(text)) or text.strip()


def one_line(text):
    """Line breaks, literal \\n and HTML entities out; single spaces."""
    text = text.replace("\\n", " ").replace("&#39;", "'").replace("&amp;", "&").replace("&quot;", '"')
    return " ".join(text.split())


def to_simplified(texts):
    """Traditional to simplified, order kept."""
    return _opencc("t2s", texts)


def to_traditional(texts):
    """Simplified to traditional, order kept; for evaluation only."""
    return _opencc("s2t", texts)


def _opencc(way, texts):
    """All texts in one call of the opencc command."""
    if not texts:
        return []
    done = subprocess.run(["opencc", "-c", f"{way}.json"], input="\n".join(texts) + "\n", capture_output=True, text=True, check=True)
    lines = done.stdout.split("\n")[: len(texts)]
    if len(lines) != len(texts):
        raise RuntimeError("opencc changed the number of lines")
    return lines
