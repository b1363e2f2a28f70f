#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""measure.py: runs a command and prints its seconds and its largest resident
set in kB, for the tests of pith-fetch.

    measure.py COMMAND …
"""
import resource
import subprocess
import sys
import time

start = time.monotonic()
status = subprocess.call(sys.argv[1:])
seconds = time.monotonic() - start
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"{seconds:.2f} {usage.ru_maxrss}")
sys.exit(status)
