#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Open a report in headless Chromium as a reader would.

usage: browser.py REPORT.html [PICTURE.png]

Checks that the page renders, that a block opens at a click and shows its
reasons, that nothing is loaded from elsewhere and that the console has no
error. Prints what it saw; exit 1 if something is wrong. Needs chromium and
chromedriver (Debian: chromium chromium-driver); speaks WebDriver on loopback.
"""
import base64
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'  # WebDriver's name of one


class Driver:
    """A session of chromedriver."""

    def __init__(self, profile):
        with socket.socket() as s:
            s.bind(('127.0.0.1', 0))
            port = s.getsockname()[1]
        self.process = subprocess.Popen(
            ['chromedriver', f'--port={port}'], stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        self.root = f'http://127.0.0.1:{port}'
        for _ in range(100):
            try:
                self.call('GET', '/status')
                break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
        flags = ['--headless', '--no-sandbox', '--disable-gpu',
                 '--no-first-run', '--disable-background-networking',
                 '--disable-component-update', '--disable-sync',
                 '--window-size=900,1200', f'--user-data-dir={profile}']
        value = self.call('POST', '/session', {'capabilities': {
            'alwaysMatch': {'browserName': 'chrome',
                            'goog:loggingPrefs': {'browser': 'ALL'},
                            'goog:chromeOptions': {'args': flags}}}})
        self.root += '/session/' + value['sessionId']

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            self.root + path, data, {'Content-Type': 'application/json'},
            method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)['value']

    def find(self, selector):
        found = self.call('POST', '/elements',
                          {'using': 'css selector', 'value': selector})
        return [e[ELEMENT] for e in found]

    def script(self, text):
        return self.call('POST', '/execute/sync', {'script': text, 'args': []})

    def close(self):
        try:
            self.call('DELETE', '')
        finally:
            self.process.terminate()
            self.process.wait(10)


def check(driver, report):
    """The complaints about a report."""
    bad = []
    driver.call('POST', '/url', {'url': 'file://' + os.path.abspath(report)})
    blocks = driver.find('details')
    kept = driver.find('details.kept')
    print(f'blocks {len(blocks)}, kept {len(kept)}')
    if not kept or len(kept) == len(blocks):
        bad.append('not both kept and dropped blocks')
    if driver.script('return document.querySelectorAll('
                     '"script,img,iframe,link,object").length'):
        bad.append('an element that loads something')
    if driver.script('return performance.getEntriesByType("resource").length'):
        bad.append('something was loaded')
    if driver.script('return document.documentElement.scrollWidth > '
                     'window.innerWidth'):
        bad.append('wider than the window')
    before = driver.script('return document.querySelectorAll('
                           '"details[open]").length')
    driver.call('POST', f'/element/{driver.find("details.kept summary")[0]}'
                '/click', {})
    after = driver.script('return document.querySelectorAll('
                          '"details[open]").length')
    if (before, after) != (0, 1):
        bad.append(f'open blocks: {before}, after a click {after}')
    rows = driver.script('return document.querySelectorAll('
                         '"details[open] .why tr").length')
    height = driver.script('return document.querySelector('
                           '"details[open] .why").offsetHeight')
    print(f'reasons {rows - 1}, {height} pixels high')
    if rows < 2 or height < 20:
        bad.append('no reasons to be seen')
    for entry in driver.call('POST', '/se/log', {'type': 'browser'}):
        bad.append('console: ' + entry['message'])
    return bad


def main():
    with tempfile.TemporaryDirectory() as profile:
        driver = Driver(profile)
        try:
            bad = check(driver, sys.argv[1])
            if len(sys.argv) > 2:
                with open(sys.argv[2], 'wb') as f:
                    f.write(base64.b64decode(driver.call('GET',
                                                         '/screenshot')))
        finally:
            driver.close()
    for line in bad:
        print(line, file=sys.stderr)
    sys.exit(bool(bad))


if __name__ == '__main__':
    main()
