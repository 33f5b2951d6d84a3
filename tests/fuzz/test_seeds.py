"""What fuzzing starts from, and what it has found before, holds; the fuzzer itself starts and stops as it should."""

import pytest

from tests.fuzz.targets import CORPUS, TARGETS, Target


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_every_seed_holds(target: Target) -> None:
    seeds = target.seeds()

    assert len(seeds) > 20
    for data in seeds.values():
        target.holds(data)


def test_every_folder_of_seeds_is_a_target_s() -> None:
    assert {path.name for path in CORPUS.iterdir()} <= {target.name for target in TARGETS}
