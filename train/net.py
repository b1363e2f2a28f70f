# SPDX-License-Identifier: MIT
"""The network of filter/score/net.h: learned with JAX, then in whole numbers.
Imported by train.py.

A block's features go through one layer, then through layers that look at
neighbours at growing distances; the mean over the page joins in. Pages are laid
end to end in strips of one length, with gaps between them as wide as the
furthest look."""
import jax
import jax.numpy as jnp
import numpy as np

import model

HIDDEN = 32
DISTANCES = (1, 2, 4, 8)
GAP = 2 * sum(DISTANCES)
STRIP = 8192    # blocks
PAGES = 96      # in a strip; the last stands for what is between pages
EPOCHS = 8
RATE = 2e-3     # of Adam at the start; it falls to nothing as a cosine does
DECAY = 2e-3    # of weights
BLUR = .15      # share of inputs left out
DROPOUT = .2    # share of the first layer's units left out
SAMPLE = 60000  # blocks that tell how inputs are spread

OCTAVE = 256    # steps of an input
FURTHEST = 2047
UNIT = 256      # of an activation
LARGEST = 4095


def steps(rows, scales):
    """Inputs as net.c makes them of features."""
    grown = np.float32(1) + scales * np.abs(rows)
    bits = grown.view(np.int32) - np.float32(1).view(np.int32) >> 15
    return np.where(rows < 0, -1, 1).astype(np.int16) * np.minimum(
        bits, FURTHEST).astype(np.int16)


def scales_of(rows):
    """Of each feature: what makes 3 of a value that is large for it."""
    out = np.ones(rows.shape[1], np.float32)
    for f in range(rows.shape[1]):
        some = np.abs(rows[:, f])
        some = some[some > 0]
        if len(some):
            out[f] = 3 / np.quantile(some, .9)
    return out


def shift(x, by):
    """Rows by places away, zeros where there is none."""
    zeros = jnp.zeros((abs(by), x.shape[1]), x.dtype)
    return jnp.concatenate([x[by:], zeros] if by > 0 else [zeros, x[:by]])


def begin(inputs, rng):
    def matrix(a, b, by=1.):
        return jnp.array(by * rng.normal(0, np.sqrt(2 / a), (a, b)),
                         jnp.float32)

    p = {"first": matrix(inputs, HIDDEN), "bias": jnp.zeros(HIDDEN),
         "context": matrix(HIDDEN, HIDDEN, .5),
         "out": matrix(3 * HIDDEN, 1, .1), "out_bias": jnp.zeros(1)}
    for k in range(len(DISTANCES)):
        p["layer%d" % k] = matrix(3 * HIDDEN, HIDDEN, .5)
        p["bias%d" % k] = jnp.zeros(HIDDEN)
    return p


def relu(x):
    return jnp.clip(x, 0, LARGEST / UNIT)


def forward(p, x, real, page, key=None):
    """Logits of a strip. real: 1 where a block is; page: which one's."""
    x = x.astype(jnp.float32)
    if key is not None:
        one, two = jax.random.split(key)
        x = x * jax.random.bernoulli(one, 1 - BLUR, x.shape) / (1 - BLUR)
    first = relu(x @ p["first"] + p["bias"])
    if key is not None:
        first *= jax.random.bernoulli(two, 1 - DROPOUT,
                                      first.shape) / (1 - DROPOUT)
    first *= real[:, None]
    count = jnp.maximum(jax.ops.segment_sum(real, page, PAGES), 1)
    mean = jax.ops.segment_sum(first, page, PAGES) / count[:, None]
    h = first
    for k, d in enumerate(DISTANCES):
        z = jnp.concatenate([shift(h, -d), h, shift(h, d)], 1)
        z = z @ p["layer%d" % k] + p["bias%d" % k]
        if k == 0:
            z += (mean @ p["context"])[page]
        h = jnp.clip(h + relu(z), 0, LARGEST / UNIT) * real[:, None]
    z = jnp.concatenate([first, h, mean[page]], 1)
    return (z @ p["out"])[:, 0] + p["out_bias"][0]


def loss(p, x, good, weight, real, page, key):
    logits = forward(p, x, real, page, key)
    return (weight * (jax.nn.softplus(logits) - good * logits)).sum() / (
        weight.sum() + 1e-9)


@jax.jit
def step(p, mean, square, count, rate, *batch):
    """One of Adam's, weights decaying apart from it."""
    slope = jax.grad(loss)(p, *batch)
    mean = jax.tree.map(lambda m, g: .9 * m + .1 * g, mean, slope)
    square = jax.tree.map(lambda s, g: .99 * s + .01 * g * g, square, slope)
    by = 1 / (1 - .9 ** count), 1 / (1 - .99 ** count)
    p = jax.tree.map(
        lambda w, m, s: w - rate * (
            m * by[0] / (jnp.sqrt(s * by[1]) + 1e-8) + DECAY * w),
        p, mean, square)
    return p, mean, square


def strips(wanted, starts):
    """Lists of (page, place in the strip, blocks)."""
    out, current, at = [], [], 0
    for i in wanted:
        count = min(starts[i + 1] - starts[i], STRIP)
        if count == 0:
            continue
        if current and (at + count > STRIP or len(current) == PAGES - 1):
            out.append(current)
            current, at = [], 0
        current.append((i, at, count))
        at += count + GAP
    return out + [current] if current else out


def fill(strip, starts, x, good, weight):
    batch = (np.zeros((STRIP, x.shape[1]), np.float16),
             np.zeros(STRIP, np.float32), np.zeros(STRIP, np.float32),
             np.zeros(STRIP, np.float32), np.full(STRIP, PAGES - 1, np.int32))
    for k, (i, at, count) in enumerate(strip):
        here, there = slice(at, at + count), slice(starts[i],
                                                   starts[i] + count)
        batch[0][here], batch[1][here] = x[there], good[there]
        batch[2][here], batch[3][here] = weight[there], 1
        batch[4][here] = k
    return batch


def whole(matrix, bias, scale, largest, extra=0.):
    """Weights, biases and the shift that makes them whole numbers of two and
    four bytes, so that no sum leaves four. scale: of what comes in."""
    for by in range(20, -1, -1):
        w = np.rint(matrix * 2. ** by)
        b = np.rint(bias * scale * 2. ** by)
        most = np.abs(w).sum(1) * largest + np.abs(b) + extra * 2. ** by
        if np.abs(w).max() <= 32767 and most.max() < 2 ** 31 - 2 ** by:
            return w.astype(np.int16), b.astype(np.int32), by
    raise SystemExit("a network's weights are too large")


def pairs(w):
    """Rows of weights as net.h has them: two inputs for all rows, then the next
    two."""
    return w.T.reshape(-1, 2, len(w)).transpose(0, 2, 1)


class Net:
    """One network in whole numbers: struct net."""

    def __init__(self, p, mean, spread, share):
        p = {k: np.asarray(v, np.float64) for k, v in p.items()}
        first = (p["first"] / spread[:, None]).T
        self.first, self.bias, self.shift = whole(
            first * UNIT, p["bias"] - first @ mean, UNIT, FURTHEST)
        reach = np.abs(p["context"]).sum(0).max() * LARGEST
        self.layers = []
        for k, distance in enumerate(DISTANCES):
            w, b, by = whole(p["layer%d" % k].T, p["bias%d" % k], UNIT,
                             LARGEST, reach if k == 0 else 0)
            self.layers.append((distance, by, b, w))
            if k == 0:
                self.context = np.rint(p["context"].T * 2. ** by).astype(
                    np.int16)
        out, bias, by = whole(p["out"].T, p["out_bias"], UNIT, LARGEST)
        self.out, self.out_bias = out[0], bias[0]
        self.scale = np.float32(share / UNIT / 2. ** by)

    def source(self, k, places):
        """Its arrays, and what struct net has of them."""
        def rows(kind, name, values):
            return model.array(kind, "net%d_%s" % (k, name),
                               values.ravel().tolist())

        first = np.zeros((HIDDEN, places), np.int16)
        first[:, :self.first.shape[1]] = self.first
        parts = [rows("int16_t", "first", pairs(first)),
                 rows("int32_t", "bias", self.bias),
                 rows("int16_t", "context", self.context),
                 rows("int16_t", "out", self.out)]
        layers = []
        for i, (d, by, bias, w) in enumerate(self.layers):
            parts += [rows("int32_t", "bias%d" % i, bias),
                      rows("int16_t", "layer%d" % i, pairs(w))]
            layers.append("{%d, %d, net%d_bias%d, net%d_layer%d}" % (
                d, by, k, i, k, i))
        return "".join(parts), (
            "{%d, %d, %d, net%d_first, net%d_bias, net%d_context,\n\t{%s},\n"
            "\tnet%d_out, %d, %sf}" % (
                HIDDEN, len(layers), self.shift, k, k, k, ", ".join(layers),
                k, self.out_bias, model.fixed(self.scale)))

    def body(self):
        """As model_file.c reads it."""
        out = [bytes([HIDDEN, len(self.layers), self.shift, 0])]
        out += [bytes([d, by]) for d, by, _, _ in self.layers]
        out += [self.scale.astype("<f4").tobytes(),
                self.out_bias.astype("<i4").tobytes(),
                self.bias.astype("<i4").tobytes(),
                self.first.astype("<i2").tobytes(),
                self.context.astype("<i2").tobytes()]
        for _, _, bias, w in self.layers:
            out += [bias.astype("<i4").tobytes(), w.astype("<i2").tobytes()]
        return b"".join(out + [self.out.astype("<i2").tobytes()])

    def size(self):
        """Bytes of its tables."""
        return len(self.body())


class Nets:
    """Networks that share their inputs: those of struct model. share: theirs
    of a logit, on pages of which an F1 below doubt is to be expected. learned:
    what they say of some rows, as floating-point numbers."""

    def __init__(self, names, scales, means, nets, share, doubt, learned):
        self.names, self.scales, self.means = names, scales, means
        self.nets, self.share, self.doubt = nets, share, doubt
        self.learned = learned

    def places(self):
        """Inputs in the program: it takes sixteen at a time."""
        return -(-len(self.names) // model.PLACES) * model.PLACES

    def source(self):
        inputs = ["{FEATURE_%s, %d, %sf}" % (n.upper(), mean, model.fixed(s))
                  for n, mean, s in zip(self.names, self.means, self.scales)]
        inputs += ["{0, 0, 0}"] * (self.places() - len(inputs))
        arrays, members = zip(*[net.source(k, self.places())
                                for k, net in enumerate(self.nets)])
        return "".join((model.array("struct net_input", "builtin_inputs",
                                    inputs),) + arrays) + (
            "\nstatic const struct net builtin_nets[] = {\n%s};\n" %
            ",\n".join(members))

    def body(self):
        """As model_file.c reads them."""
        out = []
        for name, scale, mean in zip(self.names, self.scales, self.means):
            out += [bytes([len(name)]), name.encode(),
                    np.float32(scale).astype("<f4").tobytes(),
                    np.int16(mean).astype("<i2").tobytes()]
        return b"".join(out + [net.body() for net in self.nets])

    def size(self):
        return 8 * self.places() + sum(net.size() for net in self.nets)


def learn(rows, names, good, weights, page, share, doubt):
    """Networks from all blocks that weigh something, one for each of
    weights."""
    rng = np.random.default_rng(1)
    some = np.sort(rng.choice(len(rows), min(SAMPLE, len(rows)),
                              replace=False))
    scales = scales_of(rows[some])
    sample = steps(rows[some], scales)
    mean, spread = sample.mean(0), sample.std(0) + .05 * OCTAVE
    x = np.empty(rows.shape, np.float16)
    for at in range(0, len(rows), SAMPLE):
        there = slice(at, at + SAMPLE)
        x[there] = (steps(rows[there], scales) - mean) / spread
    starts = np.searchsorted(page, np.arange(page[-1] + 2))
    found = [fit(x, starts, good, weight, page, seed)
             for seed, weight in enumerate(weights)]
    nets = [Net(p, mean, spread, share / len(found)) for p in found]

    def learned(some):
        return share * np.mean([alone(p, (steps(some, scales) - mean) / spread)
                                for p in found], 0)

    return Nets(names, scales, np.rint(mean).astype(int), nets, share, doubt,
                learned)


def fit(x, starts, good, weight, page, seed):
    """A network's weights, as numbers of JAX."""
    rng = np.random.default_rng(seed)
    wanted = np.where(np.bincount(page, weight, len(starts) - 1) > 0)[0]
    p = begin(x.shape[1], rng)
    moments = [jax.tree.map(jnp.zeros_like, p) for _ in range(2)]
    done, total = 0, EPOCHS * len(strips(wanted, starts))
    for _ in range(EPOCHS):
        for strip in strips(rng.permutation(wanted), starts):
            done += 1
            rate = RATE * min(1, done / 50) * (
                .5 + .5 * np.cos(np.pi * min(1, done / total)))
            p, *moments = step(p, *moments, float(done), rate,
                               *fill(strip, starts, x, good, weight),
                               jax.random.PRNGKey(1000003 * seed + done))
    return p


def alone(p, x):
    """Logits of the blocks of one page."""
    count = len(x)
    batch = np.zeros((STRIP, x.shape[1]), np.float16)
    batch[:count] = x
    real = np.arange(STRIP) < count
    return np.asarray(forward(p, batch, real.astype(np.float32),
                              np.where(real, 0, PAGES - 1)))[:count]
