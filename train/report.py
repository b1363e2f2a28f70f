# SPDX-License-Identifier: MIT
"""The tables of docs/accuracy.md, from cross-validation. Imported by
train.py."""
import numpy as np

import pages
import scoring

SHORT = 3  # words of a short label
WORST = 20
FAILED = .5  # F1 below which a page failed
BIASES = (-1., 1.)


def write_reliability(file, expected, real, curve):
    """What the program says of a page, and what it then is."""
    said = np.interp(expected, np.linspace(0, 1, len(curve)), curve)
    print("\n| confidence | pages | mean confidence | mean F1 |\n"
          "|---|---|---|---|", file=file)
    for low in np.arange(0, 1, .1):
        mine = (said >= low) & (said < low + .1 + (low > .85))
        if mine.any():
            print("| %.1f–%.1f | %d | %.3f | %.3f |" % (
                low, low + .1, mine.sum(), said[mine].mean(),
                real[mine].mean()), file=file)


def write_labels(file, data, kept):
    """Blocks of one to three words: kept, and in the gold."""
    print("\n| set | short blocks a page | of them in the gold | kept | "
          "precision | recall |\n|---|---|---|---|---|---|", file=file)
    starts = np.searchsorted(data.page, np.arange(len(data.rows) + 1))
    for name in pages.sets_of(data.rows):
        mine = [i for i, r in enumerate(data.rows)
                if r["set"] == name and r["scored"]]
        count = wanted = found = both = 0
        for i in mine:
            words = data.words[starts[i]:starts[i + 1]]
            short = (words > 0) & (words <= SHORT)
            good = data.good[i] >= .5
            count += short.sum()
            wanted += (short & good).sum()
            found += (short & kept[i]).sum()
            both += (short & good & kept[i]).sum()
        if mine:
            print("| %s | %.1f | %.1f | %.1f | %.3f | %.3f |" % (
                name, count / len(mine), wanted / len(mine),
                found / len(mine), both / max(found, 1),
                both / max(wanted, 1)), file=file)


def write_failed(file, data, scores):
    """How much of what a set loses is lost on pages that fail."""
    groups = {}
    for row, score in zip(data.rows, scores):
        for name in scoring.groups_of(row) if row["scored"] else ():
            groups.setdefault(name, []).append(score[0])
    print("\n| pages of | pages | under %g | their share of the loss | "
          "mean of the others |\n|---|---|---|---|---|" % FAILED, file=file)
    for name in sorted(groups):
        f1 = np.array(groups[name])
        failed = f1 < FAILED
        print("| %s | %d | %d | %.0f %% | %.4f |" % (
            name, len(f1), failed.sum(),
            100 * (1 - f1[failed]).sum() / max((1 - f1).sum(), 1e-9),
            f1[~failed].mean() if (~failed).any() else 0), file=file)


def write_worst(file, data, scores, expected):
    print("\n| set, page | F1 | precision | recall | expected F1 |\n"
          "|---|---|---|---|---|", file=file)
    order = [i for i in np.argsort([s[0] for s in scores], kind="stable")
             if data.rows[i]["scored"]]
    for i in order[:WORST]:
        print("| %s %s | %.2f | %.2f | %.2f | %.2f |" % (
            (data.rows[i]["set"], data.rows[i]["id"][:40]) +
            tuple(scores[i]) + (expected[i],)), file=file)


def write(file, data, scores, kept, expected, curve):
    """All tables but that of the biases."""
    counted = np.array([r["scored"] for r in data.rows])
    real = np.array([s[0] for s in scores])
    print("Cross-validated by domain:\n", file=file)
    scoring.print_table(scoring.table(data.rows, scores), file)
    print("\nKeeping exactly the blocks labelled good:\n", file=file)
    ceiling = scoring.table(data.rows, [data.scorer.score(i, g >= .5)
                                        for i, g in enumerate(data.good)])
    scoring.print_table(ceiling, file)
    write_reliability(file, expected[counted], real[counted], curve)
    write_labels(file, data, kept)
    write_failed(file, data, scores)
    write_worst(file, data, scores, expected)


def write_biases(file, data, table_at):
    """F1, precision and recall of each set at other biases."""
    sets = pages.sets_of(data.rows)
    print("\n| bias | " + " | ".join(sets) + " |\n|---" +
          "|---" * len(sets) + "|", file=file)
    for bias in BIASES:
        table = table_at(bias)
        print("| %+.1f | " % bias + " | ".join(
            "%.3f (%.3f, %.3f)" % table[name][1:] if name in table else "–"
            for name in sets) + " |", file=file)
