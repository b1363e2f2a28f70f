#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""kill.py: kills pith-fetch at random moments, for the tests.

    kill.py PITH-FETCH PORT KILLS

In each round a run over 300 URLs on a fault server at PORT is killed with
SIGKILL, again and again, and started again on the same state and output until
it ends by itself. Then the output must hold every page once, or twice if it
was in flight at a kill; and after every kill the state must be sound and must
know of no page that is not in the output.
"""
import collections
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time

URLS = 300
JOBS = 8


def pages(path):
    """The pages in a file whose last record may be cut short."""
    here = os.path.dirname(os.path.abspath(__file__))
    found = subprocess.run(
        [sys.executable, os.path.join(here, "warc.py"), "pages", path],
        check=False, capture_output=True, text=True)
    return found.stdout.split(), found.returncode


def round_of(program, port, folder):
    output = os.path.join(folder, "out.warc.gz")
    state = os.path.join(folder, "state.db")
    wanted = [f"http://h{i % 40}.test:{port}/page/{i}" for i in range(URLS)]
    listed = os.path.join(folder, "list")
    with open(listed, "w", encoding="ascii") as f:
        f.write("\n".join(wanted))
    command = [program, "--resolve", f"*:{port}:127.0.0.1", "--delay", "0.05",
               "--ignore-robots", "-j", str(JOBS), "--state", state, "-i",
               listed, "-o", output, "--append"]
    kills = 0
    while True:
        run = subprocess.Popen(command)
        if kills < 4:
            try:
                run.wait(random.uniform(0.02, 0.3))
            except subprocess.TimeoutExpired:
                run.kill()
                run.wait()
        else:
            run.wait()
        if run.returncode not in (0, -9):
            sys.exit(f"kill.py: exit status {run.returncode}")
        kills += run.returncode == -9
        there, _ = pages(output) if os.path.exists(output) else ([], 0)
        if os.path.exists(state):
            db = sqlite3.connect(state)
            if db.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                sys.exit("kill.py: the state is damaged")
            try:
                known = {row[0] for row in db.execute("SELECT url FROM page")}
            except sqlite3.OperationalError:
                known = set()  # killed before the tables were made
            db.close()
            lost = known - set(there)
            if lost:
                sys.exit(f"kill.py: known but not written: {sorted(lost)[:3]}")
        if run.returncode == 0:
            break
    there, bad = pages(output)
    counts = collections.Counter(there)
    twice = sum(n - 1 for n in counts.values())
    if bad or set(counts) != set(wanted):
        sys.exit(f"kill.py: {URLS - len(counts)} pages are missing")
    if max(counts.values()) > 1 + kills or twice > kills * JOBS:
        sys.exit(f"kill.py: {twice} pages too many after {kills} kills")
    return kills, twice


def main():
    program, port, wanted = sys.argv[1], sys.argv[2], int(sys.argv[3])
    seed = int(os.environ.get("SEED", time.time_ns()))
    random.seed(seed)
    print(f"# SEED={seed}")
    total = again = 0
    while total < wanted:
        with tempfile.TemporaryDirectory() as folder:
            kills, twice = round_of(program, port, folder)
        total += kills
        again += twice
    print(f"# {total} kills, {again} pages twice")


if __name__ == "__main__":
    main()
