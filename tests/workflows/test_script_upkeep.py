"""links.py and refresh.py: what the calendar brings."""

import json
from pathlib import Path

import pytest

from tests.workflows.conftest import VLM_SURVEY, GitHub, branches, install, output

# --- links.py
OURS = "repos/o/r/issues?state=open&labels=dead-links&creator=github-actions%5Bbot%5D&per_page=1"


@pytest.mark.parametrize(
    ("code", "there", "done"),
    [
        (1, [], ["POST", "repos/o/r/issues"]),
        (1, [{"number": 5}], ["PATCH", "repos/o/r/issues/5"]),
        (0, [{"number": 5}], ["PATCH", "repos/o/r/issues/5"]),
        (0, [], []),
    ],
)
def test_one_issue_lists_the_dead_links(
    code: int, there: list[dict[str, int]], done: list[str], hub: GitHub, checkout: Path
) -> None:
    install(checkout, f"echo '- papers/clip.yaml: {'gone ' * 20_000}'; exit {code}")
    hub.answers[OURS] = there

    assert hub.run("links.py", folder=checkout).returncode == 0

    posts = hub.posts()
    assert [call[:2] for call in posts] == ([done] if done else [])
    if done:
        given = json.loads(posts[0][2])
        assert given.get("state") == (None if code else "closed")
        assert len(given["body"]) < 65_536
        assert given.get("labels") == (["dead-links"] if done[0] == "POST" else None)


def test_without_a_network_the_issue_stays_as_it_is(hub: GitHub, checkout: Path) -> None:
    install(checkout, "echo 'no address at all was reached' >&2; exit 2")
    hub.answers[OURS] = [{"number": 5}]

    outcome = hub.run("links.py", folder=checkout)

    assert outcome.returncode != 0
    assert "no address at all" in outcome.stderr
    assert hub.calls() == []


# --- refresh.py
def test_news_are_proposed_in_one_pull_request(hub: GitHub, checkout: Path, tmp_path: Path) -> None:
    body = (
        'if [ "$1" = refresh ]; then sed -i "s/year: 2021/year: 2022/" papers/clip.yaml; '
        f'echo "- **clip**: its article appeared"; else exec {VLM_SURVEY} "$@"; fi'
    )
    install(checkout, body)
    hub.answers |= {
        "repos/o/r/pulls?state=open&head=o:refresh": [],
        "POST repos/o/r/pulls": {"number": 31},
    }

    outcome = hub.run("refresh.py", folder=checkout)

    assert outcome.returncode == 0, outcome.stderr
    changed = output("diff", "--name-only", "main", "refresh", folder=tmp_path / "remote.git")
    assert changed == "papers/clip.yaml\n"
    given = json.loads(hub.posts()[0][2])
    assert "its article appeared" in given["body"]
    assert "- year: 2021 → 2022" in given["body"]


def test_without_news_nothing_is_proposed(hub: GitHub, checkout: Path, tmp_path: Path) -> None:
    install(checkout, "echo 'Nothing is new.'")

    assert hub.run("refresh.py", folder=checkout).returncode == 0
    assert hub.calls() == []
    assert branches(tmp_path) == {"main"}
    assert "Nothing is new." in (hub.folder / "summary").read_text()
