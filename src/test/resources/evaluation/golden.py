"""Random nasty texts and what sacreBLEU says of them, one JSON object a line.

    pip install sacrebleu==2.6.0
    python golden.py 240 7 > golden.jsonl        # how many cases, seed
"""
import json
import random
import sys

from sacrebleu.metrics import BLEU, CHRF, TER

WORDS = """the The THE cat dog's it's don't rock'n'roll U.S. U.S.A. 3.14 1,000,000 1,000. $5.00 50% e-mail 5-10 a-2 2-a and/or x@y.z
#tag (paren) [br] {cu} <skipped> &quot; &amp; &lt; &gt; &amp;lt; &apos; ... .5 5. ,x ,5 5, - -- — – ' '' `` " “so” «là» „wie“ ¿qué? ¡ay! …
Straße STRASSE Über İstanbul ΟΔΟΣ ΣΑΣ ὈΔΥΣΣΕΎΣ ΑΣ. Σ aΣb Ǆ ﬁn ﬀ ß ẞ K Å é é ñ 你好 世界。 今天，天气！ 東京 は カタカナ ｶﾅ ー ・ 「引用」 한국어 ㈱ ㍿ 〇 ①②
१२३ ٣٫١٤ Ⅷ ½ x² ² ³5 €20 20€ £ ¥ + = ~ ^ | \\ _ a_b © ™ ° → ∑ ≤ 😀 😀. 👩‍👩‍👧 👍🏽 🇩🇪 𝒳 𠮷 𠮷. שלום مرحبا، नमस्ते। Привет Москве ЁЖ ё"""
WORDS = WORDS.split()
GLUE = [" "] * 40 + ["", "", "", "  ", "\t", "\u00a0", "\u2028", "\u0085", "\u3000", "\u200b", "\u200d", "\ufeff", "\u00ad", "\x1c", "\x1f", "\x00",
                     "\x0b", "\x0c", "\r", "\u202f", "\u2009", "\u180e", "\u2060", "\x7f", "\u0301"]

BLEUS = [dict(), dict(tokenize="intl"), dict(tokenize="zh"), dict(tokenize="char"), dict(tokenize="none"), dict(lowercase=True),
         dict(smooth_method="none"), dict(smooth_method="floor"), dict(smooth_method="floor", smooth_value=0.01),
         dict(smooth_method="add-k"), dict(smooth_method="add-k", smooth_value=2.5), dict(max_ngram_order=2), dict(max_ngram_order=7),
         dict(effective_order=True), dict(effective_order=True, smooth_method="add-k", tokenize="intl", lowercase=True)]
CHRFS = [dict(), dict(word_order=2), dict(word_order=1, char_order=4), dict(beta=3), dict(beta=1, lowercase=True), dict(whitespace=True),
         dict(eps_smoothing=True), dict(word_order=2, eps_smoothing=True, whitespace=True), dict(char_order=0, word_order=3)]
TERS = [dict(zip(("normalized", "no_punct", "asian_support", "case_sensitive"), (bool(i & 1), bool(i & 2), bool(i & 4), bool(i & 8))))
        for i in range(16)]
MAKERS = {"bleu": (BLEU, BLEUS), "chrf": (CHRF, CHRFS), "ter": (TER, TERS)}


def sentence(rng):
    words = rng.choices(WORDS, k=rng.choice([0, 1, 2, 5, 8, 12, 20]))
    return "".join(word + rng.choice(GLUE) for word in words)


def changed(text, rng):
    words = text.split(" ")
    for _ in range(rng.randrange(5)):
        at = rng.randrange(len(words))
        what = rng.randrange(5)
        if what == 0:
            del words[at]
        elif what == 1:
            words.insert(at, rng.choice(WORDS))
        elif what == 2:
            words[at] = words[at].swapcase()
        else:
            phrase = words[at:at + rng.randint(1, 4)]
            del words[at:at + len(phrase)]
            to = rng.randint(0, len(words))
            words[to:to] = phrase
        if not words:
            break
    return " ".join(words)


def case(rng):
    metric = rng.choice(["bleu", "bleu", "chrf", "ter"])
    make, choices = MAKERS[metric]
    options = rng.choice(choices)
    hyps = [sentence(rng) for _ in range(rng.choice([1, 1, 2, 5]))]
    refs = [[changed(hyp, rng) for hyp in hyps] for _ in range(rng.choice([1, 1, 2, 3]))]
    for stream in refs[1:]:
        for i in range(len(stream)):
            if rng.random() < 0.1:
                stream[i] = None
    scorer = make(**options)
    score = scorer.corpus_score(hyps, refs)
    return {"metric": metric, "options": options, "hyps": hyps, "refs": refs, "expected": score.score,
            "signature": str(scorer.get_signature()), "verbose": str(score)}


def main():
    rng = random.Random(int(sys.argv[2]))
    for _ in range(int(sys.argv[1])):
        print(json.dumps(case(rng), ensure_ascii=False))


main()
