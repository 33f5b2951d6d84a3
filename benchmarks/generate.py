"""Catalogs of any size in the proportions of the real one."""

import random
import re

from vlm_survey import ArxivId, Catalog, Doi, Identifiers, Record, Slug
from vlm_survey.model.names import PersonName

SEED = 7


def generated(real: Catalog, size: int) -> Catalog:
    """A catalog of `size` records: each takes after a real one, with other words, authors and dates.

    Titles, summaries and names are made of the words of the real ones, so that their lengths and
    frequencies are alike.
    """
    chance = random.Random(SEED)  # noqa: S311 - nothing secret
    titles = [word for record in real for word in record.title.split()]
    summaries = [word for record in real for word in (record.summary or "").split()]
    people = [author.display for record in real for author in record.authors[:10]]
    given = sorted({name.split()[0] for name in people})
    family = sorted({name.split()[-1] for name in people})
    models = list(real)
    records = []
    for number in range(size):
        like = models[number % len(models)]
        title = " ".join(chance.choices(titles, k=max(4, len(like.title.split()))))
        summary = " ".join(chance.choices(summaries, k=len((like.summary or "").split())))
        authors = tuple(
            PersonName.parse(f"{chance.choice(given)} {chance.choice(family)}")
            for _ in range(min(len(like.authors), 10))
        )
        name = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:60].strip("-")
        changed = {
            "id": Slug.parse(f"{name or 'paper'}-{number}"),
            "title": title,
            "name": f"{chance.choice(family)}Net" if like.name else None,
            "summary": summary or None,
            "authors": authors,
            "year": like.year and chance.choice([like.year - 1, like.year, like.year]),
            "identifiers": Identifiers(
                doi=like.identifiers.doi and Doi(f"10.5555/generated.{number}"),
                arxiv=like.identifiers.arxiv
                and ArxivId(f"{number // 99999 + 1:02}01.{number % 99999:05}"),
            ),
            "builds_on": (),
            "survey": (),
        }
        records.append(Record.model_construct(**{**dict(like), **changed}))
    return Catalog(real.taxonomy, tuple(sorted(records, key=lambda record: record.id)))
