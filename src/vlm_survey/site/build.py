"""Building the site: draw the frames, list what there will be, make it in all processes, put it in place."""

import contextlib
import dataclasses
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from vlm_survey.load import Reading, load_releases
from vlm_survey.model.catalog import Catalog
from vlm_survey.processes import Spread, beside
from vlm_survey.settings import hosted, read_settings
from vlm_survey.site.drawing import Drawing, draw
from vlm_survey.site.kept import Kept, State, deciding
from vlm_survey.site.pieces import Pieces
from vlm_survey.site.plan import Plan
from vlm_survey.site.tree import Tree
from vlm_survey.store import Store
from vlm_survey.templating import template_folder
from vlm_survey.views.browse_files import lookups
from vlm_survey.views.edition import Edition, Lookups

SITE = "site"

Wrote = tuple[int, Mapping[str, bytes]]
"""How many files a process wrote, and the keys of the pages of records among them."""

Progress = Callable[[Iterable[Wrote]], Iterable[Wrote]]

_PIECE = 200
"""Files that a process makes at once."""


@dataclasses.dataclass(frozen=True)
class Built:
    """What a build came to.

    Attributes:
        pages: Pages filled from records.
        files: All files of the site.
        written: Those that are not what they were before.
    """

    pages: int
    files: int
    written: int


def build_site(
    catalog: Catalog,
    root: Path,
    site_url: str | None = None,
    progress: Progress = iter,
    reading: Reading | None = None,
) -> Built:
    """Build `site/` in the catalog's folder; what was there is replaced when the new one is whole.

    Args:
        catalog: What the pages are filled from.
        root: The catalog's folder, with `docs/` and `mkdocs.yml`.
        site_url: Where the site will be hosted, instead of what `mkdocs.yml` or the environment says.
        progress: Wraps the loop over pieces of the work, to show how far it is.
        reading: What the catalog was read from: with it, what is made of records that have not
            changed is kept from one build to the next.

    Raises:
        CatalogError: MkDocs reported a problem, or a page asks for a part that there is none of.
    """
    store = reading.store if reading else Store(None)
    settings = hosted(read_settings(root))
    shown = (
        settings.name,
        settings.repository,
        settings.release,
        settings.site_url,
        site_url or "",
    )
    known = deciding(reading, template_folder(), *shown) if reading else {}
    others = (reading.retired_file.digest, reading.authors_file.digest) if reading else ()
    pages, state = Kept("pages", store, known), State(store, known, *others)
    with (
        contextlib.closing(Tree(root.resolve() / SITE)) as tree,
        contextlib.closing(Pieces(catalog, Kept("pieces", store, known))) as pieces,
    ):
        with (
            beside(partial(draw, root, tree.work, site_url)) as drawn,
            beside(partial(_lookups, catalog, state)) as found,
        ):
            (tree.work / "pieces").mkdir()
            pieces.keep(tree.work / "pieces")
            drawing, known_keys = drawn(), state.keys()
            edition = edition_of(catalog, root, drawing, pieces, found())
        plan = Plan(edition, drawing, pieces, pages, known_keys)
        if not known_keys:
            plan.prepare()

        def write(groups: Sequence[Sequence[str]]) -> Wrote:
            paths = [path for group in groups for path in group]
            with plan.at_hand(paths) as keys:
                contents = ((path, plan.content(path)) for path in paths)
                return sum(
                    tree.write(path, data) for path, data in contents if data is not None
                ), keys

        tree.keep_only(plan.paths)
        written = 0
        all_keys: dict[str, bytes] = {}
        for count, keys in progress(Spread(write, plan.groups(_PIECE), 1)):
            written += count
            all_keys.update(keys)
        tree.swap()
        pages.prune(all_keys.values())
        if known and not known_keys:
            state.keep_keys(all_keys)
    return Built(plan.filled, len(plan.paths), written)


def _lookups(catalog: Catalog, state: State) -> Lookups:
    if kept := state.recall("lookups"):
        return tuple((name, text) for name, text in json.loads(kept))
    made = lookups(catalog)
    state.keep("lookups", json.dumps(made).encode())
    return made


def edition_of(
    catalog: Catalog,
    root: Path,
    drawing: Drawing,
    pieces: Pieces,
    found: Lookups = (),
) -> Edition:
    """The edition that the site of the catalog in `root` shows.

    Args:
        found: The list's lookups, if they were made before.
    """
    settings = dataclasses.replace(hosted(read_settings(root)), site_url=drawing.hosted_at)
    return Edition(catalog, settings, load_releases(root), pieces.entry, found)
