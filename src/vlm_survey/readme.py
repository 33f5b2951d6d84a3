"""The awesome-list README: the whole catalog as one Markdown page."""

import re

from vlm_survey.model.catalog import Catalog
from vlm_survey.settings import Settings
from vlm_survey.templating import render_markdown
from vlm_survey.urls import record_url
from vlm_survey.views.groups import Group, groups
from vlm_survey.views.items import Item

PATH = "README.md"


def render_readme(catalog: Catalog, settings: Settings) -> str:
    """The README of `catalog`, the same text for the same catalog."""
    survey = catalog.taxonomy.survey
    return render_markdown(
        "README.md.j2",
        settings=settings,
        survey=survey,
        survey_authors=", ".join(name.display for name in survey.authors) if survey else "",
        groups=groups(catalog),
        grouping=catalog.taxonomy.grouping.name,
        total=len(catalog),
        checked=sum(record.is_checked for record in catalog),
        record_address=lambda item: _record_address(item, settings),
        about=_about,
        heading_anchor=_heading_anchor,
    )


def _about(item: Item, group: Group) -> str:
    """What stands behind a title: name, who, where and when; kind and tags but the group's own."""
    published = " ".join(part for part in (item.venue, item.year) if part)
    facts = ", ".join(part for part in (item.name, item.authors, published) if part)
    kind = "" if group.shared[0] == "kind" else item.kind
    tags = [tag.name for tag in item.tags if (tag.facet, tag.term) != group.shared]
    described = "; ".join(filter(None, [kind, *tags]))
    # A name keeps its small letter; kinds and terms are words.
    sentences = [facts, described[:1].upper() + described[1:]]
    told = [sentence.removesuffix(".") + "." for sentence in sentences if sentence]
    return " ".join(told) or "Not yet tagged."


def _record_address(item: Item, settings: Settings) -> str:
    """The record's page, or its file while nobody knows where the site is."""
    if settings.site_url:
        return f"{settings.site_url.rstrip('/')}/{record_url(item.id)}"
    return f"papers/{item.id}.yaml"


def _heading_anchor(group: Group) -> str:
    """The anchor that GitHub gives the group's heading."""
    heading = f"{group.name} ({len(group.items)})".lower()
    return re.sub(r"[^\w\- ]", "", heading).replace(" ", "-")
