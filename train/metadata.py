#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Scores the built program's title, author and date over pages with gold, and
fails under the floors on record. Standard library only.

usage: metadata.py --data DIR [--pith FILE] [--floors FILE] [--record]
                   [--half 0|1] [--wrong FIELD]

DIR/wcxb/gold.jsonl has id, url, type, title, author and date (null: the page
has none); pages are in DIR/wcxb/html.

Exact after normalisation: NFKC, no case, letters and digits only; of a date
the day (of the change if nothing says when a page was published); authors as a
set of names without titles. "near" also takes a title that is whole in
the other (a site's name on one side), and authors of whom one is right.
"extra": given on so many of the pages where the gold has none.

--half takes the domains whose MD5 is even or odd, --wrong prints what is wrong
of a field; neither looks at the floors. --record writes them: what is reached
now, less a hundredth.
"""
import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from multiprocessing.pool import ThreadPool
from urllib.parse import urlparse

NOW = "1793491200"  # 1 November 2026: a run can be repeated
SLACK = .01
LEAST = 50  # pages of a group worth a line


def norm(s):
    s = unicodedata.normalize("NFKC", s or "").casefold()
    return " ".join(re.findall(r"\w+", re.sub(r"['’‘`´]", "", s)))


def names(s):
    parts = re.split(r",|;|&|\band\b|\|", s or "")
    honorific = re.compile(r"^(by|dr\.?|prof\.?)\s+", re.I)
    drop = {"md", "phd", "rn", "rd", "cpa", "mba", "jr"}
    return {n for n in (norm(honorific.sub("", p.strip()))
                        for p in parts) if n and n not in drop}


def half(url):
    domain = ".".join(urlparse(url).netloc.split(".")[-2:])
    return int(hashlib.md5(domain.encode()).hexdigest(), 16) % 2


def inside(a, b):
    return bool(a) and bool(b) and (f" {a} " in f" {b} " or
                                    f" {b} " in f" {a} ")


def judge(gold, pred):
    """{field: (there is a gold, we gave one, exact, near)}"""
    t, p = norm(gold["title"]), norm(pred.get("title"))
    out = {"title": (bool(t), bool(p), t == p, t == p or inside(t, p))}
    a, q = names(gold["author"]), names(" and ".join(pred.get("authors", [])))
    out["author"] = (bool(a), bool(q), a == q, bool(a & q))
    m = (pred.get("modified") or "")[:10]
    d, g = gold["date"] or "", (pred.get("published") or "")[:10] or m
    out["date"] = (bool(d), bool(g), d == g[:len(d)], d in (g, m))
    return out


def metadata_of(pith, url, file):
    """What the program says of a page."""
    done = subprocess.run([pith, "-f", "jsonl", "--base", url, "--now", NOW,
                           file], stdout=subprocess.PIPE, check=False)
    if done.returncode not in (0, 1):
        sys.exit("metadata: %s %s exits with %d" % (pith, file,
                                                    done.returncode))
    return json.loads(done.stdout)


def count(rows, preds, wrong):
    counts = {}
    for gold, pred in zip(rows, preds):
        for field, (there, given, exact, near) in judge(gold, pred).items():
            for group in (field, field + " " + gold["type"]):
                c = counts.setdefault(group, Counter())
                c["pages"] += there
                c["exact"] += there and exact
                c["near"] += there and near
                c["given"] += there and given
                c["none"] += not there
                c["extra"] += not there and given
            if wrong == field and there and not exact:
                key = {"author": "authors", "date": "published"}
                print(gold["id"], gold["type"], "gold:", gold[field],
                      "| got:", pred.get(key.get(field, field)))
    return {k: c for k, c in counts.items() if c["pages"] >= LEAST}


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("--data", required=True)
    ap.add_argument("--pith", default="build/pith")
    ap.add_argument("--floors", default="train/metadata-floors")
    ap.add_argument("--record", action="store_true")
    ap.add_argument("--half", type=int)
    ap.add_argument("--wrong")
    args = ap.parse_args()
    folder = os.path.join(args.data, "wcxb")
    with open(os.path.join(folder, "gold.jsonl"), encoding="utf8") as f:
        rows = [r for r in map(json.loads, f)
                if args.half in (None, half(r["url"]))]
    with ThreadPool(os.cpu_count()) as pool:
        preds = pool.map(lambda r: metadata_of(
            args.pith, r["url"],
            os.path.join(folder, "html", r["id"] + ".html.gz")), rows)
    counts = count(rows, preds, args.wrong)
    reached = {k: c["exact"] / c["pages"] for k, c in counts.items()}
    if args.record:
        with open(args.floors, "w", encoding="utf8") as f:
            f.writelines("%.3f %s\n" % (reached[k] - SLACK, k)
                         for k in sorted(reached))
    floors = {}
    if args.half is None and args.wrong is None:
        with open(args.floors, encoding="utf8") as f:
            floors = {k: float(v) for v, k in
                      (line.strip().split(" ", 1) for line in f)}
    low = False
    for k, c in sorted(counts.items()):
        under = reached[k] < floors.get(k, 0)
        low = low or under
        print("%-21s %5d pages  exact %.3f  near %.3f  given %.3f  "
              "extra %d/%d  floor %.3f%s" % (
                  k, c["pages"], reached[k], c["near"] / c["pages"],
                  c["given"] / c["pages"], c["extra"], c["none"],
                  floors.get(k, 0), "  TOO LOW" if under else ""))
    missing = sorted(set(floors) - set(counts))
    if missing:
        sys.exit("metadata: no pages of: " + ", ".join(missing))
    sys.exit(1 if low else 0)


if __name__ == "__main__":
    main()
