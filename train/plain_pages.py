# SPDX-License-Identifier: MIT
"""Plain text made of pages with gold text, as text browsers and scrapers leave
it, and which lines of it are of the article. Imported by plain.py."""
import os
import random
import re
import subprocess
import textwrap
import threading

import numpy as np

from labels import align_all, tokens
from pages import take

HEADING, ITEM = 1, 2
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069"
                     r"\ufeff\u00ad\ufffe\uffff]|[\ufdd0-\ufdef]")
SPLIT_WORDS = 12  # a block with fewer may fall apart at its inline elements


class Flat:
    """The blocks of one page, and how much of each is in the gold."""
    __slots__ = ("kind", "level", "elem", "texts", "cuts", "parent", "title",
                 "counts", "matched")


def flatten(tool, rows):
    child = subprocess.Popen([tool], stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, bufsize=1 << 20)

    def feed():
        for row in rows:
            child.stdin.write(os.fsencode(row["path"]) + b"\n")
        child.stdin.close()

    threading.Thread(target=feed, daemon=True).start()
    out = child.stdout
    for _ in rows:
        n, elems, cuts, size, title = take(out, 5, "<i4").tolist()
        p = Flat()
        p.kind, p.level, p.elem, ends, cut_ends = take(
            out, 5 * n, "<i4").reshape(5, n)
        places = take(out, cuts, "<i4")
        p.parent = take(out, elems, "<i4")
        text = out.read(size)
        p.texts, p.cuts, start, cut = [], [], 0, 0
        for end, cut_end in zip(ends.tolist(), cut_ends.tolist()):
            raw = text[start:end]
            p.texts.append(raw.decode("utf8", "replace"))
            p.cuts.append(sorted({
                len(raw[:c].decode("utf8", "replace"))
                for c in places[cut:cut_end].tolist()}))
            start, cut = end, cut_end
        p.title = out.read(title).decode("utf8", "replace")
        yield p
    child.wait()
    if child.returncode:
        raise SystemExit("flatten failed")


def load_pages(build, rows):
    """The blocks of all rows with their alignment to the gold."""
    pages = list(flatten(build + "/flatten", rows))
    gold = [(p.texts, row["text"]) for p, row in zip(pages, rows)]
    for p, (counts, matched, _) in zip(pages, align_all(build + "/align",
                                                        gold)):
        p.counts, p.matched = counts, matched
    return pages


def is_title(page, text):
    """Whether a text is the page's title: sets differ in whether their gold
    has it, so nothing is learned from it and it is not scored."""
    words, title = tokens(text), set(tokens(page.title))
    return 3 <= len(words) <= 40 and \
        sum(w in title for w in words) >= 0.8 * len(words)


class Text:
    """A text, and for each of its characters the block it came from."""
    __slots__ = ("text", "starts", "blocks", "style")


STYLES = ("browser", "wrapped", "lines", "tight", "inner", "inner_tight",
          "around", "around_tight", "pure", "pure_tight")


def within(page, blocks):
    """Blocks of the innermost element around most of the given ones."""
    words, need = {}, 0
    for b in blocks:
        e, n = int(page.elem[b]), len(page.texts[b])
        need += n
        while e != -1:
            words[e] = words.get(e, 0) + n
            e = int(page.parent[e])
    best = max((e for e in words if words[e] >= 0.9 * need), default=-1)
    return best


def members(page, top):
    inside = np.zeros(len(page.parent), bool)
    if top >= 0:
        inside[top] = True
    for e in range(len(page.parent)):
        parent = int(page.parent[e])
        if parent != -1 and inside[parent]:
            inside[e] = True
    return [b for b in range(len(page.texts)) if inside[page.elem[b]]]


def compose(page, style, rng):
    """The page in one of the styles, or None where it has no such text."""
    good = [b for b in range(len(page.texts))
            if page.counts[b] and 2 * page.matched[b] >= page.counts[b]]
    chosen = range(len(page.texts))
    if style.startswith(("inner", "around")):
        top = within(page, good)
        for _ in range(0 if style.startswith("inner") else rng.choice((1, 2))):
            if top > 0 and page.parent[top] > 0:
                top = int(page.parent[top])
        chosen = members(page, top)
        # what a scraper adds in front: the title
        titles = [b for b in range(len(page.texts))
                  if page.kind[b] == HEADING and
                  is_title(page, page.texts[b])][:1]
        chosen = [b for b in titles if b not in chosen] + chosen
    elif style.startswith("pure"):
        chosen = good
    tight = style.endswith("tight") or style == "lines"
    bullets = style in ("browser", "wrapped") or rng.random() < 0.2
    apart = rng.random() < 0.4 and not style.startswith("pure")
    width = rng.choice((68, 72, 74, 76, 78, 79, 80))
    indent = rng.choice((0, 0, 3)) if style == "wrapped" else 0
    out = Text()
    pieces, starts, blocks, at, before = [], [], [], 0, None
    for b in chosen:
        text = CONTROL.sub("", page.texts[b])
        parts = [text]
        if apart and page.counts[b] < SPLIT_WORDS:
            cuts = [0] + page.cuts[b] + [len(page.texts[b])]
            parts = [CONTROL.sub("", page.texts[b][i:j]).strip()
                     for i, j in zip(cuts, cuts[1:])]
        parts = [x for x in parts if x.strip()]
        for part in parts:
            if bullets and page.kind[b] == ITEM and "\n" not in part:
                part = rng.choice(("* ",) * 8 + ("- ", "\u2022 ")) + part
            if style == "wrapped":
                part = wrap(part, width, indent)
            near = tight or (page.kind[b] == ITEM and before == ITEM and
                             style in ("browser", "wrapped"))
            if pieces:
                gap = "\n" if near else "\n\n"
                pieces.append(gap)
                at += len(gap)
            starts.append(at)
            blocks.append(b)
            pieces.append(part)
            at += len(part)
            before = page.kind[b]
    if not pieces:
        return None
    out.text = "".join(pieces) + "\n"
    out.starts, out.blocks, out.style = np.array(starts), blocks, style
    return out


def wrap(text, width, indent):
    lines = []
    for line in text.split("\n"):
        lines += textwrap.wrap(
            line, width, break_long_words=False, break_on_hyphens=False,
            initial_indent=" " * indent, subsequent_indent=" " * indent) or [""]
    return "\n".join(lines)


def texts_of(page, row, styles, count):
    """Some styles of a page, the same each time."""
    rng = random.Random(row["set"] + row["id"])
    for style in rng.sample(styles, count):
        text = compose(page, style, rng)
        if text is not None:
            yield text
