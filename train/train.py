#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Trains the classifier on pages with gold text, and cross-validates it.

usage: train.py --data DIR [--tools DIR] [--work DIR] [--out model.inc]
                [--own DIR] [--folds N] [--trees N]

What is learned from, how pages are weighed and left out, and what is written
is told in README.md. Same data, same options, same machine: same bytes."""
import argparse
import functools
import hashlib
import json
import os
import sys

import numpy as np
from catboost import CatBoostClassifier, Pool

import labels
import lexicon
import model
import net
import pages
import report
import scoring

# How much of the weight each set has.
SHARES = {"wcxb": .50, "dragnet": .18, "daniel": .15, "magic": .10,
          "gtrends": .05, "harvest": .03}
# Classifiers whose mean is taken. The first weighs a word by the words of its
# page and draws splits with more noise; the second weighs it by the words of
# the gold as well (see block_weights).
MEMBERS = (
    {"seed": 1, "strict": {}, "noise": 3., "rows": .5},
    {"seed": 2, "strict": {"wcxb": .25, "daniel": .75, "dragnet": .75,
                           "gtrends": .75, "magic": .75},
     "noise": 1., "rows": .6},
)
# Networks whose mean is taken: how far each follows the gold, and what a page
# weighs of which the trees lead to expect an F1 of EASY or more.
NETS = (
    {"strict": {"wcxb": .25, "daniel": .5, "dragnet": .5, "gtrends": .5,
                "magic": .5}, "easy": .1},
    {"strict": {}, "easy": .3},
)
NET_SHARE = .7  # of a logit; the classifiers have the rest
DOUBT = .8      # expected F1 below which networks are asked
EASY = .86
CHECK = 8       # one page in so many is asked of the program's networks
# Networks see few forums, and need more of them than trees do.
NET_SETS = {"harvest": 3., "magic": 1.5, "gtrends": 1.5}
SEED = 1    # of the blocks to train on
PART = .30  # of them: see thin_out
OWN = .25  # share of pages of one's own, of the rest taken together
# Where the golds are fewest and the sets of news articles speak against them.
TYPES = {"listing": 2.5, "product": 2., "collection": 2., "forum": 1.5,
         "service": 1.3}
LEAST = 12  # steps of log-odds: tokens that say less are not worth their room
LEAST_GOLD = .05      # of a page, where its gold is less
BLOCK_EXPONENT = .7   # of a block's words, for its weight in its page
SITE_EXPONENT = -.5   # of a site's pages, for the weight of each
RATE = 36.            # learning rate × trees
# What depends on the lexicon.
LEARNED = ("low", "high", "label", "sum_near", "sum_all", "mean_all")
TITLED = ("daniel", "dragnet", "gtrends")  # golds with titles and bylines


def say(*words):
    print(*words, file=sys.stderr, flush=True)


def digest(rows):
    """Of all that is learned from."""
    h = hashlib.sha256()
    for row in rows:
        h.update(row["id"].encode())
        h.update(row["text"].encode())
        with open(row["path"], "rb") as f:
            h.update(f.read())
    return h.hexdigest()[:16]


def page_weights(rows, more):
    """Each set has its share, more[set] times that if it is there, each site
    the root of its pages; pages whose gold is not on the page weigh nothing."""
    sites = {}
    for r in rows:
        key = r["set"], r["domain"]
        sites[key] = sites.get(key, 0) + 1
    weight = np.array([sites[r["set"], r["domain"]] ** SITE_EXPONENT
                       if r["scored"] else 0. for r in rows])
    for name, share in dict(SHARES, own=OWN).items():
        mine = np.array([r["set"] == name for r in rows])
        if weight[mine].sum() > 0:
            weight[mine] *= share * more.get(name, 1.) / weight[mine].sum()
    return weight * np.array([TYPES.get(r.get("type"), 1.)
                              if r["set"] == "wcxb" else 1. for r in rows])


def block_weights(rows, page, words, good, columns, strict, more=(),
                  times=1.):
    """Of each block: its part of its page, nothing where conventions of
    golds differ.

    What a wrong word costs a page's F1 is one over the words of its gold and
    those kept, so that junk weighs the more the less gold there is. strict[set]
    says how far that is followed: at 1 a block is measured against its page's
    gold, at 0 against all of its page. A set keeps its share of the weight, but
    for times: of each page."""
    weight = np.maximum(words, .5) ** BLOCK_EXPONENT
    whole = np.bincount(page, weight, len(rows))
    gold = np.maximum(np.bincount(page, weight * good, len(rows)),
                      LEAST_GOLD * whole)
    ratio = np.divide(whole, gold, out=np.ones(len(rows)), where=gold > 0)
    ratio **= np.array([strict.get(r["set"], 0.) for r in rows])
    share = page_weights(rows, dict(more)) * times
    for name in pages.sets_of(rows):
        mine = np.array([r["set"] == name for r in rows])
        if share[mine].sum() > 0:
            ratio[mine] *= share[mine].sum() / (share * ratio)[mine].sum()
    weight *= (share * ratio / np.maximum(whole, 1e-9))[page]
    titled = np.array([r["set"] in TITLED for r in rows])[page]
    title = ((columns["in_title"] > .7) & (columns["title_of"] > .5) &
             (columns["words"] <= 30))
    byline = ((columns["words"] <= 8) & (columns["kind"] != 1) &
              (columns["years"] > 0))
    caption = (columns["kind"] == 6) | (columns["in_figure"] > 0)
    weight[titled & (title | byline | caption) & (good >= .5)] = 0
    return weight * len(weight) / weight.sum()


def thin_out(weight, share, rng):
    """Train on fewer rows, as likely as they weigh, each weighing the more:
    most blocks of a page are short and weigh little."""
    low, high = 0., 1e9
    for _ in range(60):
        scale = (low + high) / 2
        if np.minimum(1, weight * scale).mean() < share:
            low = scale
        else:
            high = scale
    chance = np.minimum(1, weight * scale)
    taken = rng.random(len(weight)) < chance
    out = np.zeros(len(weight))
    out[taken] = weight[taken] / chance[taken]
    return out


def fit(rows, good, weight, trees, member):
    used = weight > 0
    classifier = CatBoostClassifier(
        iterations=trees, depth=model.DEPTH,
        learning_rate=min(.3, RATE / trees),
        border_count=48, loss_function="CrossEntropy",
        random_seed=member["seed"], random_strength=member["noise"],
        l2_leaf_reg=5, rsm=.3, bootstrap_type="Bernoulli",
        subsample=member["rows"], thread_count=2, verbose=0,
        allow_writing_files=False)
    classifier.fit(Pool(rows[used], good[used], weight=weight[used]))
    return classifier


class Data:
    """All pages, their labels, and their features under each lexicon."""

    def __init__(self, args):
        tool = os.path.join(args.tools, "inspect")
        self.tool, self.work, self.folds = tool, args.work, args.folds
        self.rows = pages.load(args.data, args.own)
        self.fold = np.array([r["bucket"] % args.folds for r in self.rows])
        self.names = pages.names(tool)
        blocks = list(pages.blocks(tool, self.rows))
        say("blocks", sum(len(b.words) for b in blocks))
        self.scorer, self.good = scoring.Scorer(), []
        found = labels.align_all(
            os.path.join(args.tools, "align"),
            [(b.texts, r["text"]) for b, r in zip(blocks, self.rows)])
        votes = lexicon.Votes(args.folds)
        for row, fold, b, (counts, hits, _) in zip(self.rows, self.fold,
                                                   blocks, found):
            good = hits / np.maximum(counts, 1)
            self.good.append(good)
            self.scorer.add(b.texts, row["text"])
            if row["scored"]:
                votes.add(row, fold, b, good)
        votes.count()
        say("aligned")
        self.words = np.concatenate([b.words for b in blocks])
        self.texts = [b.texts for b in blocks]
        self.page = np.repeat(np.arange(len(blocks)),
                              [len(b.words) for b in blocks])
        del blocks
        self.read_features(votes)
        del votes

    def read_features(self, votes):
        """self.base: features with a lexicon without the page's own fold;
        self.other[f]: of the learned ones, without fold f as well."""
        n = self.folds
        pairs = [(f, g) for f in range(n) for g in range(f, n)]
        at = {p: i for i, p in enumerate(pairs)}
        lexicons = [votes.lexicon(p) for p in pairs]
        path = os.path.join(self.work, "lexicons")
        lexicon.write(path, lexicons)
        self.lexicons = [lexicons[at[f, f]] for f in range(n)]
        self.lexicon = votes.lexicon(())
        which = [[at[f, f]] + [at[min(f, g), max(f, g)]
                               for g in range(n) if g != f]
                 for f in self.fold]
        learned = [i for i, name in enumerate(self.names)
                   if any(part in name for part in LEARNED)]
        total = len(self.page)
        self.learned = learned
        self.base = np.zeros((total, len(self.names)), np.float32)
        self.other = np.zeros((n, total, len(learned)), np.float32)
        start = 0
        for fold, found in zip(self.fold, pages.features(
                self.tool, self.rows, path, which)):
            end = start + len(found[0])
            self.base[start:end] = found[0]
            for g, matrix in zip([g for g in range(n) if g != fold],
                                 found[1:]):
                self.other[g, start:end] = matrix[:, learned]
            start = end
        say("features", self.base.shape)

    def for_fold(self, f):
        """Features as a model sees them that may know nothing of fold f."""
        rows = self.base.copy()
        outside = self.fold[self.page] != f
        rows[np.ix_(outside, self.learned)] = self.other[f][outside]
        return rows


def curve_of(expected, real):
    """Mean real F1 where the expected one is 0, 1/20 … 1, never falling."""
    points = np.linspace(0, 1, model.CURVE)
    out = np.empty(model.CURVE)
    for i, p in enumerate(points):
        near = np.exp(-.5 * ((expected - p) / .04) ** 2) + 1e-9
        # where pages are few the line itself speaks
        out[i] = (near @ real + 3 * p) / (near.sum() + 3)
    return np.clip(np.maximum.accumulate(out), 0, 1)


def predict(data, models, which, bias=0.):
    """Scores of the C program's verdicts, what was kept, and the expected F1
    of each page."""
    scores, kept, confidence = [], [], []
    for i, (_, k, _, c, _) in enumerate(pages.verdicts(
            data.tool, data.rows, models, which, bias)):
        scores.append(data.scorer.score(i, k))
        kept.append(k)
        confidence.append(c)
    return scores, kept, np.array(confidence)


def fit_trees(rows, good, weights, trees):
    return [fit(rows, good, w, trees, m) for m, w in zip(MEMBERS, weights)]


def fit_nets(data, rows, good, weights):
    return net.learn(rows, data.names, good, weights, data.page, NET_SHARE,
                     DOUBT)


def save_fold(data, f, members, nets):
    """The model file of a fold, from the pages outside of it."""
    path = os.path.join(data.work, "fold%d.model" % f)
    model.Tables(members, data.names, data.lexicons[f], least=LEAST,
                 nets=nets).save(path)
    return path


def outside(data, f, weights):
    """Weights of blocks, none of them in a fold."""
    fold = data.fold[data.page]
    return [np.where(fold == f, 0, w) for w in weights]


def cross_validate_trees(data, good, weights, trees):
    """The classifiers of each fold, and their model files."""
    folds = [fit_trees(data.for_fold(f), good, outside(data, f, weights),
                       trees)
             for f in range(data.folds)]
    return folds, [save_fold(data, f, members, None)
                   for f, members in enumerate(folds)]


def check_nets(data, f, nets, path):
    """Stop if the program's networks say something else of pages than what was
    learned."""
    some = [r for r, fold in zip(data.rows, data.fold) if fold == f][::CHECK]
    apart = np.quantile(np.concatenate(
        [np.abs(said - nets.learned(rows))
         for rows, said in pages.networks(data.tool, some, path)
         if 0 < len(rows) <= net.STRIP]), .99)
    say("fold", f, "in whole numbers, networks move a logit by", apart)
    if apart > .1:
        raise SystemExit("the program has other networks than were learned")


def cross_validate_nets(data, good, weights, folds):
    """Model files with networks beside those classifiers."""
    models = []
    for f, members in enumerate(folds):
        nets = fit_nets(data, data.for_fold(f), good,
                        outside(data, f, weights))
        models.append(save_fold(data, f, members, nets))
        check_nets(data, f, nets, models[-1])
    return models


def train_all(data, good, weights, net_weights, trees, curve):
    """The tables to ship, from all pages."""
    members = fit_trees(data.base, good, weights, trees)
    nets = fit_nets(data, data.base, good, net_weights)
    tables = model.Tables(members, data.names, data.lexicon, curve, LEAST,
                          (data.base, weights[0]), nets)
    sample = np.linspace(0, len(data.base) - 1, 5000).astype(int)
    wanted = np.mean([m.predict(data.base[sample],
                                prediction_type="RawFormulaVal")
                      for m in members], 0)
    exact, apart = (np.abs(tables.predict(data.base[sample], data.names, r) -
                           wanted).max() for r in (False, True))
    say("tables differ from the classifiers by", exact, "rounded", apart)
    # One wrong split or leaf shows before leaves are rounded. Rounding moves a
    # leaf by up to half a step, evenly spread: a sum of all trees has this
    # deviation, and no row of thousands goes beyond six of them.
    deviation = tables.scale * np.sqrt(len(tables.splits) / 12)
    if exact > .001 or apart > 6 * deviation:
        raise SystemExit("the tables do not say what the classifiers say")
    return tables


def write_texts(data, kept):
    """The cross-validated texts of each set, as the scorer reads them."""
    for name in pages.sets_of(data.rows):
        with open(os.path.join(data.work, name + ".jsonl"), "w",
                  encoding="utf8") as f:
            for r, texts, k in zip(data.rows, data.texts, kept):
                if r["set"] == name:
                    text = "\n".join(t for t, x in zip(texts, k) if x)
                    f.write(json.dumps({"id": r["id"], "text": text}) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", required=True)
    parser.add_argument("--tools", default="build")
    parser.add_argument("--work", help="default: TOOLS/train")
    parser.add_argument("--out")
    parser.add_argument("--own", help="a set of pages of one's own")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--trees", type=int, default=300)
    args = parser.parse_args()
    args.work = args.work or os.path.join(args.tools, "train")
    os.makedirs(args.work, exist_ok=True)
    data = Data(args)
    good = np.concatenate(data.good)
    columns = {n: data.base[:, i] for i, n in enumerate(data.names)}
    weigh = functools.partial(block_weights, data.rows, data.page, data.words,
                              good, columns)
    weights = [thin_out(weigh(m["strict"]), PART, np.random.default_rng(SEED))
               for m in MEMBERS]
    folds, models = cross_validate_trees(data, good, weights, args.trees)
    easy = predict(data, models, data.fold)[2] >= EASY
    say("easy pages", easy.mean())
    net_weights = [weigh(n["strict"], NET_SETS, np.where(easy, n["easy"], 1.))
                   for n in NETS]
    models = cross_validate_nets(data, good, net_weights, folds)
    scores, kept, expected = predict(data, models, data.fold)
    table = scoring.table(data.rows, scores)
    counted = np.array([r["scored"] for r in data.rows])
    curve = curve_of(expected[counted],
                     np.array([s[0] for s in scores])[counted])
    write_texts(data, kept)
    with open(os.path.join(args.work, "report.md"), "w",
              encoding="utf8") as f:
        report.write(f, data, scores, kept, expected, curve)
        report.write_biases(f, data, lambda bias: scoring.table(
            data.rows, predict(data, models, data.fold, bias)[0]))

    tables = train_all(data, good, weights, net_weights, args.trees, curve)
    tables.save(os.path.join(args.work, "full.model"))
    head = ["model.inc: generated by `make train`; do not edit.", "",
            "data %s, %d pages, %d trees, %d bytes of tables" % (
                digest(data.rows), len(data.rows), len(tables.splits),
                tables.size()),
            "Cross-validated by domain, %d folds, F1 by words:" % args.folds]
    head += ["%-22s %5d pages  %.4f" % (n, table[n][0], table[n][1])
             for n in sorted(table)]
    with open(args.out or os.path.join(args.work, "model.inc"), "w",
              encoding="utf8") as f:
        f.write(tables.source(head))
    scoring.print_table(table, sys.stdout)


if __name__ == "__main__":
    main()
