"""Steps of training per second: `course_lib.mlp` against PyTorch, on one thread.

Both train the same network from the same weights on the same samples in the same order, in
float32, alternating in this process; that both do the same work is checked by their losses. The
peer is the faster of PyTorch's optimizers, the plain one and the fused one.

    python benchmarks/training.py

The peer is optional, as it is large: pip install -e '.[bench]'. Without it the table says so.
Goals: at least 3 times PyTorch on the small network and 2 times on the larger one; for SiLU and
GELU, whose time goes into the functions themselves, no goal is set. Activations without a rule in
`course_lib.mlp.rules` use the catalog's kernels, in float64, and are slower than PyTorch.
The last column is the share of what this machine reaches in one large float32 matrix product.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from course_lib.datasets import circles, digits
from course_lib.mlp import MLP

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
LEARNING_RATE, MOMENTUM = 0.05, 0.9
N_STEPS, N_ROUNDS = 400, 5
MODULES = {
    "relu": "ReLU", "leaky_relu": "LeakyReLU", "tanh": "Tanh", "sigmoid": "Sigmoid",
    "silu": "SiLU", "gelu": "GELU",
}  # fmt: skip
WITH_GOAL = ("relu", "leaky_relu", "tanh", "sigmoid")


@dataclass(frozen=True)
class Case:
    """A network, its data and the goal."""

    sizes: tuple[int, ...]
    loss: Any
    X: Any
    y: Any
    batch_size: int
    goal: float

    @property
    def name(self) -> str:
        """Sizes and samples in a step."""
        return f"{'-'.join(map(str, self.sizes))}, batch {self.batch_size}"

    @property
    def flops(self) -> int:
        """Of one step: forward, weight gradients, and deltas of all layers but the first."""
        products = [m * n for m, n in pairwise(self.sizes)]
        return 2 * self.batch_size * (3 * sum(products) - products[0])

    def network(self, activation: str) -> MLP:
        """Return the network of this case, always with the same weights."""
        n_in, *hidden, n_out = self.sizes
        return MLP(
            hidden, activation, n_inputs=n_in, n_outputs=n_out, loss=self.loss, learn=(), rng=0
        )

    def batches(self) -> Any:
        """Return indices of shape (N_STEPS, batch_size), or None for all samples each time."""
        if self.batch_size == len(self.X):
            return None
        rng = np.random.default_rng(1)
        return np.array([rng.permutation(len(self.X))[: self.batch_size] for _ in range(N_STEPS)])


def cases() -> Iterator[Case]:
    """Yield the two networks of the goals."""
    rings = circles(n_samples=300, rng=0)
    X, y = rings.X.astype(np.float32), rings.y
    yield Case((2, 16, 16, 1), "logistic", X, y, 300, 3.0)
    images = digits()
    X = (images.X / images.X.max()).astype(np.float32)
    yield Case((64, 100, 100, 10), "softmax_cross_entropy", X, images.y, 32, 2.0)


def ours(case: Case, activation: str) -> tuple[float, float]:
    """Return CPU seconds a step, and the loss after all of them."""
    network = case.network(activation)
    batch_size = None if case.batches() is None else case.batch_size
    options: dict[str, Any] = {"learning_rate": LEARNING_RATE, "momentum": MOMENTUM}
    steps = network.training_steps(
        case.X, case.y, n_steps=N_STEPS, every=N_STEPS, batch_size=batch_size, rng=1, **options
    )
    next(steps)
    start = time.process_time()
    (_, loss), *_ = steps
    return (time.process_time() - start) / N_STEPS, loss


def torch_loop(case: Case, activation: str, fused: bool) -> Callable[[], tuple[float, float]]:
    """Return the same for PyTorch, from the same weights."""
    import torch

    torch.set_num_threads(1)
    layers: list[Any] = []
    for n_in, n_out in pairwise(case.sizes):
        layers += [torch.nn.Linear(n_in, n_out), getattr(torch.nn, MODULES[activation])()]
    model = torch.nn.Sequential(*layers[:-1])
    start = case.network(activation)
    with torch.no_grad():
        for layer, weights, biases in zip(layers[::2], start.weights, start.biases, strict=True):
            layer.weight.copy_(torch.tensor(weights))
            layer.bias.copy_(torch.tensor(biases))
    is_logistic = case.loss == "logistic"
    measure = torch.nn.BCEWithLogitsLoss() if is_logistic else torch.nn.CrossEntropyLoss()
    X = torch.tensor(case.X)
    y = torch.tensor(case.y[:, None].astype(np.float32) if is_logistic else case.y)
    descent = torch.optim.SGD(model.parameters(), LEARNING_RATE, MOMENTUM, fused=fused)
    epochs = None if case.batches() is None else torch.tensor(case.batches())

    def run() -> tuple[float, float]:
        begin = time.process_time()
        for k in range(N_STEPS):
            some_X, some_y = (X, y) if epochs is None else (X[epochs[k]], y[epochs[k]])
            descent.zero_grad()
            measure(model(some_X), some_y).backward()
            descent.step()
        seconds = (time.process_time() - begin) / N_STEPS
        with torch.no_grad():
            return seconds, float(measure(model(X), y))

    return run


def sgemm_limit() -> float:
    """Return floating point operations a second in a large float32 matrix product."""
    a = np.ones((1024, 1024), np.float32)
    out = np.empty_like(a)
    best = min(_timed(lambda: np.matmul(a, a, out=out)) for _ in range(10))
    return 2 * 1024**3 / best


def _timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def measure(case: Case, activation: str, has_torch: bool) -> dict[str, list[tuple[float, float]]]:
    """Return seconds a step and final losses of each round, by who ran it."""
    found: dict[str, list[tuple[float, float]]] = {}
    for _ in range(N_ROUNDS):
        found.setdefault("ours", []).append(ours(case, activation))
        for fused in (False, True) if has_torch else ():
            found.setdefault(f"fused={fused}", []).append(torch_loop(case, activation, fused)())
    return found


def report(case: Case, activation: str, has_torch: bool, limit: float) -> bool:
    """Print one row and return whether its goal is met."""
    found = measure(case, activation, has_torch)
    seconds = {who: statistics.median(s for s, _ in rounds) for who, rounds in found.items()}
    own = seconds.pop("ours")
    share = case.flops / own / limit
    row = f"{case.name:30} {activation:11} {1 / own:9,.0f}"
    if not seconds:
        print(f"{row} {'not installed':>14} {'':>7} {'':>6} {share:7.1%}")
        return True
    peer = min(seconds.values())
    goal = case.goal if activation in WITH_GOAL else 0.0
    shown_goal = f"{goal:.0f}" if goal else "none"
    print(f"{row} {1 / peer:14,.0f} {peer / own:7.1f} {shown_goal:>6} {share:7.1%}", end="")
    same_work = case.batches() is None  # both see the same batches only if there is one
    gap = abs(found["ours"][0][1] - found["fused=False"][0][1])
    print(f"   losses differ by {gap:.0e}" if same_work else "")
    return peer / own >= goal


def main() -> int:
    """Print the table and return 1 if a goal is missed."""
    try:
        import torch

        peer = f"torch {torch.__version__.partition('+')[0]}"
    except ImportError:
        peer = "torch"
        print("PyTorch is not installed: only our side is measured. pip install -e '.[bench]'")
    limit = sgemm_limit()
    print(f"CPU, one thread, float32; sgemm reaches {limit / 1e9:.0f} GFLOP/s here\n")
    columns = f"{'network':30} {'activation':11} {'ours /s':>9} {peer + ' /s':>14}"
    print(f"{columns} {'ratio':>7} {'goal':>6} {'sgemm':>7}")
    rows = [(case, activation) for case in cases() for activation in MODULES]
    met = [report(*row, has_torch=peer != "torch", limit=limit) for row in rows]
    print("\nall goals met" if all(met) else "\nA GOAL WAS MISSED")
    return 0 if all(met) else 1


if __name__ == "__main__":
    if not ONE_THREAD.items() <= os.environ.items():
        # The thread count is read when NumPy is imported.
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **ONE_THREAD})
    sys.exit(main())
