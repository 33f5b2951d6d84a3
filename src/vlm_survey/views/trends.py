"""How the papers spread over years and venues, laid out as bars."""

import dataclasses
from collections import Counter
from collections.abc import Iterable, Sequence

from vlm_survey.model.catalog import Catalog
from vlm_survey.model.record import Record
from vlm_survey.urls import browse_url, record_url, term_url, venue_url, year_url
from vlm_survey.views.indexes import by_term
from vlm_survey.views.items import hue_of

LARGE = 180
SMALL = 64
"""Height of a chart's tallest possible bar in pixels. Widths are in percent of the drawing's."""

MOST_VENUES = 15
MOST_BASES = 12

FEWEST_COLUMNS = 5
"""Room for so many bars is kept, lest a young catalog's few grow into walls."""

FEWEST_PAPERS = 10
"""The oldest years are one period until they have so many papers: a share of fewer says nothing."""


@dataclasses.dataclass(frozen=True)
class Period:
    """One year, or all years up to one.

    Attributes:
        query: What selects it, in the filter grammar.
        is_incomplete: Whether papers of it may still appear.
    """

    label: str
    first: int
    last: int
    query: str
    is_incomplete: bool


@dataclasses.dataclass(frozen=True)
class Bar:
    """A period's column of a chart.

    Attributes:
        count: Papers of the period that the chart counts.
        of: Papers of the period that could have been counted: the share is of these.
        x: Its left edge in percent of the drawing's width, as is `width`.
        tall_by_count: Its height in pixels as a number of papers.
        tall_by_share: Its height in pixels as a share.
    """

    period: Period
    count: int
    of: int
    url: str
    x: float
    width: float
    tall_by_count: float
    tall_by_share: float

    @property
    def percent(self) -> str:
        """The share in percent, as text."""
        return f"{round(100 * self.count / self.of)} %" if self.of else "–"

    @property
    def middle(self) -> float:
        """Where its label is centred."""
        return round(self.x + self.width / 2, 2)


@dataclasses.dataclass(frozen=True)
class Chart:
    """Papers by period. `total` counts those whose year is known."""

    title: str
    url: str
    total: int
    bars: tuple[Bar, ...]


@dataclasses.dataclass(frozen=True)
class Panel:
    """A chart for each term of a facet, or for each of the most used base models, all of one scale.

    Attributes:
        is_facet: Whether it is a facet.
        charts: Those with most papers first.
    """

    id: str
    name: str
    is_facet: bool
    hue: int
    height: int
    periods: tuple[Period, ...]
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
    """The page of trends.

    Attributes:
        years: All papers, year by year.
        without_year: Papers that are in no chart.
        incomplete: The year of which papers may still appear, if the catalog has papers of it.
    """

    years: Chart
    height: int
    panels: tuple[Panel, ...]
    venues: tuple[VenueBar, ...]
    other_venues: int
    without_year: int
    incomplete: int | None


def trends(catalog: Catalog) -> Trends:
    """Papers by year, by facet and year, by base model and year, and by venue."""
    counts = _counts(catalog)
    current = max((record.added.year for record in catalog), default=0)
    span = range(min(counts), max(counts) + 1) if counts else range(0)
    years = tuple(_period(year, year, current) for year in span)
    whole = _charts([("", "", "", catalog)], years, counts, LARGE)[0]
    periods = _periods(counts, years, current)
    panels = [_panel(facet, periods, catalog) for facet in catalog.taxonomy.facets]
    panels.append(_bases(periods, catalog))
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
        LARGE,
        tuple(panel for panel in panels if periods and panel.charts),
        bars,
        len(most) - len(bars),
        sum(record.year is None for record in catalog),
        current if current in counts else None,
    )


def _counts(records: Iterable[Record]) -> Counter[int]:
    return Counter(record.year for record in records if record.year)


def _period(first: int, last: int, current: int) -> Period:
    if first == last:
        return Period(str(last), first, last, f"year={last}", last >= current)
    return Period(f"to {last}", first, last, f"year=..{last}", last >= current)


def _periods(counts: Counter[int], years: tuple[Period, ...], current: int) -> tuple[Period, ...]:
    """The years, the oldest of them joined until they have `FEWEST_PAPERS`."""
    joined = 0
    for number, year in enumerate(years):
        joined += counts[year.last]
        if joined >= FEWEST_PAPERS or year == years[-1]:
            return _period(years[0].first, year.last, current), *years[number + 1 :]
    return ()


def _panel(facet_id: str, periods: tuple[Period, ...], catalog: Catalog) -> Panel:
    facet = catalog.taxonomy.facets[facet_id]
    sets = [
        (
            term.name,
            term_url(facet_id, term_id),
            f"{facet_id}={term_id}&",
            by_term(catalog)[facet_id, term_id],
        )
        for term_id, term in facet.terms.items()
    ]
    tagged = [record for record in catalog if record.terms(facet_id)]
    hue = hue_of(facet_id, catalog.taxonomy)
    return _panel_of(facet_id, facet.name, hue, sets, tagged, periods)


def _bases(periods: tuple[Period, ...], catalog: Catalog) -> Panel:
    built: dict[str, list[Record]] = {}
    for record in catalog:
        for base in record.builds_on:
            built.setdefault(base, []).append(record)
    most = sorted(built, key=lambda base: (-len(built[base]), base))[:MOST_BASES]
    sets = [
        (catalog[base].name or catalog[base].title, record_url(base), "", built[base])
        for base in most
        if base in catalog
    ]
    building = [record for record in catalog if record.builds_on]
    return _panel_of("base-models", "Base models", 0, sets, building, periods)


_Set = tuple[str, str, str, Iterable[Record]]
"""Name, page, query up to the year (empty if there is none) and records of what a chart counts."""


def _panel_of(
    panel_id: str,
    name: str,
    hue: int,
    sets: Sequence[_Set],
    known: list[Record],
    periods: tuple[Period, ...],
) -> Panel:
    charts = _charts(sets, periods, _counts(known), SMALL)
    return Panel(
        panel_id,
        name,
        hue > 0,
        hue,
        SMALL,
        periods,
        tuple(sorted(charts, key=lambda chart: -chart.total)),
    )


def _charts(
    sets: Sequence[_Set], periods: tuple[Period, ...], known: Counter[int], height: int
) -> tuple[Chart, ...]:
    of = [_within(known, period) for period in periods]
    rows = [
        (title, url, query, [_within(_counts(records), period) for period in periods])
        for title, url, query, records in sets
    ]
    most = max((count for *_, row in rows for count in row), default=0) or 1
    share = (
        max(
            (n / all_ for *_, row in rows for n, all_ in zip(row, of, strict=True) if all_),
            default=0,
        )
        or 1
    )
    step = 100 / max(len(periods), FEWEST_COLUMNS)
    return tuple(
        Chart(
            title,
            url,
            sum(row),
            tuple(
                Bar(
                    period=period,
                    count=count,
                    of=all_,
                    url=_url(query, url, period) if count else "",
                    x=round(number * step + step * 0.1, 2),
                    width=round(step * 0.8, 2),
                    tall_by_count=round(height * count / most, 1),
                    tall_by_share=round(height * count / all_ / share, 1) if all_ else 0,
                )
                for number, (period, count, all_) in enumerate(zip(periods, row, of, strict=True))
            ),
        )
        for title, url, query, row in rows
    )


def _url(query: str, page: str, period: Period) -> str:
    if query:
        return browse_url(query + period.query)
    return "" if page else year_url(period.last)


def _within(counts: Counter[int], period: Period) -> int:
    return sum(counts[year] for year in range(period.first, period.last + 1))
