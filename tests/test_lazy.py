"""Names that load on first use."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from course_lib.lazy import lazily


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    folder = tmp_path / "a_lazy_package"
    folder.mkdir()
    (folder / "__init__.py").write_text(
        "from course_lib.lazy import lazily\n"
        "__getattr__, __dir__ = lazily(__name__, {'answer': 'home'})\n"
    )
    (folder / "home.py").write_text("answer = 42\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    return folder.name


def test_a_name_loads_on_first_use_and_stays(package: str) -> None:
    module = __import__(package)
    assert f"{package}.home" not in sys.modules
    assert "answer" in dir(module)
    assert module.answer == 42
    assert vars(module)["answer"] == 42


def test_another_name_is_missing_as_in_any_module(package: str) -> None:
    with pytest.raises(AttributeError, match=f"module '{package}' has no attribute 'question'"):
        _ = __import__(package).question


def test_the_two_packages_of_the_course_list_what_they_export() -> None:
    for name in ("course_lib", "course_lib.exercises"):
        __import__(name)
        module = sys.modules[name]
        assert set(module.__all__) <= set(dir(module))
    get, _ = lazily("course_lib", {"X": "formula"})
    assert get("X").is_real
