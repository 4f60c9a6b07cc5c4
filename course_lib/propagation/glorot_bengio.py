"""The experiment of Glorot and Bengio (2010): deep networks, three activations, two ways to start.

Five hidden layers learn to tell shapes apart, and each layer is watched: which saturate, how large
the gradients are that reach it, and how well the whole network does in the end.
"""

from __future__ import annotations

import numbers
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import joblib
from joblib.parallel import BACKENDS, EXTERNAL_BACKENDS, LokyBackend, get_active_backend

from course_lib.arguments import check_count, check_size
from course_lib.propagation.experiment_run import Run, images_of, starting_network, train_runs
from course_lib.propagation.experiment_setup import (
    NOTEBOOK_SETUP,
    PAPER_ERRORS,
    PAPER_SETUP,
    Setup,
)
from course_lib.propagation.experiment_store import Experiment, stored_experiment
from course_lib.propagation.run_folder import RunFolder
from course_lib.propagation.signals import Signals, layer_signals

__all__ = [
    "NOTEBOOK_SETUP",
    "PAPER_ERRORS",
    "PAPER_SETUP",
    "Experiment",
    "Run",
    "Setup",
    "run_experiment",
    "signals_at_initialization",
    "stored_experiment",
]

# What a process holds is wanted back soon after its work; joblib waits for minutes.
_IDLE_SECONDS = 10.0


def signals_at_initialization(
    setup: Setup = PAPER_SETUP,
    *,
    width: int | None = None,
    depth: int | None = None,
    n_seeds: int = 5,
    n_images: int = 300,
    input_scale: float = 1.0,
) -> Mapping[tuple[str, str], Signals]:
    """Measure each layer of networks that have not learned anything yet.

    Parameters
    ----------
    setup : Setup
        Which activations, initializations and images.
    width, depth : int, optional
        Units of each hidden layer, and how many, if not those of the setup.
    n_seeds : int
        How many networks, each with its own images and weights.
    n_images : int
        How many for each network.
    input_scale : float
        What the images are multiplied by. At 1 their pixels have variance 1; at 0.1 the units
        stay near 0, where tanh and softsign are nearly linear.

    Returns
    -------
    mapping
        For each activation and initialization the signals, each statistic of shape
        (n_seeds, depth).

    Raises
    ------
    ValueError
        If a size is impossible.

    Examples
    --------
    >>> start = signals_at_initialization(width=100, n_seeds=2)
    >>> shrunk = start["tanh", "standard"].ratio("activation_gradients")
    >>> bool((shrunk < 0.15).all())
    True
    """
    n_images = check_count("n_images", n_images)
    own = replace(
        setup,
        width=setup.width if width is None else width,
        depth=setup.depth if depth is None else depth,
        n_seeds=n_seeds,
        n_train=max(n_images, setup.batch_size),
        n_test=n_images,
        n_signal_images=n_images,
    )
    scale = check_size("input_scale", input_scale, above=0)
    data = images_of(own, own.seeds)
    signals = {}
    for f, rule in own.combinations:
        network = starting_network(own, f, rule, own.seeds)
        signals[f, rule] = layer_signals(network, scale * data.X_test, data.y_test)
    return MappingProxyType(signals)


def run_experiment(
    setup: Setup = NOTEBOOK_SETUP,
    *,
    n_jobs: int | None = None,
    backend: str | None = None,
    folder: str | Path | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Experiment:
    """Train every combination of the setup on every seed.

    Parameters
    ----------
    setup : Setup
        The sizes.
    n_jobs : int, optional
        How many processes work at once, -1 for one a core; by default what
        ``joblib.parallel_config`` says, else one.
    backend : str, optional
        What joblib spreads the work over: "loky" (processes, the default), "threading", "dask".
    folder : str or Path, optional
        Where finished runs are kept. The same call, made again after an interrupt, does what is
        left.
    progress : callable, optional
        Told ``(done, total)`` runs, such as `course_lib.explorer.progress_bar`.

    Returns
    -------
    Experiment
        The same numbers for any `n_jobs` and `backend`, up to what another machine rounds
        otherwise.

    Raises
    ------
    TypeError
        If an argument is not of its kind.
    ValueError
        If `n_jobs` is 0, a backend is not known, or the folder belongs to another setup.

    Notes
    -----
    On a cluster: with a ``dask.distributed.Client`` of it open, and the course installed on its
    machines, ``backend="dask"`` sends each job to a worker. Results come back to this process,
    which alone writes to the folder.

    Examples
    --------
    >>> small = Setup(
    ...     width=8, n_train=90, n_test=30, n_signal_images=9, n_updates=10, n_seeds=2,
    ...     activations=("tanh",), n_records=2,
    ... )
    >>> run_experiment(small).final_errors("tanh", "standard").shape
    (2,)
    """
    _check_call(setup, n_jobs, backend, progress)
    store = None if folder is None else RunFolder(folder, setup)
    finished: dict[int, tuple[Run, ...]] = {}
    tell = _teller(setup, progress)
    if store is not None:
        stored = ((job, store.read(job)) for job in range(len(setup.jobs)))
        finished = {job: runs for job, runs in stored if runs is not None}
    tell(finished)
    waiting = [job for job in range(len(setup.jobs)) if job not in finished]
    with _parallel_runs(setup, waiting, n_jobs, backend) as results:
        for job, runs in results:
            finished[job] = runs
            if store is not None:
                store.write(job, runs)
            tell(finished)
    return Experiment(setup, tuple(run for job in sorted(finished) for run in finished[job]))


def _check_call(setup: Any, n_jobs: Any, backend: Any, progress: Any) -> None:
    if not isinstance(setup, Setup):
        raise TypeError(f"`setup` must be a Setup; got {setup!r}. Write Setup(n_updates=1000).")
    is_whole = isinstance(n_jobs, numbers.Integral) and not isinstance(n_jobs, bool)
    if n_jobs is not None and not (is_whole and n_jobs != 0):
        raise ValueError(
            "`n_jobs` must be a number of processes, -1 for one a core, or None; got "
            f"{n_jobs!r}. Try 2."
        )
    known = sorted({*BACKENDS, *EXTERNAL_BACKENDS})
    if backend is not None and backend not in known:
        raise ValueError(
            f"`backend` must be one of {', '.join(map(repr, known))}; got {backend!r}. Leave it "
            "out for processes on this machine."
        )
    if progress is not None and not callable(progress):
        raise TypeError(
            f"`progress` must be a function of (done, total); got {progress!r}. Try "
            "progress_bar('training')."
        )


def _teller(
    setup: Setup, progress: Callable[[int, int], object] | None
) -> Callable[[Mapping[int, Sequence[Run]]], None]:
    total = len(setup.combinations) * setup.n_seeds

    def tell(finished: Mapping[int, Sequence[Run]]) -> None:
        if progress is not None:
            progress(sum(map(len, finished.values())), total)

    return tell


@contextmanager
def _parallel_runs(
    setup: Setup, waiting: Sequence[int], n_jobs: int | None, backend: str | None
) -> Iterator[Iterator[tuple[int, tuple[Run, ...]]]]:
    """Give each job with its runs, as they come; what is still at work at the end is stopped."""
    if backend is None and isinstance(get_active_backend()[0], LokyBackend):
        backend = "loky"
    options: dict[str, Any] = {}
    if backend == "loky":
        # Several threads in each of several processes would only get in each other's way.
        options = {"inner_max_num_threads": 1, "idle_worker_timeout": _IDLE_SECONDS}
    if backend is not None:
        options["backend"] = backend
    with joblib.parallel_config(**options):
        parallel = joblib.Parallel(n_jobs=n_jobs, return_as="generator_unordered")
    results = parallel(joblib.delayed(_job)(setup, job) for job in waiting)
    with warnings.catch_warnings():
        # A process whose time is up as work comes in is replaced, with a warning.
        warnings.filterwarnings("ignore", "A worker stopped while ", UserWarning)
        warnings.filterwarnings("ignore", "[0-9]+ tasks ", UserWarning)
        try:
            yield results
        finally:
            results.close()


def _job(setup: Setup, job: int) -> tuple[int, tuple[Run, ...]]:
    return job, train_runs(setup, *setup.jobs[job])
