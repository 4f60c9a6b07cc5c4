"""The ranking of a contest at one learning rate for all, and with each activation at its own."""

from __future__ import annotations

from functools import cache, partial

from matplotlib.figure import Figure

from course_lib import theme
from course_lib.comparison.contest import head_to_head
from course_lib.comparison.standings import Contest
from course_lib.explorer import Explorer, Scene, Slider
from course_lib.figures import set_band
from course_lib.theme import number

__all__ = ["TUNED", "ranking_by_rate", "small_contest"]

#: The last place of the slider: no shared rate. (Not None, which a slider takes for no choice.)
TUNED = "each its own"

_LOW, _HIGH = 1.0, 140.0
_FAILED = 40.0  # percent wrong, from which on a mean says no more than "did not learn"


def ranking_by_rate(contest: Contest | None = None) -> Explorer:
    """Return the explorer of a contest's intervals, learning rate by learning rate.

    Parameters
    ----------
    contest : Contest, optional
        By default a small one, which takes a second or two to train.

    Returns
    -------
    Explorer
        One row for each activation, with its mean test error and the interval around it.
    """
    shown = small_contest() if contest is None else contest
    places = (*shown.learning_rates, TUNED)
    return Explorer(
        name="ranking_by_rate",
        title="Choose the learning rate, and you choose the winner",
        controls=(
            Slider(
                "rate", "learning rate", values=places, start=places[0], frozen=places,
                show=_shown,
            ),
        ),
        draw=partial(_draw, shown),
        update=partial(_update, shown),
        alt=(
            "one row for each activation: a dot for its mean test error in percent on a "
            "logarithmic axis, and a bar for the 95 % interval around it."
        ),
    )  # fmt: skip


@cache
def small_contest() -> Contest:
    """Return a contest of five activations, trained on first use.

    Returns
    -------
    Contest
        Four rates and four seeds.
    """
    return head_to_head(
        ["sigmoid", "tanh", "relu", "leaky_relu", "elu"],
        learning_rates=(0.03, 0.1, 0.3, 1.0), n_seeds=4, n_steps=250,
    )  # fmt: skip


def _rate_for_all(place: float | str) -> float | None:
    return None if isinstance(place, str) else place


def _shown(place: float | str) -> str:
    return place if isinstance(place, str) else number(place)


def _draw(contest: Contest, figure: Figure) -> Scene:
    axes = figure.subplots()
    rows = range(len(contest.activations))
    axes.set(
        title="mean test error, and its 95 % interval", xscale="log", xlim=(_LOW, _HIGH),
        ylim=(len(rows) - 0.4, -0.6), xlabel="wrong test digits in percent, logarithmic",
        yticks=list(rows), yticklabels=contest.activations,
        xticks=[1, 2, 5, 10, 20, 50, 90],
        xticklabels=["1", "2", "5", "10", "20", "50", "90: guessing"],
    )  # fmt: skip
    axes.minorticks_off()
    axes.grid(visible=False, axis="y")
    axes.axvline(90, color=theme.INK, linewidth=1, linestyle=(0, (3, 2)), zorder=0.5)
    bands = [axes.fill_between([], [], [], color="#9DD0F0", linewidth=0) for _ in rows]
    return Scene(
        bands=bands,
        means=axes.plot([], [], "o", color=theme.FUNCTION, markersize=9)[0],
        best=axes.plot([], [], "o", color=theme.DERIVATIVE, markersize=9)[0],
    )


def _update(contest: Contest, scene: Scene, *, rate: float | str) -> str:
    shared = _rate_for_all(rate)
    intervals = [contest.error(name, shared) for name in contest.activations]
    for row, (band, own) in enumerate(zip(scene.bands, intervals, strict=True)):
        low, high = max(own.low, _LOW), min(own.high, _HIGH)
        set_band(band, [low, high], row - 0.22, row + 0.22)
    first = contest.activations.index(contest.ranking(shared)[0])
    scene.means.set_data([own.mean for own in intervals], range(len(intervals)))
    scene.best.set_data([intervals[first].mean], [first])
    return _told(contest, rate)


def _told(contest: Contest, rate: float | str) -> str:
    shared = _rate_for_all(rate)
    order = contest.ranking(shared)
    learned = [name for name in order if contest.error(name, shared).mean < _FAILED]
    failed = [name for name in contest.activations if name not in learned]
    where = (
        "Each at its own best rate" if shared is None else f"At the rate {number(shared)} for all"
    )
    if not learned:
        return f"{where}: none of them learns. Try a smaller rate."
    first = contest.error(learned[0], shared).mean
    text = f"{where}, {learned[0]} has the smallest mean error, {first:.1f} %"
    if len(learned) > 1:
        last = contest.error(learned[-1], shared).mean
        text += f", and {learned[-1]} the largest of those that learn, {last:.1f} %"
    text += f" ({contest.n_seeds} seeds)."
    return f"{text} More than {_FAILED:g} % wrong: {', '.join(failed)}." if failed else text
