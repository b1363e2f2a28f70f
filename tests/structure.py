#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""structure.py: holds the sources against the rules of the house and speaks
TAP. Run by tests/run.sh from the top of the tree, with BUILD naming the folder
of the built library.

Each function test_… gives the list of what breaks one rule.
"""
import fnmatch
import os
import re
import subprocess
import sys
import tomllib

MAX_FILE_LINES = 500
MAX_FUNCTION_LINES = 80

# Who may include whom: a file of the left room includes only headers of the
# rooms on the right (and of its own).
ROOMS = {
    "base": "include",
    "page": "include base",
    "score": "include base page",
    "meta": "include base page",
    "render": "include base page score meta",
    "pith.c": "include base page score meta render",
    "pith_handle.h": "include base page score meta render",
    "pith_options.c": "include base page score meta render",
    "pith_write.c": "include base page score meta render",
    "source": "include base",
    "run": "include base source",
    "fetch": "include base source run",
    "main.c": "include base source run",
}

# Third-party headers stay behind these doors.
DOORS = {
    "gumbo.h": "page/parse.c page/block.c",
    "uchardet": "page/detector.cc",
    "iconv.h": "page/charset_convert.c page/charset_convert.h",
    "zlib.h": "page/decode.c source/ fetch/",
    "jansson.h": "run/ source/ fetch/",
    "nettle/": "fetch/digest.c fetch/digest.h",
    "curl/": "fetch/",
    "sqlite3.h": "fetch/state.c",
    "expat.h": "fetch/feed.c",
    "linux/": "run/sandbox.c",
    "zstd": "source/",
    "brotli/": "source/",
}


def git_files(*patterns):
    """Files of the tree, those not yet added too, less those gone."""
    out = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "--", *patterns],
        check=True, capture_output=True, text=True).stdout.split("\n")
    return sorted(f for f in out if f and os.path.exists(f))


def read(path):
    with open(path, encoding="utf-8") as f:
        return f.read()


def c_files(*folders):
    return git_files(*(f"{d}/*.{e}" for d in folders for e in ("c", "h", "cc")))


def room_of(path):
    """filter/page/x.h and page/x.h are of page; filter/main.c is its own."""
    parts = path.removeprefix("filter/").split("/")
    return parts[0]


def includes(path):
    return re.findall(r'^[ \t]*#[ \t]*include[ \t]*[<"]([^>"]+)[>"]',
                      read(path), re.M)


def test_includes_point_one_way():
    for path in c_files("filter"):
        room = room_of(path)
        if room not in ROOMS:
            yield f"{path}: {room} is no room of the house"
            continue
        for header in includes(path):
            other = "include" if header == "pith.h" else room_of(header)
            if "/" not in header and header != "pith.h":
                continue  # of the system
            if other not in ROOMS and other != "include":
                continue  # of a library, behind a door
            if other != room and other not in ROOMS[room].split():
                yield f"{path} includes {header}: {room} may not see {other}"


def test_headers_are_named_from_filter():
    for path in c_files("filter"):
        for header in re.findall(r'#include "([^"]+)"', read(path)):
            if header != "pith.h" and \
                    not os.path.exists(os.path.join("filter", header)):
                yield f'{path}: "{header}" is not a path below filter/'


def test_third_party_headers_stay_behind_their_doors():
    for path in c_files("filter", "include"):
        inside = path.removeprefix("filter/")
        for header in includes(path):
            for door, users in DOORS.items():
                if header.startswith(door) and not any(
                        inside == u or u.endswith("/") and inside.startswith(u)
                        for u in users.split()):
                    yield f"{path} includes {header}: only {users} may"


def test_public_header_stands_alone():
    for header in includes("include/pith.h"):
        if header not in ("stddef.h", "stdint.h"):
            yield f"include/pith.h includes {header}"


def symbols_of(library, *options):
    """The global names that a built library defines, but for what the
    sanitizers and coverage bring."""
    out = subprocess.run(
        ["nm", *options, "--extern-only", "--defined-only", "--format=posix",
         os.path.join(os.environ.get("BUILD", "build"), library)],
        check=True, capture_output=True, text=True).stdout
    names = {line.split()[0] for line in out.splitlines() if " " in line}
    return {s for s in names if not re.match(r"_|asan|ubsan", s)}


def test_exported_symbols_are_the_public_functions():
    api = set(re.findall(r"PITH_API[^;]*?\b(pith_\w+)\(",
                         read("include/pith.h")))
    if not api:
        yield "include/pith.h: no function found"
    for library, options in (("libpith.so", ["-D"]), ("libpith.a", [])):
        symbols = symbols_of(library, *options)
        for name in sorted(symbols - api):
            yield f"{library}: {name} is exported but not in pith.h"
        for name in sorted(api - symbols):
            yield f"{library}: {name} is in pith.h but not exported"


def test_symbols_file_of_the_package_lists_the_exports():
    path = "packaging/debian/libpith0.symbols"
    listed = set(re.findall(r"^ (\w+)@Base ", read(path), re.M))
    for name in sorted(listed ^ symbols_of("libpith.so", "-D")):
        yield f"{path}: {name} is not in both it and libpith.so"


def test_abi_test_has_a_row_for_all_of_the_header():
    header = re.sub(r"/\*.*?\*/", "", read("include/pith.h"), flags=re.S)
    rows = read("tests/unit/abi_test.c")
    wanted = []
    for body in re.findall(r"^enum \w+ \{(.*?)\};", header, re.M | re.S):
        # the counts grow with each value that is added
        wanted += [f"VALUE({name}," for name in re.findall(r"PITH_\w+", body)
                   if not name.endswith("_COUNT")]
    for name, body in re.findall(r"^struct (\w+) \{(.*?)\};", header,
                                 re.M | re.S):
        wanted += [f"FIELD({name}, {field},"
                   for field in re.findall(r"(\w+)[;,]", body)]
    if len(wanted) < 50:
        yield "include/pith.h: enums and structs not found"
    for row in wanted:
        if row not in rows:
            yield f"tests/unit/abi_test.c: no row {row} …)"


def test_files_begin_with_licence_and_purpose():
    for path in c_files("filter", "include", "tests", "train", "examples"):
        if path.endswith((".inc",)):
            continue
        name = os.path.basename(path)
        head = "\n".join(read(path).split("\n")[:6])
        if not re.match(r"/\* SPDX-License-Identifier: MIT\n", head):
            yield f"{path}: does not begin with the SPDX line"
        if not re.search(re.escape(name) + ": ", head):
            yield f'{path}: no sentence of purpose ("{name}: …")'


def test_every_file_names_its_licence():
    with open("REUSE.toml", "rb") as f:
        others = tomllib.load(f)["annotations"][0]["path"]
    for path in git_files():
        with open(path, "rb") as f:
            head = f.read(600)
        if b"SPDX-License-Identifier: MIT" not in head and \
                not any(fnmatch.fnmatch(path, other) for other in others):
            yield f"{path}: no SPDX line, and not in REUSE.toml"


def test_version_is_in_one_place():
    version = read("VERSION").strip()
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        yield f"VERSION: {version} is no version"
    for path, start in (("NEWS", f"pith {version} "),
                        ("packaging/debian/changelog", f"pith ({version}-")):
        if not read(path).startswith(start):
            yield f"{path} does not begin with \"{start}\""
    for path in git_files("Makefile", "*.mk", "*.in", "*.[ch]", "man/*"):
        if version in read(path):
            yield f"{path} has {version}: that is for VERSION alone"
    number = re.search(r"^SOVERSION := (\d+)$", read("Makefile"), re.M)[1]
    for path in ("libpith{}.symbols", "libpith{}.install"):
        path = f"packaging/debian/{path.format(number)}"
        if not os.path.exists(path):
            yield f"{path} is not there: the soname is libpith.so.{number}"


def test_architecture_is_true():
    page = "docs/architecture.md"
    text = read(page)
    for name in re.findall(r"`([\w./-]+/[\w./-]*|main\.c)`", text):
        if not os.path.exists(name) and \
                not os.path.exists(os.path.join("filter", name)):
            yield f"{page}: there is no {name}"
    for name in os.listdir("filter"):
        if os.path.isdir(os.path.join("filter", name)) and \
                not re.search(rf"\b{name}/", text):
            yield f"{page}: filter/{name}/ is not in it"
    rows = dict(re.findall(r"^\| ([\w.]+) \| ([a-z ]*)\|$",
                           text.split("| room |")[-1], re.M))
    rows = {room: f"include {may}".split() for room, may in rows.items()}
    for room in sorted(rows.keys() | ROOMS.keys()):
        # what belongs to pith.c may what pith.c may
        wanted = rows.get("pith.c" if room.startswith("pith_") else room)
        if wanted != ROOMS.get(room, "").split():
            yield f"{page}: {room} may include {ROOMS.get(room)}"


def test_tables_have_the_figures_of_the_docs():
    run = subprocess.run([sys.executable, "docs/figures.py"], check=False,
                         capture_output=True, text=True)
    if run.returncode:
        yield run.stderr.strip()


def test_no_file_is_too_long():
    for path in c_files("filter", "include", "tests", "train") + \
            git_files("*.sh", "*.py", "*.bats"):
        lines = read(path).count("\n")
        if lines > MAX_FILE_LINES:
            yield f"{path}: {lines} lines"
    for path, limit in (("Makefile", 200), ("README.md", 200),
                        ("CONTRIBUTING.md", 100)):
        lines = read(path).count("\n") if os.path.exists(path) else 0
        if lines > limit:
            yield f"{path}: {lines} lines, over {limit}"


def test_no_function_is_too_long():
    files = [f for f in c_files("filter", "tests", "train")
             if f.endswith(".c")]
    out = subprocess.run(
        ["ctags", "-f", "-", "--languages=C", "--kinds-C=f", "--fields=+ne",
         "--sort=no", "-L", "-"],
        input="\n".join(files), check=True, capture_output=True,
        text=True).stdout
    seen = 0
    for line in out.splitlines():
        name, path = line.split("\t")[:2]
        span = re.search(r"\tline:(\d+).*\tend:(\d+)", line)
        if span is None:
            continue
        seen += 1
        lines = int(span[2]) - int(span[1]) + 1
        if lines > MAX_FUNCTION_LINES:
            yield f"{path}: {name} has {lines} lines"
    if seen == 0:
        yield "ctags found no function"


def test_no_promises_are_left_in_the_sources():
    words = "|".join(("TO" "DO", "FIX" "ME", "X" "XX", "HA" "CK"))
    for path in c_files("filter", "include", "tests", "train") + \
            git_files("*.sh", "*.py", "*.bats", "Makefile", "man/*", "*.md"):
        for n, line in enumerate(read(path).split("\n"), 1):
            if re.search(rf"\b({words})\b", line):
                yield f"{path}:{n}: {line.strip()}"


def test_no_mutable_globals():
    """What lands in .data or .bss of the library is state between calls."""
    library = os.path.join(os.environ.get("BUILD", "build"), "libpith.a")
    out = subprocess.run(["nm", "-A", "--format=sysv", library], check=True,
                         capture_output=True, text=True).stdout
    for line in out.splitlines():
        # archive:member:name|value|class|type|size|line|section
        cells = [c.strip() for c in line.split("|")]
        if len(cells) < 7 or cells[2] not in "dDbBC":
            continue
        member, name = cells[0].split(":")[-2:]
        # .data.rel.ro: constant once loaded; *ABS* and the like are the
        # sanitizers' own tables beside ours, DW.ref. is C++'s
        if not cells[6].startswith(".data.rel.ro") and \
                re.match(r"(?!DW\.ref\.)[A-Za-z]", name):
            yield f"{member}: {name} is mutable"


def main():
    tests = [(n, f) for n, f in globals().items() if n.startswith("test_")]
    failed = 0
    print(f"1..{len(tests)}")
    for number, (name, test) in enumerate(tests, 1):
        try:
            broken = list(test())
        except (OSError, subprocess.CalledProcessError) as error:
            broken = [str(error)]
        failed += bool(broken)
        print("not ok" if broken else "ok", number,
              name.removeprefix("test_").replace("_", " "))
        for line in broken:
            print("#  ", line)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
