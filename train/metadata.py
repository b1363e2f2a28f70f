#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""metadata.py: scores title, authors and date of pages against a gold set.

usage: metadata.py GOLD PRED [--half 0|1] [--wrong FIELD]
  GOLD  JSON lines with id, url, title, author, date (null: the page has none)
  PRED  JSON lines of pith -f jsonl, with id added

Exact after normalisation: NFKC, no case, letters and digits only; of a date
the day (of the change if nothing says when a page was published); authors as a
set of names without titles. "near" also takes a title that is whole in
the other (a site's name on one side), and authors of whom one is right.
--half takes the domains whose MD5 is even or odd, to tune on one half only.
"""
import argparse
import hashlib
import json
import re
import unicodedata
from collections import Counter
from urllib.parse import urlparse


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


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("gold")
    ap.add_argument("pred")
    ap.add_argument("--half", type=int)
    ap.add_argument("--wrong")
    args = ap.parse_args()
    with open(args.pred, encoding="utf-8") as f:
        preds = {r["id"]: r for r in map(json.loads, f)}
    counts = {}
    with open(args.gold, encoding="utf-8") as f:
        rows = [json.loads(line) for line in f]
    for gold in rows:
        if args.half is not None and half(gold["url"]) != args.half:
            continue
        pred = preds.get(gold["id"], {})
        for field, (there, given, exact, near) in judge(gold, pred).items():
            for group in ("all", gold["type"]):
                c = counts.setdefault((group, field), Counter())
                c["there"] += there
                c["given"] += there and given
                c["exact"] += there and exact
                c["near"] += there and near
                c["none"] += not there
                c["extra"] += not there and given
            if args.wrong == field and there and not exact:
                key = {"author": "authors", "date": "published"}
                print(gold["id"], gold["type"], "gold:", gold[field],
                      "| got:", pred.get(key.get(field, field)))
    for (group, field), c in sorted(counts.items()):
        if c["there"] >= 20:
            n = c["there"]
            print(f"{group:14} {field:7} {n:5} pages: exact {c['exact']/n:.3f}"
                  f"  near {c['near']/n:.3f}  given {c['given']/n:.3f};"
                  f"  without gold {c['none']}, of which given {c['extra']}")


if __name__ == "__main__":
    main()
