# SPDX-License-Identifier: MIT
"""Pages with gold text: where they are, which site they belong to, and what
the C program sees in them. Imported by the other files of train/."""
import gzip
import hashlib
import json
import os
import re
import subprocess
import threading
from urllib.parse import urlsplit

import numpy as np

SETS = ("wcxb", "daniel", "dragnet", "magic", "harvest", "gtrends")
BUCKETS = 10  # of domains; folds are made of buckets

# Second-level names under which domains are registered, as far as they occur.
SECOND = frozenset("ac co com edu gob gov mil ne net or org nom gouv asso sch "
                   "id me ltd plc go gv msk spb biz info web blogspot "
                   "in-addr github wordpress typepad tumblr livejournal".split())
HOSTS = re.compile(rb'''https?://([a-z0-9.-]+\.[a-z]{2,})''', re.I)
CANONICAL = re.compile(
    rb'''<(?:link[^>]+rel=["']?canonical|meta[^>]+og:url)[^>]+'''
    rb'''https?://([a-z0-9.-]+)''', re.I)


def domain_of(host):
    """The registered domain: example.co.uk of www.example.co.uk."""
    parts = host.lower().strip(".").split(".")
    if len(parts) < 3 or all(p.isdigit() for p in parts):
        return ".".join(parts)
    n = 3 if parts[-2] in SECOND else 2
    return ".".join(parts[-n:])


def guess_host(raw):
    """The site of a page whose address is not known: what it calls itself,
    else whom it links to most."""
    found = CANONICAL.search(raw)
    if found:
        return found.group(1).decode()
    hosts = {}
    for host in HOSTS.findall(raw):
        domain = domain_of(host.decode("ascii", "ignore"))
        hosts[domain] = hosts.get(domain, 0) + 1
    for known in ("w3.org", "google.com", "facebook.com", "twitter.com",
                  "googleapis.com", "google-analytics.com", "feedburner.com",
                  "googlesyndication.com", "youtube.com", "addthis.com"):
        hosts.pop(known, None)
    return max(sorted(hosts), key=hosts.get) if hosts else ""


def load(data, own=None):
    """All rows of the sets that are there, each with set, domain and bucket;
    own: a folder with pages of one's own, as the set "own"."""
    rows = []
    folders = [(name, os.path.join(data, name)) for name in SETS]
    if own:
        folders.append(("own", own))
    for name, folder in folders:
        if name != "own" and not os.path.isdir(folder):
            continue
        with open(os.path.join(folder, "gold.jsonl"), encoding="utf8") as f:
            rows += [read_row(name, folder, line) for line in f if line.strip()]
    return rows


def read_row(name, folder, line):
    """A page without gold text, or with hardly any of it on the page, counts
    for nothing."""
    row = json.loads(line)
    path = os.path.join(folder, "html", row["id"] + ".html.gz")
    row["set"], row["path"] = name, path
    row["text"] = row.get("text") or ""
    row["scored"] = bool(row["text"].strip()) and not (
        row.get("ok") is False or row.get("grounded") is False)
    host = urlsplit(row.get("url") or "").hostname or ""
    if not host:
        with gzip.open(path) as page:
            host = guess_host(page.read())
    row["domain"] = domain_of(host) or name + row["id"]
    digest = hashlib.sha256(row["domain"].encode()).digest()
    row["bucket"] = digest[0] % BUCKETS
    return row


def sets_of(rows):
    """Their names, in order."""
    return list(dict.fromkeys(row["set"] for row in rows))


class Blocks:
    """What there is to see of one page."""
    __slots__ = ("elem", "label", "words", "parent", "first", "tokens",
                 "texts", "title")


def take(pipe, count, kind):
    data = pipe.read(count * np.dtype(kind).itemsize)
    return np.frombuffer(data, kind)


def run(tool, rows, arguments, which):
    """Start the tool on the files of rows, each with the lexicons or models
    that which names; the tool, its output, and how many features there
    are."""
    child = subprocess.Popen([tool] + arguments, stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, bufsize=1 << 20)

    def feed():
        for numbers, row in zip(which, rows):
            child.stdin.write(b"%s %s\n" % (
                ",".join(map(str, numbers)).encode(),
                os.fsencode(row["path"])))
        child.stdin.close()

    threading.Thread(target=feed, daemon=True).start()
    return child, child.stdout, int(take(child.stdout, 1, "<i4")[0])


def blocks(tool, rows):
    """Yield what there is to see of each page, without a lexicon."""
    child, out, width = run(tool, rows, ["features"], [[-1]] * len(rows))
    for _ in rows:
        b = Blocks()
        n = int(take(out, 1, "<i4")[0])
        take(out, n * width, "<f4")
        b.elem = take(out, n, "<i4")
        b.label = take(out, 3 * n, "<u4").reshape(n, 3)
        b.words = take(out, n, "<f4")
        elems = tokens = size = 0
        if n:
            elems, tokens = map(int, take(out, 2, "<i4"))
        b.parent = take(out, elems, "<u4")
        b.first = take(out, elems + 1 if n else 0, "<u4")
        b.tokens = take(out, tokens, "<u4")
        ends = take(out, n, "<i4")
        text = out.read(int(ends[-1])) if n else b""
        starts = np.concatenate(([0], ends[:-1])) if n else ends
        b.texts = [text[s:e].decode("utf8", "replace")
                   for s, e in zip(starts, ends)]
        if n:
            size = int(take(out, 1, "<i4")[0])
        b.title = out.read(size).decode("utf8", "replace")
        yield b
    if child.wait():
        raise SystemExit("inspect failed")


def features(tool, rows, lexicons, which):
    """Yield the features of each page's blocks, once for each lexicon of the
    file that which[page] names."""
    child, out, width = run(tool, rows, ["features", lexicons], which)
    for numbers in which:
        found = []
        for _ in numbers:
            n = int(take(out, 1, "<i4")[0])
            found.append(take(out, n * width, "<f4").reshape(n, width))
            out.read(20 * n)
        yield found
    if child.wait():
        raise SystemExit("inspect failed")


def verdicts(tool, rows, models, which, bias=0.0):
    """Yield score, kept, rule, confidence and found of each page, scored by
    models[which]; -1 is the built-in model."""
    child, out, _ = run(tool, rows, ["verdicts", repr(bias)] + models,
                        [[m] for m in which])
    for _ in rows:
        n = int(take(out, 1, "<i4")[0])
        confidence = float(take(out, 1, "<f4")[0])
        found = int(take(out, 1, "<i4")[0])
        yield (take(out, n, "<f4"), take(out, n, "u1").astype(bool),
               take(out, n, "u1"), confidence, bool(found))
    if child.wait():
        raise SystemExit("inspect failed")


def networks(tool, rows, path):
    """Yield the features of each page's blocks as a model sees them, and what
    its networks add to their logits."""
    child, out, width = run(tool, rows, ["networks", path], [[0]] * len(rows))
    for _ in rows:
        n = int(take(out, 1, "<i4")[0])
        yield take(out, n * width, "<f4").reshape(n, width), take(out, n, "<f4")
    if child.wait():
        raise SystemExit("inspect failed")


def names(tool):
    """The names of the features, in order."""
    return subprocess.run([tool, "names"], check=True, capture_output=True,
                          text=True).stdout.split()
