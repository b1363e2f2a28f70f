#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""figures.py: the tables of accuracy that README.md and man/pith.1 show, from the
figures of docs/accuracy.md, which are the only ones kept by hand.

    python3 docs/figures.py             is each table what it should be?
    python3 docs/figures.py --update    put them in the old ones' places
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


def rows_of(heading, width):
    """The rows of the first table of that width below a heading, by name."""
    with open("docs/accuracy.md", encoding="utf-8") as f:
        section = f.read().split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = {}
    for line in section.split("\n"):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == width:
            rows.setdefault(cells[0], cells)
    return rows


def compared():
    """README's table: pith and others."""
    rows = rows_of("Cross-validated by domain", 9)
    lines = list(HEAD)
    for name, title in ROWS:
        _, pages, f1, _, _, _, _, other, another = rows[name]
        lines.append(f"| {title} ({int(pages):,}) | {short(f1)} | "
                     f"{short(other)} | {short(another)} |")
    return "\n".join(lines) + "\n"


def biased():
    """The manual's table: precision, recall and F1 by --precision and so on."""
    plain = rows_of("Cross-validated by domain", 9)
    other = rows_of("More or less", 7)
    names = other["bias"]
    lines = []
    for option, bias in (("default", None), ("--precision", "-1.0"),
                         ("--recall", "+1.0")):
        line = f".It {option}"
        for name in ("wcxb", "daniel"):
            if bias is None:
                _, _, f1, precision, recall = plain[name][:5]
            else:
                f1, precision, recall = re.findall(
                    r"[\d.]+", other[bias][names.index(name)])
            line += " Ta " + " / ".join(map(short, (precision, recall, f1)))
        lines.append(line)
    return "\n".join(lines) + "\n"


TABLES = (
    ("README.md", re.compile(re.escape(HEAD[0]) + r"\n(\|.*\n)*"), compared),
    ("man/pith.1", re.compile(r"^\.It default Ta .*\n(\.It --.* Ta .*\n)*", re.M),
     biased),
)


def main(update):
    wrong = []
    for path, old, table in TABLES:
        with open(path, encoding="utf-8") as f:
            text = f.read()
        if not old.search(text):
            sys.exit(f"figures.py: no such table in {path}")
        new = old.sub(lambda _, table=table: table(), text)
        if new == text:
            continue
        wrong.append(path)
        if update:
            with open(path, "w", encoding="utf-8") as f:
                f.write(new)
    if wrong and not update:
        sys.exit(f"figures.py: other figures in {', '.join(wrong)}; "
                 "this brings them: python3 docs/figures.py --update")


if __name__ == "__main__":
    main(sys.argv[1:] == ["--update"])
