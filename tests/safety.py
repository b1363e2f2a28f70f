#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""safety.py: what pith writes is safe to show, whatever it read. Speaks TAP;
run by tests/run.sh from the top of the tree, with BUILD naming the folder of
the built programs.

Read are the pages of golden/, the seeds of the fuzz targets, the hostile pages
of tests/bench/hostile.c in small, and pages made here to smuggle something
out; written is every format, with all options on. Held against each output:
valid UTF-8; no control but newline, tab and form feed; no bidirectional
override, byte order mark or noncharacter; JSON that parses, with each name
once; of HTML the elements, attributes and addresses that filter/render/html.c
lists. Messages on standard error are held to the same.
"""
import glob
import html.parser
import json
import os
import re
import subprocess
import sys
import tempfile

BUILD = os.path.abspath(os.environ.get("BUILD", "build"))
PITH = os.path.join(BUILD, "pith")
ALL = ["--title", "--images", "--comments", "--captions", "--metadata",
       "--blocks", "--body", "text,markdown,html", "--recall"]

BAD = re.compile("[\0-\x08\x0b\r\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069"
                 "\ufeff\ufffe\uffff\ufdd0-\ufdef]")

SMUGGLED = [c.replace("@", s) for c in (
    "<p>@ ", "<h1>@</h1>", "<title>@</title>", "<a href='@'>a link</a>",
    "<img src='@' alt='@'>", "<a href=\"https://a.test/@\">b</a>",
    "<meta name=author content='@'>", "<meta property=og:title content='@'>",
    "<link rel=canonical href='@'>", "<html lang='@'>", "<pre>@</pre>",
    "<base href='@'>", "<code class='language-@'>x</code>",
    "<table><tr><th>@<td>@</table>", "<time datetime='@'>@</time>",
    "<div class='@' id='@'>some words of text in here</div>",
    "<script type=application/ld+json>{\"\\u0040type\":\"Article\",\"headline\":"
    "\"@\",\"articleBody\":\"@\",\"author\":\"@\"}</script>",
) for s in (
    "\x1b[31mred", "&#27;[2J", "&#x9b;31m", "\u009b31m", "\u202eevil",
    "&#x202e;evil", "&#x2066;", "&#xfeff;", "&#0;", "&#xffff;", "\x07\x08\x7f",
    "\\u001b[1m", "\\u202e", "\\ud800", "javascript:alert(1)",
    "java&#10;script:alert(1)", "&#1;javascript:alert(1)", "JaVaScRiPt:x",
    "data:text/html,<script>1</script>", "vbscript:x", "//a.test/\x1b",
    "\"><script>alert(1)</script>", "' onload=alert(1) x='", "&lt;script&gt;",
    "</title><script>1</script>", "x\" style=\"y", "&quot; onclick=&quot;1",
    "--><script>1</script>", "]]><script>1", "`${x}`", "{{x}}",
)]
WORDS = ("<p>The harbour master had counted the boats every morning for forty "
         "years, and on that day one of them was missing, which nobody could "
         "explain to him.</p>") * 3

ELEMENTS = set("""html head meta title link body article section h1 h2 h3 h4
    h5 h6 p blockquote ul ol li dl dt dd pre code table tr th td a strong em
    del sub sup br img hr""".split())
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}, "ol": {"start"},
              "html": {"lang"}, "section": {"class"}, "code": {"class"},
              "td": {"style"}, "th": {"style"},
              "meta": {"charset", "name", "content", "property"},
              "link": {"rel", "href"}}
# Of a report, which also shows what was dropped.
REPORT = ELEMENTS | set("style main div span details summary b".split())


class Html(html.parser.HTMLParser):
    """Collects what is wrong with a document."""

    def __init__(self, report):
        super().__init__()
        self.report, self.wrong = report, []

    def handle_starttag(self, tag, attrs):
        if tag not in (REPORT if self.report else ELEMENTS):
            self.wrong.append(f"element {tag}")
        for name, value in attrs:
            allowed = ATTRIBUTES.get(tag, set())
            if self.report:
                allowed = allowed | {"class", "style", "http-equiv", "open"}
            if name not in allowed:
                self.wrong.append(f"attribute {name} of {tag}")
            if name in ("href", "src"):
                scheme = re.match(r"[\0-\x20]*([^/?#:]*):", value or "")
                if scheme and scheme[1].lower() not in (
                        "http", "https", "mailto"):
                    self.wrong.append(f"address {value[:60]!r}")
            if name == "style" and not re.fullmatch(
                    r"text-align:(left|right|center)|--h:[\d.]+", value):
                self.wrong.append(f"style {value[:60]!r}")


def check_html(text, report=False):
    parser = Html(report)
    parser.feed(text)
    parser.close()
    return parser.wrong


def once(pairs):
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        raise ValueError(f"a name twice among {names[:40]}")
    return dict(pairs)


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        value = [*value.keys(), *value.values()]
    if isinstance(value, list):
        for one in value:
            yield from strings(one)


def check_json(text):
    wrong = []
    for line in text.split("\n")[:-1]:
        try:
            value = json.loads(line, object_pairs_hook=once)
        except ValueError as error:
            return [f"no JSON: {error}: {line[:100]!r}"]
        # the name of a file, and what a line passes on, keep their value;
        # only the bytes in which they are written must be safe
        for s in strings({k: v for k, v in value.items()
                          if k not in ("input", "x")}):
            if BAD.search(s):
                wrong.append(f"in JSON: {BAD.search(s)[0]!r} in {s[:60]!r}")
        if "html" in value:
            wrong += check_html(value["html"])
    return wrong


def check_bytes(data):
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return "", [f"not UTF-8: {error}"]
    bad = BAD.search(text)
    if bad:
        around = text[max(0, bad.start() - 40):bad.start() + 20]
        return text, [f"{bad[0]!r} in {around!r}"]
    return text, []


def run(words, names=None, stdin=b""):
    """What is wrong with one run: output, messages, how it ended."""
    if names is not None:
        stdin = b"\0".join(os.fsencode(n) for n in names)
        words = [*words, "-0", "--files-from", "-"]
    done = subprocess.run([PITH, *words], input=stdin, capture_output=True,
                          timeout=600, check=False)
    wrong = []
    if done.returncode not in (0, 1, 3, 6):
        wrong.append(f"exit status {done.returncode}: {done.stderr[:200]!r}")
    _, bad = check_bytes(done.stderr)
    text, more = check_bytes(done.stdout)
    wrong += [f"message: {b}" for b in bad] + more
    if not done.stdout:
        wrong.append("no output")
    kind = words[words.index("-f") + 1]
    if kind == "jsonl":
        wrong += check_json(text)
    elif kind in ("html", "report"):
        for document in text.split("\f\n"):
            wrong += check_html(document, kind == "report")
    return wrong


def write(folder, name, data):
    path = os.path.join(folder, name)
    with open(path, "wb") as f:
        f.write(data)
    return path


def made_pages(folder):
    """Pages that smuggle, alone and all at once, in two encodings."""
    everything = "".join(SMUGGLED)
    pages = [s + WORDS for s in SMUGGLED] + [
        WORDS + everything, everything + WORDS,
        "<article>" + "".join(s + WORDS for s in SMUGGLED[:200])]
    for i, page in enumerate(pages):
        yield write(folder, f"smuggled-{i}", page.encode("utf-8"))
    yield write(folder, "latin", (
        "<meta charset=windows-1252>" + everything + WORDS).encode(
            "latin-1", "replace"))
    yield write(folder, "bad-utf8", b"<meta charset=utf-8><p>\xff\xc0\x80\xed"
                b"\xa0\x80\xf4\x90\x80\x80 " + WORDS.encode())
    yield write(folder, "utf16", (everything + WORDS).encode("utf-16"))
    # names are shown too
    yield write(folder, "\x1b[31m\u202e\u009b.png", b"\x89PNG\r\n\x1a\n\0\0")


def hostile_pages(folder):
    program = os.path.join(BUILD, "hostile")
    with open("tests/bench/hostile.c", encoding="utf-8") as f:
        names = re.findall(r'^ {4}\{"([a-z0-9-]+)",', f.read(), re.M)
    for name in names:
        page = subprocess.run([program, name, "20000"], capture_output=True,
                              check=True).stdout
        yield write(folder, f"hostile-{name}", page + WORDS.encode())


def lines_in(folder):
    """JSON lines and an archive, whose own fields are hostile."""
    page = "<title>T</title>" + WORDS
    lines = [{"html": page, "url": "http://a.test/" + s, "x": s}
             for s in SMUGGLED] + [{"html": s} for s in SMUGGLED]
    text = "".join(json.dumps(v) + "\n" for v in lines) + "no\x1b[1m json\n"
    records = b"".join(
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.test/"
        + s.encode().replace(b"\n", b"") + b"\r\nContent-Type: application/"
        b"http\r\nContent-Length: %d\r\n\r\n" % len(http) + http + b"\r\n\r\n"
        for s in SMUGGLED for http in [
            b"HTTP/1.1 200 \x1b[1m\r\nContent-Type: text/html; charset=" +
            s.encode().replace(b"\n", b"") + b"\r\n\r\n" + page.encode()])
    return (write(folder, "lines.jsonl", text.encode()),
            write(folder, "a.warc", records))


def main():
    number = failed = 0
    golden = sorted(glob.glob("golden/*/*/page.*"))
    seeds = sorted(p for p in glob.glob("tests/fuzz/corpus/*/*")
                   if os.path.isfile(p))
    with tempfile.TemporaryDirectory() as folder:
        sets = {"golden": golden, "seeds": seeds,
                "smuggled": list(made_pages(folder)),
                "hostile": list(hostile_pages(folder))}
        lines, archive = lines_in(folder)
        for kind in ("text", "markdown", "html", "jsonl", "explain", "report"):
            f = ["-f", kind, *ALL]
            runs = [(f"{name} as {kind}", ["-I", "html", *f], names)
                    for name, names in sets.items()]
            runs += [(f"seeds as text as {kind}", ["-I", "text", *f], seeds),
                     (f"JSON lines as {kind}", ["-I", "jsonl", *f, lines],
                      None),
                     (f"archive as {kind}", [*f, archive], None)]
            for title, words, names in runs:
                number += 1
                wrong = run(words, names)
                failed += bool(wrong)
                print("not ok" if wrong else "ok", number, title)
                for line in wrong[:8]:
                    print("#  ", line)
    print(f"1..{number}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
