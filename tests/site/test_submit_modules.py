"""The modules of the page that writes a record: what they say is what the command line says."""

import re
from typing import Any

import jsonschema
import pytest

from tests.attacks.golden import Case, bibtex_of, cases
from tests.conftest import REPOSITORY
from tests.hostile import TITLES
from tests.site import letters
from vlm_survey import Catalog, Record
from vlm_survey.exports.bibtex import bibtex_entry
from vlm_survey.intake.bibtex import items_of
from vlm_survey.layout import record_text, tidied
from vlm_survey.model.url import SECURE_HOSTS, TRACKING, Url
from vlm_survey.schema import record_schema

pytestmark = pytest.mark.browser

TEXTS = [
    *(title for title in TITLES if title.strip() == title),
    "No", "yes", "null", "Null", "~", "1.0", "1_000", "0x1F", "0b11", "017", "12:30:45", "1e5", "2024",
    "2024-01-02", "2024-01-02t10:00:00Z", "3D: yes", "a: b", "a #b", "a#b", "ends:", "'quoted'", "=", "<<",
    'say "x"', "it's", "x" * 99, "ab " * 60 + "end", "日本語のタイトル", "𝔘nicode 😀 letters", "²squared", "_under",
    "y", "N", "on", "Off", "٣ numbers", "12abc", "1.2.3", "+1", "-x", "(a)", "[a]", "{a}", "a, b", "a? b", "%TAG",
]  # fmt: skip

ADDRESSES = [
    "https://example.org", "HTTPS://Example.ORG/Path?A=B", "http://arxiv.org/abs/1", "http://www.nature.com/x",
    "http://notarxiv.org/a", "https://a.org/?utm_source=x", "https://a.org/?a=1&UTM_Medium=x&b=2#c", "https://a.org/p?",
    "https://a.org/p?gclid=1#frag?utm_source=x", "https://a.org/p?pdf=inline%20link", "https://a.org/p?pdf=inline+link&x",
    "https://a.org/?a&&b=%zz", "https://a.org/?a=b=c&utm_=1&utm=2&_hsenc", "https://a.org#x", "https://a.org?x=1", "http://doi.org/10.1/x",
]  # fmt: skip

VENUES = [
    {"id": "acl", "name": "Annual Meeting of the Association for Computational Linguistics", "short": "ACL"},
    {"id": "cvpr", "name": "IEEE/CVF Conference on Computer Vision and Pattern Recognition", "short": "CVPR"},
    {"id": "dgm", "name": "MICCAI Workshop on Deep Generative Models", "short": "DGM4MICCAI"},
    {"id": "iclr", "name": "International Conference on Learning Representations", "short": "ICLR"},
    {"id": "medicine", "name": "Medicine", "short": ""},
    {"id": "miccai", "name": "International Conference on Medical Image Computing", "short": "MICCAI"},
    {"id": "ml4h", "name": "Machine Learning for Health Symposium", "short": "ML4H"},
    {"id": "nat-med", "name": "Nature Medicine", "short": "Nat. Med."},
    {"id": "radiology", "name": "Radiology", "short": ""},
]  # fmt: skip


def data_of(record: Record) -> dict[str, Any]:
    data = record.model_dump(mode="json", exclude_none=True, exclude={"id", "survey"})
    # A form offers states by their names.
    return {**data, "tags": {facet: tags or "none" for facet, tags in data["tags"].items()}}


def test_the_layout_is_that_of_fmt(in_module: Any, real: Catalog) -> None:
    records = [tidied(record).model_copy(update={"survey": ()}) for record in real]
    plain = records[0].model_copy(update={"note": None})
    for text in TEXTS:
        records.append(plain.model_copy(update={"title": text, "summary": text * 3}))
        tags = {"task": {"vqa": text, "segmentation": None}, "modality": {}}
        records.append(plain.model_copy(update={"name": text, "tags": tags}))
    order = list(record_schema(real.taxonomy)["properties"])

    texts = in_module("layout", "recordText", [[data_of(record), order] for record in records])

    for record, text in zip(records, texts, strict=True):
        assert text == record_text(record)


def test_addresses_are_tidied_as_fmt_does(in_module: Any) -> None:
    good = [address for address in ADDRESSES if "%zz" not in address]
    rules = {"tracking": TRACKING, "secure": list(SECURE_HOSTS)}

    found = in_module("addresses", "tidied", [[address, rules] for address in good])

    assert found == [str(Url.parse(address).tidied()) for address in good]
    assert in_module("addresses", "tidied", [["no address", rules]]) == ["no address"]


def broken(schema: dict[str, Any]) -> list[Any]:
    good = {"title": "A", "status": "imported", "added": "2026-11-24"}
    return [
        good,
        {**good, "year": 2024},
        {**good, "year": 1800},
        {**good, "year": "soon"},
        {**good, "year": None},
        {**good, "title": ""},
        {**good, "title": "x" * 501},
        {**good, "title": "😀" * 500},
        {**good, "title": 7},
        {**good, "authors": ["A", ""]},
        {**good, "authors": "A"},
        {**good, "authors": ["x"] * 3001},
        {**good, "identifiers": {"arxiv": "2307.15189"}},
        {**good, "identifiers": {"arxiv": "nonsense"}},
        {**good, "identifiers": {"isbn": "1"}},
        {**good, "links": {"code": "https://example.org/x"}},
        {**good, "links": {"code": "javascript:alert(1)"}},
        {**good, "kind": next(iter(schema["properties"]["kind"]["anyOf"][0]["oneOf"]))["const"]},
        {**good, "kind": "poem"},
        {**good, "venue": "nowhere"},
        {**good, "tags": {"task": {"vqa": None}}},
        {**good, "tags": {"task": {"vqa": ""}}},
        {**good, "tags": {"task": {"flying": "x"}}},
        {**good, "tags": {"colour": {}}},
        {**good, "builds_on": ["Not A Slug"]},
        {**good, "datasets": {"visa": "test", "mvtec-ad": "not-stated"}},
        {**good, "datasets": {"visa": "tested"}},
        {**good, "datasets": {"imagenet": "test"}},
        {**good, "builds_on": ["clip", "adaclip"]},
        {**good, "builds_on": ["clip", "adaclip", "clip"]},
        {**good, "__proto__x": 1},
        {**good, "status": "perfect"},
        {**good, "added": "yesterday"},
        {"title": "A"},
        {},
        [],
        None,
    ]


def test_the_schema_is_judged_as_others_judge_it(in_module: Any, small: Catalog) -> None:
    schema = record_schema(small.taxonomy)
    validator = jsonschema.Draft202012Validator(schema)
    values = broken(schema)

    found = in_module("schema", "problems", [[value, schema] for value in values])

    for value, problems in zip(values, found, strict=True):
        assert (problems == []) == validator.is_valid(value), (value, problems)


def test_every_keyword_of_the_schema_is_judged(real: Catalog) -> None:
    """A new keyword in the schema needs its line in schema.js."""
    script = (REPOSITORY / "templates/theme/assets/submit/schema.js").read_text(encoding="utf-8")

    def keywords(schema: Any) -> set[str]:
        if not isinstance(schema, dict):
            return set()
        found = set(schema) - {"$schema", "$defs", "description"}
        parts = [*schema.get("properties", {}).values(), *schema.get("$defs", {}).values()]
        parts += [schema.get("items"), schema.get("additionalProperties")]
        parts += [part for key in ("anyOf", "oneOf") for part in schema.get(key, [])]
        return found.union(*(keywords(part) for part in parts))

    for keyword in keywords(record_schema(real.taxonomy)):
        assert re.search(rf"[.\"]{re.escape(keyword)}\b", script), keyword


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("2307.15189", {"arxiv": "2307.15189"}),
        (" https://arxiv.org/abs/2307.15189v2?x#y ", {"arxiv": "2307.15189"}),
        ("https://doi.org/10.1038/s41467-023-40260-7", {"doi": "10.1038/s41467-023-40260-7"}),
        (
            "https://link.springer.com/chapter/10.1007/978-3-031-72086-4_20.pdf",
            {"doi": "10.1007/978-3-031-72086-4_20"},
        ),
        ("arXiv:2103.00020 [cs.CV]", {"arxiv": "2103.00020"}),
        ("arXiv:2103.00020v1 [cs.CV]", {"arxiv": "2103.00020"}),
        ("hep-th/9901001", {"arxiv": "hep-th/9901001"}),
        (" doi: 10.1016/j.media.2023.102999 ", {"doi": "10.1016/j.media.2023.102999"}),
        ("Med-Flamingo", None),
        ("https://example.org/%E0%A4%A", None),
        ("", None),
        ("@misc{a, year={2020}}", None),
    ],
)
def test_what_is_pasted_is_understood(text: str, facts: Any, in_module: Any) -> None:
    assert in_module("bibtex", "read", [[text]]) == [facts]


def test_bibtex_is_read_as_people_write_it(in_module: Any) -> None:
    entry = r"""@inproceedings{moor2023,
      title = {{Med-Flamingo}: a {M}ultimodal Learner --- 100\% open},
      author = {Moor, Michael and Silva-Rodr{\'\i}guez, Julio and {The {OpenAI} Team} and van Dyk, Peter
                and {\v{S}}uba, Bj\o rn and Garc\'{i}a L\'opez, Ana and Davis, Jr., Sammy},
      booktitle = "Machine Learning for Health", year = 2023,
      eprint = {2307.15189}, archivePrefix = {arXiv}, doi = {https://doi.org/10.1000/182\_3},
    }"""

    (facts,) = in_module("bibtex", "read", [[entry]])

    assert facts == {
        "title": "Med-Flamingo: a Multimodal Learner — 100% open",
        "authors": [
            "Michael Moor",
            "Julio Silva-Rodríguez",
            "{The OpenAI Team}",
            "Peter van Dyk",
            "Bjørn Šuba",
            "García López, Ana",
            "Davis, Jr., Sammy",
        ],
        "year": "2023",
        "arxiv": "2307.15189",
        "doi": "10.1000/182_3",
        "link-paper": None,
        "appearedIn": "Machine Learning for Health",
        "isFirstOfSeveral": False,
    }


def test_a_quoted_value_ends_at_its_quote(in_module: Any) -> None:
    """As the ACL Anthology writes them; braces may hold quotes."""
    entry = r"""@inproceedings{x, author = "M{\"u}ller, Anna and {The "Open" Team}",
      title = "{M}ed{CLIP}: Contrastive {"Learning"} from Images, and Text", year = "2022"}"""

    (facts,) = in_module("bibtex", "read", [[entry]])

    assert facts["title"] == 'MedCLIP: Contrastive "Learning" from Images, and Text'
    assert facts["authors"] == ["Anna Müller", '{The "Open" Team}']
    assert facts["year"] == "2022"


# What the form takes over as it is written, and marks where it stands.
MARKED = {
    "authors cut short": {"authors": ["{Barnes}", "Inc. Noble", "others"]},
    "authors joined by a sign": {"authors": ["Smith, J. & Brown, K."]},
    "a name of four parts": {"authors": ["A, B, C, D"]},
    "a year that is none": {"year": "in press"},
    "a DOI that is none": {"doi": "doi pending"},
}
# The form knows no TeX but accents and what formats; what it makes of the rest can be seen.
OTHER_TEX = re.compile("invalid TeX|doi contains unsupported TeX")


def test_an_entry_is_read_as_add_reads_it_or_refused(in_module: Any) -> None:
    given = [case for case in cases("bibtex") if "reads a file" not in case["case"]]

    read = in_module("bibtex", "read", [[bibtex_of(case)] for case in given])

    for case, found in zip(given, read, strict=True):
        first = next((one for one in case["gives"] if not is_outside(one)), {"refused": "no entry"})
        if case["case"] in MARKED:
            assert found == found | MARKED[case["case"]]
        elif "refused" in first:
            refused = found is None or "problem" in found
            assert refused or OTHER_TEX.search(first["refused"]), case
        else:
            assert found == found | {
                name: first[name] for name in ("title", "authors", "doi") if name in first
            }


def is_outside(given: Case) -> bool:
    return "text outside" in given.get("refused", "")


PASTED = {
    "wos": "@article{ WOS:1,\nAuthor = {Li, Xiang and Wang, Yu},\nTitle = {{Deep things}},\nJournal = {{MEDICINE}},\nYear = {{2023}},\nDOI = {{10.1016/j.media.2023.102999}}\n}",
    "a remark before": "% Generated by Zotero, see @misc{b, title={x}}\n@article{a, title={Deep things}, author={A B and C D}, year=2023}",
    "a string before": '@string{mia = "Medical Image Analysis"}\n@article{a, title={Deep things}, year=2023, journal=MIA}',
    "a comment before": "@Comment{jabref-meta: x, y={1}}\n@preamble{\"x\"}@article{a, title={Deep things}, year=2023}",
    "a formula": r"@article{a, title={$\alpha$-CLIP: ${n}^2$ things for \$5 \emph{each}}, year=2023}",
    "an accent in a group": r"@article{a, title={D {\"o}f {\'e} \'{\i} \c{c} \v{S}}, author={M{\"u}ller, J{\"o}rg and {World Health Organization} and Julio {Silva Rodr{\'\i}guez} and van der Berg, Jan}, year=2023}",
    "a span of days": "@online{a, title={Deep things}, date={2023-05-04/2023-06-01}, eprint={2305.01234}, eprinttype={arxiv}}",
    "an arXiv journal": "@article{a, title={Deep things}, journal={arXiv preprint arXiv:2305.01234}, year={2023}}",
    "a published preprint": "@article{a, title={Deep things}, journal={Medicine}, url={https://arxiv.org/abs/2305.01234}, doi={10.48550/arXiv.2305.01234}}",
    "an address of a DOI": r"@article{a, title={Deep things}, url={https://doi.org/10.1007/978-3\_4}}",
    "another address": r"@article{a, title={Deep things}, howpublished={A blog}, url={\url{https://example.org/a\_b?c=1&amp;d=2}}}",
    "signs by their names": r"@article{a, title={Lens{\textendash}One: 5{\textdegree}C and 10\,{\textmu}m of \(\alpha\)-decay in {\textquotedblleft}vivo{\textquotedblright}: \alpha\ and {\textcopyright} \v S\H{o}}, author={Berg, \AA{}sa and {\L}ukasz \.Zak and Bj{\o}rn van der {\'E}t{\'e}}, year=2020}",
    "quotation marks": "@article{a, title={``Deep'' things--and more}}",
}  # fmt: skip


def test_what_programs_write_is_read_as_add_reads_it(in_module: Any) -> None:
    read = in_module("bibtex", "read", [[text] for text in PASTED.values()])

    for text, found in zip(PASTED.values(), read, strict=True):
        # `add` takes no DOI in two pairs of braces, and an entry in a remark for one.
        (item,) = items_of(re.sub(r"^%.*|(?<=DOI = ){(.*)}", r"\1", text))
        facts = item.facts
        assert facts
        assert found | {"isFirstOfSeveral": False} == {
            "title": facts.title,
            "authors": list(facts.authors),
            "year": str(facts.year or ""),
            "isFirstOfSeveral": False,
            "arxiv": facts.arxiv,
            "doi": facts.doi,
            "link-paper": facts.links.get("paper"),
            "appearedIn": next(iter(facts.appeared_in), None),
        }


HALF_READ = {
    '@article{a, title="Deep " # "things", year=2023}': "title is joined",
    "@article{a, title={T {T}, author={A B}, year=2023}": "not closed",
    "@article{a, title={T}, author={A B}, year=2023": "not closed",
    "@article{a, title={T} }, author={A B}, year=2023}": "closes it before its end",
    "@article{a, title={T}, title={U}}": "title is written twice",
    "@article{title={T}, year=2023}": "citation key",
    "@article{a, title={T}, crossref={b}}": "crossref",
    "@article{a, title={T}, journal=mia}": "journal is neither quoted nor defined",
    "@article{a, title={T}, author={{Li, Xiang and Wang, Yu}}}": "braces",
    "@article{a, title={T}, author={family=Chen, given=Bo and Berg, Anna}}": "parts of names",
}


def test_the_table_of_letters_is_that_of_add() -> None:
    assert letters.PATH.read_text(encoding="utf-8") == letters.script(), "run: make generated"


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\texttt{LensNet}: {\tt a} \textsf{tool}", "LensNet: a tool"),
        (r"He{\'}le{\`}ne Bjo{\"}rn", "Hélène Björn"),
    ],
)
def test_what_only_formats_loses_nothing(tex: str, text: str, in_module: Any) -> None:
    assert in_module("tex", "textOf", [[tex]]) == [text]


def test_what_would_be_half_read_is_refused(in_module: Any) -> None:
    read = in_module("bibtex", "read", [[text] for text in HALF_READ])

    for found, reason in zip(read, HALF_READ.values(), strict=True):
        assert reason in found["problem"]


def test_our_own_export_is_read(in_module: Any, real: Catalog) -> None:
    texts = [bibtex_entry(record, real) for record in real]

    read = in_module("bibtex", "read", [[text] for text in texts])

    for text, found in zip(texts, read, strict=True):
        (item,) = items_of(text)
        assert item.facts
        assert (found["title"], found["authors"]) == (item.facts.title, list(item.facts.authors))
        assert found["year"] == str(item.facts.year or "")


@pytest.mark.parametrize(
    ("place", "venue"),
    [
        ("Radiology", "radiology"),
        ("European Radiology", None),
        ("Radiology: Artificial Intelligence", None),
        ("nature medicine", "nat-med"),
        ("Nat. Med.", "nat-med"),
        ("Medicine (Baltimore)", None),
        ("Oncology, Medicine", None),
        ("CVPR", "cvpr"),
        ("CVPR 2023", "cvpr"),
        ("A CVPR Companion", None),
        ("Computer Vision – CVPR 2023", "cvpr"),
        ("Lecture Notes - MICCAI 2023", "miccai"),
        ("Vision and Patterns, CVPR", "cvpr"),
        ("Vision and Patterns (CVPR 2023)", "cvpr"),
        (
            "Proceedings of the 2023 IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)",
            "cvpr",
        ),
        (
            "Proceedings of the 61st Annual Meeting of the Association for Computational Linguistics"
            " (Volume 1: Long Papers)",
            "acl",
        ),
        ("The Twelfth International Conference on Learning Representations", "iclr"),
        ("Thirty-First Machine Learning for Health Symposium", "ml4h"),
        ("MICCAI Workshop on Deep Generative Models", "dgm"),
        ("Workshop on Something, MICCAI 2023", None),
        ("CVPR Workshops", None),
        ("2023", None),
        ("(", None),
    ],
)
def test_a_venue_is_named_whole(place: str, venue: str | None, in_module: Any) -> None:
    assert in_module("venues", "venueNamed", [[place, VENUES]]) == [venue]
