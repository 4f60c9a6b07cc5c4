"""The repository as a whole: one environment, small modules, nothing of the machine it grew on."""

from __future__ import annotations

import ast
import importlib
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import FunctionType

import pytest
import yaml
from numpydoc.validate import validate
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).resolve().parent.parent
LIBRARY = ROOT / "course_lib"
MODULES = sorted(LIBRARY.rglob("*.py"))
TOP_FILES = sorted([*LIBRARY.glob("[a-z]*.py"), *LIBRARY.glob("*/__init__.py")])
TOP_LEVEL = [path.relative_to(LIBRARY).parts[0].removesuffix(".py") for path in TOP_FILES]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
# conda-forge's Matplotlib without a window toolkit, which a notebook does not need.
CONDA_NAMES = {"matplotlib": "matplotlib-base"}
# They must load where NumPy, SciPy and Matplotlib cannot.
LIGHT_MODULES = [
    "delivery",
    "formula",
    "evaluation",
    "branches",
    "asymptotics",
    "calculus",
    "saturation",
    "theme",
    "activations",
    "report",
    "exercises",
]

each_module = pytest.mark.parametrize(
    "module", MODULES, ids=lambda path: str(path.relative_to(LIBRARY))
)


# The environment, written down in three places for three tools


def conda_packages() -> list[str]:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    packages = environment["dependencies"]
    assert all(isinstance(package, str) for package in packages), "no `- pip:` list on Binder"
    return list(packages)


def conda_requirements() -> dict[str, Requirement]:
    requirements = [Requirement(package) for package in conda_packages()[1:]]
    return {requirement.name: requirement for requirement in requirements}


def test_binder_has_the_learners_environment() -> None:
    here, binder = ROOT / "environment.yml", ROOT / "binder" / "environment.yml"
    assert binder.read_bytes() == here.read_bytes(), "copy environment.yml to binder/"


def test_environment_has_what_pyproject_requires() -> None:
    conda = conda_requirements()
    for line in PROJECT["project"]["dependencies"]:
        wanted = Requirement(line)
        name = CONDA_NAMES.get(wanted.name, wanted.name)
        assert name in conda, f"environment.yml lacks {name}, which pyproject.toml requires"
        assert conda[name].specifier == wanted.specifier, name


def test_environment_has_one_python_that_the_course_supports() -> None:
    python = re.fullmatch(r"python=(\d\.\d+)", conda_packages()[0])
    assert python, "Binder reads python=3.N; with a range it takes a version of its own"
    assert python[1] in SpecifierSet(PROJECT["project"]["requires-python"])


def test_environment_has_nothing_else_but_the_notebook_tools() -> None:
    project = PROJECT["project"]
    known = {Requirement(line).name for line in project["dependencies"]}
    extras = {Requirement(line).name: line for line in project["optional-dependencies"]["dev"]}
    for name, requirement in conda_requirements().items():
        if name in known | set(CONDA_NAMES.values()) | {"pip"}:
            continue
        assert name in {"nbval", "jupytext"}, f"{name} is not something a learner needs"
        assert requirement.specifier == Requirement(extras[name]).specifier, name


def test_installing_the_course_settles_jupyterlabs_questions() -> None:
    wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    (source,) = wheel["shared-data"]
    assert wheel["shared-data"][source] == "share/jupyter/lab/settings/overrides.json"
    settings = json.loads((ROOT / source).read_text(encoding="utf-8"))
    assert settings["@jupyter-widgets/jupyterlab-manager:plugin"]["saveState"] is True
    assert settings["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"
    assert "pip install --no-deps -e ." in (ROOT / "binder" / "postBuild").read_text()


# What is written in the files


def tracked_files() -> list[Path]:
    """Return the files git has, or would take."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    try:
        listing = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return [path for name in listing.stdout.splitlines() if (path := ROOT / name).is_file()]


def test_no_file_names_a_machine_or_a_registry() -> None:
    # In pieces, so that this file passes.
    folders = ["/" + name + "/" for name in ("work", "root", "farm")]
    people = ["/" + name + r"/[a-z]\w+/" for name in ("home", "Users")]
    drive = [r"\b[C-Z]:\\" + "Users"]
    hosts = ["py" + "pi[.]org", "python" + "hosted[.]", "npm" + "js[.]", "deb[.]" + "debian[.]"]
    machine = re.compile("|".join([*folders, *people, *drive, *hosts]))
    found = []
    for path in tracked_files():
        if path.suffix not in {".png", ".gz", ".npz"}:
            text = path.read_text(encoding="utf-8")
            found += [f"{path.relative_to(ROOT)}: {hit[0]}" for hit in machine.finditer(text)]
    assert not found, found


@pytest.mark.parametrize("name", ["LICENSE", "LICENSE-TEXT.md", "CHANGELOG.md", "CONTRIBUTING.md"])
def test_the_usual_files_are_there(name: str) -> None:
    assert (ROOT / name).stat().st_size > 500


def test_license_covers_code_and_text() -> None:
    assert "BSD 3-Clause License" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "CC BY 4.0" in (ROOT / "LICENSE-TEXT.md").read_text(encoding="utf-8")


def test_citation_names_this_version() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors", "version"} <= citation.keys()
    assert citation["version"] == PROJECT["project"]["version"]
    assert f"[{citation['version']}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_readme_gives_the_two_commands_and_links_to_what_exists() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make lab" in readme
    assert "make test" in readme
    targets = re.findall(r"\]\(([^)#]+)\)", readme)
    missing = [t for t in targets if "://" not in t and not (ROOT / t).exists()]
    assert not missing, missing


def test_readme_links_to_every_chapter() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    notebooks = (ROOT / "notebooks").glob("*.ipynb")
    missing = [path.name for path in notebooks if f"](notebooks/{path.name})" not in readme]
    assert not missing, missing


def test_readme_code_runs() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.+?)^```$", readme, re.MULTILINE | re.DOTALL)
    assert blocks
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, "README.md", "exec"), names)


def test_make_help_lists_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert set(phony.split()) == set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))


# The library's build


def parsed(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"), filename=str(module))


def code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return how many lines a function has, its docstring not counted."""
    docstring = 0
    if ast.get_docstring(function) is not None:
        text = function.body[0]
        docstring = (text.end_lineno or text.lineno) - text.lineno + 1
    return (function.end_lineno or function.lineno) - function.lineno + 1 - docstring


@pytest.mark.parametrize("name", TOP_LEVEL)
def test_module_has_its_test_file(name: str) -> None:
    tests = [*ROOT.glob(f"tests/test_{name}.py"), *ROOT.glob(f"tests/test_{name}_*.py")]
    assert tests, f"write tests/test_{name}.py"


@each_module
def test_module_is_one_concept(module: Path) -> None:
    n_lines = len(module.read_text(encoding="utf-8").splitlines())
    assert n_lines <= 400, f"{n_lines} lines: split it by concept"
    assert module.stem not in {"utils", "helpers", "common", "misc"}


@pytest.mark.parametrize(
    "module", [*MODULES, *sorted((ROOT / "tools").glob("*.py"))], ids=lambda path: path.name
)
def test_functions_are_short(module: Path) -> None:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    functions = [node for node in ast.walk(parsed(module)) if isinstance(node, kinds)]
    long = {f.name: n for f in functions if (n := code_lines(f)) > 40}
    assert not long, f"functions of more than 40 lines: {long}"


@pytest.mark.parametrize(
    ("name", "module"), list(zip(TOP_LEVEL, TOP_FILES, strict=True)), ids=TOP_LEVEL
)
def test_all_is_what_is_public(name: str, module: Path) -> None:
    tree = parsed(module)
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    public = {n.name for n in tree.body if isinstance(n, kinds) and not n.name.startswith("_")}
    declared = declared_names(tree)
    assert declared, "write __all__"
    assert public <= declared, f"not in __all__: {sorted(public - declared)}"
    loaded = importlib.import_module(f"course_lib.{name}")
    missing = [entry for entry in declared if not hasattr(loaded, entry)]
    assert not missing, f"in __all__ but not there: {missing}"


def declared_names(tree: ast.Module) -> set[str]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return set(ast.literal_eval(node.value))
    return set()


def test_every_name_of_the_package_can_be_had() -> None:
    course_lib = importlib.import_module("course_lib")
    assert course_lib.__all__
    missing = [name for name in course_lib.__all__ if not hasattr(course_lib, name)]
    assert not missing
    assert set(course_lib.__all__) <= set(dir(course_lib))


@pytest.mark.parametrize("name", importlib.import_module("course_lib").__all__)
def test_docstrings_of_the_package_are_complete(name: str) -> None:
    course_lib = importlib.import_module("course_lib")
    if not isinstance(getattr(course_lib, name), FunctionType):
        pytest.skip("a function has Parameters and Returns; a class or constant shows itself")
    wanted = {"PR01", "PR02", "RT01", "EX01"}
    report = validate(f"course_lib.{name}")
    missing = [message for code, message in report["errors"] if code in wanted]
    assert not missing, f"{report['file']}:{report['file_line']}: {missing}"


# The light half

BLOCKER = """
import sys
import warnings

warnings.simplefilter("error")

class Blocker:
    blocked = {"numpy", "scipy", "matplotlib", "ipywidgets", "pandas"}

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in self.blocked:
            raise ModuleNotFoundError(f"{name} is blocked", name=name)

sys.meta_path.insert(0, Blocker())
"""


def run_blocked(code: str) -> str:
    """Run `code` in a process that has no NumPy, SciPy, Matplotlib and ipywidgets."""
    command = [sys.executable, "-c", BLOCKER + code]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_the_blocker_blocks() -> None:
    with pytest.raises(AssertionError, match="numpy is blocked"):
        run_blocked("import numpy.linalg")


@pytest.mark.parametrize("name", [name for name in LIGHT_MODULES if name in TOP_LEVEL])
def test_the_symbolic_half_loads_without_the_numeric_one(name: str) -> None:
    run_blocked(f"import course_lib.{name}")


def test_analyze_works_without_numpy() -> None:
    printed = run_blocked(
        "import course_lib\n"
        "report = course_lib.analyze('max(0,x)')\n"
        "(kink,) = report.kinks\n"
        "print(kink.point, kink.left_derivative, kink.right_derivative, kink.kind)"
    )
    assert printed.split() == ["0", "0", "1", "corner"]
