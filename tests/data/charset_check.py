#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compare the encodings that pith finds with those that pages are in.

    make tools && python3 tests/data/charset_check.py build/charset_names DATA

DATA holds sets of pages as <set>/gold.jsonl and <set>/html/<id>.html.gz; a row
may say `enc`, the encoding of the bytes, and `meta_bad`, that the page itself
names another. A page of ASCII is right under any name; one of UTF-8 with bad
bytes must be found to be UTF-8.

With --recode, pages of UTF-8 are also written anew in older encodings, with
their declaration kept, corrected or removed; what comes out is compared with
the encoding they were written in.
"""
import collections
import gzip
import json
import pathlib
import re
import subprocess
import sys
import tempfile

SAME = {"iso-8859-1": "windows-1252", "iso-8859-9": "windows-1254",
        "gb2312": "gb18030", "gbk": "gb18030"}
OLD = {"el": ["windows-1253", "iso-8859-7"],
       "ru": ["windows-1251", "koi8-r"],
       "pl": ["windows-1250", "iso-8859-2"],
       "zh": ["gb18030", "big5"]}
META = re.compile(rb"<meta[^>]*charset[^>]*>|^<\?xml[^>]*>", re.I)


def names(tool, paths):
    """The name found for each path."""
    found = {}
    for i in range(0, len(paths), 500):
        out = subprocess.run([tool, *map(str, paths[i:i + 500])], check=True,
                             stdout=subprocess.PIPE, text=True).stdout
        for line in out.splitlines():
            name, _, path = line.split("\t")
            found[path] = name
    return found


def rows(folder):
    with open(folder / "gold.jsonl", encoding="utf-8") as f:
        for line in f:
            row = json.loads(line)
            yield row, folder / "html" / f"{row['id']}.html.gz"


def fits(row, path, name):
    truth = row.get("enc")
    if truth is None:
        data = gzip.open(path).read()
        try:
            data.decode("ascii")
            return True
        except UnicodeDecodeError:
            pass
        try:
            data.decode("utf-8-sig")
            truth = "utf-8"
        except UnicodeDecodeError:
            return None
    truth = truth.replace("(broken)", "")
    return truth == "ascii" or name.lower() == SAME.get(truth, truth)


def check(tool, data):
    bad = 0
    for folder in sorted(p.parent for p in data.glob("*/gold.jsonl")):
        pages = [(r, p) for r, p in rows(folder) if p.exists()]
        found = names(tool, [p for _, p in pages])
        tally = collections.Counter()
        for row, path in pages:
            name = found[str(path)]
            verdict = fits(row, path, name)
            tally[verdict] += 1
            if row.get("meta_bad"):
                tally["meta_bad"] += 1
                tally["meta_bad right"] += bool(verdict)
            if verdict is not True:
                print(f"  {folder.name} {row['id']}: {row.get('enc')}, "
                      f"found {name}")
        bad += tally[False]
        print(f"{folder.name}: {tally[True]} right, {tally[False]} wrong, "
              f"{tally[None]} without a truth; meta_bad "
              f"{tally['meta_bad right']} of {tally['meta_bad']} right")
    return bad


def recoded(row, path):
    """The page in older encodings: (encoding, kind of declaration, bytes)."""
    try:
        text = gzip.open(path).read().decode("utf-8")
    except UnicodeDecodeError:
        return
    for old in OLD.get(row.get("lang"), []):
        body = META.sub(b"", text.encode(old, "xmlcharrefreplace"))
        yield old, "none", body
        meta = b'<meta charset="%s">' % old.encode()
        yield old, "right", meta + body
        yield old, "utf-8", b'<meta charset="utf-8">' + body


def check_recoded(tool, data):
    tally = collections.defaultdict(collections.Counter)
    for folder in sorted(p.parent for p in data.glob("*/gold.jsonl")):
        with tempfile.TemporaryDirectory() as tmp:
            made = []
            for i, (row, path) in enumerate(rows(folder)):
                for old, kind, body in recoded(row, path):
                    if all(b < 128 for b in body):
                        continue
                    p = pathlib.Path(tmp) / f"{i}-{old}-{kind}"
                    p.write_bytes(body)
                    made.append((p, old, kind))
            found = names(tool, [p for p, _, _ in made])
        for p, old, kind in made:
            tally[old, kind][found[str(p)]] += 1
    for (old, kind), counts in sorted(tally.items()):
        print(f"{old}, declared {kind}: " + ", ".join(
            f"{n} {c}" for n, c in counts.most_common()))


def main():
    args = [a for a in sys.argv[1:] if a != "--recode"]
    tool, data = args[0], pathlib.Path(args[1])
    bad = check(tool, data)
    if "--recode" in sys.argv:
        check_recoded(tool, data)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
