"""Five hundred records of strangers, the same every time: every sign that some form treats as its own."""

import random

from tests.hostile import TITLES, hostile_catalog
from vlm_survey import Catalog, Identifiers, PersonName, Record, Slug, Taxonomy
from vlm_survey.model.identifiers import Doi

PIECES = [
    *(title for title in TITLES if len(title) < 60),
    "{", "}", "{{", "}}", "\\", "\\\\", "\\textbf{x}", "\\'e", "%", "100%", "#", "##1", "$", "$x$", "&", "_", "^", "~",
    '"', "''", "``", "'", "«»", "=cmd|' /C calc'!A0", "+1", "@article{x,", "-", "--", "---", ",", ";", ":", "|", "\t".strip(),
    "ER  - ", "TY  - JOUR", "深度学习", "كلمة", "שלום", "😀", "👩‍⚕️", "é", "ß", "ŉ", "ﬁ", "Ünïcode", "ID  - 1", "and", "others",
    "CLIP", "GPT-4V", "a", "The", "\u00a0", "\u2028".strip(), "‮evil‬".replace("‮", "").replace("‬", ""),
]  # fmt: skip
NAMES = [
    "Ada Lovelace", "van der Berg, Jean-Luc", "{OpenAI}", "{The “Team” & Co. 100%}", "de la Cruz, Jr, María José",
    "李明", "Ö. Ünal", "O'Neil, Shaquille", "{Group_1 #2 $3}", "Søren Aabye Kierkegaard", "X",
]  # fmt: skip


def generated(taxonomy: Taxonomy, count: int = 500) -> Catalog:
    """`count` records whose titles, names and authors are put together at random, by a fixed seed."""
    rng = random.Random(6)
    pattern = hostile_catalog(1).records[0]
    venues = [*taxonomy.venues, None]
    records = []
    for number in range(count):
        pieces = [piece for piece in rng.choices(PIECES, k=rng.randint(1, 7)) if piece.strip()]
        title = " ".join(" ".join([*pieces, f"paper {number}"]).split())
        records.append(
            pattern.model_copy(
                update={
                    "id": Slug(f"generated-{number:04}"),
                    "title": title[:490].strip(),
                    "name": None,
                    "authors": tuple(PersonName(n) for n in rng.sample(NAMES, rng.randint(1, 5))),
                    "year": rng.randint(1990, 2030),
                    "venue": rng.choice(venues),
                    "identifiers": Identifiers(doi=Doi(f"10.1000/x_{number}%(a){{b}}")),
                    "summary": title,
                }
            )
        )
    return Catalog(taxonomy, tuple(records))


def checked(record: Record) -> Record:
    """The record as the model itself would take it."""
    return Record.model_validate(record.model_dump())
