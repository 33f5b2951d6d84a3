"""Terms renamed, merged and split, in the taxonomy and in everything that names them.

The taxonomy's entry keeps the ids that led to it, and the other files follow it: whatever carries a
former id gets today's. So the work can be taken up again wherever it was cut off.
"""

import dataclasses
from collections.abc import Collection, Iterator, Mapping

import yaml

from vlm_survey.errors import CatalogError
from vlm_survey.layout import canonical_text
from vlm_survey.load import GAPS, TAXONOMY, Reading, SourceFile, read_record
from vlm_survey.load.data_file import read_data
from vlm_survey.load.folder import Entry
from vlm_survey.model.gap import Gaps
from vlm_survey.model.record import Moved, Record
from vlm_survey.model.taxonomy import Dataset, Entries, Taxonomy, Term, Venue
from vlm_survey.model.value import Slug
from vlm_survey.rewrite import yaml_edit
from vlm_survey.rewrite.yaml_edit import Edit, edited

_OWN_FIELDS = ("kind", "domain", "dataset", "venue")
"""Fields that are no facets; the taxonomy lists their entries under the plural."""


@dataclasses.dataclass(frozen=True)
class Rewriting:
    """What is to be written.

    Attributes:
        files: Path below the catalog's folder -> its new text, in the order of writing.
        notes: What somebody should know or decide.
    """

    files: Mapping[str, str]
    notes: tuple[str, ...]


def rename(reading: Reading, field: str, old: str, new: Slug, name: str | None = None) -> Rewriting:
    """The id `old` of a term, kind, domain, data set or venue becomes `new`; links to `old` lead there.

    Args:
        reading: The catalog as it is.
        field: A facet's id, `kind`, `domain`, `dataset` or `venue`.
        old: The id as it is.
        new: The id as it will be.
        name: What the term is called from now on; its name so far becomes an alias.

    Raises:
        CatalogError: It cannot be done, or not to files as they are.
    """
    taxonomy, text = _sound(reading)
    entries = _entries(taxonomy, field)
    if old not in entries and taxonomy.former_ids.get(field, {}).get(old) == new:
        return _following(reading, taxonomy, text)
    _require(old, entries, field)
    if new in entries:
        raise CatalogError(f"{field}={new} already exists; to combine both, use merge")
    owner = taxonomy.former_ids.get(field, {}).get(new, old)
    if owner != old:
        raise CatalogError(f"{field}={new} is a former id of {owner}; ids are not reused")
    entry = entries[Slug(old)]
    formerly = tuple(Slug(i) for i in (*entry.formerly, old) if i != new)
    aliases: tuple[str, ...] = ()
    key, node = _node(text, field, old)
    edits = [yaml_edit.replaced(key, new), *yaml_edit.with_field(text, node, "formerly", formerly)]
    changed = entry.model_copy(update={"formerly": formerly})
    if name and isinstance(entry, Term | Dataset) and name != entry.name:
        aliases = (entry.name,)
        edits += yaml_edit.with_items(text, node, "aliases", aliases)
        if named := yaml_edit.value(node, "name"):
            edits.append(yaml_edit.replaced(named, name))
        changed = changed.model_copy(update={"name": name, "aliases": (*entry.aliases, *aliases)})
    elif name and isinstance(entry, Venue):
        raise CatalogError("change the names of a venue directly in taxonomy.yaml")
    expected = {new if i == old else i: changed if i == old else e for i, e in entries.items()}
    return _following(reading, *_taxonomy(text, edits, taxonomy, field, expected, {old: new}))


def merge(reading: Reading, field: str, old: str, into: Slug) -> Rewriting:
    """What carries `old` carries `into` from now on; links to `old` lead there.

    The entry of `old` goes; its names become aliases of `into`.

    Raises:
        CatalogError: It cannot be done, or not to files as they are.
    """
    taxonomy, text = _sound(reading)
    entries = _entries(taxonomy, field)
    if old not in entries and taxonomy.former_ids.get(field, {}).get(old) == into:
        return _following(reading, taxonomy, text)
    _require(old, entries, field)
    _require(into, entries, field)
    if old == into:
        raise CatalogError(f"{field}={old} cannot be merged into itself")
    gone, stays = entries[Slug(old)], entries[into]
    update: dict[str, tuple[str, ...]] = {
        "formerly": (*stays.formerly, *gone.formerly, Slug(old)),
    }
    _, node = _node(text, field, into)
    edits = [
        yaml_edit.without_lines(text, *_node(text, field, old)),
        *yaml_edit.with_field(text, node, "formerly", update["formerly"]),
    ]
    if isinstance(gone, Term | Dataset) and isinstance(stays, Term | Dataset):
        known = {stays.name, *stays.aliases}
        aliases = tuple(word for word in (gone.name, *gone.aliases) if word not in known)
        update["aliases"] = (*stays.aliases, *aliases)
        edits += yaml_edit.with_items(text, node, "aliases", aliases)
    expected = {
        i: e.model_copy(update=update) if i == into else e for i, e in entries.items() if i != old
    }
    return _following(reading, *_taxonomy(text, edits, taxonomy, field, expected, {old: into}))


def split(reading: Reading, field: str, old: str, new: Slug, ids: Collection[str]) -> Rewriting:
    """Of the records that carry `old`, those that `ids` names carry `new` instead.

    Raises:
        CatalogError: It cannot be done, or not to files as they are.
    """
    taxonomy, _ = _sound(reading)
    entries = _entries(taxonomy, field)
    _require(old, entries, field)
    if new not in entries:
        raise CatalogError(
            f"{field}={new} is not defined; first define it in {TAXONOMY}, with a rule that "
            f"distinguishes it from {old}"
        )
    wanted = {record.id for _, record in reading.records()}.intersection(ids)
    moved = {field: {old: str(new)}}
    return Rewriting(*_records(reading, moved, wanted))


def _sound(reading: Reading) -> tuple[Taxonomy, str]:
    for file in (*reading.own_files, *reading.files):
        for problem in file.problems:
            raise CatalogError(f"{file.path}:{problem.line}: {problem.message}; fix this first")
    if reading.taxonomy is None or reading.taxonomy_file.text is None:
        raise CatalogError(f"{TAXONOMY} has errors; see: vlm-survey check")
    return reading.taxonomy, reading.taxonomy_file.text


def _entries(taxonomy: Taxonomy, field: str) -> Entries:
    if field == "venue":
        return taxonomy.venues
    if field == "dataset":
        return taxonomy.datasets
    if field not in taxonomy.vocabulary:
        known = ", ".join((*taxonomy.vocabulary, "dataset", "venue"))
        raise CatalogError(f"unknown field {field!r}; use one of: {known}")
    return taxonomy.vocabulary[field].terms


def _require(term: str, entries: Entries, field: str) -> None:
    if term not in entries:
        raise CatalogError(f"unknown {field} {term!r}; use one of: {', '.join(entries)}")


def _node(text: str, field: str, term: str) -> tuple[yaml.Node, yaml.Node]:
    keys = [field + "s"] if field in _OWN_FIELDS else ["facets", field, "terms"]
    found = yaml_edit.entry(yaml_edit.root(text), *keys, term)
    if found is None:
        raise CatalogError(f"{TAXONOMY}: no entry for {field}={term} found")
    return found


def _taxonomy(
    text: str,
    edits: list[Edit],
    before: Taxonomy,
    field: str,
    entries: Mapping[Slug, Term | Venue | Dataset],
    moved: Mapping[str, str],
) -> tuple[Taxonomy, str]:
    """The taxonomy with these entries, and its text: edited, read again and compared."""
    update: dict[str, object] = {}
    if field in _OWN_FIELDS:
        update[field + "s"] = entries
    else:
        facet = before.facets[field].model_copy(update={"terms": entries})
        update["facets"] = {**before.facets, field: facet}
    if field == before.group_by and before.survey:
        sections = {
            heading: moved.get(term, term) for heading, term in before.survey.sections.items()
        }
        update["survey"] = before.survey.model_copy(update={"sections": sections})
        headings = yaml_edit.value(yaml_edit.root(text), "survey", "sections")
        for heading, term in before.survey.sections.items():
            node = yaml_edit.value(headings, heading)
            if term in moved and node:
                edits = [*edits, yaml_edit.replaced(node, moved[term])]
    datasets = {i: dataset.with_terms(field, moved) for i, dataset in before.datasets.items()}
    update.setdefault("datasets", datasets)
    for dataset_id, dataset in datasets.items():
        if dataset == before.datasets[dataset_id]:
            continue
        node = yaml_edit.value(yaml_edit.root(text), "datasets", dataset_id, "tags")
        if node:
            edits = [*edits, *yaml_edit.with_field(text, node, field, dataset.tags[field])]
    written = edited(text, edits)
    _, after = read_data(TAXONOMY, written.encode(), Taxonomy)
    if after is None or after != before.model_copy(update=update):
        raise CatalogError(
            f"{TAXONOMY} has a layout that this command cannot edit; write each entry of {field} on "
            "separate lines, then try again"
        )
    return after, written


def _following(reading: Reading, taxonomy: Taxonomy, text: str) -> Rewriting:
    """The taxonomy, and after it everything that carries a former id of it."""
    files = {TAXONOMY: text}
    if reading.gaps_file.text is not None:
        files[GAPS] = _gaps(reading.gaps_file.text, taxonomy.former_ids)
    records, notes = _records(reading, taxonomy.former_ids, None)
    before = {TAXONOMY: reading.taxonomy_file.text, GAPS: reading.gaps_file.text}
    own = {path: new for path, new in files.items() if new != before[path]}
    return Rewriting({**own, **records}, notes)


def _gaps(text: str, moved: Moved) -> str:
    edits = []
    listed = yaml_edit.value(yaml_edit.root(text), "gaps")
    for gap in listed.value if listed else ():
        for field, ids in moved.items():
            node = yaml_edit.value(gap, "cell", field)
            if node and node.value in ids:
                edits.append(yaml_edit.replaced(node, ids[node.value]))
    written = edited(text, edits)
    if read_data(GAPS, written.encode(), Gaps)[1] is None:
        raise CatalogError(f"{GAPS} has a layout that this command cannot edit")
    return written


def _records(
    reading: Reading, moved: Moved, ids: Collection[str] | None
) -> tuple[dict[str, str], tuple[str, ...]]:
    """The records' files with other ids for terms, and what was lost on the way."""
    files: dict[str, str] = {}
    notes: list[str] = []
    for file, record in reading.records():
        if ids is None or record.id in ids:
            wanted = record.with_ids(moved)
            if wanted != record:
                files[file.path] = _record_text(file, record, wanted, moved)
                notes += _lost_evidence(file.path, record, wanted, moved)
    return files, tuple(notes)


def _record_text(file: SourceFile, record: Record, wanted: Record, moved: Moved) -> str:
    text = file.text or ""
    was_canonical = canonical_text(text, record, file.lines) == text
    written = edited(text, _record_edits(text, moved))
    again = _read_again(file.path, written)
    if again.record != wanted:
        # A term stands there twice now: the fields that differ are laid out anew.
        written = canonical_text(text, wanted, file.lines)
    elif was_canonical:
        written = canonical_text(written, wanted, again.lines)
    if _read_again(file.path, written).record != wanted:
        raise CatalogError(f"{file.path} has a layout that this command cannot edit")
    return written


def _record_edits(text: str, moved: Moved) -> Iterator[Edit]:
    document = yaml_edit.root(text)
    for field, ids in moved.items():
        if field in _OWN_FIELDS:
            node = yaml_edit.value(document, field)
            if node and node.value in ids:
                yield yaml_edit.replaced(node, ids[node.value])
        place = ("datasets",) if field == "dataset" else ("tags", field)
        tags = yaml_edit.value(document, *place)
        for old, new in ids.items():
            if found := yaml_edit.entry(tags, old):
                yield yaml_edit.replaced(found[0], new)


def _read_again(path: str, text: str) -> SourceFile:
    return read_record(Entry(path.rpartition("/")[2], text.encode()))


def _lost_evidence(path: str, record: Record, wanted: Record, moved: Moved) -> Iterator[str]:
    for field, ids in moved.items():
        had, has = record.evidence(field), wanted.evidence(field)
        for old, new in ids.items():
            lost = had.get(Slug(old))
            if lost and has[Slug(new)] != lost:
                yield f"{path}: had both terms; removed the evidence for {old}: {lost}"
