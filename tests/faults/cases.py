# SPDX-License-Identifier: MIT
"""cases.py: the command lines that drive.py runs, with what they read, and
what may be left of their output where a call fails."""
import gzip
import http.server
import json
import os
import re
import threading
import zlib

WORDS = ("The {0} stood in the harbour for forty years, and nobody who passed "
         "it in the morning, on the way to the fish market, thought of it as "
         "something that could ever go away.",
         "Then one night in March the wind turned to the east, the moorings "
         "gave way one after the other, and in the morning the {0} was gone, "
         "with a bench, two gulls and the key of the customs house.")
OLD = b"what was there before\n"


def page(word):
    text = "".join(f"<p>{w.format(word)}</p>\n" for w in WORDS)
    return (f"<!DOCTYPE html><html lang=en><meta charset=utf-8><title>The "
            f"{word}</title><nav><a href=/>Home</a></nav><article><h1>The "
            f"{word}</h1>{text}</article>").encode()


def warc_record(url, body):
    http_part = (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body)
    return (b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: " +
            url.encode() + b"\r\nContent-Type: application/http\r\n"
            b"Content-Length: " + str(len(http_part)).encode() +
            b"\r\n\r\n" + http_part + b"\r\n\r\n")


def model():
    """A file for --model: a tree and a network."""
    with open("tests/fuzz/corpus/model/net", "rb") as f:
        body = f.read()
    digest = 0xcbf29ce484222325
    for byte in body:
        digest = (digest ^ byte) * 0x100000001b3 & (1 << 64) - 1
    return body + digest.to_bytes(8, "little")


class Case:
    """A command of pith that writes pages one after the other."""
    environment = {"XDG_CONFIG_HOME": "/nonexistent"}
    codes = (3, 6)
    code = 0
    program = "pith"
    before = None  # a command that makes more of what it reads
    again = None  # a command that goes on where this one ended
    starts = None  # a command that ends when its libraries have started
    most_malloc = 0  # allocations that fail; 0: as many as of others
    guessed = False  # the encoding is; uchardet hides one want of memory

    def __init__(self, name, argv, inputs=(), stdin=None, separator=b"\f\n",
                 **more):
        self.name, self.argv, self.stdin = name, argv.split(), stdin
        self.inputs, self.separator = dict(inputs), separator
        for key, value in more.items():
            setattr(self, key, value)

    def prepare(self, folder):
        for name, data in self.inputs.items():
            path = os.path.join(folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as f:
                f.write(data)

    def is_private(self, name):
        return False

    def same(self, base, got):
        return got.out == base.out and got.files == base.files

    def pieces(self, data):
        return data.split(self.separator)

    def partial(self, base, got, cut):
        """Is what was written whole? cut: the end of stdout may be missing."""
        # a page that failed keeps its place, which is empty
        whole = [b"", *self.pieces(base.out)]
        if any(p not in whole for p in self.pieces(got.out)) and not (
                cut and base.out.startswith(got.out)):
            return f"part of a page on stdout: {got.out[-80:]!r}"
        for name, data in got.files.items():
            whole = [b"", *self.pieces(base.files[name])]
            if any(p not in whole for p in self.pieces(data)):
                return f"part of a page in {name}: {data[-80:]!r}"
        return None

    def complete(self, base, more):
        same = more.code == base.code and self.same(base, more)
        return None if same else "what is left cannot be gone on with"


class Lines(Case):
    """A command of pith that writes JSON lines: a page that failed has one."""

    def pieces(self, data):
        lines = data.split(b"\n")
        return lines[:-1] if lines[-1] == b"" else lines

    def partial(self, base, got, cut):
        for name in [None, *got.files]:
            data = got.out if name is None else got.files[name]
            whole = self.pieces(base.out if name is None
                                else base.files[name])
            lines = self.pieces(data)
            if (cut or self.again) and not data.endswith(b"\n") and lines and \
                    any(w.startswith(lines[-1]) for w in whole):
                lines.pop()
            for line in lines:
                try:
                    failed = json.loads(line)["status"] == "failed"
                except (ValueError, KeyError):
                    failed = False
                if line not in whole and not failed:
                    return f"a line that is not whole: {line[-80:]!r}"
        return None

    def complete(self, base, more):
        """The same lines; those of pages that failed stay as they are."""
        got, want = more.files.get("out.jsonl", b""), base.files["out.jsonl"]
        lines, whole = self.pieces(got), self.pieces(want)
        if len(lines) != len(whole) or not got.endswith(b"\n"):
            return f"{len(lines)} lines of {len(whole)} after going on"
        for line, right in zip(lines, whole):
            if line != right and json.loads(line)["status"] != "failed":
                return f"a line is another after going on: {line[-80:]!r}"
        return None


def responses(data):
    """The URLs of the whole response records in a WARC file, plain or in gzip
    members, and whether the file ends where a record does."""
    plain, whole = b"", True
    while data[:2] == b"\x1f\x8b":
        z = zlib.decompressobj(16 + zlib.MAX_WBITS)
        part = z.decompress(data)
        if not z.eof:
            whole = False
            break
        plain, data = plain + part, z.unused_data
    plain += data if data[:2] != b"\x1f\x8b" else b""
    found = []
    while plain:
        head, _, rest = plain.partition(b"\r\n\r\n")
        length = re.search(rb"\r\nContent-Length: (\d+)", head)
        if length is None or len(rest) < int(length[1]) + 4:
            return found, False
        body = rest[:int(length[1])]
        if b"\r\nWARC-Type: response" in head and b"/robots" not in head:
            url = re.search(rb"\r\nWARC-Target-URI: (\S+)", head)
            found.append((url[1], body.partition(b"\r\n\r\n")[2]))
        plain = rest[int(length[1]) + 4:]
    return sorted(found), whole


class Fetch(Case):
    """A command of pith-fetch that writes WARC."""
    program = "pith-fetch"
    starts = "pith-fetch -o /nonexistent/x http://a.test/".split()
    codes = (3, 4, 5, 6, 7, 8)

    def is_private(self, name):
        return name.startswith("state")

    def pages(self, result):
        data = result.files.get("out.warc.gz", result.out)
        return responses(data)

    def same(self, base, got):
        return self.pages(got) == self.pages(base)

    def partial(self, base, got, cut):
        pages, _ = self.pages(got)
        whole, _ = self.pages(base)
        return next((f"another page: {p[0]!r}" for p in pages
                     if p not in whole), None)

    def complete(self, base, more):
        pages, ends = self.pages(more)
        lost = [p[0] for p in self.pages(base)[0] if p not in pages]
        if lost:
            return f"lost after going on: {lost} (exit status {more.code})"
        return None if ends else "the file's last record is not whole"


class Status(Case):
    """A command of pith-fetch that writes one JSON array."""
    program = "pith-fetch"
    codes = (3,)

    def is_private(self, name):
        return name.startswith("state")

    def partial(self, base, got, cut):
        if base.out.startswith(got.out) and got.out != base.out:
            return None
        return f"another array: {got.out[-80:]!r}"


class Answers(http.server.BaseHTTPRequestHandler):
    """Serves pages whose name is their word, and a feed of them."""
    protocol_version = "HTTP/1.1"
    # or a body waits 40 ms until the client's kernel acknowledges the head
    disable_nagle_algorithm = True

    def do_GET(self):
        word = self.path.strip("/")
        status, kind, body = 200, "text/html", page(word)
        if word == "robots.txt":
            status, body = 404, b"none"
        elif word == "feed":
            kind = "application/rss+xml"
            host = self.headers["Host"]
            body = "".join(f"<item><link>http://{host}/{w}</link></item>"
                           for w in ("lantern", "barge")).encode()
            body = (b"<rss version='2.0'><channel>" + body +
                    b"</channel></rss>")
        elif word == "feed.json":
            kind, host = "application/feed+json", self.headers["Host"]
            body = json.dumps({"items": [
                {"url": f"http://{host}/{w}", "id": "\u00e4" * 40}
                for w in ("lantern", "barge")]}).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *args):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass  # a client that goes away is what is tested


def serve():
    server = Server(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def all_cases():
    a, b, c = page("lantern"), page("barge"), page("crane")
    archive = b"".join(gzip.compress(warc_record(f"http://a.test/{i}", p))
                       for i, p in enumerate((a, b, c)))
    lines = b"".join(json.dumps({"n": i, "html": p.decode()}).encode() + b"\n"
                     for i, p in enumerate((a, b, c, a, b, c)))
    html = {"a.html": a, "b.html": b}
    url = serve()
    polite = "--delay 0 --retries 0"
    state = f"pith-fetch {polite} --state state -o out.warc.gz"
    resume = "pith -j 2 -I jsonl -f jsonl --resume -o out.jsonl in.jsonl"
    return [
        Case("stdin", "pith", {"a": a}, stdin="a"),
        Lines("file-json", "pith -f json a.html", html),
        Case("gzip-markdown", "pith -f markdown a.gz",
             {"a.gz": gzip.compress(a)}),
        Case("koi8-guessed", "pith a.html",
             {"a.html": re.sub(b"charset", b"-------", open(
                 "golden/language/russian-koi8-r/page.html", "rb").read())},
             guessed=True),
        Lines("archive", "pith -j 2 -f jsonl a.warc.gz",
              {"a.warc.gz": archive}),
        Lines("archive-stdin", "pith -j 1 -f jsonl", {"in": archive},
              stdin="in"),
        Lines("lines", "pith -j 2 -I jsonl -f jsonl", {"in": lines},
              stdin="in"),
        Case("output", "pith -j 1 -o out.txt a.html b.html",
             {**html, "out.txt": OLD}),
        Case("folder", "pith -j 1 -f html -o out/ a.html b.html", html),
        Case("list", "pith -j 1 -f text --files-from list",
             {**html, "list": b"a.html\nb.html\n"}),
        Case("walk", "pith -j 1 -r in", {"in/a.html": a, "in/b/c.html": c}),
        Case("report", "pith --report out.html a.html",
             {**html, "out.html": OLD}),
        Case("model", "pith --model net a.html", {**html, "net": model()},
             codes=(2, 3, 6)),
        # what two workers come to before memory ends differs from run to run
        Lines("resume", resume, {"in.jsonl": lines}, again=resume.split(),
              most_malloc=160),
        Case("url", f"pith -j 1 --delay 0 {url}/lantern",
             codes=(3, 4, 5, 6, 8), program="pith-fetch"),
        Fetch("fetch", f"pith-fetch {polite} {url}/lantern {url}/barge"),
        Fetch("fetch-file", f"pith-fetch {polite} -o out.warc.gz "
              f"{url}/lantern", most_malloc=400),
        Fetch("fetch-state", f"{state} {url}/lantern {url}/barge",
              again=f"{state} -a {url}/lantern {url}/barge".split()),
        Fetch("fetch-feed", f"{state} --feed {url}/feed",
              again=f"{state} -a --feed {url}/feed".split()),
        Fetch("fetch-feed-json", f"{state} --feed {url}/feed.json",
              again=f"{state} -a --feed {url}/feed.json".split()),
        Status("fetch-status", "pith-fetch --state state --status=json",
               before=f"{state} {url}/lantern {url}/barge".split(),
               most_malloc=60),
    ]
