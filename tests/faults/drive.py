#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""drive.py: runs pith and pith-fetch again and again, and each time another
call of the C library fails (inject.c). Speaks TAP; run by tests/run.sh from
the top of the tree, with BUILD naming the folder of the built programs.

    drive.py [CASE …]

A fault that a program can do something about (less read than asked for, a
signal) must change nothing. Any other must end in the same output as without
it, or in an exit status and a message; and then what was written holds whole
pages only, no other file is left, and a run that can go on does so without
loss. No fault may hang or kill a program.

Of the calls of one name a sample fails; with FAULTS_ALL=1 each does. What
libcurl allocates to start is the same in each case of pith-fetch, nine tenths
of all: in most of them it does not fail.
"""
import concurrent.futures
import errno
import os
import shutil
import struct
import subprocess
import sys
import tempfile
from dataclasses import dataclass

import cases

BUILD = os.path.abspath(os.environ.get("BUILD", "build"))
INJECT = os.path.join(BUILD, "faults", "inject.so")
PATIENCE = 30  # seconds
# Calls of a name that fail in a case, unless all do; pith-fetch is slow to
# start.
MOST = {"pith": 6, "pith-fetch": 3}
MOST_MALLOC = {"pith": 40, "pith-fetch": 15}
OWN = 8  # the last allocations of a run that only starts, or more


@dataclass(frozen=True)
class Fault:
    call: str
    what: str       # an errno's name, or a word that inject.c knows
    harmless: bool = False

    def __str__(self):
        return f"{self.call} {self.what}"

    def plan(self, number, path):
        what = str(getattr(errno, self.what, self.what))
        return f"{self.call}:{what}:{number}:{path}"


FAULTS = [Fault(*words.split()) for words in (
    "malloc ENOMEM", "malloc after",
    "read EIO", "read EAGAIN", "recv EIO", "recv ECONNRESET", "send EPIPE",
    "write EIO", "write ENOSPC", "write EAGAIN", "write full",
    "open EMFILE", "open EACCES", "open ENOSPC", "close EIO", "close ENOSPC",
    "sync EIO", "sync ENOSPC", "rename EIO", "rename EACCES", "seek EIO",
    "truncate EIO", "stat EIO", "mode EPERM", "mkdir ENOSPC", "poll ENOMEM",
    "pipe EMFILE", "fork EAGAIN", "wait ECHILD", "socket EMFILE",
)] + [Fault(*words.split(), harmless=True) for words in (
    "read short", "read EINTR", "recv short", "recv EINTR", "send short",
    "send EINTR", "write short", "write EINTR", "close EINTR", "poll EINTR",
    "wait EINTR",
)]


@dataclass
class Result:
    code: int
    out: bytes
    err: bytes
    files: dict  # name: bytes, of those that the command made or changed


def read_all(folder):
    found = {}
    for top, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(top, name)
            with open(path, "rb") as f:
                found[os.path.relpath(path, folder)] = f.read()
    return found


class Room:
    """A folder in which a case runs, as often as wanted."""

    def __init__(self, case):
        self.case = case
        self.top = tempfile.mkdtemp(prefix="pith-faults-")
        self.folder = os.path.join(self.top, "work")
        self.count = os.path.join(self.top, "count")
        os.mkdir(self.folder)
        self.inputs = {}
        case.prepare(self.folder)
        if case.before:
            self.start(case.before, None)
        self.inputs = read_all(self.folder)

    def reset(self):
        for name, data in read_all(self.folder).items():
            path = os.path.join(self.folder, name)
            if name not in self.inputs:
                os.remove(path)
            elif data != self.inputs[name]:
                with open(path, "wb") as f:
                    f.write(self.inputs[name])
        for top, folders, _ in os.walk(self.folder, topdown=False):
            for name in folders:
                if not os.listdir(os.path.join(top, name)):
                    os.rmdir(os.path.join(top, name))

    def start(self, argv, plan):
        env = dict(os.environ, **self.case.environment)
        if plan is not None:
            with open(self.count, "wb") as f:
                f.write(bytes(8))
            env.update(LD_PRELOAD=INJECT, INJECT=plan)
        argv = [os.path.join(BUILD, argv[0]), *argv[1:]]
        stdin = subprocess.DEVNULL
        if self.case.stdin is not None:
            stdin = open(os.path.join(self.folder, self.case.stdin), "rb")
        try:
            done = subprocess.run(argv, cwd=self.folder, env=env, stdin=stdin,
                                  capture_output=True, timeout=PATIENCE,
                                  check=False)
        finally:
            if self.case.stdin is not None:
                stdin.close()
        files = {n: d for n, d in read_all(self.folder).items()
                 if self.inputs.get(n) != d and not self.case.is_private(n)}
        return Result(done.returncode, done.stdout, done.stderr, files)

    def run(self, fault, number, argv=None):
        """The result with the fault, and how many calls there were."""
        self.reset()
        result = self.start(argv or self.case.argv,
                            fault.plan(number, self.count))
        with open(self.count, "rb") as f:
            return result, struct.unpack("Q", f.read(8))[0]

    def spared(self, fault):
        """How many calls, the first ones, need not fail."""
        if fault.call != "malloc" or self.case.starts is None:
            return 0
        return max(0, self.run(fault, 0, self.case.starts)[1] - OWN)

    def close(self):
        shutil.rmtree(self.top)


def judge(case, fault, base, got):
    """What is wrong, or None."""
    if got.code < 0:
        return f"killed by signal {-got.code}"
    same = case.same(base, got)
    if fault.harmless or got.code == base.code:
        if got.code != base.code:
            return f"exit status {got.code}, not {base.code}"
        if not same and not (case.guessed and fault.call == "malloc"):
            return f"exit status {got.code}, but the output is another"
        return None
    if got.code not in case.codes:
        return f"exit status {got.code}"
    if not any(line.startswith(b"pith") and line.count(b": ") >= 1
               for line in got.err.split(b"\n")):
        return f"exit status {got.code} without a message"
    for name in got.files:
        if name not in base.files:
            return f"leaves the file {name}"
    return case.partial(base, got, fault.what == "full")


def numbers(total, most, spared):
    if total - spared <= most or os.environ.get("FAULTS_ALL"):
        return list(range(spared + 1, total + 1))
    edge = most // 3  # the first, the last, and some between
    low, high = spared + edge, total - edge
    step = (high - low) / (most - 2 * edge + 1)
    return [*range(spared + 1, low + 1),
            *sorted({low + round(step * i)
                     for i in range(1, most - 2 * edge + 1)}),
            *range(high + 1, total + 1)]


def run_fault(case, fault):
    """(runs, what went wrong) of one kind of fault in a case."""
    wrong, runs = [], 0
    room = Room(case)
    try:
        base, total = room.run(fault, 0)
        if base.code != case.code or total == 0:
            return 0, [] if total == 0 else [
                f"{fault}: exit status {base.code} without a fault: "
                f"{base.err[:200]!r}"]
        most = (case.most_malloc or MOST_MALLOC[case.program]
                if fault.call == "malloc" else MOST[case.program])
        for number in numbers(total, most, room.spared(fault)):
            try:
                got, _ = room.run(fault, number)
                what = judge(case, fault, base, got)
                if what is None and got.code != base.code and case.again:
                    more = room.start(case.again, None)
                    what = case.complete(base, more)
            except subprocess.TimeoutExpired:
                what, got = "hangs", None
            runs += 1
            if what is not None:
                said = got.err[:160] if got else b""
                wrong.append(f"{fault}, {number} of {total}: {what} {said!r}")
    finally:
        room.close()
    return runs, wrong


def is_sanitized():
    with open(os.path.join(BUILD, "pith"), "rb") as f:
        return b"__asan_init" in f.read()


def main():
    if is_sanitized():
        print("1..1\nok 1 # skip the sanitizers have a malloc of their own")
        return 0
    wanted = [c for c in cases.all_cases()
              if len(sys.argv) < 2 or c.name in sys.argv[1:]]
    only = os.environ.get("FAULTS_ONLY", "")
    faults = [f for f in FAULTS if only in str(f)]
    failed = 0
    jobs = [(c, f) for c in wanted for f in faults]
    print(f"1..{len(wanted)}", flush=True)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = pool.map(lambda j: run_fault(*j), jobs)
        for i, case in enumerate(wanted, 1):
            runs, wrong = 0, []
            for _ in faults:  # results come in the order of the jobs
                more_runs, more_wrong = next(results)
                runs, wrong = runs + more_runs, wrong + more_wrong
            failed += bool(wrong) or runs == 0
            print("not ok" if wrong or runs == 0 else "ok", i,
                  f"{case.name}: {runs} faults", flush=True)
            for line in wrong[:20]:
                print("#  ", line, flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
