"""What independent judges say of the pages: accessibility (axe), valid HTML (vnu), Lighthouse."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.tools import JUDGES, missing

KINDS = {
    "home": "",
    "browse": "browse/?task=segmentation&has=code&q=promtp",
    "table": "browse/?view=table&kind=evaluation",
    "nothing found": "browse/?task=registration&has=weights",
    "record": "papers/adaclip/",
    "imported record": "papers/topofm/",
    "term": "terms/task/vqa/",
    "kind": "terms/kind/method/",
    "pair": "terms/learning_strategy/fine-tuning/task/vqa/",
    "matrix": "matrix/",
    "another matrix": "matrix/task/modality/",
    "trends": "trends/",
    "lineage": "lineage/",
    "authors": "authors/",
    "author": "authors/alec-radford/",
    "venues": "venues/",
    "venue": "venues/miccai/",
    "years": "years/",
    "year": "years/2024/",
    "compare": "compare/?id=clip&id=adaclip",
    "codebook": "terms/",
    "quality": "quality/",
    "survey": "survey/",
    "fields": "fields/",
    "checks": "checks/",
    "prose": "architecture/",
    "not found": "404.html",
}
"""A page of each kind."""


@pytest.fixture(scope="module")
def axe() -> str:
    path = JUDGES / "node_modules" / "axe-core" / "axe.min.js"
    if not path.exists():
        missing("axe-core (make judges)")
    return path.read_text(encoding="utf-8")


@pytest.mark.browser
@pytest.mark.judge
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS.keys())
def test_axe_finds_nothing(
    path: str, width: int, scheme: Any, axe: str, page: Any, real_url: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.goto(real_url + path, wait_until="networkidle")
    for summary in page.locator("details:not([open]) > summary").all():
        if summary.is_visible():
            summary.evaluate("node => node.parentElement.open = true")
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")

    told = [
        (violation["id"], node["target"], node["failureSummary"])
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
    assert told == []


@pytest.mark.judge
def test_every_page_is_valid_html(real_site: Path) -> None:
    jar = JUDGES / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    if not jar.exists():
        missing("vnu-jar (make judges)")
    if not shutil.which("java"):
        missing("Java")
    command = [
        "java",
        "-Xmx1g",
        "-jar",
        str(jar),
        "--skip-non-html",
        "--errors-only",
        "--format",
        "gnu",
        str(real_site),
    ]

    outcome = subprocess.run(command, capture_output=True, text=True, timeout=600)

    assert outcome.stderr.splitlines()[:40] == []
    assert outcome.returncode == 0
