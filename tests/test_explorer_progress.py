"""The progress bar: silent when work is short, shown when it is long, gone when it is done."""

from __future__ import annotations

import pytest

from course_lib.explorer import progress, progress_bar

VIEW = "application/vnd.jupyter.widget-view+json"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return a list whose only entry is the time that the bar reads."""
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """Return the list of what was displayed."""
    seen: list[dict[str, object]] = []
    monkeypatch.setattr(progress, "display", lambda data, raw: seen.append(data))
    return seen


def bars(monkeypatch: pytest.MonkeyPatch) -> list[progress.widgets.IntProgress]:
    made: list[progress.widgets.IntProgress] = []
    original = progress.widgets.IntProgress

    def make(**options: object) -> progress.widgets.IntProgress:
        made.append(original(**options))
        return made[-1]

    monkeypatch.setattr(progress.widgets, "IntProgress", make)
    return made


def test_short_work_shows_nothing(clock: list[float], shown: list[dict[str, object]]) -> None:
    tell = progress_bar("short")
    for done in range(11):
        clock[0] += 0.02
        tell(done, 10)
    clock[0] = 100.0
    tell(10, 10)
    assert shown == []


def test_long_work_shows_a_bar_that_moves_and_goes(
    clock: list[float], shown: list[dict[str, object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = bars(monkeypatch)
    tell = progress_bar("training")
    (bar,) = made
    values = []
    for done in range(0, 1000, 100):
        clock[0] += 0.2
        tell(done, 1000)
        values.append(bar.value)
    assert values == [0, *range(100, 1000, 100)]
    assert [list(data) for data in shown] == [[VIEW]], "one view, and no text for nbval to compare"
    assert bar.layout.display is None
    tell(1000, 1000)
    assert bar.layout.display == "none"


def test_telling_often_costs_few_messages(
    clock: list[float], shown: list[dict[str, object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = bars(monkeypatch)
    tell = progress_bar()
    changes: list[int] = []
    made[0].observe(lambda change: changes.append(change.new), "value")
    clock[0] = 1.0
    for done in range(1, 1000):
        clock[0] += 0.001
        tell(done, 1000)
    assert len(changes) < 25
