# SPDX-License-Identifier: MIT
"""Which blocks of a page are in its gold text: an alignment in order, then a
pass for text that was moved. Imported by the other files of train/."""
import re
import subprocess
import threading

import numpy as np

CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
TOKEN = re.compile(rf"[{CJK}]|[^\W{CJK}]+")


def tokens(text):
    """As the scorer cuts words."""
    return TOKEN.findall((text or "").lower())


class Words:
    """Numbers for words."""

    def __init__(self):
        self.numbers = {}

    def of(self, text):
        get, numbers = self.numbers.setdefault, self.numbers
        return [get(w, len(numbers)) for w in tokens(text)]


def move_pass(page, gold, hit, starts):
    """Count as matched what is in the gold elsewhere: 4-grams of gold words
    that the alignment left over. hit is changed."""
    used = np.zeros(len(gold), bool)
    used[hit[hit >= 0]] = True
    left = {}
    for j in range(len(gold) - 3):
        if not used[j:j + 4].any():
            left.setdefault(tuple(gold[j:j + 4]), []).append(j)
    if not left:
        return
    ends = np.append(starts[1:], len(page))
    for s, e in zip(starts, ends):
        for i in range(s, e - 3):
            places = left.get(tuple(page[i:i + 4]))
            if not places or (hit[i:i + 4] >= 0).all():
                continue
            for j in places:
                if not used[j:j + 4].all():
                    break
            else:
                continue
            for k in range(4):
                if hit[i + k] < 0:
                    hit[i + k] = j + k
                used[j + k] = True


def align_all(tool, pages):
    """For each (texts of blocks, gold text): words of each block, matched
    words of each block, and the words of the gold."""
    child = subprocess.Popen([tool], stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, bufsize=1 << 20)
    known, waiting = Words(), []
    ready = threading.Semaphore(0)

    def feed():
        for texts, gold_text in pages:
            gold = known.of(gold_text)
            words, counts = [], []
            for t in texts:
                w = known.of(t)
                counts.append(len(w))
                words += w
            starts = np.concatenate(([0], np.cumsum(counts)[:-1])).astype(int) \
                if counts else np.zeros(0, int)
            sent = np.array(words, np.int32)
            firsts = starts[np.array(counts, int) > 0] if counts else starts
            sent[firsts] = -1 - sent[firsts]
            waiting.append((words, gold, np.array(counts, int), starts))
            ready.release()
            child.stdin.write(np.array([len(words), len(gold)],
                                       np.int32).tobytes())
            child.stdin.write(sent.tobytes())
            child.stdin.write(np.array(gold, np.int32).tobytes())
            child.stdin.flush()
        child.stdin.close()

    threading.Thread(target=feed, daemon=True).start()
    for k in range(len(pages)):
        ready.acquire()
        words, gold, counts, starts = waiting[k]
        waiting[k] = None
        hit = np.frombuffer(child.stdout.read(4 * len(words)),
                            np.int32).copy()
        if len(gold):
            move_pass(words, gold, hit, starts)
        sums = np.concatenate(([0], np.cumsum(hit >= 0)))
        matched = sums[starts + counts] - sums[starts] if len(starts) \
            else np.zeros(0, int)
        yield counts, matched, len(gold)
    child.wait()
