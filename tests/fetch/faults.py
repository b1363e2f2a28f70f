#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""faults.py: a web server that misbehaves on demand, for the tests of
pith-fetch. It listens on loopback only and stops by itself.

    faults.py FOLDER [--latency SECONDS] [--address ADDRESS]

Writes its port to FOLDER/port once it listens, the port of a socket that never
accepts to FOLDER/port-stalled, and a line "START END HOST PATH STATUS" for
each answer to FOLDER/requests (times in seconds). It ends with the process
that started it, and after five minutes in any case.

The path says what happens; see the methods of Fault.
"""
import argparse
import gzip
import hashlib
import os
import socket
import socketserver
import sys
import threading
import time
from urllib.parse import parse_qs, urlsplit

LIFETIME = 300
PARENT = os.getppid()


def page(name):
    """A small article that tells pages apart."""
    return (f"<!DOCTYPE html><html><head><title>{name}</title></head><body>"
            f"<p>The page called {name} was written for a test, and says so "
            f"in one sentence.</p></body></html>\n").encode()


class Fault(socketserver.StreamRequestHandler):
    """One connection; each method below answers the path of its name."""

    def handle(self):
        try:
            while self.one():
                pass
        except (OSError, ValueError):
            pass

    def one(self):
        line = self.rfile.readline(65536).decode("latin-1")
        if len(line.split()) != 3:
            return False
        start = time.monotonic()
        target = line.split()[1]
        self.fields = {}
        while True:
            field = self.rfile.readline(65536).decode("latin-1").strip()
            if not field:
                break
            name, _, value = field.partition(":")
            self.fields[name.lower()] = value.strip()
        time.sleep(self.server.latency)
        url = urlsplit(target)
        self.path = url.path
        self.query = {k: v[0] for k, v in parse_qs(url.query).items()}
        name = url.path.strip("/").split("/")[0].replace("-", "_")
        self.arg = url.path.strip("/").partition("/")[2]
        self.status, self.close = 0, False
        method = getattr(self, "do_" + name.partition(".")[0], self.missing)
        self.end = None
        try:
            method()
            self.wfile.flush()
        finally:
            self.server.note(start, self.end or time.monotonic(),
                             self.fields.get("host", "-"), target, self.status)
        return not self.close

    def send(self, status, body=b"", *fields, kind="text/html"):
        self.status = status
        head = [f"HTTP/1.1 {status} Because", f"Content-Length: {len(body)}"]
        if kind:
            head.append(f"Content-Type: {kind}")
        head.extend(fields)
        self.end = time.monotonic()  # before the client can know of it
        self.wfile.write("\r\n".join(head).encode("latin-1") + b"\r\n\r\n" + body)

    def raw(self, data):
        """Bytes as they are; the connection ends after them."""
        self.close = True
        self.wfile.write(data)

    def stay(self):
        """Say nothing until the client goes."""
        self.close = True
        self.wfile.flush()
        self.connection.settimeout(60)
        self.rfile.read(1)

    def count(self):
        with self.server.lock:
            self.server.seen[self.path] = self.server.seen.get(self.path, 0) + 1
            return self.server.seen[self.path]

    def missing(self):
        self.send(404, b"nothing here")

    # what a good server does

    def do_page(self):
        body = page(self.arg)
        etag = '"' + hashlib.sha1(body).hexdigest()[:16] + '"'
        if self.fields.get("if-none-match") == etag:
            self.send(304, b"", f"ETag: {etag}", kind="")
        else:
            self.send(200, body, f"ETag: {etag}")

    def do_plain(self):
        """A page without validators: only its bytes tell that it is old."""
        self.send(200, page(self.arg))

    def do_new(self):
        """A page that is new each time."""
        self.send(200, page(f"{self.arg} {self.count()}"))

    def do_big(self):
        self.send(200, b"<p>" + b"a" * int(self.arg))

    def do_chunked(self):
        self.status = 200
        self.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
                         b"Content-Type: text/html\r\n\r\n")
        for piece in (page("first"), page("second")):
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        self.wfile.write(b"0\r\nTrailer-Field: x\r\n\r\n")

    def do_gzip(self):
        self.send(200, gzip.compress(page(self.arg), mtime=0),
                  "Content-Encoding: gzip")

    def do_hints(self):
        """Interim answers before the real one."""
        self.wfile.write(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")
        self.send(200, page("hints"))

    def do_status(self):
        self.send(int(self.arg), page("status " + self.arg))

    def do_type(self):
        self.send(200, b"%PDF" * 1000, kind=self.arg)

    def do_cookie(self):
        seen = self.fields.get("cookie", "none")
        self.send(200, page("cookie " + seen), "Set-Cookie: taste=good; Path=/")

    def do_echo(self):
        """The head of the request."""
        text = "\n".join(f"{k}: {v}" for k, v in sorted(self.fields.items()))
        self.send(200, text.encode(), kind="text/plain")

    def do_to(self):
        """Redirect to ?u=URL."""
        self.send(302, b"elsewhere", "Location: " + self.query["u"])

    def do_tagged(self):
        """The same, with a validator that is believed."""
        if "if-none-match" in self.fields:
            self.send(304, b"", kind="")
        else:
            self.send(302, b"", 'ETag: "x"', "Location: " + self.query["u"])

    def do_far(self):
        """Redirect to a URL of ARG times a byte that needs an escape."""
        self.send(302, b"", "Location: /" + "\xfc" * int(self.arg))

    def do_loop(self):
        self.send(301, b"", "Location: /loop")

    def do_robots(self):
        """robots.txt: a file of the folder named for the host."""
        host = self.fields.get("host", "").partition(":")[0]
        path = os.path.join(self.server.folder, "robots", host)
        try:
            with open(path, "rb") as f:
                text = f.read()
        except OSError:
            return self.missing()
        if text.startswith(b"STATUS "):
            return self.send(int(text.split()[1]))
        if text.startswith(b"TO "):
            return self.send(302, b"",
                             "Location: " + text.split()[1].decode())
        return self.send(200, text, kind="text/plain")

    def do_file(self):
        """A file of the folder, as the type ?t=."""
        with open(os.path.join(self.server.folder, self.arg), "rb") as f:
            body = f.read()
        etag = '"' + hashlib.sha1(body).hexdigest()[:16] + '"'
        if self.fields.get("if-none-match") == etag:
            self.send(304, b"", f"ETag: {etag}", kind="")
        else:
            self.send(200, body, f"ETag: {etag}",
                      kind=self.query.get("t", "application/xml"))

    # what passes when tried again

    def do_flaky(self):
        """Status ARG twice, then a page; Retry-After as ?after= says."""
        status, _, name = self.arg.partition("/")
        fields = []
        if "after" in self.query:
            fields.append("Retry-After: " + self.query["after"])
        if self.count() <= int(self.query.get("times", 2)):
            self.send(int(status), b"later", *fields)
        else:
            self.send(200, page(name))

    def do_later(self):
        """Breaks the connection once, then a page."""
        if self.count() == 1:
            self.close = True
        else:
            self.send(200, page("later"))

    # what a bad server does

    def do_stall_head(self):
        self.stay()

    def do_stall_in_head(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Ty")
        self.stay()

    def do_stall_body(self):
        self.status = 200
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                         b"Content-Length: 5000\r\n\r\n" + b"a" * 100)
        self.stay()

    def do_drip(self):
        self.close = True
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                         b"Content-Length: 5000\r\n\r\n")
        for _ in range(5000):
            self.wfile.write(b"a")
            time.sleep(0.1)

    def do_early_close(self):
        self.close = True

    def do_long_length(self):
        self.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                 b"Content-Length: 5000\r\n\r\n<p>short")

    def do_short_length(self):
        self.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                 b"Content-Length: 8\r\n\r\n<p>12345and much more")

    def do_bad_gzip(self):
        body = gzip.compress(page("bad"))[:40] + b"garbage" * 20
        self.send(200, body, "Content-Encoding: gzip")

    def do_bad_chunk(self):
        self.raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
                 b"Content-Type: text/html\r\n\r\nzz\r\nabc\r\n")

    def do_endless_head(self):
        self.close = True
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for i in range(1000000):
            self.wfile.write(b"X-Field-%d: %s\r\n" % (i, b"x" * 200))

    def do_endless_body(self):
        self.close = True
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        for _ in range(1000000):
            self.wfile.write(b"<p>more and more</p>" * 500)

    def do_garbage(self):
        self.raw(b"\x00\xff\x1b[31mnonsense\r\n\r\n")

    def do_evil_type(self):
        self.send(200, b"x", kind="application/\x1b[31mred")


class Server(socketserver.ThreadingTCPServer):
    """Keeps what the connections share."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 512

    def __init__(self, address, folder, latency):
        if ":" in address:
            self.address_family = socket.AF_INET6
        super().__init__((address, 0), Fault)
        self.folder, self.latency = folder, latency
        self.lock = threading.Lock()
        self.seen = {}
        self.log = open(os.path.join(folder, "requests"), "a", buffering=1,
                        encoding="latin-1")

    def note(self, start, end, host, target, status):
        with self.lock:
            print(f"{start:.4f} {end:.4f} {host} {target} {status}",
                  file=self.log)


def stalled(address):
    """A socket whose queue is full: connecting to it takes for ever."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listener = socket.socket(family)
    listener.bind((address, 0))
    listener.listen(0)
    held = [listener]
    for _ in range(4):
        s = socket.socket(family)
        s.setblocking(False)
        s.connect_ex(listener.getsockname())
        held.append(s)
    return listener.getsockname()[1], held


def write(folder, name, value):
    path = os.path.join(folder, name)
    with open(path + ".new", "w", encoding="ascii") as f:
        f.write(str(value))
    os.rename(path + ".new", path)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--latency", type=float, default=0)
    parser.add_argument("--address", default="127.0.0.1")
    args = parser.parse_args()
    server = Server(args.address, args.folder, args.latency)
    port, held = stalled(args.address)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    write(args.folder, "port-stalled", port)
    write(args.folder, "port", server.server_address[1])
    for _ in range(LIFETIME * 5):
        if os.getppid() != PARENT:
            break
        time.sleep(0.2)
    del held
    return 0


if __name__ == "__main__":
    sys.exit(main())
