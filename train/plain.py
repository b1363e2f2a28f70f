# SPDX-License-Identifier: MIT
"""Learns the model for plain text and measures it.

usage: plain.py --data DATA --tools BUILD --out FILE.inc

Pages are written as text browsers and scrapers write them (plain_pages.py);
lines are good or bad as the alignment with the gold text says. Folds are made
of registered domains; each text's figures come from a model and a lexicon that
saw no page of its domain. Prints the table of docs/plain-text.md; writes the
model, learned from all, as C source."""
import argparse
import os
import struct
import subprocess
import sys
import threading
import zlib
from collections import Counter, defaultdict

import numpy as np
from catboost import CatBoostClassifier, Pool

from labels import tokens
from model import Tables
from pages import SETS, load, take
from plain_pages import STYLES, is_title, load_pages, texts_of

FOLDS = 4
TEXTS = 3  # of each page
LINES = 40  # of a text, drawn at random, to learn from
TREES, RATE = 160, 0.15
SHARES = {"wcxb": .40, "dragnet": .20, "daniel": .20, "magic": .10,
          "gtrends": .05, "harvest": .05}
EXPONENT = 0.4  # of a line's words, for its weight
# Odds: domains that must have a key, and the strength of the prior.
LEAST = {"label": 3, "place": 5, "word": 8}
PRIOR = 4.0
SITES_WITH_COMMENTS_AS_GOLD = ("aif.ru", "likar.info")


NOTHING = (np.zeros(0, np.uint32), np.zeros(0, np.int8))  # as a lexicon


class Sample:
    """One text and what is known of its lines."""
    __slots__ = ("row", "text", "style", "fold", "good", "weight", "words",
                 "drawn", "keys", "ends", "rows", "logits")


def run(command, samples, which=None, logits=False):
    """Feed texts to the tool lines; yields its pipe once a text, for lines."""
    child = subprocess.Popen(command, stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, bufsize=1 << 20)

    def feed():
        for i, s in enumerate(samples):
            raw = zlib.decompress(s.text)
            child.stdin.write(struct.pack(
                "<ii", which[i] if which else -1, len(raw)) + raw)
            if logits:
                child.stdin.write(s.logits.astype("<f4").tobytes())
        child.stdin.close()

    threading.Thread(target=feed, daemon=True).start()
    for _ in samples:
        n = int(take(child.stdout, 1, "<i4")[0])
        start, end = take(child.stdout, 2 * n, "<i4").reshape(2, n)
        words = take(child.stdout, n, "<f4")
        yield child.stdout, start, end, words
    child.wait()
    if child.returncode:
        raise SystemExit("lines failed")


def judge(page, text, raw, start, end):
    """Share of each line that is in the gold, and whether it counts."""
    ends = np.append(text.starts[1:], len(text.text))
    sizes = np.array([len(text.text[a:b].encode()) for a, b in
                      zip(text.starts, ends)])
    stops = np.cumsum(sizes)
    first = np.searchsorted(stops, start, side="right")
    last = np.searchsorted(stops, end - 1, side="right")
    good, counts = np.zeros(len(start)), np.ones(len(start), bool)
    for i, (a, b) in enumerate(zip(first.tolist(), last.tolist())):
        blocks = sorted({text.blocks[k] for k in range(a, min(b, len(sizes) - 1)
                                                       + 1)})
        words = sum(page.counts[b] for b in blocks)
        good[i] = sum(page.matched[b] for b in blocks) / max(1, words)
        counts[i] = words > 0 and not is_title(
            page, raw[start[i]:end[i]].decode("utf8", "replace"))
    return good >= 0.5, counts


def make_samples(build, rows, pages):
    samples, texts, rng = [], [], np.random.default_rng(1)
    for row, page in zip(rows, pages):
        if not row["scored"] or row["domain"] in SITES_WITH_COMMENTS_AS_GOLD:
            continue
        for text in texts_of(page, row, STYLES, TEXTS):
            s = Sample()
            s.row, s.style = row, text.style
            s.text = zlib.compress(text.text.encode("utf8", "replace"), 1)
            s.fold = row["bucket"] % FOLDS
            samples.append(s)
            texts.append((page, text))
    for s, (page, text), (pipe, start, end, words) in zip(
            samples, texts, run([build + "/lines", "keys"], samples)):
        total = int(take(pipe, 1, "<i4")[0])
        s.ends = take(pipe, len(words), "<i4")
        s.keys = take(pipe, total, "<u4")
        s.words = words
        s.good, counts = judge(page, text, zlib.decompress(s.text), start, end)
        s.weight = np.where(counts, np.maximum(words, 1) ** EXPONENT, 0)
        s.weight /= s.weight.sum() + 3
        usable = np.flatnonzero(s.weight)
        s.drawn = rng.permutation(usable)[:LINES] if len(usable) > LINES \
            else usable
    return samples


def count_keys(samples):
    """For each key: in how many domains, and the sums of its good share."""
    seen = defaultdict(lambda: [0.0, 0.0])  # (domain, key): good, all
    kinds, number = {}, {}
    for s in samples:
        if s.style.startswith("pure"):
            continue
        domain = number.setdefault(s.row["domain"], len(number)) << 32
        begin = 0
        for i, end in enumerate(s.ends.tolist()):
            if s.weight[i] > 0:
                for at, key in enumerate(set(s.keys[begin:end].tolist())):
                    if key:
                        cell = seen[domain | key]
                        cell[0] += s.good[i]
                        cell[1] += 1
                head = s.keys[begin:begin + 5].tolist()
                if head[0]:
                    kinds[head[0]] = "label"
                for key in head[1:]:
                    kinds.setdefault(key, "place")
            begin = end
    folds = {number[s.row["domain"]]: s.fold for s in samples
             if s.row["domain"] in number}
    table = defaultdict(lambda: np.zeros((FOLDS, 2)))
    for cell, (good, count) in seen.items():
        entry = table[cell & 0xffffffff][folds[cell >> 32]]
        entry += (good / count, 1)
    return {k: t for k, t in table.items() if t[:, 1].sum() >= 3}, kinds


def fit_lexicon(table, kinds, without, phrases):
    """Sorted keys and their odds, in sixteenths, from all folds but one."""
    keep = [f for f in range(FOLDS) if f != without]
    totals = {k: t[keep].sum(0) for k, t in table.items()}
    rate = {}
    for kind in LEAST:
        good, count = np.sum([t for k, t in totals.items()
                              if kinds.get(k, "word") == kind], axis=0)
        rate[kind] = good / count
    out = {}
    for key, (good, count) in totals.items():
        kind = kinds.get(key, "word")
        if count < LEAST[kind]:
            continue
        p = (good + PRIOR * rate[kind]) / (count + PRIOR)
        odds = np.log(p / (1 - p)) - np.log(rate[kind] / (1 - rate[kind]))
        odds = int(np.clip(np.rint(16 * odds), -120, 120))
        if abs(odds) >= 6:
            out[key] = odds
    for key in phrases:
        out.setdefault(key, PHRASE_ODDS)
    keys = np.array(sorted(out), np.uint32)
    return keys, np.array([out[int(k)] for k in keys], np.int8)


PHRASE_ODDS = -40


def read_phrases(build):
    """Keys of the labels in plain_phrases.txt."""
    path = os.path.join(os.path.dirname(__file__), "plain_phrases.txt")
    with open(path, encoding="utf8") as f:
        lines = [x.rstrip("\n") for x in f if x.strip() and x[0] != "#"]
    s = Sample()
    s.text = zlib.compress("\n\n".join(lines).encode())
    for pipe, _, _, words in run([build + "/lines", "keys"], [s]):
        total = int(take(pipe, 1, "<i4")[0])
        ends = take(pipe, len(words), "<i4")
        keys = take(pipe, total, "<u4")
    return [int(keys[b]) for b in np.append(0, ends[:-1]) if keys[b]]


def write_lexicons(path, lexicons):
    with open(path, "wb") as f:
        f.write(struct.pack("<i", len(lexicons)))
        for keys, odds in lexicons:
            f.write(struct.pack("<i", len(keys)) + keys.tobytes() +
                    odds.tobytes())


def add_features(build, samples, lexicons, folder):
    path = os.path.join(folder, "plain.lexicons")
    write_lexicons(path, lexicons)
    names = subprocess.run([build + "/lines", "names"], check=True,
                           capture_output=True, text=True).stdout.split()
    which = [s.fold for s in samples]
    for s, (pipe, _, _, words) in zip(
            samples, run([build + "/lines", "rows", path], samples, which)):
        s.rows = take(pipe, len(words) * len(names),
                      "<f4").reshape(len(words), len(names))
    return names, path


def page_weights(samples):
    """Each set its share; a site with many pages counts less a page."""
    pages = Counter(s.row["domain"] for s in samples)
    raw = np.array([pages[s.row["domain"]] ** -0.5 for s in samples])
    for name in SETS:
        of = np.array([s.row["set"] == name for s in samples])
        if of.any():
            raw[of] *= SHARES[name] / raw[of].sum()
    return raw * len(samples)


def fit(samples, weights):
    drawn = [s.drawn for s in samples]
    rows = np.concatenate([s.rows[d] for s, d in zip(samples, drawn)])
    good = np.concatenate([s.good[d] for s, d in zip(samples, drawn)])
    weight = np.concatenate([
        s.weight[d] * (w * np.count_nonzero(s.weight) / max(1, len(d)))
        for s, d, w in zip(samples, drawn, weights)])
    classifier = CatBoostClassifier(
        iterations=TREES, depth=6, learning_rate=RATE, l2_leaf_reg=10,
        border_count=32, random_seed=1, thread_count=2, verbose=False,
        allow_writing_files=False, bootstrap_type="Bernoulli", subsample=0.6)
    classifier.fit(Pool(rows, good, weight=weight / weight.mean()))
    return classifier


def page_score(text, gold):
    """As ../eval's: word precision, recall and F1, with multisets."""
    p, g = Counter(tokens(text)), Counter(tokens(gold))
    if not p or not g:
        return (float(not p and not g),) * 3
    both = sum((p & g).values())
    precision, recall = both / sum(p.values()), both / sum(g.values())
    return precision, recall, 2 * both / (sum(p.values()) + sum(g.values()))


def measure(build, samples, path):
    """Precision, recall and F1 of each text, before and after."""
    which = [s.fold for s in samples]
    command = [build + "/lines", "select", path]
    out = []
    for s, (pipe, start, end, words) in zip(
            samples, run(command, samples, which, True)):
        kept = take(pipe, len(words), "u1").astype(bool)
        confidence = float(take(pipe, 1, "<f4")[0])
        raw = zlib.decompress(s.text)
        after = b"\n".join(raw[a:b] for a, b in zip(start[kept], end[kept]))
        gold = s.row["text"]
        counts = s.weight > 0
        lost = words[counts & s.good & ~kept].sum()
        out.append(page_score(raw.decode(), gold) +
                   page_score(after.decode("utf8", "replace"), gold) +
                   (lost / max(1.0, words[counts & s.good].sum()), confidence))
    return np.array(out)


def report(samples, scores):
    kinds = (("whole page", ("browser", "wrapped", "lines", "tight")),
             ("around the article", ("around", "around_tight")),
             ("innermost element", ("inner", "inner_tight")),
             ("article alone", ("pure", "pure_tight")))
    print("| text | set | texts | before: P | R | F1 | after: P | R | F1 | "
          "article words lost |\n|---" * 1 + "|---" * 9 + "|")
    for title, styles in kinds:
        for name in SETS + ("all",):
            of = np.array([s.style in styles and name in (s.row["set"], "all")
                           for s in samples])
            if of.any():
                m = scores[of].mean(0)
                print("| %s | %s | %d | %.3f | %.3f | %.3f | %.3f | %.3f | "
                      "%.3f | %.2f %% |" % (title, name, of.sum(), *m[:6],
                                            100 * m[6]))


def confidence_curve(scores):
    """Mean F1 where the selection expected 0, 1/20 … 1; it never falls."""
    at, real = scores[:, 7], scores[:, 5]
    order = np.argsort(at)
    at, real = at[order], real[order]
    points = np.array([np.average(real, weights=np.exp(
        -((at - x) / 0.04) ** 2) + 1e-9) for x in np.linspace(0, 1, 21)])
    return np.clip(np.maximum.accumulate(points), 0, 1)


def main():
    parser = argparse.ArgumentParser()
    for name in ("data", "tools", "out"):
        parser.add_argument("--" + name, required=True)
    args = parser.parse_args()
    rows = load(args.data)
    pages = load_pages(args.tools, rows)
    samples = make_samples(args.tools, rows, pages)
    del pages
    table, kinds = count_keys(samples)
    phrases = read_phrases(args.tools)
    lexicons = [fit_lexicon(table, kinds, f, phrases)
                for f in list(range(FOLDS)) + [None]]
    print("%d texts, %d lines, %d keys" % (
        len(samples), sum(len(s.words) for s in samples), len(lexicons[-1][0])),
        file=sys.stderr)
    names, path = add_features(args.tools, samples, lexicons, args.tools)
    weights = page_weights(samples)
    for fold in range(FOLDS):
        train = [i for i, s in enumerate(samples) if s.fold != fold]
        classifier = fit([samples[i] for i in train], weights[train])
        tables = Tables([classifier], names, NOTHING)
        for s in samples:
            if s.fold == fold:
                s.logits = tables.predict(s.rows, names)
        print("fold", fold, file=sys.stderr)
    scores = measure(args.tools, samples, path)
    report(samples, scores)
    curve = confidence_curve(scores)
    final = Tables([fit(samples, weights)], names, lexicons[-1], curve)
    source = final.source([
        "plain.inc: the model for plain text, as make train-plain wrote it."])
    with open(args.out, "w", encoding="utf8") as f:
        f.write(source.replace("FEATURE_", "PLAIN_")
                .replace("const struct model model_builtin",
                         "static const struct model model_plain")
                .replace("builtin_", "plain_"))
    print("%d bytes of tables" % final.size(), file=sys.stderr)


if __name__ == "__main__":
    main()
