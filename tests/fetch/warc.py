#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""warc.py: reads WARC files and believes nothing in them, for the tests of
pith-fetch.

    warc.py list FILE …      one line a record: type, HTTP status, digest, URL
    warc.py pages FILE …     the URLs of all pages of status 200, one a line
    warc.py body FILE URL    the payload of the URL's response
    warc.py head FILE URL    the HTTP head of the URL's response
    warc.py whole FILE URL   the URL's response, head and body as they are
    warc.py request FILE URL the request that belongs to it
    warc.py record FILE URL  the WARC head of the URL's first record
    warc.py failures FILE    class and URL of each metadata record

A record that breaks the standard, or a digest that is wrong, ends it with
exit status 1.
"""
import base64
import gzip
import hashlib
import re
import sys
import zlib

TYPES = {"warcinfo", "response", "request", "revisit", "metadata"}
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
ID = re.compile(r"<urn:uuid:[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}>$")


class Bad(Exception):
    """What is wrong with a file."""


def members(data):
    """The content of each gzip member, which must be one record each."""
    while data:
        z = zlib.decompressobj(16 + zlib.MAX_WBITS)
        yield z.decompress(data)
        if not z.eof:
            raise Bad("gzip member is cut short")
        data = z.unused_data


def sha1(data):
    return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()


def one(data):
    """Take the first record off data."""
    head, sep, rest = data.partition(b"\r\n\r\n")
    lines = head.decode("utf-8").split("\r\n")
    if not sep or lines[0] != "WARC/1.1":
        raise Bad(f"no record: {lines[0][:40]!r}")
    fields = {}
    for line in lines[1:]:
        name, colon, value = line.partition(": ")
        if not colon or name in fields:
            raise Bad(f"field {line!r}")
        fields[name] = value
    length = int(fields["Content-Length"])
    block, tail = rest[:length], rest[length:]
    if len(block) != length or tail[:4] != b"\r\n\r\n":
        raise Bad("record is cut short")
    return fields, block, tail[4:]


def check(fields, block, ids):
    if fields["WARC-Type"] not in TYPES:
        raise Bad("type " + fields["WARC-Type"])
    if not DATE.match(fields["WARC-Date"]):
        raise Bad("date " + fields["WARC-Date"])
    if not ID.match(fields["WARC-Record-ID"]) or \
            fields["WARC-Record-ID"] in ids:
        raise Bad("id " + fields["WARC-Record-ID"])
    ids.add(fields["WARC-Record-ID"])
    if fields["WARC-Block-Digest"] != sha1(block):
        raise Bad("block digest")
    for name in ("WARC-Concurrent-To", "WARC-Warcinfo-ID"):
        if name in fields and fields[name] not in ids:
            raise Bad(f"{name}: no such record")
    if fields["WARC-Type"] == "response":
        payload = block.partition(b"\r\n\r\n")[2]
        if fields["WARC-Payload-Digest"] != sha1(payload):
            raise Bad("payload digest")


def records(path):
    with open(path, "rb") as f:
        data = f.read()
    ids = set()
    parts = members(data) if data[:2] == b"\x1f\x8b" else None
    while True:
        if parts is not None:
            data = next(parts, b"")
        if not data:
            break
        fields, block, data = one(data)
        if parts is not None and data:
            raise Bad("more than one record in a gzip member")
        if not ids and fields["WARC-Type"] != "warcinfo":
            raise Bad("does not begin with warcinfo")
        check(fields, block, ids)
        yield fields, block


def status(fields, block):
    if fields["WARC-Type"] in ("response", "revisit"):
        return block.split(b" ", 2)[1].decode()
    return "-"


def find(path, url, kind):
    for fields, block in records(path):
        if fields["WARC-Type"] == kind and fields["WARC-Target-URI"] == url:
            return block
    raise Bad(f"no {kind} of {url}")


def run(command, args):
    out = sys.stdout.buffer
    if command in ("body", "head"):
        head, _, body = find(args[0], args[1], "response").partition(
            b"\r\n\r\n")
        if command == "body" and b"content-encoding: gzip" in head.lower():
            body = gzip.decompress(body)
        out.write(body if command == "body" else head)
        return
    if command == "whole":
        out.write(find(args[0], args[1], "response"))
        return
    if command == "request":
        out.write(find(args[0], args[1], "request"))
        return
    for path in args if command != "record" else args[:1]:
        for fields, block in records(path):
            url = fields.get("WARC-Target-URI", "-")
            kind = fields["WARC-Type"]
            if command == "list":
                print(kind, status(fields, block),
                      fields.get("WARC-Payload-Digest", "-"), url)
            elif command == "pages" and kind == "response" and \
                    status(fields, block) == "200":
                print(url)
            elif command == "failures" and kind == "metadata":
                text = block.decode()
                print(re.search("fetch-outcome: (.*)\r", text)[1], url)
            elif command == "record" and url == args[1]:
                print("\n".join(f"{k}: {v}" for k, v in fields.items()))
                return


if __name__ == "__main__":
    try:
        run(sys.argv[1], sys.argv[2:])
    except (Bad, KeyError, ValueError, zlib.error) as error:
        print(f"warc.py: {error!r}", file=sys.stderr)
        sys.exit(1)
