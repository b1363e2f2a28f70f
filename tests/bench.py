#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""bench.py: how fast pith is, and how much memory it takes. Run by make bench.

    bench.py PITH [FOLDER]

Runs pith once over every page below FOLDER (as many files a run as one
command line takes), three times, and prints the best, for each set in it. A
second line is the start of a process: one small page, a hundred times.
"""
import os
import subprocess
import sys
import time

RUNS = 3


def pages(folder):
    for root, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            if name.endswith((".html", ".html.gz")):
                yield os.path.join(root, name)


def run(command):
    """Seconds, and the child's peak resident size in MiB."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    return time.monotonic() - start, usage.ru_maxrss / 1024


def markup_size(paths):
    size = 0
    for path in paths:
        if path.endswith(".gz"):
            with open(path, "rb") as f:
                f.seek(-4, os.SEEK_END)
                size += int.from_bytes(f.read(4), "little")
        else:
            size += os.path.getsize(path)
    return size


def bench_set(pith, name, paths):
    limit = os.sysconf("SC_ARG_MAX") // 4
    assert sum(len(p) + 9 for p in paths) < limit, f"{name}: too many pages"
    best = min(run([pith, *paths]) for _ in range(RUNS))
    print(f"{name:<12} {len(paths):>6} pages {len(paths) / best[0]:>8.0f}/s "
          f"{markup_size(paths) / best[0] / 1e6:>7.1f} MB/s of markup, "
          f"{best[1]:>5.0f} MiB")


def main():
    pith = sys.argv[1]
    folder = sys.argv[2] if len(sys.argv) > 2 else "golden"
    if not os.path.isdir(folder):
        print(f"{folder} is not there; using golden/", file=sys.stderr)
        folder = "golden"
    for name in sorted(os.listdir(folder)):
        paths = list(pages(os.path.join(folder, name)))
        if paths:
            bench_set(pith, name, paths)
    small = next(pages("golden/short"))
    start = time.monotonic()
    for _ in range(100):
        run([pith, small])
    print(f"one page, start to end: {(time.monotonic() - start) * 10:.1f} ms, "
          f"{run([pith, small])[1]:.0f} MiB")


if __name__ == "__main__":
    main()
