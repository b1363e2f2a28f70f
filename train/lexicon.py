# SPDX-License-Identifier: MIT
"""Learns what the names of elements, and labels, tell of the text: a table
from token to log-odds. Imported by train.py.

Each domain has one vote a token: the share of the text under elements with
that token that is article text. A lexicon leaves out the domains of some
folds, so that no page is described by what was learned from itself."""
import struct

import numpy as np

DOMAINS = 3       # that a token must occur in
PRIOR = 2.0       # votes of the prior
TOKENS_MEAN = 0.45  # share of good text: where a token says nothing
LABELS_MEAN = 0.30
STEP = 16         # of log-odds, a natural logit
LEAST = 4         # steps; what says less is left out
EXPONENT = 0.5    # of a block's words, for its weight


class Votes:
    """Votes of each fold for each token."""

    def __init__(self, folds):
        self.folds = folds
        self.sites = {}  # (token, domain): [good, all]
        self.site_fold = {}
        self.labels = set()

    def add(self, row, fold, blocks, good):
        """The tokens and labels of a page whose blocks are good, 0 to 1."""
        count = len(blocks.words)
        if count == 0:
            return
        weight = np.maximum(blocks.words, .5) ** EXPONENT
        weight /= weight.sum()
        elems = len(blocks.parent)
        total, hits = np.zeros(elems), np.zeros(elems)
        np.add.at(total, blocks.elem, weight)
        np.add.at(hits, blocks.elem, weight * good)
        total, hits = total.tolist(), hits.tolist()
        parent = blocks.parent.tolist()
        for e in range(elems - 1, 0, -1):
            total[parent[e]] += total[e]
            hits[parent[e]] += hits[e]
        first, tokens = blocks.first.tolist(), blocks.tokens.tolist()
        domain = row["domain"]
        self.site_fold[domain] = fold
        for e in range(elems):
            if total[e] > 0:
                for t in tokens[first[e]:first[e + 1]]:
                    self.vote(t, domain, hits[e], total[e])
        for keys, y in zip(blocks.label.tolist(), good.tolist()):
            for label in keys:
                if label:
                    self.labels.add(label)
                    self.vote(label, domain, y, 1.0)

    def vote(self, token, domain, good, total):
        v = self.sites.get((token, domain))
        if v is None:
            self.sites[token, domain] = [good, total]
        else:
            v[0] += good
            v[1] += total

    def count(self):
        """Sum the sites up by fold. To be called once, before lexicon."""
        tokens = sorted({t for t, _ in self.sites})
        at = {t: i for i, t in enumerate(tokens)}
        self.tokens = np.array(tokens, np.uint32)
        self.good = np.zeros((len(tokens), self.folds))
        self.votes = np.zeros((len(tokens), self.folds))
        for (t, domain), (good, total) in self.sites.items():
            fold = self.site_fold[domain]
            self.good[at[t], fold] += good / total
            self.votes[at[t], fold] += 1
        self.mean = np.where([t in self.labels for t in tokens],
                             LABELS_MEAN, TOKENS_MEAN)
        self.sites = None

    def lexicon(self, without):
        """(keys, odds) from all folds but those in without."""
        use = [f for f in range(self.folds) if f not in without]
        good, votes = self.good[:, use].sum(1), self.votes[:, use].sum(1)
        share = (good + PRIOR * self.mean) / (votes + PRIOR)
        share = np.clip(share, 1e-3, 1 - 1e-3)
        odds = np.log(share / (1 - share)) - np.log(self.mean /
                                                    (1 - self.mean))
        odds = np.clip(np.rint(STEP * odds), -127, 127).astype(np.int8)
        keep = (votes >= DOMAINS) & (np.abs(odds.astype(int)) >= LEAST)
        return self.tokens[keep], odds[keep]


def write(path, lexicons):
    """A file of lexicons for inspect."""
    with open(path, "wb") as f:
        f.write(struct.pack("<i", len(lexicons)))
        for keys, odds in lexicons:
            f.write(struct.pack("<i", len(keys)))
            f.write(keys.astype("<u4").tobytes() + odds.tobytes())
