"""The stored costs: their structure and what is computed from them. Time is measured elsewhere."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from course_lib.activations import CATALOG
from course_lib.comparison.cost import Cost, cost_table, costs, measured_on

STORED = Path(__file__).resolve().parent.parent / "course_lib" / "data" / "costs.toml"
COSTS = {cost.name: cost for cost in costs()}
PEER = COSTS["numpy relu"]


def test_every_entry_is_the_peer_or_in_the_catalog() -> None:
    assert set(COSTS) - set(CATALOG) == {"numpy relu"}
    assert {cost.computed_by for cost in COSTS.values()} == {"NumPy", "rule", "kernel"}
    assert PEER.computed_by == "NumPy"
    assert {"relu", "tanh", "sigmoid", "gelu", "elu", "mish"} <= set(COSTS)


def test_the_unit_is_the_peers_time() -> None:
    assert PEER.per_element == pytest.approx(1, abs=0.011)  # two numbers rounded to two digits


@pytest.mark.parametrize("cost", COSTS.values(), ids=lambda cost: cost.name)
def test_numbers_are_rounded_shares_below_one_and_falling_with_the_width(cost: Cost) -> None:
    for value in (cost.forward, cost.backward, *cost.shares.values()):
        assert value > 0
        assert float(f"{value:.2g}") == value
    assert list(cost.shares) == [16, 64, 256, 1024]
    assert max(cost.shares.values()) < 1
    assert cost.shares[1024] < cost.shares[256] < cost.shares[64]


def test_who_has_a_rule_is_what_the_network_says() -> None:
    import numpy as np

    from course_lib.mlp.units import FastUnits, units_for

    for name, cost in COSTS.items():
        if name != "numpy relu":
            units = units_for(CATALOG[name], (), np.dtype(np.float32))
            assert (cost.computed_by == "rule") == isinstance(units, FastUnits), name


def test_costs_are_in_order() -> None:
    totals = [cost.forward + cost.backward for cost in costs()]
    assert totals == sorted(totals)


def test_steps_compare_by_what_is_left_of_them() -> None:
    # The rest takes 6 in both: an activation of 4 makes a step of 10, one of 2 a step of 8.
    slow, fast = Cost("slow", "rule", 1, 3, {8: 0.4}), Cost("fast", "rule", 1, 1, {8: 0.25})
    assert slow.step_ratio(8, fast) == pytest.approx(10 / 8)
    assert fast.step_ratio(8, slow) == pytest.approx(8 / 10)
    assert slow.step_ratio(8, slow) == 1
    with pytest.raises(ValueError, match=r"`width` must be one of \[8\].* of 'slow'; got 9"):
        slow.step_ratio(9, fast)


def test_the_point_of_it_all() -> None:
    relu = COSTS["relu"]
    own = [cost for cost in COSTS.values() if cost.computed_by == "rule"]
    assert max(cost.per_element for cost in own) > 10 * relu.per_element
    assert max(cost.step_ratio(1024, relu) for cost in own) < 1.2


def test_the_table_shows_every_cost_and_names_the_method() -> None:
    table = cost_table()
    assert [row[0] for row in table.rows] == [cost.name for cost in costs()]
    by_name = {str(row[0]): row for row in table.rows}
    assert by_name["relu"][-1] == "1.00"
    mish = COSTS["mish"]
    assert by_name["mish"][4] == f"{mish.forward + mish.backward:.2g}"
    assert by_name["mish"][-2] == f"{100 * mish.shares[1024]:.2g} %"
    assert measured_on() in table.caption


def test_the_machine_is_described_in_general_words() -> None:
    stored = tomllib.loads(STORED.read_text(encoding="utf-8"))
    assert set(stored["machine"]) == {"n_cpus", "python", "numpy", "batch_size", "n_rounds"}
    assert "one thread" in measured_on()
    assert f"{stored['machine']['n_cpus']} CPUs" in measured_on()


def test_the_benchmark_writes_what_is_read() -> None:
    import importlib.util

    path = STORED.parent.parent.parent / "benchmarks" / "cost.py"
    spec = importlib.util.spec_from_file_location("benchmark_of_cost", path)
    assert spec is not None
    assert spec.loader is not None
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    sample = Cost("relu", "rule", 0.25, 0.5, {16: 0.3, 1024: 0.0049})
    (entry,) = tomllib.loads(benchmark.to_toml([sample]))["cost"]
    shares = {int(width): share for width, share in entry.pop("shares").items()}
    assert Cost(**entry, shares=shares) == sample
    # What is timed is the activation: each unit agrees with the catalog's own kernels.
    layer = benchmark.Layer(16)
    for name, units in benchmark.all_units().items():
        layer.activation(units)
        entry = CATALOG["relu" if name == "numpy relu" else name]
        z = layer.z.astype(float)
        assert layer.a == pytest.approx(entry(z), rel=1e-5, abs=1e-6)
        expected = layer.upstream * entry.derivative(z)
        assert layer.delta == pytest.approx(expected, rel=1e-4, abs=1e-5)
