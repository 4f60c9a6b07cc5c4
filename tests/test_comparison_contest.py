"""The contest: that it is paired and holds test data back, and its statistics by other means."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import pytest
from joblib import parallel_config
from scipy import stats

from course_lib.activations import Activation
from course_lib.comparison import contest as module
from course_lib.comparison.contest import Contest, head_to_head, starting_gain
from course_lib.comparison.intervals import paired_interval
from course_lib.datasets import Dataset
from course_lib.mlp import MLP

SMALL: dict[str, Any] = {
    "learning_rates": (0.03, 0.3), "n_seeds": 3, "n_steps": 40, "hidden_layer_sizes": (8, 8),
    "batch_size": 16,
}  # fmt: skip
RNG = np.random.default_rng(11)


@pytest.fixture(scope="module")
def small() -> Contest:
    return head_to_head(["relu", "tanh", "sigmoid"], **SMALL)


def a_contest() -> Contest:
    """Three activations, two rates, four seeds; the validation data prefer another rate for c."""
    errors = np.array(
        [
            [[10.0, 12, 11, 13], [5, 6, 5, 8]],
            [[9, 9, 10, 12], [6, 6, 7, 9]],
            [[4, 5, 6, 5], [90, 90, 90, 90]],
        ]
    )
    diverged = errors == 90
    return Contest(("a", "b", "c"), (0.1, 1.0), errors, errors + 0.5, diverged)


def test_the_same_contest_in_another_order_has_the_same_errors(small: Contest) -> None:
    other = head_to_head(["sigmoid", "relu", "tanh"], **SMALL)
    assert other.errors.tolist() == small.errors[[2, 0, 1]].tolist()


def test_an_activation_against_itself_does_not_differ() -> None:
    twin = Activation.from_formula("max(0, x)", name="twin")
    found = head_to_head(["relu", twin], **SMALL)
    assert found.difference("relu", "twin").mean == 0
    assert found.validation_errors[0].tolist() == found.validation_errors[1].tolist()


def test_more_rates_and_processes_change_nothing(small: Contest) -> None:
    more = head_to_head(["relu", "tanh"], **{**SMALL, "learning_rates": (0.3, 0.1, 0.03)})
    assert more.learning_rates == (0.03, 0.1, 0.3)
    assert more.errors[:, ::2].tolist() == small.errors[:2].tolist()
    with parallel_config("threading"):  # processes would only take longer to start
        parallel = head_to_head(["relu", "tanh", "sigmoid"], **SMALL, n_jobs=2)
    assert parallel.errors.tolist() == small.errors.tolist()


def test_the_work_can_be_sent_to_another_process() -> None:
    own = Activation.from_formula("x * tanh(x)", name="mine")
    folds = module._folds(module.digits(), 2, 300, 400, np.random.default_rng(0))
    arguments = own, 1.0, folds, module._Plan((0.1, 0.2), 2, (4,), 2, 8, 0)
    here = module._results(*arguments)
    there = module._results(*pickle.loads(pickle.dumps(arguments)))
    assert [part.tolist() for part in here] == [part.tolist() for part in there]


def test_progress_counts_activations() -> None:
    told: list[tuple[int, int]] = []
    head_to_head(["relu", "tanh"], **SMALL, progress=lambda *now: told.append(now))
    assert told == [(1, 2), (2, 2)]


def test_folds_are_disjoint_and_scaled_by_the_training_part() -> None:
    n = 60
    data = Dataset(np.arange(n)[:, None] ** 2.0, np.arange(n) % 3, "numbered")
    folds = module._folds(data, 4, 10, 20, np.random.default_rng(0))
    for seed in range(4):
        parts = [fold.X[seed, :, 0] for fold in folds]
        assert [len(part) for part in parts] == [30, 10, 20]
        assert parts[0].mean() == pytest.approx(0, abs=1e-6)
        assert np.square(parts[0]).mean() == pytest.approx(1, rel=1e-5)
        # Undo the scaling: each sample occurs once, with its own label.
        together = np.concatenate(parts)
        order = np.argsort(together)
        labels = np.concatenate([fold.labels[seed] for fold in folds])
        assert labels[order].tolist() == (np.arange(n) % 3).tolist()
        assert len(np.unique(together)) == n
    assert len({tuple(fold) for fold in folds[2].labels.tolist()}) == 4


def test_starting_weights_have_their_gain_and_are_shared_by_rates(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[list[Any]] = []

    class Watched(MLP):
        def training_steps(self, *args: Any, **options: Any) -> Any:  # type: ignore[override]
            seen.append([weights.copy() for weights in self.weights])
            return super().training_steps(*args, **options)

    monkeypatch.setattr(module, "MLP", Watched)
    options = {**SMALL, "hidden_layer_sizes": (64, 64, 64), "n_steps": 1}
    head_to_head(["sigmoid", "linear"], **options)
    gain = starting_gain("sigmoid")
    assert gain > 4
    for weights, factors in zip(seen, ([1, gain, gain, 1], [1, 1, 1, 1]), strict=True):
        for own, factor in zip(weights, factors, strict=True):
            assert own[:3].tolist() == own[3:].tolist()
            assert own[0].tolist() != own[1].tolist()
            assert own.std() * np.sqrt(own.shape[-1]) == pytest.approx(factor, rel=0.05)
    # The same random numbers for every activation.
    assert seen[0][1] == pytest.approx(seen[1][1] * gain, rel=1e-5)


def test_each_run_is_that_of_a_network_by_itself(small: Contest) -> None:
    generator = np.random.default_rng(0)
    data = module.digits()
    folds = module._folds(data, 3, 300, 400, generator)
    rng = np.random.default_rng(int(generator.integers(2**63)))
    weights = [
        rng.standard_normal((3, n_out, n_in)) / np.sqrt(n_in)
        for n_in, n_out in ((64, 8), (8, 8), (8, 10))
    ]
    network = MLP((8, 8), "tanh", n_inputs=64, n_outputs=10, loss="softmax_cross_entropy", rng=0)
    for own, drawn, gain in zip(
        network.weights, weights, (1, starting_gain("tanh"), 1), strict=True
    ):
        own[...] = drawn[2] * gain
    train, _, test = folds
    network.train(
        train.X[2], train.labels[2], n_steps=40, learning_rate=0.3, batch_size=16, rng=rng
    )
    wrong = network.predict(test.X[2]).argmax(axis=1) != test.labels[2]
    assert small.errors[1, 1, 2] == pytest.approx(100 * wrong.mean(), abs=0.3)


def test_learning_happens_and_diverged_runs_count_as_guessing() -> None:
    found = head_to_head(
        ["linear", "tanh"], learning_rates=(0.1, 30.0), n_seeds=3, n_steps=200,
        hidden_layer_sizes=(16, 16), rng=1,
    )  # fmt: skip
    assert found.errors[1, 0].mean() < 15
    assert found.diverged[0, 1].all()
    assert found.errors[0, 1].tolist() == pytest.approx([90] * 3)
    assert not found.diverged[:, 0].any()
    assert found.best_rates == (0.1, 0.1)


def test_one_shared_rate_ranks_otherwise_than_tuned_rates() -> None:
    found = head_to_head(
        ["relu", "sigmoid", "tanh"], learning_rates=(0.03, 0.3, 1.0), n_seeds=4, n_steps=300,
        hidden_layer_sizes=(32, 32, 32), gain="forward",
    )  # fmt: skip
    assert found.error("sigmoid", 0.03).mean > found.error("relu", 0.03).mean + 20
    assert found.error("sigmoid", 1.0).mean < found.error("relu", 1.0).mean - 20
    assert found.ranking(0.03)[-1] == "sigmoid"
    assert found.ranking(1.0)[-1] == "relu"
    tuned = found.tuned_errors.mean(axis=1)
    assert tuned.max() - tuned.min() < 10


def test_rates_are_chosen_on_validation_data() -> None:
    found = a_contest()
    assert found.best_rates == (1.0, 1.0, 0.1)
    assert found.tuned_errors.tolist() == [[5, 6, 5, 8], [6, 6, 7, 9], [4, 5, 6, 5]]
    misled = Contest(("a", "b", "c"), (0.1, 1.0), found.errors, -found.errors, found.diverged)
    assert misled.best_rates == (0.1, 0.1, 1.0)
    assert misled.tuned_errors[2].tolist() == [90] * 4
    assert found.at_edge == ("a", "b", "c")


def test_rankings() -> None:
    found = a_contest()
    assert found.ranking(0.1) == ("c", "b", "a")
    assert found.ranking(1.0) == ("a", "b", "c")
    assert found.ranking() == ("c", "a", "b")


def test_difference_is_paired_by_seed() -> None:
    found = a_contest()
    expected = paired_interval([10, 12, 11, 13], [9, 9, 10, 12])
    assert found.difference("a", "b", 0.1) == expected
    assert found.difference("b", "a").mean == pytest.approx(1)
    assert found.error("b").mean == 7


def test_comparisons_are_corrected_for_their_number() -> None:
    found = a_contest()
    a, b, c = found.tuned_errors
    rows = found.comparisons("a")
    assert [own.activation for own in rows] == ["c", "b"]
    p = [stats.ttest_rel(c, a).pvalue, stats.ttest_rel(b, a).pvalue]
    assert [own.p_value for own in rows] == pytest.approx(p)
    smaller, larger = sorted(p)
    expected = {smaller: 2 * smaller, larger: max(2 * smaller, larger)}
    for own, value in zip(rows, p, strict=True):
        assert own.adjusted_p_value == pytest.approx(min(1, expected[value]))
        assert own.is_clear == (own.adjusted_p_value < 0.05)


@pytest.mark.parametrize("rate", [0.03, 0.3])
def test_rank_correlation_is_spearmans(small: Contest, rate: float) -> None:
    found = small.rank_correlation(rate, n_resamples=50)
    expected = stats.spearmanr(
        small.at_rate(rate).mean(axis=1), small.tuned_errors.mean(axis=1)
    ).statistic
    assert found.mean == pytest.approx(expected)
    assert -1 <= found.low <= found.high <= 1


def test_the_bootstrap_draws_seeds_and_chooses_rates_again() -> None:
    # Seeds disagree about the best rate of "a", so that its tuned rank depends on the seeds drawn.
    errors = np.array([[[1.0, 9.0], [8.0, 2.5]], [[4.0, 4.0], [4.0, 4.0]]])
    found = Contest(("a", "b"), (0.1, 1.0), errors, errors, errors < 0)
    interval = found.rank_correlation(0.1, n_resamples=400)
    # Drawn (0, 0) or (1, 1): tuned "a" wins; at 0.1 it wins or loses. Mixed: a loses at both.
    assert (interval.low, interval.high) == (-1, 1)
    assert interval.mean == 1
    same = np.repeat(errors[..., :1], 2, axis=2)
    sure = Contest(("a", "b"), (0.1, 1.0), same, same, same < 0).rank_correlation(0.1)
    assert (sure.low, sure.mean, sure.high) == (1, 1, 1)


def test_equal_errors_have_no_order() -> None:
    errors = np.ones((2, 2, 3))
    found = Contest(("a", "b"), (0.1, 1.0), errors, errors, errors < 0)
    assert found.rank_correlation(0.1, n_resamples=10).mean == 0


def test_table() -> None:
    text = repr(a_contest().table("a"))
    lines = text.splitlines()
    assert [line.split()[0] for line in lines[1:4]] == ["c", "a", "b"]
    assert "the reference" in lines[2]
    assert "+1.0 (1.0 to 1.0)" not in lines[3]
    assert "for 2 comparisons" in text
    assert "0.1 " in lines[1]
    assert all("0.1" in line for line in repr(a_contest().table("a", 0.1)).splitlines()[1:4])


@pytest.mark.parametrize(
    ("name", "forward", "backward"),
    [("relu", np.sqrt(2), np.sqrt(2)), ("linear", 1, 1), ("tanh", 1.5925, 1.4674)],
)
def test_starting_gain(name: str, forward: float, backward: float) -> None:
    assert starting_gain(name, "forward") == pytest.approx(forward, abs=1e-4)
    assert starting_gain(name, "backward") == pytest.approx(backward, abs=1e-4)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"activations": "relu"}, "`activations`"),
        ({"activations": ["relu"]}, "two or more"),
        ({"activations": ["relu", "relu"]}, "different names"),
        ({"activations": ["relu", "rleu"]}, "rleu"),
        ({"activations": ["relu", "maxout"]}, "whole vector"),
        ({"activations": ["relu", "step"]}, "finite backward gain"),
        ({"learning_rates": (0.1,)}, "`learning_rates`"),
        ({"learning_rates": 0.1}, "`learning_rates`"),
        ({"learning_rates": (0.1, 0.1)}, "`learning_rates`"),
        ({"learning_rates": (0.1, -1)}, "`learning_rates`"),
        ({"n_seeds": 1}, "`n_seeds`"),
        ({"n_steps": 0}, "`n_steps`"),
        ({"batch_size": 5000}, "`batch_size`"),
        ({"hidden_layer_sizes": 8}, "`hidden_layer_sizes`"),
        ({"n_validation": 1500, "n_test": 500}, "must leave samples"),
        ({"n_test": 0}, "`n_test`"),
        ({"gain": "edge"}, "`gain`"),
        ({"progress": 3}, "`progress`"),
        ({"n_jobs": 0}, "`n_jobs`"),
        ({"data": [1, 2]}, "`data`"),
    ],
)
def test_errors(options: dict[str, Any], message: str) -> None:
    given = {"activations": ["relu", "tanh"], **SMALL, **options}
    with pytest.raises((TypeError, ValueError), match=message):
        head_to_head(**given)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda c: c.at_rate(0.5), "`rate` must be one of 0.1, 1"),
        (lambda c: c.ranking("fast"), "`rate`"),
        (lambda c: c.error("d"), "`activation` must be one of 'a', 'b', 'c'"),
        (lambda c: c.difference("a", "d"), "'d'"),
        (lambda c: c.comparisons("relu"), "'relu'"),
        (lambda c: c.rank_correlation(0.1, n_resamples=1), "`n_resamples`"),
        (lambda c: c.rank_correlation(0.1, level=2), "`level`"),
    ],
)
def test_errors_of_questions(call: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call(a_contest())
