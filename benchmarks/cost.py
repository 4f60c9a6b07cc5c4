"""What an activation costs, per element and as a share of a layer's training step.

The named peer of each is relu in two plain lines of NumPy, measured in the same run. Everything
alternates in this process, on one thread, in float32; what is compared is CPU time, and of many
rounds the median counts. A layer has as many inputs as units and a batch of 32 samples; its step is
the affine map, the activation, both products of the backward pass and plain gradient descent.

    python benchmarks/cost.py            print the table
    python benchmarks/cost.py --write    write course_lib/data/costs.toml besides

What it shows: per element the activations differ tenfold and more. But the products of a layer grow
with the square of its width and its activation does not, so that in a wide layer hardly anything is
left of the difference. Goal: with an activation that has a rule in `course_lib.mlp.rules`, a step
of the widest layer takes at most 1.2 times as long as with relu.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from course_lib.activations import CATALOG
from course_lib.comparison.cost import Cost
from course_lib.mlp.units import FastUnits, units_for

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
OUTPUT = Path(__file__).resolve().parent.parent / "course_lib" / "data" / "costs.toml"
WIDTHS, BATCH_SIZE = (16, 64, 256, 1024), 32
N_ROUNDS, SHORTEST = 25, 2e-3  # seconds that a timing should last at least
PER_ELEMENT_SHAPE = (BATCH_SIZE, 1024)
PEER = "numpy relu"
NAMES = (
    "relu", "leaky_relu", "tanh", "sigmoid", "silu", "gelu",
    "hard_tanh", "softsign", "elu", "softplus", "gelu_tanh", "mish",
)  # fmt: skip

Work = Callable[[], object]


class NumpyRelu:
    """The peer: what a first implementation would write."""

    def apply(self, z: Any, out: Any) -> None:
        """Write relu(z) to `out`."""
        out[...] = np.maximum(z, 0)

    def pull_back(self, delta: Any, z: Any, a: Any, out: Any) -> None:
        """Write delta times the slope to `out`."""
        out[...] = delta * (z > 0)


def all_units() -> dict[str, Any]:
    """Return what computes each activation in a network of float32, the peer first."""
    dtype = np.dtype(np.float32)
    return {PEER: NumpyRelu()} | {name: units_for(CATALOG[name], (), dtype) for name in NAMES}


class Layer:
    """One layer with its arrays, ready for a training step."""

    def __init__(self, width: int) -> None:
        rng = np.random.default_rng(0)
        self.inputs, self.upstream = rng.standard_normal((2, BATCH_SIZE, width), np.float32)
        self.weights = rng.standard_normal((width, width), np.float32) / np.float32(width**0.5)
        self.biases = np.zeros(width, np.float32)
        self.gradient, self.change = np.empty_like(self.weights), np.empty_like(self.weights)
        self.z, self.a, self.delta, self.below = np.empty((4, BATCH_SIZE, width), np.float32)
        self.rest()

    def rest(self) -> None:
        """Do all of a step but the activation."""
        np.matmul(self.inputs, self.weights.T, out=self.z)
        self.z += self.biases
        np.matmul(self.upstream.T, self.inputs, out=self.gradient)
        np.matmul(self.upstream, self.weights, out=self.below)
        np.multiply(self.gradient, -1e-9, out=self.change)  # so small that z stays what it is
        self.weights += self.change
        self.biases -= np.float32(1e-9) * self.upstream.sum(axis=0)

    def activation(self, units: Any) -> None:
        """Do the activation's part of a step."""
        units.apply(self.z, self.a)
        units.pull_back(self.upstream, self.z, self.a, self.delta)


def repetitions(work: Work) -> int:
    """Return how often to repeat a work so that it lasts long enough to be timed."""
    count = 1
    while seconds(work, count) * count < SHORTEST:
        count *= 2
    return count


def seconds(work: Work, count: int) -> float:
    """Return the CPU time of one of `count` repetitions."""
    start = time.process_time()
    for _ in range(count):
        work()
    return (time.process_time() - start) / count


def medians(works: dict[Any, Work]) -> dict[Any, float]:
    """Time every work once a round, all in turn, and return the medians."""
    counts = {key: repetitions(work) for key, work in works.items()}
    rounds = [
        {key: seconds(work, counts[key]) for key, work in works.items()} for _ in range(N_ROUNDS)
    ]
    return {key: statistics.median(found[key] for found in rounds) for key in works}


def per_element(units: dict[str, Any]) -> dict[str, tuple[float, float]]:
    """Return forward and backward times, in units of the peer's two together."""
    z, delta = np.random.default_rng(1).standard_normal((2, *PER_ELEMENT_SHAPE), np.float32)
    works: dict[Any, Work] = {}
    for name, own in units.items():
        a, out = np.empty_like(z), np.empty_like(z)
        own.apply(z, a)
        works[name, "forward"] = lambda own=own, out=out: own.apply(z, out)  # type: ignore[misc]
        works[name, "backward"] = lambda own=own, a=a, out=out: own.pull_back(delta, z, a, out)  # type: ignore[misc]
    found = medians(works)
    unit = found[PEER, "forward"] + found[PEER, "backward"]
    return {n: (found[n, "forward"] / unit, found[n, "backward"] / unit) for n in units}


def shares(units: dict[str, Any], width: int) -> dict[str, float]:
    """Return the activation's share of a step at one width."""
    layer = Layer(width)
    works: dict[Any, Work] = {
        name: lambda own=own: layer.activation(own)  # type: ignore[misc]
        for name, own in units.items()
    }
    found = medians({**works, "": layer.rest})
    return {name: found[name] / (found[name] + found[""]) for name in units}


def measure() -> list[Cost]:
    """Return the costs of all."""
    units = all_units()
    elements = per_element(units)
    by_width = {width: shares(units, width) for width in WIDTHS}
    return [
        Cost(
            name,
            "NumPy" if name == PEER else "rule" if isinstance(own, FastUnits) else "kernel",
            *map(rounded, elements[name]),
            {width: rounded(found[name]) for width, found in by_width.items()},
        )
        for name, own in units.items()
    ]


def rounded(value: float) -> float:
    """Return a number to two digits: a measurement on another day differs in the second."""
    return float(f"{value:.2g}")


def to_toml(measured: list[Cost]) -> str:
    """Return the text of the file."""
    lines = [
        "# Measured and written by `benchmarks/cost.py --write`. Times per element are in units of",
        f'# the forward and backward time of "{PEER}"; shares are those of a training step of',
        "# the layer, by its width. To two digits; another machine will differ in the first.",
        "",
        "[machine]",
        f"n_cpus = {os.cpu_count()}",
        f'python = "{platform.python_version()}"',
        f'numpy = "{np.__version__}"',
        f"batch_size = {BATCH_SIZE}",
        f"n_rounds = {N_ROUNDS}",
    ]
    for cost in measured:
        by_width = ", ".join(f"{width} = {share:g}" for width, share in cost.shares.items())
        lines += [
            "",
            "[[cost]]",
            f'name = "{cost.name}"',
            f'computed_by = "{cost.computed_by}"',
            f"forward = {cost.forward:g}",
            f"backward = {cost.backward:g}",
            f"shares = {{ {by_width} }}",
        ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Print the table and, if asked to, write the file; return 1 if the goal is missed."""
    measured = measure()
    relu = next(cost for cost in measured if cost.name == "relu")
    widest = WIDTHS[-1]
    print(f"{'activation':12}{'by':>8}{'forward':>9}{'backward':>9}{'both':>7}", end="")
    print("".join(f"{f'at {width}':>9}" for width in WIDTHS) + f"{'step':>7}")
    for cost in sorted(measured, key=lambda cost: cost.per_element):
        print(f"{cost.name:12}{cost.computed_by:>8}{cost.forward:9.2g}{cost.backward:9.2g}"
              f"{cost.per_element:7.2g}" + "".join(f"{cost.shares[w]:9.1%}" for w in WIDTHS)
              + f"{cost.step_ratio(widest, relu):7.2f}")  # fmt: skip
    if "--write" in sys.argv:
        OUTPUT.write_text(to_toml(measured), encoding="utf-8", newline="\n")
    ratios = [cost.step_ratio(widest, relu) for cost in measured if cost.computed_by == "rule"]
    print(f"\ngoal: step at width {widest} <= 1.2 of relu's:", "met" if max(ratios) <= 1.2 else
          f"MISSED, {max(ratios):.2f}")  # fmt: skip
    return int(max(ratios) > 1.2)


if __name__ == "__main__":
    if not ONE_THREAD.items() <= os.environ.items():
        # The thread count is read when NumPy is imported.
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **ONE_THREAD})
    sys.exit(main())
