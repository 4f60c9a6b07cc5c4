"""The command ``python -m course_lib.propagation``."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

from course_lib.propagation import __main__ as command
from course_lib.propagation.__main__ import main
from course_lib.propagation.experiment_store import Experiment

ROOT = Path(__file__).resolve().parent.parent
QUICK = [
    *("--updates", "20", "--images", "20", "--records", "3", "--seeds", "2"),
    *("--width", "8", "--depth", "2", "--batch-size", "10", "--activations", "tanh"),
]


def run(*options: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-W", "error", "-m", "course_lib.propagation", *options]
    return subprocess.run(
        line, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )  # fmt: skip


def test_help_explains_every_option() -> None:
    result = run("--help")
    assert result.returncode == 0
    options = set(re.findall(r"^  (--[a-z-]+) ", result.stdout, re.MULTILINE))
    assert {"--size", "--updates", "--seeds", "--jobs", "--backend", "--folder"} <= options
    for action in command._parser()._actions:
        assert action.help, action.dest
    assert "example:" in result.stdout
    assert "Ctrl-C" in result.stdout


def test_the_example_of_the_help_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    (example,) = re.findall(r"^  python -m course_lib.propagation (.+)$", command._NOTES, re.M)
    options = command._parser().parse_args(example.split())
    assert command._setup(options) == command.PAPER_SETUP


def test_the_example_of_the_docstring_runs() -> None:
    # pytest leaves __main__ modules out.
    assert doctest.testmod(command, optionflags=doctest.ELLIPSIS) == (0, 1)


def test_runs_as_a_module_and_prints_the_table_beside_the_paper(tmp_path: Path) -> None:
    result = run(*QUICK, "--folder", str(tmp_path / "runs"), "--output", str(tmp_path / "all.csv"))
    assert result.returncode == 0, result.stderr
    assert result.stderr == ""  # no bar where no one looks
    first, *rows, caption = result.stdout.splitlines()
    assert first.split() == ["activation", "initialization", "mean", "from,", "to", "paper"]
    assert [row.split()[:2] for row in rows] == [["tanh", "standard"], ["tanh", "glorot_uniform"]]
    assert rows[0].endswith("27.15")
    assert rows[1].endswith("15.60")
    assert "2 seeds, 20 updates" in caption
    experiment = Experiment.load(tmp_path / "all.csv")
    assert experiment.setup.n_updates == 20
    assert len(experiment.runs) == 4


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("--updates 0", "--updates must be a whole number, 1 or more; got 0"),
        ("--updates many", "argument --updates: invalid int value: 'many'"),
        ("--updat 3", "unrecognized arguments: --updat 3"),
        ("--size huge", "argument --size: invalid choice: 'huge'"),
        ("--seeds 0", "--seeds must be a whole number"),
        ("--first-seed -1", "--first-seed must be a whole number, 0 or more; got -1"),
        ("--records 1", "--records must be a whole number, 2 or more"),
        ("--images 3", "--batch-size must be at most 3, that is --images"),
        ("--learning-rate nan", "--learning-rate must be a finite number above 0; got nan"),
        ("--activations thanh", "unknown activation 'thanh'. Did you mean 'tanh'?"),
        ("--activations tanh tanh", "--activations must be a tuple of different names"),
        ("--jobs 0", "--jobs must be a number of processes"),
        ("--backend cloud", "--backend must be one of"),
        ("--scheduler tcp://127.0.0.1:1", "--scheduler needs --backend dask"),
    ],
)
def test_an_impossible_option_gives_one_line(
    options: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(options.split()) == 2
    out, err = capsys.readouterr()
    assert out == ""
    line = err.splitlines()[-1]
    assert line.startswith(f"python -m course_lib.propagation: {message}")
    assert len(err.splitlines()) == 1


def test_an_interrupted_command_says_how_to_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    options = [*QUICK, "--folder", str(tmp_path)]
    real = command.run_experiment

    def interrupted(*arguments: object, progress: object, **named: object) -> object:
        def stop(done: int, total: int) -> None:
            if done == 2:
                raise KeyboardInterrupt

        return real(*arguments, progress=stop, **named)

    monkeypatch.setattr(command, "run_experiment", interrupted)
    assert main(options) == 130
    assert "stopped; the same command takes up what is left" in capsys.readouterr().err
    assert main(QUICK) == 130
    assert "nothing is kept; next time name a --folder" in capsys.readouterr().err
    monkeypatch.setattr(command, "run_experiment", real)
    assert len(list(tmp_path.glob("job-*.csv"))) >= 1
    assert main(options) == 0
    assert main([*options, "--seeds", "3"]) == 2
    assert "--folder must hold runs of the same setup" in capsys.readouterr().err


def test_a_dask_cluster_is_reached_by_its_address(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address="127.0.0.1:0",
        host="127.0.0.1", protocol="tcp://", local_directory=str(tmp_path),
    ) as cluster:  # fmt: skip
        on_dask = ["--backend", "dask", "--scheduler", cluster.scheduler_address]
        assert main([*QUICK, *on_dask]) == 0
    there = capsys.readouterr().out
    assert main(QUICK) == 0
    assert there == capsys.readouterr().out
