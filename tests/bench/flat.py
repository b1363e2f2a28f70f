#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""flat.py: does pith need the same memory whatever comes? Run by make
bench-flat.

    flat.py PITH [GIGABYTES [FOLDER]]

Writes an archive of so many gigabytes (5), made of the pages below FOLDER
(golden), into the standard input of pith, and looks at the resident memory of
its processes all the while. Prints the most that all of them together had in
each tenth of the input; exits 1 if the last tenth needed a quarter more than
the second.
"""
import os
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(__file__))
from batch import pages, record  # noqa: E402


def resident(pid):
    """MiB of a process and its children."""
    size = 0
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as f:
            ids = [pid, *map(int, f.read().split())]
    except OSError:
        return 0
    for one in ids:
        try:
            with open(f"/proc/{one}/status", encoding="ascii") as f:
                size += sum(int(line.split()[1]) for line in f
                            if line.startswith("VmRSS"))
        except OSError:
            pass  # it has just ended
    return size / 1024


def main():
    wanted = float(sys.argv[2] if len(sys.argv) > 2 else 5) * 1e9
    folder = sys.argv[3] if len(sys.argv) > 3 else "golden"
    material = list(pages(folder, 500))
    child = subprocess.Popen([sys.argv[1], "-j", "2", "-f", "jsonl"],
                             stdin=subprocess.PIPE,
                             stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
    most, written, done = [0.0] * 10, 0, False

    def watch():
        while not done:
            tenth = min(9, int(10 * written / wanted))
            most[tenth] = max(most[tenth], resident(child.pid))
            time.sleep(0.2)

    watcher = threading.Thread(target=watch)
    watcher.start()
    number, start = 0, time.monotonic()
    while written < wanted:
        number += 1
        written += child.stdin.write(
            record(number, material[number % len(material)]))
    child.stdin.close()
    status = child.wait()
    done = True
    watcher.join()
    print(f"{number} pages, {written / 1e9:.1f} GB, exit {status}, "
          f"{time.monotonic() - start:.0f} s; MiB in each tenth: "
          + " ".join(f"{m:.0f}" for m in most))
    sys.exit(most[9] > 1.25 * most[1] or status not in (0, 1, 6))


if __name__ == "__main__":
    main()
