# SPDX-License-Identifier: MIT
"""Pages with gold text: where they are, which site they belong to, and what
the C program sees in them. Imported by the other files of train/."""
import gzip
import hashlib
import json
import os
import re
import struct
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


def decode(raw, encoding):
    """Text of a page's bytes."""
    name = (encoding or "utf-8").split("(")[0]
    if raw.startswith(b"\xef\xbb\xbf"):
        raw = raw[3:]
    try:
        return raw.decode(name)
    except UnicodeDecodeError:
        pass
    if not encoding:
        found = re.search(rb'charset=["\']?([a-z0-9_-]+)', raw[:4096], re.I)
        if found:
            try:
                return raw.decode(found.group(1).decode())
            except (UnicodeDecodeError, LookupError):
                pass
        if sum(b >= 0xc3 for b in raw) * 2 < sum(b >= 0x80 for b in raw):
            return raw.decode("cp1252", "replace")
    return raw.decode(name, "replace")


def load(data):
    """All rows of all sets, each with set, domain and bucket."""
    rows = []
    for name in SETS:
        with open(os.path.join(data, name, "gold.jsonl"), encoding="utf8") as f:
            for line in f:
                row = json.loads(line)
                path = os.path.join(data, name, "html",
                                    row["id"] + ".html.gz")
                row["set"], row["path"] = name, path
                row["scored"] = not (row.get("ok") is False or
                                     row.get("grounded") is False)
                host = urlsplit(row.get("url") or "").hostname or ""
                if not host:
                    with gzip.open(path) as page:
                        host = guess_host(page.read())
                row["domain"] = domain_of(host) or name + row["id"]
                digest = hashlib.sha256(row["domain"].encode()).digest()
                row["bucket"] = digest[0] % BUCKETS
                rows.append(row)
    return rows


# Some sets hold pages as an XML writer printed them.
CLOSED = re.compile(r"<(iframe|script|style|textarea|title|noframes|noembed)"
                    r"(\s[^<>]*)?/>", re.I)


def markup(row):
    with gzip.open(row["path"]) as f:
        text = decode(f.read(), row.get("enc"))
    return CLOSED.sub(r"<\1\2></\1>", text).encode("utf8", "replace")


class Blocks:
    """What dump printed of one page."""
    __slots__ = ("features", "elem", "label", "words", "parent", "first",
                 "tokens", "texts", "title")


def take(pipe, count, kind):
    data = pipe.read(count * np.dtype(kind).itemsize)
    return np.frombuffer(data, kind)


def run_dump(tool, rows, lexicons=None, which=None, cache=None):
    """Yield the blocks of each page; with a file of lexicons, and which of
    them each page takes, only the features."""
    command = [tool] + ([lexicons] if lexicons else [])
    child = subprocess.Popen(command, stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, bufsize=1 << 20)

    def feed():
        for i, row in enumerate(rows):
            page = markup(row)
            child.stdin.write(struct.pack(
                "<ii", which[i] if which is not None else -1, len(page)))
            child.stdin.write(page)
        child.stdin.close()

    threading.Thread(target=feed, daemon=True).start()
    out = child.stdout
    width = int(take(out, 1, "<i4")[0])
    for _ in rows:
        b = Blocks()
        n = int(take(out, 1, "<i4")[0])
        b.features = take(out, n * width, "<f4").reshape(n, width)
        b.elem = take(out, n, "<i4")
        b.label = take(out, n, "<u4")
        b.words = take(out, n, "<f4")
        if not lexicons and n:
            elems = int(take(out, 1, "<i4")[0])
            tokens = int(take(out, 1, "<i4")[0])
            b.parent = take(out, elems, "<u4")
            b.first = take(out, elems + 1, "<u4")
            b.tokens = take(out, tokens, "<u4")
            ends = take(out, n, "<i4")
            text = out.read(int(ends[-1]))
            starts = np.concatenate(([0], ends[:-1]))
            b.texts = [text[s:e].decode("utf8", "replace")
                       for s, e in zip(starts, ends)]
            size = int(take(out, 1, "<i4")[0])
            b.title = out.read(size).decode("utf8", "replace")
        elif not lexicons:
            b.parent = b.tokens = np.zeros(0, np.uint32)
            b.first = np.zeros(1, np.uint32)
            b.texts, b.title = [], ""
        yield b
    child.wait()
    if child.returncode:
        raise SystemExit("dump failed")
