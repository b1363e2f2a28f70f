#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""batch.py: what many pages cost beside the library alone, what a second
worker brings, and what one small page costs. Run by make bench-batch.

    batch.py PITH LOOP [FOLDER [PAGES]]

All figures are of one run, in rounds: each round measures everything once, and
what is printed are medians. Times of the processor are of all processes of
pith together, and of its first process, which reads, unpacks and writes.

On two quiet processors the wall clock tells what a second worker brings. On a
busy machine it does not; but it follows from the times of the processor. With
one worker, it and the parent work side by side, so a run takes what the worker
takes, W; with two, all three share two processors: (W + P) / 2.
"""
import gzip
import os
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 3
SMALL_RUNS = 40


def pages(folder, most):
    """Page bytes, spread over all there are."""
    names = []
    for root, _, found in sorted(os.walk(folder)):
        names += [os.path.join(root, n) for n in sorted(found)
                  if n.endswith((".html", ".html.gz"))]
    for name in names[::max(1, len(names) // most)][:most]:
        with (gzip.open if name.endswith(".gz") else open)(name, "rb") as f:
            yield f.read()


def record(number, page):
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    return (b"WARC/1.0\r\nWARC-Type: response\r\n"
            b"WARC-Target-URI: http://%d.test/\r\n"
            b"Content-Type: application/http; msgtype=response\r\n"
            b"Content-Length: %d\r\n\r\n" % (number, len(block))
            + block + b"\r\n\r\n")


def own_time(pid):
    """Seconds of the processor of that process, its children left out."""
    with open(f"/proc/{pid}/stat", encoding="ascii") as f:
        fields = f.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def run(command):
    """Wall seconds, those of the processor, and of the first process alone."""
    start = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
    # it is left as a zombie until its own time was read
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    wall = time.monotonic() - start
    own = own_time(child.pid)
    usage = os.wait4(child.pid, 0)[2]
    return wall, usage.ru_utime + usage.ru_stime, own


def small(command):
    """Milliseconds of the processor for one start, and by the wall clock."""
    results = [run(command)[:2] for _ in range(SMALL_RUNS)]
    return (1000 * statistics.mean(r[1] for r in results),
            1000 * statistics.median(r[0] for r in results))


def main():
    pith, loop = sys.argv[1:3]
    folder = sys.argv[3] if len(sys.argv) > 3 else "golden"
    most = int(sys.argv[4]) if len(sys.argv) > 4 else 1000
    with tempfile.TemporaryDirectory() as work:
        files = []
        plain, packed = os.path.join(work, "a.warc"), os.path.join(work, "a.gz")
        with open(plain, "wb") as p, open(packed, "wb") as z:
            for i, page in enumerate(pages(folder, most)):
                files.append(os.path.join(work, f"{i}.html"))
                with open(files[-1], "wb") as f:
                    f.write(page)
                p.write(record(i, page))
                z.write(gzip.compress(record(i, page), 6))
        size = sum(map(os.path.getsize, files))
        print(f"{len(files)} pages, {size / 1e6:.0f} MB, "
              f"{os.path.getsize(packed) / 1e6:.0f} MB in gzip; load "
              f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
        rounds = {}

        def note(name, *values):
            rounds.setdefault(name, []).append(values)

        little = min(files, key=lambda f: abs(os.path.getsize(f) - 20000))
        for _ in range(ROUNDS):
            out = subprocess.run([loop, *files], stdout=subprocess.PIPE,
                                 check=True).stdout.split()
            note("library", float(out[0]) + float(out[1]))
            for name, path in (("plain", plain), ("gzip", packed)):
                for jobs in ("1", "2"):
                    note(f"{name} -j {jobs}", *run([pith, "-j", jobs, path]))
            note("true", *small(["true"]))
            note("page", *small([pith, little]))
            first = [float(subprocess.run([loop, little], check=True,
                                          stdout=subprocess.PIPE).stdout
                           .split()[0]) for _ in range(SMALL_RUNS)]
            note("library, one page", 1000 * statistics.mean(first))
    mid = {k: [statistics.median(c) for c in zip(*v)]
           for k, v in rounds.items()}
    library = mid["library"][0]
    print(f"library in a loop           {library:6.2f} s")
    for name in ("plain", "gzip"):
        for jobs in (1, 2):
            wall, cpu, own = mid[f"{name} -j {jobs}"]
            print(f"{name:5} -j {jobs}: processor {cpu:6.2f} s, the parent "
                  f"{own:5.2f}; wall {wall:6.2f}; "
                  f"{100 * (cpu / library - 1):+5.1f} % of the library")
        one, two = mid[f"{name} -j 1"], mid[f"{name} -j 2"]
        print(f"{name:5} -j 2 beside -j 1: {one[0] / two[0]:.2f} by the wall "
              f"clock, {2 * (one[1] - one[2]) / two[1]:.2f} by processor time")
    true, page, alone = mid["true"], mid["page"], mid["library, one page"][0]
    print(f"one page of {20} kB: {page[0]:.2f} ms of the processor "
          f"({page[1]:.1f} wall), true {true[0]:.2f} ({true[1]:.1f} wall), "
          f"library in a new process {alone:.2f}: "
          f"{page[0] / (true[0] + alone):.2f} times true + library")


if __name__ == "__main__":
    main()
