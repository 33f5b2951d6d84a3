"""Lists and counts that pages are made of."""

import pytest

from vlm_survey import Catalog, Record, Slug, Url
from vlm_survey.model.identifiers import ArxivId
from vlm_survey.model.record import Identifiers
from vlm_survey.settings import Settings
from vlm_survey.views.edition import Edition
from vlm_survey.views.groups import groups
from vlm_survey.views.items import item, newest_first
from vlm_survey.views.quality import quality
from vlm_survey.views.record import record_view
from vlm_survey.views.record_page import RecordPages
from vlm_survey.views.stats import stats
from vlm_survey.views.survey import comparison
from vlm_survey.views.terms import codebook, term_parts, term_view


def test_every_record_stands_in_one_group_by_its_main_term(small: Catalog) -> None:
    placed = {group.shared: [entry.id for entry in group.items] for group in groups(small)}

    assert placed == {
        ("task", "anomaly-detection"): ["adaclip"],
        ("", ""): ["unread", "clip"],
    }


def test_every_record_of_the_real_catalog_stands_in_one_group(real: Catalog) -> None:
    ids = [entry.id for group in groups(real) for entry in group.items]

    assert sorted(ids) == [record.id for record in real]
    assert len({group.name for group in groups(real)}) == len(groups(real))


def test_lists_begin_with_kinds_that_have_sections(small: Catalog) -> None:
    kinds = dict(small.taxonomy.kinds)
    base = kinds[Slug("foundation-model")]
    kinds[Slug("foundation-model")] = base.model_copy(
        update={"sections": {"natural": "Base models: general"}}
    )
    taxonomy = small.taxonomy.model_copy(update={"kinds": kinds})

    found = groups(Catalog(taxonomy, small.records))

    assert [(group.name, [entry.id for entry in group.items]) for group in found] == [
        ("Base models: general", ["clip"]),
        ("Anomaly detection", ["adaclip"]),
        ("Other works", ["unread"]),
    ]


def test_a_paper_is_listed_under_its_first_specific_term(small: Catalog) -> None:
    facets = dict(small.taxonomy.facets)
    terms = dict(facets["task"].terms)
    terms[Slug("anomaly-detection")] = terms[Slug("anomaly-detection")].model_copy(
        update={"umbrella": True}
    )
    facets["task"] = facets["task"].model_copy(update={"terms": terms})
    taxonomy = small.taxonomy.model_copy(update={"facets": facets})

    found = groups(Catalog(taxonomy, small.records))

    assert found[0].shared == ("task", "vqa")
    assert [entry.id for entry in found[0].items] == ["adaclip"]


def test_the_main_term_comes_first(small: Catalog) -> None:
    """In the record's order, not the taxonomy's."""
    tags = [tag.term for tag in item(small["adaclip"], small).tags]

    assert tags == ["prompt-learning", "anomaly-detection", "vqa"]


def test_no_address_stands_twice_beside_a_paper(real: Catalog) -> None:
    for record in real:
        entry = item(record, real)
        urls = [link.url for link in entry.links]
        assert len(set(urls)) == len(urls)
        assert entry.primary_link not in urls


def test_terms_are_counted(small: Catalog) -> None:
    counts = {
        facet.id: {count.id: count.count for count in facet.terms} | {"?": facet.not_checked}
        for facet in codebook(small)
        if facet.is_facet
    }

    assert counts == {
        "learning_strategy": {"fine-tuning": 0, "prompt-learning": 1, "?": 1},
        "task": {"anomaly-detection": 1, "vqa": 1, "?": 1},
    }


def test_no_facet_takes_the_heading_of_other_counts(small: Catalog) -> None:
    facets = dict.fromkeys(("records", "filled"), small.taxonomy.grouping)
    taxonomy = small.taxonomy.model_copy(update={"facets": facets, "group_by": "records"})

    found = stats(Catalog(taxonomy, small.records))

    assert list(found) == ["records", "status", "filled", "facet_records", "facet_filled"]
    assert found["records"] == {"all": 3}
    assert set(found["facet_records"]) == {
        "anomaly-detection",
        "vqa",
        "none",
        "not-stated",
        "not-checked",
    }


def test_counts_of_terms_are_the_lengths_of_their_lists(real: Catalog) -> None:
    for facet in codebook(real):
        for count in facet.terms:
            parts = term_parts(facet.id, count.id, real)
            views = [term_view(facet.id, count.id, real, n) for n, _ in enumerate(parts, 1)]
            assert {view.count for view in views} == {count.count}
            assert count.count == sum(len(view.papers.ids) for view in views)


def test_the_newest_come_first_by_year_then_month_then_title(small: Catalog) -> None:
    def paper(name: str, year: int | None, arxiv: str | None = None) -> Record:
        like = small["unread"]
        found = Identifiers(arxiv=ArxivId.parse(arxiv) if arxiv else None)
        update = {"id": Slug(name), "title": name, "year": year, "identifiers": found}
        return like.model_copy(update=update)

    expected = [
        paper("june", 2025, "2506.00001"),
        paper("february", 2025, "2502.00002"),
        paper("no-month", 2025),
        # Published in the year after it came out at arXiv: the month of publication is not known.
        paper("preprint-before", 2025, "2412.00003"),
        paper("nineties", 1999, "hep-th/9912001"),
        paper("no-year", None, "2606.00004"),
    ]

    assert newest_first(reversed(expected)) == expected


def test_descendants_are_counted_through_others(real: Catalog) -> None:
    below = real.descendants

    for base, direct in real.built_on.items():
        assert below[base] == {*direct}.union(*(below.get(child, ()) for child in direct))


def test_lineage_goes_both_ways(real: Catalog) -> None:
    pages = RecordPages(Edition(real, Settings("A Catalog", "Of models.", "", "", "1")))
    for record in real:
        for base in pages.beside(record.id).bases:
            children = [child.id for child in pages.beside(real[base.id].id).descendants]
            assert record.id in children


def test_what_waits_for_somebody_is_named_with_what_it_lacks(small: Catalog) -> None:
    state = quality(small)

    assert [(entry.id, entry.lacks.split(", ")[:2]) for entry in state.incomplete] == [
        ("unread", ["Authors", "Year"])
    ]
    assert (state.tags, state.tags_with_evidence) == (3, 3)
    evidence = next(line for line in state.fields if line.field == "Evidence for every tag")
    assert (evidence.count, evidence.lacking) == (3, ())
    assert sum(count.count for count in state.statuses) == 3


def test_long_author_lists_are_folded(real: Catalog) -> None:
    longest = max(real, key=lambda record: len(record.authors))
    view = record_view(longest, real)

    assert len(view.authors) == 20
    assert [author.name for author in (*view.authors, *view.more_authors)] == [
        name.display for name in longest.authors
    ]


def test_sources_are_read_as_what_they_are(small: Catalog) -> None:
    urls = (
        "https://arxiv.org/abs/2307.15189v2",
        "https://doi.org/10.1038/s41591-024-02856-4",
        "https://github.com/openai/CLIP/blob/main/README.md",
        "https://huggingface.co/openai",
        "https://github.com/",
        "https://www.example.org/a-page",
        "https://openreview.net/forum?id=1",
        "https://openreview.net/forum?id=2",
    )
    record = small["clip"].model_copy(update={"sources": tuple(map(Url, urls))})

    assert [source.label for source in record_view(record, small).sources] == [
        "arXiv 2307.15189v2",
        "DOI 10.1038/s41591-024-02856-4",
        "GitHub openai/CLIP",
        "Hugging Face openai",
        "github.com",
        "example.org",
        "openreview.net/forum?id=1",
        "openreview.net/forum?id=2",
    ]


def test_links_that_follow_from_an_arxiv_id_are_shown(small: Catalog) -> None:
    record = Record.model_validate(
        {
            "id": "a",
            "title": "A",
            "identifiers": {"arxiv": "2307.15189", "doi": "10.1000/1"},
            "status": "imported",
            "added": "2026-11-24",
        }
    )
    view = record_view(record, small)

    assert [(link.label, link.url) for link in (*view.links, *view.elsewhere)] == [
        ("Paper", "https://doi.org/10.1000/1"),
        ("PDF", "https://arxiv.org/pdf/2307.15189"),
        ("arXiv", "https://arxiv.org/abs/2307.15189"),
        ("alphaXiv", "https://www.alphaxiv.org/abs/2307.15189"),
    ]


def test_what_a_record_lacks_is_said_in_words(small: Catalog) -> None:
    record = small["adaclip"].model_copy(
        update={"year": None, "kind": None, "tags": {"task": {Slug("vqa"): None}}}
    )

    assert record_view(record, small).missing == (
        "year",
        "Type",
        "Learning strategy",
        "evidence for Visual question answering",
    )


def test_the_newest_papers_come_first() -> None:
    records = [
        Record.model_validate(
            {
                "id": title.lower(),
                "title": title,
                "year": year,
                "identifiers": {"arxiv": arxiv},
                "status": "imported",
                "added": "2026-11-24",
            }
        )
        for title, year, arxiv in (
            ("A", 2024, None),
            ("B", 2024, "2312.00001"),
            ("C", 2024, "2402.00001"),
            ("D", 2025, None),
            ("E", None, "2501.00001"),
            ("F", 2024, "2402.00002"),
        )
    ]

    assert [record.title for record in newest_first(records)] == ["D", "C", "F", "A", "B", "E"]


def test_the_survey_beside_the_catalog(real: Catalog) -> None:
    found = comparison(real)
    sorts = {sort.anchor: {entry.id: entry for entry in sort.items} for sort in found.sorts}

    assert (found.rows, found.records) == (221, 219)
    assert set(sorts["doubles"]) == {"llava-med", "vila-m3"}
    assert set(sorts["domains"]) == {"sat", "chexagent"}
    assert set(sorts["without-title"]) == {"openclip", "dreamlike-photoreal", "claude-3", "gpt-4v"}
    assert "clip-lung" in sorts["titles"]
    assert sorts["sections"]["3d-ct-gpt"].printed == "Visual question answering"
    reasons = ("temporary download link", "library proxy", "session parameter", "session id")
    signed = [e for e in sorts["links"].values() if e.printed.startswith(reasons)]
    assert len(signed) == 14
    for entry in sorts["links"].values():
        assert entry.ours.startswith("https://")


@pytest.mark.parametrize("printed", ["natural", "Natural", "natural  Images", "photographs"])
def test_a_domain_is_known_by_each_of_its_names(printed: str, small: Catalog) -> None:
    """Ours is `natural`, which the taxonomy calls "Natural images"."""
    ours, other = (
        record.model_copy(
            update={"survey": (row.model_copy(update={"domain": printed}),), "domain": domain}
        )
        for record, domain in ((small["adaclip"], "natural"), (small["clip"], "medical"))
        for row in small["adaclip"].survey
    )
    names = {**small.taxonomy.domains}
    names[Slug("natural")] = names[Slug("natural")].model_copy(update={"aliases": ("Photographs",)})
    taxonomy = small.taxonomy.model_copy(update={"domains": names})

    sorts = {sort.anchor: sort for sort in comparison(Catalog(taxonomy, (ours, other))).sorts}

    (found,) = sorts["domains"].items
    assert (found.id, found.printed, found.ours) == ("clip", printed, "Medical")


def test_a_term_page_names_its_examples(small: Catalog) -> None:
    terms = dict(small.taxonomy.facets["task"].terms)
    vqa = terms[Slug("vqa")]
    terms[Slug("vqa")] = vqa.model_copy(update={"example": "adaclip", "counterexample": "gone"})
    task = small.taxonomy.facets["task"].model_copy(update={"terms": terms})
    taxonomy = small.taxonomy.model_copy(update={"facets": {**small.taxonomy.facets, "task": task}})

    view = term_view("task", "vqa", Catalog(taxonomy, small.records))

    assert view.example == ("adaclip", "AdaCLIP")
    assert view.counterexample is None
