"""`vlm-survey review`: what a pull request does to the catalog, judged on real repositories."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Cli
from tests.tools import git

HOSTILE = (
    "title: '<img src=x onerror=alert(1)> | @octocat ::error:: ${{ secrets.X }} $(id)'\n"
    "authors: ['{</td>|<script>}']\nstatus: imported\nadded: 2026-11-24\n"
)


@pytest.fixture
def repository(folder: Path) -> Path:
    """The small catalog as a repository with one commit."""
    (folder / "templates").unlink()
    git("init", "--quiet", "--initial-branch=main", folder=folder)
    git("add", "--all", folder=folder)
    git("commit", "--quiet", "--message=First", folder=folder)
    return folder


def rename(folder: Path) -> None:
    (folder / "papers" / "unread.yaml").rename(folder / "papers" / "read.yaml")


def respell(folder: Path) -> None:
    correct(folder)
    (folder / "authors.yaml").write_text("authors: {Alexander Radford: [Alec Radford]}\n")


def delete(folder: Path) -> None:
    (folder / "papers" / "unread.yaml").unlink()


def delete_with_word(folder: Path) -> None:
    delete(folder)
    retired = folder / "retired.yaml"
    text = retired.read_text() + "  unread: {day: 2026-11-24, why: Not a paper.}\n"
    retired.write_text(text)


def forget_retired(folder: Path) -> None:
    (folder / "retired.yaml").unlink()


def reuse_retired(folder: Path) -> None:
    (folder / "papers" / "not-a-paper.yaml").write_text(
        "title: One More\nstatus: imported\nadded: 2026-11-24\n"
    )


def drop_term(folder: Path) -> None:
    path = folder / "taxonomy.yaml"
    path.write_text(path.read_text().replace(", formerly: [question-answering]", ""))


def rename_term(folder: Path) -> None:
    path = folder / "taxonomy.yaml"
    text = path.read_text().replace(
        "      anomaly-detection: {", "      outliers: {formerly: [anomaly-detection], "
    )
    path.write_text(text.replace("[anomaly-detection, vqa]", "[outliers, vqa]"))
    record = folder / "papers" / "adaclip.yaml"
    record.write_text(record.read_text().replace("anomaly-detection: title", "outliers: title"))


def link(folder: Path) -> None:
    (folder / "papers" / "evil.yaml").symlink_to("/etc/passwd")


def unsafe_submodule(folder: Path) -> None:
    """A repository within, whose settings ask git to keep quiet about it."""
    inner = folder / "docs" / "extra"
    inner.mkdir()
    git("init", "--quiet", folder=inner)
    git("commit", "--quiet", "--allow-empty", "--message=Inner", folder=inner)
    settings = '[submodule "x"]\n\tpath = docs/extra\n\turl = ./x\n\tignore = all\n'
    (folder / ".gitmodules").write_text(settings)
    git("-c", "advice.addEmbeddedRepo=false", "add", "--all", folder=folder)


def hide(folder: Path) -> None:
    (folder / "papers" / ".clip.yaml.0a1b.tmp").write_text("anything")


def mix(folder: Path) -> None:
    correct(folder)
    (folder / "mkdocs.yml").write_text("site_name: x\n")


def correct(folder: Path) -> None:
    path = folder / "papers" / "clip.yaml"
    path.write_text(path.read_text().replace("year: 2021", "year: 2020"))


def break_it(folder: Path) -> None:
    path = folder / "papers" / "clip.yaml"
    path.write_text(path.read_text() + "title: twice\n")


def drop_dataset(folder: Path) -> None:
    path = folder / "taxonomy.yaml"
    path.write_text(path.read_text().replace(", formerly: [mvtec]", ""))


def nothing(_folder: Path) -> None:
    pass


def add_beside(name: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        correct(folder)
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("release: x\ndate: 2026-11-24\n")

    return change


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (add_beside("docs/a/page.md"), ""),
        (add_beside("releases/0.9.yaml"), ""),
        (add_beside("releases/run.sh"), "releases/run.sh:1: change records and code"),
        (add_beside("README.md.py"), "README.md.py:1: change records and code"),
        (add_beside("taxonomy.yaml.sh"), "taxonomy.yaml.sh:1: change records and code"),
        (add_beside("docs/schema/evil.svg"), "docs/schema/evil.svg:1: change records and code"),
        (nothing, ""),
        (correct, ""),
        (respell, ""),
        (delete_with_word, ""),
        (delete, "papers/unread.yaml:1: change the id unread was removed"),
        (rename, "papers/unread.yaml:1: change the id unread was removed"),
        (forget_retired, "retired.yaml:1: change the retired id not-a-paper was removed"),
        (drop_term, "taxonomy.yaml:1: change task=question-answering was removed"),
        (rename_term, ""),
        (drop_dataset, "taxonomy.yaml:1: change dataset=mvtec was removed"),
        (link, "papers/evil.yaml:1: change a symbolic link is not allowed"),
        (unsafe_submodule, "docs/extra:1: change a submodule is not allowed"),
        (hide, "papers/.clip.yaml.0a1b.tmp:1: change records and code"),
        (mix, "mkdocs.yml:1: change records and code changed together (1 files"),
    ],
)
def test_what_is_refused(
    change: Callable[[Path], None], reason: str, repository: Path, cli: Cli
) -> None:
    change(repository)

    outcome = cli("review", "HEAD")

    assert outcome.returncode == (1 if reason else 0), outcome
    assert reason in outcome.stdout
    assert bool(outcome.stdout) == bool(reason)


def test_what_mends_a_record_is_reviewed(repository: Path, cli: Cli) -> None:
    sound = (repository / "papers" / "clip.yaml").read_text()
    break_it(repository)
    git("commit", "--quiet", "--all", "--message=Broken", folder=repository)
    (repository / "papers" / "clip.yaml").write_text(sound)

    outcome = cli("review", "HEAD")

    assert (outcome.returncode, outcome.stdout) == (0, "")


def unfit(folder: Path) -> None:
    """The record is none by the rules of today."""
    path = folder / "papers" / "unread.yaml"
    path.write_text(path.read_text() + "since: 1999\n")


def forget_in_archives(folder: Path) -> None:
    (folder / ".gitattributes").write_text("papers/un*.yaml export-ignore\n")


def unfit_words(folder: Path) -> None:
    path = folder / "taxonomy.yaml"
    path.write_text(path.read_text() + "since: 1999\n")


@pytest.mark.parametrize("state", [unfit, forget_in_archives, unfit_words, nothing])
def test_no_id_vanishes_whatever_the_base_was_like(
    state: Callable[[Path], None], repository: Path, cli: Cli
) -> None:
    """Files count as git has them, also where another machine's settings would change them."""
    git("config", "core.autocrlf", "true", folder=repository)
    words = (repository / "taxonomy.yaml").read_text()
    state(repository)
    git("add", "--all", folder=repository)
    git("commit", "--quiet", "--allow-empty", "--message=State", folder=repository)
    (repository / "taxonomy.yaml").write_text(words)
    correct(repository)
    sound = cli("review", "HEAD", "--format", "markdown")
    delete(repository)
    robbed = cli("review", "HEAD")

    assert sound.returncode == (state is unfit), sound
    assert "Changed: papers/clip.yaml" in sound.stdout
    assert ("the version before this change is not readable" in sound.stdout) == (
        state is unfit_words
    )
    assert (robbed.returncode, robbed.stdout.split(":")[0]) == (1, "papers/unread.yaml")


def test_a_change_that_breaks_the_taxonomy_is_judged(repository: Path, cli: Cli) -> None:
    delete(repository)
    unfit_words(repository)

    outcome = cli("review", "HEAD", "--format", "markdown")

    assert outcome.returncode == 1
    assert "**taxonomy.yaml:" in outcome.stdout
    assert "the id unread was removed" in outcome.stdout
    assert "Records cannot be shown because taxonomy.yaml is invalid." in outcome.stdout


def test_a_retired_id_that_is_used_again_is_shown(repository: Path, cli: Cli) -> None:
    reuse_retired(repository)
    retired = repository / "retired.yaml"
    retired.write_text(re.sub(r"  not-a-paper: .*\n", "", retired.read_text()))

    outcome = cli("review", "HEAD", "--format", "markdown")

    assert outcome.returncode == 0, outcome
    assert "not-a-paper was retired, but is a record again" in outcome.stdout


@pytest.mark.parametrize("target", ["/etc/passwd", "../../outside", "clip.yaml"])
def test_links_of_a_revision_are_told_and_not_followed(
    target: str, repository: Path, cli: Cli
) -> None:
    (repository / "papers" / "evil.yaml").symlink_to(target)
    git("add", "--all", folder=repository)
    git("commit", "--quiet", "--message=Link", folder=repository)

    outcome = cli("diff", "HEAD~1", "HEAD")

    assert outcome.returncode == 2
    assert "at HEAD: papers/evil.yaml:1: not a regular file" in outcome.stderr


def double(folder: Path) -> None:
    text = (folder / "papers" / "clip.yaml").read_text()
    (folder / "papers" / "another.yaml").write_text(text)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (break_it, "**papers/clip.yaml:17** duplicate-key: duplicate field 'title'"),
        (reuse_retired, "**retired.yaml:3** retired-id: not-a-paper still has a record"),
        (double, "**papers/clip.yaml:2** duplicate-title: same title as papers/another.yaml\\:2"),
    ],
)
def test_errors_count_wherever_they_show(
    change: Callable[[Path], None], reason: str, repository: Path, cli: Cli
) -> None:
    change(repository)

    outcome = cli("review", "HEAD", "--format", "markdown")

    assert outcome.returncode == 1
    assert reason in outcome.stdout


def test_a_term_with_another_id_re_tags_nothing(repository: Path, cli: Cli) -> None:
    rename_term(repository)

    assert cli("diff", "HEAD").stdout == "no differences\n"


def test_mixing_can_be_allowed(repository: Path, cli: Cli) -> None:
    mix(repository)

    assert cli("review", "HEAD", "--may-mix").returncode == 0


def test_annotations_stand_in_place(repository: Path, cli: Cli) -> None:
    delete(repository)

    outcome = cli("review", "HEAD", "--format", "github")

    assert outcome.stdout.startswith("::error file=papers/unread.yaml,line=1,title=change::the id")


def test_the_summary_shows_what_readers_will_see(repository: Path, cli: Cli) -> None:
    correct(repository)
    (repository / "papers" / "new.yaml").write_text(
        "title: A New One\nstatus: imported\nadded: 2026-11-24\n"
    )
    git("add", "--all", folder=repository)
    git("commit", "--quiet", "--message=Second", folder=repository)

    text = cli("review", "HEAD~1", "--format", "markdown").stdout

    assert "## A New One\n\nNew: papers/new.yaml, imported\n" in text
    assert "Missing: authors, year, venue" in text
    assert "- year: 2021 → 2020\n" in text
    assert "| Authors | not stated |" in text
    assert "| Data sets | MVTec AD (test) |" in text
    assert "| Data sets | not stated |" in text


def test_no_text_of_a_record_becomes_markup(repository: Path, cli: Cli) -> None:
    (repository / "papers" / "evil.yaml").write_text(HOSTILE)

    text = cli("review", "HEAD", "--format", "markdown").stdout

    assert "evil.yaml" in text
    assert re.search(r"(?<!\\)<(?:img|script|/td)", text) is None
    assert "@octocat" not in text
    (row,) = (line for line in text.splitlines() if line.startswith("| Authors |"))
    assert len(re.findall(r"(?<!\\)\|", row)) == 3
    assert not any(line.startswith("::") for line in text.splitlines())


@pytest.mark.parametrize("revision", ["nonsense", "--help-me", "-x", "$(id)"])
def test_a_revision_that_is_none(revision: str, repository: Path, cli: Cli) -> None:
    outcome = cli("review", "--", revision, cwd=repository)

    assert outcome.returncode == 2
    assert "Traceback" not in outcome.stderr


def test_no_id_is_merged_twice(repository: Path) -> None:
    """Each of two proposals is right alone; that they took the same id shows when they are merged."""
    for branch, title in (("one", "One Paper"), ("other", "Another Paper")):
        git("switch", "--quiet", "--create", branch, "main", folder=repository)
        (repository / "papers" / "new.yaml").write_text(
            f"title: {title}\nstatus: imported\nadded: 2026-11-24\n"
        )
        git("add", "--all", folder=repository)
        git("commit", "--quiet", "--message=Add", folder=repository)
    git("switch", "--quiet", "main", folder=repository)
    git("merge", "--quiet", "one", folder=repository)

    with pytest.raises(subprocess.CalledProcessError):
        git("merge", "--quiet", "other", folder=repository)
