"""Citations that other programs read: the same number of entries, the same texts, whatever they hold."""

import csv
import io
import re

import pyarrow.parquet
import pytest
from bibtexparser.entrypoint import parse_string

from tests.hostile import hostile_catalog, plain_text
from vlm_survey import Catalog, PersonName, Slug
from vlm_survey.exports.bibtex import BIBTEX, bibtex_entry, tex
from vlm_survey.exports.parquet import PARQUET
from vlm_survey.exports.reference import reference
from vlm_survey.exports.registry import text_exports
from vlm_survey.exports.ris import RIS
from vlm_survey.exports.table import CSV

HOSTILE = hostile_catalog()


def untexed(text: str) -> str:
    """What TeX would show, for the signs that `tex` writes."""
    named = {"textbackslash": "\\", "textbraceleft": "\0", "textbraceright": "\1"}
    named |= {"textasciicircum": "^", "textasciitilde": "~"}
    text = re.sub(r"\{\\(text\w+)\}", lambda match: named[match[1]], text)
    text = re.sub(r"\\([$&#%_])", r"\1", text)
    return text.replace("{", "").replace("}", "").replace("\0", "{").replace("\1", "}")


@pytest.mark.parametrize("catalog", ["real", "hostile"])
def test_bibtex_is_read_back_entry_by_entry(catalog: str, real: Catalog) -> None:
    records = real if catalog == "real" else HOSTILE
    library = parse_string(BIBTEX.render(records.records, records).decode())

    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == [record.id for record in records]
    for entry, record in zip(library.entries, records, strict=True):
        assert untexed(entry.fields_dict["title"].value) == record.title
        if record.authors and catalog == "real":
            assert entry.fields_dict["author"].value == " and ".join(record.authors)


def test_a_published_paper_and_a_preprint_are_told_apart(real: Catalog) -> None:
    assert bibtex_entry(real["adaclip"], real).startswith("@inproceedings{adaclip,")
    assert "  booktitle = {European Conference on Computer Vision},\n" in bibtex_entry(
        real["adaclip"], real
    )
    assert bibtex_entry(real["biomedclip"], real).startswith("@article{biomedclip,")
    preprint = bibtex_entry(real["gpt-4"], real)
    assert preprint.startswith("@misc{gpt-4,")
    assert "  eprint = {2303.08774},\n" in preprint
    assert "author = {{OpenAI}}," in preprint


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("GPT-4 Technical Report", "{GPT-4} Technical Report"),
        ("Segment Anything", "Segment Anything"),
        ("An open study of images from Japan", "An open study of images from {Japan}"),
        ("Open images from towns like Łódź", "Open images from towns like {Łódź}"),
        ("Открытые снимки: Россия", "Открытые снимки: Россия"),
        ("Открытые снимки городов России и США", "Открытые снимки городов {России} и {США}"),
        ("Learning With ÉCLAIR and ÖREBRO", "Learning With {ÉCLAIR} and {ÖREBRO}"),
    ],
)
def test_capitals_that_mean_something_are_protected(
    title: str, written: str, small: Catalog
) -> None:
    record = small["clip"].model_copy(update={"title": title})

    assert f"  title = {{{written}}},\n" in bibtex_entry(record, small)


def test_signs_of_tex_are_written_for_tex() -> None:
    assert tex(r"50% of $x_1$ & #2 \ {a} ~^") == (
        r"50\% of \$x\_1\$ \& \#2 {\textbackslash} {\textbraceleft}a{\textbraceright}"
        r" {\textasciitilde}{\textasciicircum}"
    )


def test_ris_holds_every_author_on_a_line(real: Catalog) -> None:
    text = RIS.render([real["clip"]], real).decode()

    assert text.startswith("TY  - CONF\nID  - clip\nTI  - Learning Transferable")
    assert text.count("\nAU  - ") == len(real["clip"].authors)
    assert "\nAU  - Radford, Alec\n" in text
    assert text.endswith("ER  - \n")


def test_no_text_breaks_out_of_its_line_in_ris() -> None:
    text = RIS.render(HOSTILE.records, HOSTILE).decode()

    assert (
        len(re.findall(r"^TY  - ", text, re.M))
        == len(re.findall(r"^ER  - ", text, re.M))
        == len(HOSTILE)
    )
    assert all(re.match(r"[A-Z][A-Z0-9]  - |$", line) for line in text.splitlines())


@pytest.mark.parametrize("catalog", ["real", "hostile"])
def test_csv_is_read_back_cell_by_cell(catalog: str, real: Catalog) -> None:
    records = real if catalog == "real" else HOSTILE
    rows = list(csv.DictReader(io.StringIO(CSV.render(records.records, records).decode())))

    assert [row["id"] for row in rows] == [record.id for record in records]
    for row, record in zip(rows, records, strict=True):
        assert row["title"].removeprefix("'") == record.title.removeprefix("'")
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())


def test_no_two_columns_have_one_name(small: Catalog) -> None:
    """A facet that is called like another column gets another name, but not another facet's."""
    facet = small.taxonomy.grouping
    taxonomy = small.taxonomy.model_copy(
        update={"facets": {"name": facet, "facet_name": facet}, "group_by": "name"}
    )
    tags = {"name": {Slug("vqa"): None}, "facet_name": {Slug("anomaly-detection"): None}}
    record = small["adaclip"].model_copy(update={"tags": tags})
    catalog = Catalog(taxonomy, (record,))

    (row,) = pyarrow.parquet.read_table(io.BytesIO(PARQUET.render((record,), catalog))).to_pylist()
    heading, cells = csv.reader(io.StringIO(CSV.render((record,), catalog).decode()))

    assert row["facet_facet_name"] == ["vqa"]
    assert row["facet_name"] == ["anomaly-detection"]
    assert len(set(heading)) == len(heading)
    named = dict(zip(heading, cells, strict=True))
    assert (named["facet_facet_name"], named["facet_name"]) == ("vqa", "anomaly-detection")


def test_each_form_says_what_it_lacks() -> None:
    catalog = hostile_catalog(2, plain_text)
    record = catalog.records[1]
    said = {
        "short names": str(record.name),
        "kinds": str(record.kind),
        "domains": str(record.domain),
        "summaries": str(record.summary),
        "tags": next(iter(record.tags["task"])),
        "evidence": plain_text("evidence task 0", 1),
        "data sets": next(iter(record.datasets)),
        "status": record.status.value,
        "notes": str(record.note),
        "sources": record.sources[0],
        "dates": record.added.isoformat(),
        "rows of the survey's list": record.survey[0].section,
    }
    for form in text_exports():
        text = form.render(catalog.records, catalog).decode()
        lacking = {what for what, text_of in said.items() if text_of not in text}
        assert lacking == said.keys() & {
            re.sub("; .*", "", part) for part in form.lacks.split(", ")
        }


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Jean-Luc van der Berg", "van der Berg, J.-L."),
        ("van Gogh, Jr, Vincent Willem", "van Gogh, V. W., Jr"),
        ("{OpenAI}", "OpenAI."),
        ("J.C. Maxwell", "Maxwell, J. C."),
        ("Madonna", "Madonna"),
    ],
)
def test_names_in_references(name: str, written: str, small: Catalog) -> None:
    record = small["clip"].model_copy(update={"authors": (PersonName.parse(name),)})

    assert reference(record, small).startswith(f"{written} (2021). ")


def test_long_author_lists_are_shortened_in_references(real: Catalog) -> None:
    longest = max(real, key=lambda record: len(record.authors))
    text = reference(longest, real)

    assert " … " in text
    assert text.count(", ") < 60
