# SPDX-License-Identifier: MIT
"""CatBoost's trees as the tables of filter/score/model.h: as C source, and as
a file for --model. Imported by the other files of train/."""
import json
import os
import struct
import tempfile

import numpy as np

DEPTH = 6
VERSION = 3
CURVE = 21
BITS = 12  # LEXICON_BITS
LOW = 4    # LEXICON_LOW
PLACES = 16  # inputs of a network come in so many


class Tables:
    """What struct model holds."""

    def __init__(self, classifiers, names, lexicon, curve=None, least=0,
                 learned=None, nets=None):
        """The mean of classifiers; lexicon: sorted keys, odds. Tokens of
        less odds than least are left out. learned: the rows that were learned
        from and their weights, for the shares above borders. nets: a
        net.Nets, asked where the classifiers leave doubt."""
        trees, offset = [], 0.0
        self.nets = nets
        for classifier in classifiers:
            found, bias = read_trees(classifier)
            offset += bias / len(classifiers)
            trees += [(s, v / len(classifiers)) for s, v in found]
        used = sorted({f for splits, _ in trees for f, _ in splits})
        self.names = [names[f] for f in used]
        borders = {f: sorted({b for s, _ in trees for g, b in s if g == f})
                   for f in used}
        if any(len(b) > 254 for b in borders.values()):
            raise SystemExit("too many borders for one feature")
        self.borders = [np.array(borders[f], np.float32) for f in used]
        self.above = None if learned is None else [
            shares_above(learned[0][:, f], learned[1], b)
            for f, b in zip(used, self.borders)]
        column = {f: i for i, f in enumerate(used)}
        self.splits = np.array(
            [[(column[f], borders[f].index(b)) for f, b in s]
             for s, _ in trees], np.uint8)
        values = np.array([v for _, v in trees])
        # the middle of each tree to 0: finer steps reach all leaves then
        middle = (values.min(1) + values.max(1)) / 2
        self.offset = np.float32(offset + middle.sum())
        self.values = values - middle[:, None]
        self.scale = np.float32(np.abs(self.values).max() / 127)
        self.leaves = np.rint(self.values / self.scale).astype(np.int8)
        kept = np.abs(lexicon[1].astype(int)) >= least
        kept[kept] = first_of_kin(lexicon[0][kept])
        self.keys, self.odds = lexicon[0][kept], lexicon[1][kept]
        self.curve = np.array(np.linspace(0, 1, CURVE) if curve is None
                              else curve, np.float32)

    def predict(self, rows, names, rounded=True):
        """Logits as the C program computes them, or with leaves as they were
        before they became bytes."""
        at = [names.index(n) for n in self.names]
        bins = np.stack([np.searchsorted(b, rows[:, c], side="left")
                         for c, b in zip(at, self.borders)])
        all_leaves = self.leaves if rounded else self.values / self.scale
        total = np.zeros(len(rows))
        for splits, leaves in zip(self.splits, all_leaves):
            leaf = np.zeros(len(rows), np.int64)
            for level, (column, border) in enumerate(splits):
                leaf |= (bins[column] > border).astype(np.int64) << level
            total += leaves[leaf]
        return total.astype(np.float32) * self.scale + self.offset

    def save(self, path):
        """A file for --model: see filter/score/model_file.c."""
        out = [b"pithmodl", struct.pack(
            "<8I", VERSION, len(self.names), sum(map(len, self.borders)),
            len(self.splits), len(self.keys), CURVE,
            len(self.nets.names) if self.nets else 0,
            len(self.nets.nets) if self.nets else 0)]
        for name, borders in zip(self.names, self.borders):
            out.append(struct.pack("<BB", len(name), len(borders)))
            out.append(name.encode())
        for borders in self.borders:
            out.append(borders.astype("<f4").tobytes())
        for borders, above in zip(self.borders,
                                  self.above or [None] * len(self.borders)):
            out.append(bytes([128] * len(borders)) if above is None
                       else above.tobytes())
        out.append(self.splits.tobytes())
        out.append(self.leaves.tobytes())
        out.append(struct.pack("<4f", self.scale, self.offset,
                               self.nets.doubt if self.nets else 0,
                               1 - self.nets.share if self.nets else 1))
        if self.nets:
            out.append(self.nets.body())
        out.append(self.keys.astype("<u4").tobytes())
        out.append(self.odds.tobytes())
        out.append(self.curve.astype("<f4").tobytes())
        body = b"".join(out)
        digest = 0xcbf29ce484222325
        for byte in body:
            digest = (digest ^ byte) * 0x100000001b3 & (1 << 64) - 1
        with open(path, "wb") as f:
            f.write(body + struct.pack("<Q", digest))

    def source(self, head):
        """C source; head: lines for the comment on top."""
        starts = np.searchsorted(self.keys >> (32 - BITS),
                                 np.arange((1 << BITS) + 1))
        firsts = np.cumsum([0] + [len(b) for b in self.borders])
        columns = ["{FEATURE_%s, %d, %d}" % (n.upper(), f, len(b)) for n, f, b
                   in zip(self.names, firsts, self.borders)]
        parts = ["/* SPDX-License-Identifier: MIT\n *\n"]
        parts += [" * %s\n" % line if line else " *\n" for line in head]
        parts.append(" */\n/* clang-format off */\n")
        parts += [
            array("struct model_column", "builtin_columns", columns),
            array("float", "builtin_borders",
                  ["%sf" % fixed(x) for b in self.borders for x in b]),
            array("struct model_split", "builtin_splits",
                  ["{%d,%d}" % tuple(s) for t in self.splits for s in t]),
            array("int8_t", "builtin_leaves", self.leaves.ravel().tolist()),
            array("uint16_t", "builtin_keys",
                  ["%#x" % (k >> LOW & 0xffff) for k in self.keys.tolist()]),
            array("int8_t", "builtin_odds", self.odds.tolist()),
            array("uint16_t", "builtin_starts", starts.tolist()),
            array("float", "builtin_curve", ["%sf" % fixed(x) for x in self.curve]),
            "" if self.above is None else
            array("uint8_t", "builtin_above",
                  np.concatenate(self.above).tolist()),
            self.nets.source() if self.nets else "",
            "\nconst struct model model_builtin = {\n"
            "\tbuiltin_columns, builtin_borders, builtin_splits, builtin_leaves,\n"
            "\t%d, %d, %d, %sf, %sf,\n"
            "\t{builtin_keys, builtin_odds, %d, builtin_starts},\n\tbuiltin_curve, %s,\n\t%s};\n/* clang-format on */\n" % (
                len(self.names), firsts[-1], len(self.splits),
                fixed(self.scale), fixed(self.offset), len(self.keys),
                "NULL" if self.above is None else "builtin_above",
                "builtin_inputs, %d, builtin_nets, %d, %sf, %sf" % (
                    self.nets.places(), len(self.nets.nets),
                    fixed(self.nets.doubt), fixed(1 - self.nets.share))
                if self.nets else "NULL, 0, NULL, 0, 0, 1")]
        return "".join(parts)

    def size(self):
        """Bytes of the tables in the program."""
        return (sum((4 if self.above is None else 5) * len(b)
                    for b in self.borders) + self.splits.size +
                self.leaves.size + 3 * len(self.keys) + ((1 << BITS) + 1) * 2 +
                6 * len(self.names) + 4 * CURVE +
                (self.nets.size() if self.nets else 0))


def first_of_kin(keys):
    """Which of sorted keys the program can tell from those before."""
    short = keys >> LOW
    return np.append(True, short[1:] != short[:-1])[:len(keys)]


def shares_above(values, weight, borders):
    """Of each border, in 255ths of the weight."""
    bins = np.searchsorted(borders, values, side="left")  # > border: above
    parts = np.bincount(bins, weight, len(borders) + 1)
    above = np.cumsum(parts[::-1])[::-1][1:] / parts.sum()
    return np.rint(255 * above).astype(np.uint8)


def fixed(x):
    """A float32 in decimal, exactly."""
    text = repr(float(np.float32(x)))
    short = "%.9g" % np.float32(x)
    text = short if np.float32(short) == np.float32(x) else text
    return text if "." in text or "e" in text else text + ".0"


def array(kind, name, items):
    lines, line = [], ""
    for item in map(str, items):
        if len(line) + len(item) + 1 > 78:
            lines.append(line)
            line = ""
        line += item + ","
    lines.append(line)
    return "\nstatic const %s %s[] = {\n%s\n};\n" % (
        kind, name, "\n".join(lines))


def read_trees(classifier):
    """([(splits, leaves)], bias): splits are (feature, border)."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "model.json")
        classifier.save_model(path, format="json")
        with open(path) as f:
            raw = json.load(f)
    index = {f["flat_feature_index"]: f["flat_feature_index"]
             for f in raw["features_info"]["float_features"]}
    scale, bias = raw["scale_and_bias"]
    trees = []
    for tree in raw["oblivious_trees"]:
        splits = [(index[s["float_feature_index"]], np.float32(s["border"]))
                  for s in tree["splits"]]
        leaves = np.array(tree["leaf_values"], float) * scale
        while len(splits) < DEPTH:  # a shallow tree: ask the last one again
            splits.append(splits[-1])
            leaves = np.concatenate((leaves, leaves))
        trees.append((splits, leaves))
    return trees, bias[0] if isinstance(bias, list) else bias
