#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""figures.py: the table of accuracy that README.md shows, from the figures of
docs/accuracy.md, which are the only ones kept by hand.

    python3 docs/figures.py             print it
    python3 docs/figures.py --update    put it into README.md in the old one's place
"""
import re
import sys

# The row of docs/accuracy.md, and what README.md calls it.
ROWS = (
    ("wcxb", "seven kinds of pages of 2025"),
    ("wcxb article", "· articles only"),
    ("wcxb product", "· product pages only"),
    ("daniel", "news in five languages"),
    ("dragnet", "news, blogs, some shops"),
    ("magic", "articles and forums, 14 languages"),
    ("harvest", "forum threads"),
)
HEAD = ("| pages | pith | trafilatura 2.2 | rdrview |", "|---|---|---|---|")


def short(figure):
    return f"{float(figure):.3f}".lstrip("0")


def table():
    with open("docs/accuracy.md", encoding="utf-8") as f:
        section = f.read().split("\n## Cross-validated by domain\n")[1]
    rows = {}
    for line in section.split("\n"):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 9:
            rows.setdefault(cells[0], cells)
    lines = list(HEAD)
    for name, title in ROWS:
        _, pages, f1, _, _, _, _, other, another = rows[name]
        lines.append(f"| {title} ({int(pages):,}) | {short(f1)} | "
                     f"{short(other)} | {short(another)} |")
    return "\n".join(lines) + "\n"


def main(update):
    if not update:
        print(table(), end="")
        return
    with open("README.md", encoding="utf-8") as f:
        text = f.read()
    old = re.compile(re.escape(HEAD[0]) + r"\n(\|.*\n)*")
    if not old.search(text):
        sys.exit("figures.py: no such table in README.md")
    with open("README.md", "w", encoding="utf-8") as f:
        f.write(old.sub(lambda _: table(), text))


if __name__ == "__main__":
    main(sys.argv[1:] == ["--update"])
