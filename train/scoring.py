# SPDX-License-Identifier: MIT
"""How good kept blocks are: F1 over the words of a page, multisets, as the
mean over pages. Imported by the other files of train/."""
from collections import defaultdict

import numpy as np

from labels import Words


class Scorer:
    """Remembers the words of pages' blocks and golds as numbers."""

    def __init__(self):
        self.known = Words()
        self.pages = []

    def add(self, texts, gold):
        gold, counts = np.unique(np.array(self.known.of(gold), np.int64),
                                 return_counts=True)
        words = [self.known.of(t) for t in texts]
        lengths = np.array([len(w) for w in words], int)
        flat = np.array([x for w in words for x in w], np.int64)
        place = np.full(len(flat), len(gold))
        if len(gold) and len(flat):
            at = np.minimum(np.searchsorted(gold, flat), len(gold) - 1)
            place = np.where(gold[at] == flat, at, len(gold))
        self.pages.append((place.astype(np.int32), lengths, counts))

    def score(self, page, kept):
        """(F1, precision, recall) of the blocks of a page that are kept."""
        place, lengths, counts = self.pages[page]
        chosen = place[np.repeat(kept, lengths)] if len(lengths) else place
        gold = counts.sum()
        if gold == 0:
            return (0., 0., 0.) if len(chosen) else (1., 1., 1.)
        if len(chosen) == 0:
            return 0., 0., 0.
        found = np.bincount(chosen, minlength=len(counts) + 1)[:len(counts)]
        both = np.minimum(found, counts).sum()
        p, r = both / len(chosen), both / gold
        return (2 * p * r / (p + r) if both else 0.), p, r


def groups_of(row):
    """The lines of a table a page counts in."""
    names = [row["set"]]
    if row.get("type"):
        names.append("%s %s" % (row["set"], row["type"]))
    if row.get("lang") and row["set"] in ("daniel", "magic", "harvest"):
        names.append("%s %s" % (row["set"], row["lang"]))
    return names


def table(rows, scores):
    """{group: (pages, F1, precision, recall)} of the pages that count."""
    found = defaultdict(list)
    for row, score in zip(rows, scores):
        if row["scored"]:
            for name in groups_of(row):
                found[name].append(score)
    return {name: (len(s),) + tuple(np.mean(s, 0))
            for name, s in found.items()}


def print_table(table, file):
    """As Markdown."""
    print("| pages of | pages | F1 | precision | recall |\n"
          "|---|---|---|---|---|", file=file)
    for name in sorted(table):
        print("| %s | %d | %.4f | %.4f | %.4f |" % ((name,) + table[name]),
              file=file)
