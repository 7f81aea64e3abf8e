"""Stage 2: folded table -> ONNX (int8 to ship, fp32 to compare), tokenizer and config files, reference vectors."""
import json
import shutil

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

import data
import model
import settings
import unigram

STAGED = settings.BUILD / "staged" / settings.MODEL_ID
ODD = ["", " ", "\n\t", "。", "？？？", "!!!", "😀", "🎁🎁🎁", "👨‍👩‍👧‍👦 一家四口的尺码", "🇨🇳", "a", "A", "ＡＢＣ１２３ 全角", "①②③ Ⅳ ㎏", "ﬁne café naïve", "İstanbul ß ẞ",
       "한국어 리뷰", "ひらがな カタカナ", "Привет, где заказ?", "مرحبا", "ไทย", "魑魅魍魉 zyxwvq", "𠮷野家 𪚥", "iPhone15ProMax", "JD2023-0001/A", "https://a.example/x?y=1&z=%20",
       "¥199.00 → ￥149", "100%棉 50/50", "a\u200bb\u00adc", "\ufeffBOM", "x\u0000y\ufffdz", "e\u0301 \u1e9b\u0323", "tab\tnew\nline\r\n", "……——「」『』《》", "(╯°□°）╯︵ ┻━┻", "~~亲~~在吗", "啊" * 400,
       "word " * 300, "x" * 500, "1234567890" * 12, "[CLS] 退款 [SEP]", "[UNK][PAD]", "##ing ▁under", "`code` $x_1^2$ <b>|</b>", "don't can't I'd", "O'Neill—dash–en", "\u3000全角空格\u3000", "ｶﾀｶﾅ ﾊﾝｶｸ", "ǅ ǆ Ω Å", "🙏🏻🙏🏿 谢谢", "❤️ ❤", "1️⃣2️⃣", "m² H₂O x³", "½ ¾", "\u2028line\u2029para", "退 款 什 么 时 候"]


def quantise(table):
    """Symmetric int8 with one scale a row."""
    scale = np.abs(table).max(1, keepdims=True) / 127
    scale[scale == 0] = 1
    return np.clip(np.round(table / scale), -127, 127).astype(np.int8), scale.astype(np.float32)


def onnx_model(table, int8):
    """Graph: rows of the table (int8 rows times their scale), padding zeroed, as last_hidden_state."""
    if int8:
        rows, scale = quantise(table)
        initial = [numpy_helper.from_array(rows, "rows"), numpy_helper.from_array(scale, "scale")]
        nodes = [helper.make_node("Gather", ["rows", "input_ids"], ["picked"]), helper.make_node("Cast", ["picked"], ["wide"], to=TensorProto.FLOAT),
                 helper.make_node("Gather", ["scale", "input_ids"], ["factor"]), helper.make_node("Mul", ["wide", "factor"], ["vectors"])]
    else:
        initial = [numpy_helper.from_array(table, "rows")]
        nodes = [helper.make_node("Gather", ["rows", "input_ids"], ["vectors"])]
    initial.append(numpy_helper.from_array(np.array([2], np.int64), "last"))
    nodes += [helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT), helper.make_node("Unsqueeze", ["mask", "last"], ["mask3"]),
              helper.make_node("Mul", ["vectors", "mask3"], ["last_hidden_state"])]
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"]) for name in ("input_ids", "attention_mask")]
    output = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["batch", "tokens", settings.DIMS])
    graph = helper.make_graph(nodes, settings.MODEL_ID, inputs, [output], initial)
    built = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], producer_name="deskmate")
    built.ir_version = 8
    onnx.checker.check_model(built)
    return built


def shipped_table():
    """The int8 table as the app computes with it, read back from the staged ONNX file."""
    built = onnx.load(str(STAGED / "onnx" / "model_quantized.onnx"))
    arrays = {item.name: numpy_helper.to_array(item) for item in built.graph.initializer}
    return arrays["rows"].astype(np.float32) * arrays["scale"]


def _configs(vocab):
    config = {"model_type": "bert", "architectures": ["BertModel"], "vocab_size": vocab, "hidden_size": settings.DIMS, "num_hidden_layers": 0,
              "num_attention_heads": 1, "intermediate_size": settings.DIMS, "hidden_act": "gelu", "max_position_embeddings": settings.MAX_TOKENS,
              "type_vocab_size": 1, "pad_token_id": 0, "layer_norm_eps": 1e-12}
    tokens = {"tokenizer_class": "PreTrainedTokenizerFast", "do_lower_case": True, "model_max_length": settings.MAX_TOKENS, "pad_token": "[PAD]",
              "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]", "mask_token": "[MASK]", "clean_up_tokenization_spaces": True}
    return {"config.json": config, "tokenizer_config.json": tokens}


def parity_texts():
    """At least 500 mixed texts: every kind of oddity, service dialogue, Tatoeba, own corpus, banking questions."""
    tatoeba, dialog = data.heldout_parallel()
    intents, _, _ = data.load_corpus()
    queries = data.intent_split("banking77")[1]
    own = [t for row in intents[::4] for t in (row["zh"][:2] + row["en"][:1] + row["passage_zh"][:1])]
    mixed = [row[side] for row in tatoeba[:110] + dialog[:80] for side in ("a", "b")]
    return list(dict.fromkeys(ODD + mixed + [row["text"] for row in queries[:90]] + own))


def main():
    """Writes the staged model folder and build/reference.json."""
    tokenizer = unigram.load(settings.BUILD / "tokenizer.json")
    table = np.load(settings.BUILD / "table.npy")
    shutil.rmtree(STAGED, ignore_errors=True)
    (STAGED / "onnx").mkdir(parents=True)
    shutil.copy(settings.BUILD / "tokenizer.json", STAGED / "tokenizer.json")
    for name, content in _configs(len(tokenizer.tokens)).items():
        (STAGED / name).write_text(json.dumps(content, indent=1) + "\n")
    onnx.save(onnx_model(table, True), str(STAGED / "onnx" / "model_quantized.onnx"))
    onnx.save(onnx_model(table, False), str(settings.BUILD / "model_fp32.onnx"))
    texts = parity_texts()
    ids = [tokenizer.encode(t, settings.MAX_TOKENS) for t in texts]
    vectors = model.embed(table, [np.array(i) for i in ids])
    reference = [{"text": t, "ids": [int(x) for x in i], "vector": [round(float(x), 6) for x in v]} for t, i, v in zip(texts, ids, vectors)]
    (settings.BUILD / "reference.json").write_text(json.dumps(reference, ensure_ascii=False), encoding="utf-8")
    print(f"int8 {(STAGED / 'onnx' / 'model_quantized.onnx').stat().st_size} bytes, {len(texts)} reference texts")


if __name__ == "__main__":
    main()
