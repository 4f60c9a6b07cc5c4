"""A wrong option of a command is answered in one line."""

from __future__ import annotations

import pytest

from course_lib.command_line import CommandParser


@pytest.fixture
def parser() -> CommandParser:
    made = CommandParser(prog="python -m something")
    made.add_argument("--size", type=int)
    made.add_subparsers().add_parser("count").add_argument("file")
    return made


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--size", "x"], "python -m something: argument --size: invalid int value: 'x'."),
        (["count"], "python -m something count: the following arguments are required: file."),
    ],
)
def test_a_wrong_option_is_one_line(
    parser: CommandParser, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as leaving:
        parser.parse_args(arguments)
    assert leaving.value.code == 2
    assert capsys.readouterr() == ("", f"{said} See --help.\n")


def test_a_message_that_ends_has_one_period(
    parser: CommandParser, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        parser.error("There is no such folder.")
    assert capsys.readouterr().err == "python -m something: There is no such folder. See --help.\n"
