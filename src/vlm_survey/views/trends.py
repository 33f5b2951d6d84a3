"""How the papers spread over years and venues, laid out as bars."""

import dataclasses
from collections import Counter
from collections.abc import Iterable

from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import Record
from vlm_survey.urls import browse_url, term_url, venue_url
from vlm_survey.views.indexes import by_term
from vlm_survey.views.items import hue_of

LARGE = (640, 200)
SMALL = (220, 80)
"""Width and height of a chart's plot, in user units of its drawing."""

MOST_VENUES = 15


FEWEST_YEARS = 5
"""Room for so many bars is kept, lest a young catalog's few grow into walls."""


@dataclasses.dataclass(frozen=True)
class Bar:
    """A column of a chart, in user units from its upper left corner."""

    label: str
    count: int
    url: str
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """Where its label is centred."""
        return round(self.x + self.width / 2, 2)


@dataclasses.dataclass(frozen=True)
class Chart:
    """Papers by year. `total` counts those whose year is known."""

    id: str
    title: str
    url: str
    width: int
    height: int
    total: int
    bars: tuple[Bar, ...]


@dataclasses.dataclass(frozen=True)
class Panel:
    """A chart for each term of a facet, all of one scale."""

    id: str
    name: str
    hue: int
    years: tuple[str, ...]
    charts: tuple[Chart, ...]


@dataclasses.dataclass(frozen=True)
class VenueBar:
    """A venue with its papers, and the length of its bar in hundredths of the longest."""

    name: str
    full_name: str
    url: str
    count: int
    length: float


@dataclasses.dataclass(frozen=True)
class Trends:
    """The page of trends. `without_year` are in no chart."""

    years: Chart
    panels: tuple[Panel, ...]
    venues: tuple[VenueBar, ...]
    other_venues: int
    without_year: int


def trends(catalog: Catalog) -> Trends:
    """Papers by year, by facet and year, and by venue."""
    span = _span(catalog)
    all_years = _counts(catalog)
    whole = _chart(
        "years", "All papers", "", all_years, span, LARGE, max(all_years.values(), default=1), ""
    )
    venues = Counter(record.venue for record in catalog if record.venue)
    known = catalog.taxonomy.venues
    most = sorted(venues, key=lambda venue: (-venues[venue], known[venue].short))
    bars = tuple(
        VenueBar(
            known[venue].short,
            known[venue].name,
            venue_url(venue),
            venues[venue],
            round(100 * venues[venue] / venues[most[0]], 2),
        )
        for venue in most[:MOST_VENUES]
    )
    return Trends(
        whole,
        tuple(_panel(facet, span, catalog) for facet in catalog.taxonomy.facets if span),
        bars,
        len(most) - len(bars),
        sum(record.year is None for record in catalog),
    )


def _panel(facet_id: str, span: range, catalog: Catalog) -> Panel:
    facet = catalog.taxonomy.facets[facet_id]
    counts = {term: _counts(by_term(catalog)[facet_id, term]) for term in facet.terms}
    most = max((count for years in counts.values() for count in years.values()), default=1)
    charts = tuple(
        _chart(
            f"{facet_id}-{term_id}",
            term.name,
            term_url(facet_id, term_id),
            counts[term_id],
            span,
            SMALL,
            most,
            f"{facet_id}={term_id}&",
        )
        for term_id, term in facet.terms.items()
    )
    years = tuple(str(year) for year in span)
    return Panel(facet_id, facet.name, hue_of(facet_id, catalog.taxonomy), years, charts)


def _chart(
    chart_id: str,
    title: str,
    url: str,
    counts: Counter[int],
    span: range,
    size: tuple[int, int],
    most: int,
    query: str,
) -> Chart:
    width, height = size
    step = width / max(len(span), FEWEST_YEARS)
    bars = []
    for number, year in enumerate(span):
        tall = round(height * counts[year] / most, 2)
        bars.append(
            Bar(
                label=str(year),
                count=counts[year],
                url=browse_url(f"{query}year={year}") if counts[year] else "",
                x=round(number * step + step * 0.1, 2),
                y=round(height - tall, 2),
                width=round(step * 0.8, 2),
                height=tall,
            )
        )
    return Chart(chart_id, title, url, width, height, counts.total(), tuple(bars))


def _counts(records: Iterable[Record]) -> Counter[int]:
    return Counter(record.year for record in records if record.year)


def _span(catalog: Catalog) -> range:
    years = [record.year for record in catalog if record.year]
    return range(min(years), max(years) + 1) if years else range(0)
