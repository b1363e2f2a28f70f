#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""article.py: the article of pages, by libpith through ctypes.

    python3 article.py page.html …          or a page on standard input

Prints title, confidence and text of each. A page that is refused is named on
standard error, and the others go on. Exit status: 0 text was written, 1 no
article, 2 a page was refused or a file not read.

A library that is called this way runs in this process: a page that crashes it
takes the process along. Pages of strangers in numbers are better given to
pith(1), which has a sandbox for them.
"""
import ctypes
import signal
import sys

OK, WARN = 0, 2  # enum pith_status
MAX_INPUT, MAX_TIME = 0, 6  # enum pith_option
CHUNK = 65536


class Text(ctypes.Structure):
    _fields_ = [("data", ctypes.c_void_p), ("len", ctypes.c_size_t)]

    def __str__(self):
        # always UTF-8; no NUL ends it
        return ctypes.string_at(self.data, self.len).decode() \
            if self.len else ""


class Article(ctypes.Structure):
    """The first fields of struct pith_article. More may follow: the library
    makes it and gives a pointer, so that a program need not know them."""
    _fields_ = [("text", Text), ("origin", ctypes.c_int),
                ("confidence", ctypes.c_double), ("title", Text)]


def load(name="libpith.so.0"):
    lib = ctypes.CDLL(name)
    handle, status = ctypes.c_void_p, ctypes.c_int
    for function, result, *arguments in (
            ("new", status, ctypes.POINTER(handle)),
            ("free", None, handle),
            ("set", status, handle, ctypes.c_int, ctypes.c_int64),
            ("begin", status, handle, ctypes.c_char_p, ctypes.c_char_p),
            ("feed", status, handle, ctypes.c_char_p, ctypes.c_size_t),
            ("finish", status, handle,
             ctypes.POINTER(ctypes.POINTER(Article))),
            ("error", ctypes.c_char_p, handle)):
        declared = getattr(lib, "pith_" + function)
        declared.restype, declared.argtypes = result, arguments
    return lib


class Refused(Exception):
    """The page was not read; the handle takes the next one."""


class Pith:
    """A handle, for one thread at a time. Use it in a with statement."""

    def __init__(self):
        self.lib = load()
        self.handle = ctypes.c_void_p()
        if self.lib.pith_new(ctypes.byref(self.handle)) != OK:
            raise MemoryError("pith_new")

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.lib.pith_free(self.handle)
        self.handle = None

    def check(self, status):
        if status not in (OK, WARN):
            raise Refused(self.lib.pith_error(self.handle).decode())

    def set(self, option, value):
        self.check(self.lib.pith_set(self.handle, option, value))

    def article(self, file, url=None, charset=None):
        """(text, title, confidence) of a file opened in binary; the text is
        empty where there is no article. What comes back is copied, and may be
        kept."""
        found = ctypes.POINTER(Article)()
        self.check(self.lib.pith_begin(self.handle, url and url.encode(),
                                       charset and charset.encode()))
        while chunk := file.read(CHUNK):
            self.check(self.lib.pith_feed(self.handle, chunk, len(chunk)))
        self.check(self.lib.pith_finish(self.handle, ctypes.byref(found)))
        a = found.contents
        return str(a.text), str(a.title), a.confidence


def main(names):
    written = failed = 0
    with Pith() as pith:
        pith.set(MAX_INPUT, 8 << 20)  # bytes
        pith.set(MAX_TIME, 5000)  # milliseconds
        for name in names or ["/dev/stdin"]:
            try:
                with open(name, "rb") as file:
                    text, title, confidence = pith.article(file)
            except (OSError, Refused) as error:
                print(f"article.py: {name}: {error}", file=sys.stderr)
                failed += 1
                continue
            if text:
                print(f"{title} ({confidence:.2f})\n\n{text}", end="")
                written += 1
    return 2 if failed else 0 if written else 1


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # a reader that ends early
    sys.exit(main(sys.argv[1:]))
