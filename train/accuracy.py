#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Scores the built program over pages with gold text, and fails under the
floors on record. Standard library only.

usage: accuracy.py --data DIR [--pith FILE] [--floors FILE] [--record]

F1 over the words of a page, as multisets, CJK characters one by one; then the
mean over pages. The program's model has learned from these pages, so that the
figures are better than on pages it does not know: they tell whether a change
loses accuracy, not how accurate pith is. docs/accuracy.md has the
cross-validated ones. --record writes the floors: what is reached now, less
half a hundredth."""
import argparse
import json
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from multiprocessing.pool import ThreadPool

SETS = ("wcxb", "daniel", "dragnet", "magic", "harvest", "gtrends")
CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
TOKEN = re.compile(rf"[{CJK}]|[^\W{CJK}]+")
SLACK = .005


def words(text):
    return Counter(TOKEN.findall((text or "").lower()))


def f1(text, gold):
    found, wanted = words(text), words(gold)
    if not wanted:
        return float(not found)
    both = sum((found & wanted).values())
    return 2 * both / (sum(found.values()) + sum(wanted.values()))


def rows_of(folder):
    with open(os.path.join(folder, "gold.jsonl"), encoding="utf8") as f:
        rows = [json.loads(line) for line in f]
    return [r for r in rows if r.get("text") and r.get("ok") is not False and
            r.get("grounded") is not False]


def text_of(pith, file):
    """What the program prints of a page."""
    done = subprocess.run([pith, file], stdout=subprocess.PIPE, check=False)
    if done.returncode not in (0, 1):
        sys.exit("accuracy: %s %s exits with %d" % (pith, file,
                                                    done.returncode))
    return done.stdout.decode("utf8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", required=True)
    parser.add_argument("--pith", default="build/pith")
    parser.add_argument("--floors", default="train/floors")
    parser.add_argument("--record", action="store_true")
    args = parser.parse_args()
    found = defaultdict(list)
    for name in SETS:
        folder = os.path.join(args.data, name)
        rows = rows_of(folder)
        with ThreadPool(os.cpu_count()) as pool:
            texts = pool.map(lambda r: text_of(args.pith, os.path.join(
                folder, "html", r["id"] + ".html.gz")), rows)
        for row, text in zip(rows, texts):
            score = f1(text, row["text"])
            found[name].append(score)
            if row.get("type"):
                found[name + " " + row["type"]].append(score)
    means = {k: sum(v) / len(v) for k, v in found.items()}
    if args.record:
        with open(args.floors, "w", encoding="utf8") as f:
            f.writelines("%.3f %s\n" % (means[k] - SLACK, k)
                         for k in sorted(means))
    with open(args.floors, encoding="utf8") as f:
        floors = {k: float(v) for v, k in
                  (line.strip().split(" ", 1) for line in f if line.strip())}
    low = False
    for name in sorted(means):
        under = means[name] < floors.get(name, 0)
        low = low or under
        print("%-20s %5d pages  F1 %.4f  floor %.3f%s" % (
            name, len(found[name]), means[name], floors.get(name, 0),
            "  TOO LOW" if under else ""))
    missing = sorted(set(floors) - set(means))
    if missing:
        sys.exit("accuracy: no pages of: " + ", ".join(missing))
    sys.exit(1 if low else 0)


if __name__ == "__main__":
    main()
