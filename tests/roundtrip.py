#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""roundtrip.py: holds Markdown and HTML output against the text they are of.

usage: roundtrip.py PITH FILE …

Of each page the kept blocks are the truth. cmark-gfm renders our Markdown with
tables, cmark that with --no-tables; their text and that of our own HTML must be
the text of the blocks, white space aside. Prints a line for each page that
differs and a count; exit 1 if any did.
"""
import html.parser
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

INLINE = {"a", "em", "strong", "code", "del", "sub", "sup", "img"}
SPACE = re.compile(r"\s+")


class Text(html.parser.HTMLParser):
    """The text of a page, with a space at each block's edge."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts = []
        self.tags = set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        if tag not in INLINE:
            self.parts.append(" ")

    handle_endtag = lambda self, tag: self.handle_starttag(tag, None)

    def handle_data(self, data):
        self.parts.append(data)


def squeeze(s):
    return SPACE.sub(" ", s).strip()


def text_of(markup):
    parser = Text()
    parser.feed(markup)
    parser.close()
    return squeeze("".join(parser.parts))


def run(command, data=None):
    return subprocess.run(command, input=data, capture_output=True,
                          check=False).stdout.decode("utf-8")


def differ(a, b):
    """The surroundings of the first difference."""
    i = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y),
             min(len(a), len(b)))
    at = max(0, i - 30)
    return f"{a[at:i + 50]!r} became {b[at:i + 50]!r}"


def check(pith, name):
    bad = []
    for tables, tool in ((["--tables"], ["cmark-gfm", "-e", "table"]),
                         (["--no-tables"], ["cmark"])):
        out = run([pith, "-f", "jsonl", "--body", "markdown,html", "--blocks",
                   *tables, name])
        if not out:
            continue
        page = json.loads(out)
        if "blocks" not in page:
            continue
        want = squeeze(" ".join(b["text"] for b in page["blocks"]
                                if b["kept"]))
        got = {"html": text_of(page["html"]),
               "markdown": text_of(run([*tool, "--unsafe"],
                                       page["markdown"].encode()))}
        for form, text in got.items():
            if text != want:
                bad.append(f"{name} {form} {tables[0]}: "
                           + differ(want, text))
    return bad


def main():
    pith = os.path.abspath(sys.argv[1])
    files = sys.argv[2:]
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda f: check(pith, f), files))
    for bad in results:
        for line in bad:
            print(line)
    wrong = sum(bool(bad) for bad in results)
    print(f"{len(files) - wrong} of {len(files)} pages the same")
    return wrong > 0 or not files


if __name__ == "__main__":
    sys.exit(main())
