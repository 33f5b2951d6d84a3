"""What the commands say of themselves, as printed and in the pages."""

import pytest

from tests.conftest import REPOSITORY, Cli
from vlm_survey.cli.reference import helps, with_helps


@pytest.mark.parametrize(("command", "text"), helps(), ids=[name for name, _ in helps()])
def test_every_command_has_help_with_an_example_and_a_place_in_the_pages(
    command: str, text: str
) -> None:
    page = (REPOSITORY / "docs" / "cli.md").read_text(encoding="utf-8")

    assert f"Example: {command}" in text or "COMMAND [ARGS]" in text
    if command != "vlm-survey":
        assert f'\n```text title="{command} --help"\n{text}\n```\n' in page, "run: make generated"
        section = "\n## " + " ".join(command.split()[:2]) + "\n"
        assert section in page


def test_the_page_shows_no_command_that_is_not_there() -> None:
    page = (REPOSITORY / "docs" / "cli.md").read_text(encoding="utf-8")

    assert with_helps(page) == page


def test_help_is_printed_as_the_page_shows_it(cli: Cli) -> None:
    assert (
        cli("taxonomy", "rename", "--help").stdout.rstrip("\n")
        == (dict(helps())["vlm-survey taxonomy rename"])
    )
