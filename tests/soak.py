#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""soak.py: sends many pages through pith and watches it. Run by make soak.

    soak.py PITH PAGES [FOLDER …]

The pages of golden/ and the small ones of each FOLDER go round and round as
one archive through "pith -j 1", whose one worker then reads them all, and
through "pith -j 2". Of the parent and each worker, memory (RSS) and open files
are counted all along. It fails if

  - memory in the last quarter exceeds that in the second by over 5 % and 512 KiB
  - open files differ between the second quarter and the last
  - a worker was replaced, or pith said anything or failed
  - a page's line differs at the end from what it was at the beginning, but
    for its place in the archive
"""
import glob
import gzip
import json
import os
import subprocess
import sys
import threading
import time

SMALL = 64 * 1024  # bytes; larger pages are left out
PLACE = ("offset", "record", "line", "input")  # what may differ in a line


def read_pages(folders):
    names = glob.glob("golden/*/*/page.htm*")
    for folder in folders:
        found = sorted(glob.glob(os.path.join(folder, "**", "*.html*"),
                                 recursive=True))
        names += found[::max(1, len(found) // 500)]
    pages = []
    for name in names:
        opened = gzip.open if name.endswith(".gz") else open
        with opened(name, "rb") as f:
            page = f.read()
        if len(page) <= SMALL:
            pages.append(page)
    return pages


def records(pages):
    """Each page as a record of an archive."""
    for number, page in enumerate(pages):
        block = (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page)
        yield (b"WARC/1.0\r\nWARC-Type: response\r\n"
               b"WARC-Target-URI: http://page-%d.test/a\r\n"
               b"WARC-Date: 2024-05-14T10:00:00Z\r\n"
               b"Content-Type: application/http; msgtype=response\r\n"
               b"Content-Length: %d\r\n\r\n" % (number, len(block))
               + block + b"\r\n\r\n")


def measure(pid):
    """RSS in KiB and the number of open files."""
    with open(f"/proc/{pid}/status", encoding="ascii") as f:
        rss = [int(line.split()[1]) for line in f if line[:6] == "VmRSS:"]
    return rss[0] if rss else 0, len(os.listdir(f"/proc/{pid}/fd"))


def children(pid):
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as f:
        return [int(word) for word in f.read().split()]


def feed(process, archive, count):
    for i in range(count):
        process.stdin.write(archive[i % len(archive)])
    process.stdin.close()


def same(first, last):
    a, b = json.loads(first), json.loads(last)
    for key in PLACE:
        a.pop(key, None)
        b.pop(key, None)
    return a == b


class Watch:
    """What was seen of one run, by quarters of its pages."""

    def __init__(self, process):
        self.process = process
        self.quarters = [{} for _ in range(4)]  # pid: [most RSS, most files]

    def look(self, quarter):
        pid = self.process.pid
        for each in [pid] + children(pid):
            seen = self.quarters[quarter].setdefault(each, [0, 0])
            for i, n in enumerate(measure(each)):
                seen[i] = max(seen[i], n)

    def faults(self):
        early, late = self.quarters[1], self.quarters[3]
        if early.keys() != late.keys():
            yield f"workers {sorted(early)} became {sorted(late)}"
        for pid in early.keys() & late.keys():
            (rss, files), (end_rss, end_files) = early[pid], late[pid]
            if end_rss > rss * 1.05 + 512:
                yield f"{pid}: {rss} KiB grew to {end_rss}"
            if files != end_files:
                yield f"{pid}: {files} open files became {end_files}"


def run(pith, jobs, archive, count):
    """Yields what is wrong with one run, and prints its figures."""
    start = time.monotonic()
    process = subprocess.Popen(
        [pith, "-j", str(jobs), "-f", "jsonl", "-I", "warc"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    watch = Watch(process)
    feeder = threading.Thread(target=feed, args=(process, archive, count))
    feeder.start()
    first, lines = {}, 0
    every = max(1, count // 400)
    for line in process.stdout:
        page = lines % len(archive)
        lines += 1
        if page not in first:
            first[page] = line
        elif lines > count - len(archive) and not same(first[page], line):
            yield f"page {page} differs at line {lines}"
        if lines % every == 0 and lines < count - 2 * every:
            watch.look(lines * 4 // count)
    feeder.join()
    said = process.stderr.read()
    if process.wait() not in (0, 1) or said:
        yield f"exit {process.returncode}: {said[:500]!r}"
    if lines != count:
        yield f"{lines} lines of {count} pages"
    yield from watch.faults()
    for pid, (rss, files) in sorted(watch.quarters[3].items()):
        early = watch.quarters[1].get(pid, (0, 0))
        who = "parent" if pid == process.pid else "worker"
        print(f"# -j {jobs}: {who} {early[0]} KiB, at the end {rss} KiB;"
              f" {early[1]} files, at the end {files}")
    print(f"# -j {jobs}: {count} pages in {time.monotonic() - start:.0f} s")


def main():
    pith, count = sys.argv[1], int(sys.argv[2])
    archive = list(records(read_pages(sys.argv[3:])))
    count = max(count, 4 * len(archive))
    bad = 0
    print("1..2")
    for number, jobs in enumerate((1, 2), 1):
        wrong = list(run(pith, jobs, archive, count))
        bad += bool(wrong)
        print(f"{'not ok' if wrong else 'ok'} {number} {count} pages,"
              f" {len(archive)} different, -j {jobs}")
        for what in wrong[:20]:
            print(f"#   {what}")
        sys.stdout.flush()
    sys.exit(bad > 0)


main()
