// The lineage as a drawing over years, made from the text trees below it.

const ROW = 25; // A target of 24 pixels and a gap.
const INDENT = 44; // From a paper to one of the same year that builds on it.
const YEAR = 108; // The least width of a year.
const MARGIN = 22;
const AXIS = 28;
const FONT = "13px";
const NAME = 24; // Letters of a name that are shown.
const ALL = 150; // So many papers are all drawn. Of more, only those that others build on,
const SOME = 80; // and no more than so many.
const UNDATED = "No year";

/** The papers of the trees by id, each with its `bases` and `children`. */
export function papersOf(trees) {
  const papers = new Map();
  const words = (text) => text.split(" ").filter(Boolean);
  for (const { dataset, firstElementChild: link } of trees.querySelectorAll("[data-id]")) {
    papers.set(dataset.id, {
      id: dataset.id,
      name: link.textContent,
      title: link.title,
      href: link.href,
      year: Number(dataset.year),
      mark: dataset.mark,
      terms: words(dataset.terms),
      bases: words(dataset.bases),
      children: [],
    });
  }
  for (const paper of papers.values()) {
    paper.bases = paper.bases.map((id) => papers.get(id));
    for (const base of paper.bases) base.children.push(paper);
  }
  return papers;
}

/** All papers that lead to this one (`bases`) or come from it (`children`), directly or indirectly. */
function kin(paper, way, found = new Set()) {
  for (const other of paper[way]) {
    if (!found.has(other)) kin(other, way, found.add(other));
  }
  return found;
}

/**
 * What to draw: the papers that have all `terms` and are `base` or built on it, and what these build on.
 *
 * @returns Each paper to draw with the number of matches built on it; the matches; the least number drawn.
 */
export function selection(papers, terms, base) {
  const family = new Set(base ? [base, ...kin(base, "children")] : papers);
  const matches = new Set([...family].filter((paper) => terms.every((term) => paper.terms.includes(term))));
  const wanted = new Set(matches);
  for (const paper of matches) for (const other of kin(paper, "bases")) if (family.has(other)) wanted.add(other);
  const counts = new Map();
  for (const paper of wanted) counts.set(paper, [...kin(paper, "children")].filter((other) => matches.has(other)).length);
  let least = 0;
  const enough = () => [...counts.values()].filter((count) => count >= least).length;
  if (counts.size > ALL) for (least = 1; enough() > SOME; ) least += 1;
  for (const [paper, count] of counts) if (count < least) counts.delete(paper);
  return { counts, matches, least };
}

/** Stretches of rows that are taken by marks, labels and lines. */
class Rows {
  #taken = new Map();

  fit(spans, offset) {
    return spans.every(({ row, from, to }) => (this.#taken.get(row + offset) ?? []).every((other) => to <= other.from || from >= other.to));
  }

  take(spans) {
    for (const span of spans) this.#taken.set(span.row, [...(this.#taken.get(span.row) ?? []), span]);
  }
}

const shifted = (spans, offset) => spans.map((span) => ({ ...span, row: span.row + offset }));

/**
 * Places for papers: across by year, down so that a paper stands near its latest base and no label or
 * line of this tree lies on another. Other bases are linked too, by lines that may cross.
 *
 * @param counts Paper -> number of papers built on it.
 * @param {(paper) => number} measure How wide a label is.
 * @param {number} room Width to fill if possible.
 */
export function arranged(counts, measure, room) {
  const most = Math.max(1, ...counts.values());
  const years = [...counts.keys()].map((paper) => paper.year).filter(Boolean);
  const columns = years.length ? Array.from({ length: Math.max(...years) - Math.min(...years) + 1 }, (_, n) => Math.min(...years) + n) : [];
  if (years.length < counts.size) columns.push(0);
  const steps = new Map();
  const step = (paper) => {
    if (!steps.has(paper)) {
      const bases = paper.bases.filter((base) => base.year === paper.year && counts.has(base));
      steps.set(paper, Math.max(0, ...bases.map((base) => step(base) + 1)));
    }
    return steps.get(paper);
  };
  const indents = columns.map((year) => Math.max(0, ...[...counts.keys()].filter((paper) => paper.year === year).map(step)) * INDENT);
  const each = Math.max(YEAR, (room - indents.reduce((sum, indent) => sum + indent, 0)) / columns.length);
  let width = 0;
  const bands = columns.map((year, n) => {
    const band = { year, x: width, width: each + indents[n] };
    width += band.width;
    return band;
  });

  const places = new Map();
  for (const [paper, count] of counts) {
    const x = bands[columns.indexOf(paper.year)].x + MARGIN + step(paper) * INDENT;
    const radius = 4.5 + 8.5 * Math.sqrt(count / most);
    places.set(paper, { x, radius, end: x + radius + 5 + measure(paper) });
  }
  const trees = new Map();
  const roots = [];
  for (const [paper, place] of places) {
    const bases = paper.bases.filter((base) => counts.has(base) && places.get(base).x < place.x);
    place.base = bases.sort((a, b) => places.get(b).x - places.get(a).x)[0];
    if (place.base) trees.set(place.base, [...(trees.get(place.base) ?? []), paper]);
    else roots.push(paper);
  }
  const order = (a, b) => counts.get(b) - counts.get(a) || a.year - b.year || (a.id < b.id ? -1 : 1);

  const block = (paper) => {
    const { x, radius, end } = places.get(paper);
    const rows = new Rows();
    let spans = [{ row: 0, from: x - radius - 2, to: end + 12, paper }];
    rows.take(spans);
    for (const child of (trees.get(paper) ?? []).sort(order)) {
      const its = block(child);
      for (let n = 0; ; n += 1) {
        // 0, 1, -1, 2, -2 …
        const row = n % 2 ? (n + 1) / 2 : -n / 2;
        const line = { row: 0, from: row ? x - 3 : end + 12, to: places.get(child).x };
        if (!rows.fit([...its, line], row)) continue;
        const moved = shifted([...its, line], row);
        rows.take(moved);
        spans = spans.concat(moved);
        break;
      }
    }
    // Nothing of another tree crosses the upright line.
    const lines = spans.filter((span) => span.from === x - 3).map((span) => span.row);
    for (let row = Math.min(0, ...lines); row < Math.max(0, ...lines); row += 1) spans.push({ row, from: x - 3, to: x + 3 });
    return spans;
  };
  const rows = new Rows();
  let last = -1;
  for (const root of roots.sort(order)) {
    const spans = block(root);
    let row = -Math.min(...spans.map((span) => span.row));
    while (!rows.fit(spans, row)) row += 1;
    const moved = shifted(spans, row);
    rows.take(moved);
    for (const span of moved) {
      if (span.paper) places.get(span.paper).y = (span.row + 0.5) * ROW + 6;
      last = Math.max(last, span.row);
    }
  }
  const right = Math.max(width, ...[...places.values()].map((place) => place.end + 8));
  return { places, bands, width: right, height: (last + 1) * ROW + 12 };
}

/** The line from a base to a paper: along the tree with one bend, to others with a curve. */
function line(from, to, inTree) {
  if (inTree && from.y === to.y) return `M${from.end + 4} ${from.y}H${to.x - to.radius}`;
  const down = to.y > from.y ? 1 : -1;
  const start = `M${from.x} ${from.y + down * from.radius}`;
  if (inTree) return `${start}V${to.y - down * 9}q0 ${down * 9} 9 ${down * 9}H${to.x - to.radius}`;
  if (to.x > from.x) return `${start}C${from.x} ${0.2 * from.y + 0.8 * to.y} ${Math.max(from.x, to.x - 90)} ${to.y} ${to.x - to.radius} ${to.y}`;
  const bend = from.y === to.y ? from.y - ROW : (from.y + to.y) / 2;
  return `${start}C${from.x} ${bend} ${to.x} ${bend} ${to.x} ${to.y - down * to.radius}`;
}

function svg(name, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

const papersIn = (count) => `${count} ${count === 1 ? "paper" : "papers"}`;

function start(host) {
  const papers = papersOf(document.querySelector("#lineage-trees"));
  const part = (name) => host.querySelector(`.lineage__${name}`);
  const [form, frame, about, list] = ["filters", "frame", "about", "list"].map(part);
  const pen = document.createElement("canvas").getContext("2d");
  const names = new Map(Array.from(form.querySelectorAll("[data-name]"), (option) => [`${option.parentNode.name}=${option.value}`, option.dataset.name]));
  let scale = 1;
  let drawn; // What is drawn now: the selection, its places and nodes.
  let tapped;

  const label = (paper) => (paper.name.length > NAME ? `${paper.name.slice(0, NAME - 1).trimEnd()}…` : paper.name);

  function draw() {
    const values = Object.fromEntries(new FormData(form));
    const { builds_on: base, ...facets } = values;
    const terms = Object.entries(facets).filter(([, value]) => value).map((pair) => pair.join("="));
    const { counts, matches, least } = selection([...papers.values()], terms, papers.get(base));
    pen.font = `${FONT} ${getComputedStyle(frame).fontFamily}`;
    const measure = (paper) => pen.measureText(`${label(paper)}  ${counts.get(paper) || ""}`).width;
    const room = frame.clientWidth;
    let plan = arranged(counts, measure, room);
    // The last year's labels need more room than its marks.
    if (plan.width > room) plan = arranged(counts, measure, Math.floor(2 * room - plan.width) - 1);
    const { places, bands, width, height } = plan;

    const size = (of) => ({ viewBox: `0 0 ${width} ${of}`, width: width * scale, height: of * scale });
    const axis = svg("svg", { class: "lineage__years", "aria-hidden": true, ...size(AXIS) });
    const drawing = svg("svg", { class: "lineage__drawing", role: "group", "aria-label": "Drawing of the lineage", ...size(height) });
    bands.forEach((band, n) => {
      if (n % 2) drawing.append(svg("rect", { class: "lineage__band", x: band.x, y: 0, width: band.width, height }));
      axis.append(svg("text", { x: band.x + MARGIN - 6, y: 19 }, String(band.year || UNDATED)));
    });
    const edges = [];
    for (const [paper, place] of places) {
      for (const from of paper.bases.filter((other) => places.has(other))) {
        const inTree = from === place.base;
        const node = svg("path", { d: line(places.get(from), place, inTree), class: inTree ? "" : "lineage__edge--other" });
        edges.push({ from, to: paper, node });
      }
    }
    // Lines of second bases lie below the others, and all below the papers.
    drawing.append(...edges.map((edge) => edge.node).sort((a, b) => b.classList.length - a.classList.length));
    const nodes = new Map();
    const inOrder = [...places].sort(([, a], [, b]) => a.y - b.y || a.x - b.x);
    for (const [paper, { x, y, radius, end }] of inOrder) {
      const count = counts.get(paper);
      const text = svg("text", { x: x + radius + 5, y: y + 4.5 }, label(paper));
      if (count) text.append(svg("tspan", { dx: 3 }, ` ${count}`));
      const node = svg(
        "a",
        {
          href: paper.href,
          class: `lineage__paper${matches.has(paper) ? "" : " lineage__paper--context"}`,
          tabindex: -1,
          "data-id": paper.id,
          // Begins with what is seen.
          "aria-label": [label(paper) + (count ? ` ${papersIn(count)} built on it` : ""), paper.year || UNDATED, paper.title].join(", "),
        },
        svg("rect", { x: x - radius - 3, y: y - 12, width: end - x + radius + 7, height: 24, rx: 4 }),
        svg("circle", { class: `lineage__mark lineage__mark--${paper.mark}`, cx: x, cy: y, r: radius }),
        text,
      );
      nodes.set(paper, node);
      drawing.append(node);
    }
    frame.replaceChildren(axis, drawing);
    drawn = { counts, places, edges, nodes, drawing, room, width };
    // Begin at the paper with most built on it.
    const [first] = [...places.keys()].sort((a, b) => counts.get(b) - counts.get(a));
    nodes.get(first)?.setAttribute("tabindex", 0);
    const { x = 0, y = 0 } = places.get(first) ?? {};
    frame.scrollTo(x * scale < room / 2 ? 0 : (x - 2 * MARGIN) * scale, y * scale - frame.clientHeight / 2);

    const filtered = Boolean(base || terms.length);
    const built = least > 1 ? `with at least ${least} papers built on them` : "that others build on";
    part("count").textContent = least
      ? `${counts.size} of ${papersIn(matches.size)} are shown: those ${built}. Use the filters to see the others.`
      : matches.size
        ? `${papersIn(matches.size)}${counts.size > matches.size ? `, and ${counts.size - matches.size} that they build on (in italics)` : ""}.`
        : "No papers match these filters.";
    const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value));
    list.hidden = form.querySelector("[type=reset]").hidden = !filtered;
    list.href = `${host.dataset.browse}?${query}`;
    return query;
  }

  /** Bring out a paper with what it builds on and what builds on it; without one, nothing. */
  function light(paper) {
    const { drawing, nodes, edges, counts } = drawn;
    drawing.classList.toggle("lineage__drawing--lit", Boolean(paper));
    for (const node of drawing.querySelectorAll(".lineage__lit")) node.classList.remove("lineage__lit");
    if (!paper) return;
    const before = kin(paper, "bases").add(paper);
    const after = kin(paper, "children").add(paper);
    for (const other of [...before, ...after]) nodes.get(other)?.classList.add("lineage__lit");
    for (const { from, to, node } of edges) {
      if ((before.has(from) && before.has(to)) || (after.has(from) && after.has(to))) node.classList.add("lineage__lit");
    }
    const link = Object.assign(document.createElement("a"), { href: paper.href, textContent: paper.title });
    const count = counts.get(paper);
    const facts = [
      paper.year,
      paper.terms.map((term) => names.get(term)).join(", "),
      paper.bases.length && `builds on ${paper.bases.map((base) => base.name).join(", ")}`,
      count && `${papersIn(count)} built on it`,
    ].filter(Boolean);
    about.replaceChildren(link, document.createElement("br"), facts.join(" · "));
  }

  const paperAt = (event) => papers.get(event.target.closest?.(".lineage__paper")?.dataset.id);

  frame.addEventListener("pointerover", (event) => event.pointerType === "mouse" && light(paperAt(event) ?? paperAt({ target: document.activeElement })));
  frame.addEventListener("pointerleave", () => light(paperAt({ target: document.activeElement })));
  frame.addEventListener("focusin", (event) => {
    const paper = paperAt(event);
    if (!paper) return;
    for (const [other, node] of drawn.nodes) node.setAttribute("tabindex", other === paper ? 0 : -1);
    light(paper);
  });
  frame.addEventListener("focusout", () => light());
  frame.addEventListener("click", (event) => {
    // A finger cannot hover: its first tap tells of the paper, the second opens it.
    const paper = paperAt(event);
    if (event.pointerType === "touch" && paper && paper !== tapped) {
      event.preventDefault();
      light((tapped = paper));
    }
  });

  frame.addEventListener("keydown", (event) => {
    const paper = paperAt(event);
    if (!paper || event.ctrlKey || event.altKey || event.metaKey) return;
    const { places, nodes } = drawn;
    const order = [...nodes.keys()];
    const drawnOf = (others) => others.filter((other) => places.has(other));
    const next = {
      ArrowUp: () => order[order.indexOf(paper) - 1],
      ArrowDown: () => order[order.indexOf(paper) + 1],
      ArrowLeft: () => places.get(paper).base ?? drawnOf(paper.bases)[0],
      ArrowRight: () => drawnOf(paper.children).sort((a, b) => order.indexOf(a) - order.indexOf(b))[0],
      Home: () => order[0],
      End: () => order.at(-1),
    }[event.key];
    if (!next) return;
    event.preventDefault();
    const node = nodes.get(next());
    node?.focus({ preventScroll: true });
    node?.scrollIntoView({ block: "nearest", inline: "nearest" });
  });

  function zoom(to, x = frame.clientWidth / 2, y = frame.clientHeight / 2) {
    const ratio = Math.min(3, Math.max(0.5, to)) / scale;
    const [left, top] = [(frame.scrollLeft + x) * ratio - x, (frame.scrollTop + y) * ratio - y];
    scale *= ratio;
    for (const node of frame.children) {
      const { width, height } = node.viewBox.baseVal;
      node.setAttribute("width", width * scale);
      node.setAttribute("height", height * scale);
    }
    frame.scrollTo(left, top);
  }
  part("zoom").addEventListener("click", (event) => {
    const { zoom: factor } = event.target.dataset;
    if (factor === "0") {
      scale = 1;
      draw();
    } else if (factor) zoom(scale * Number(factor));
  });
  frame.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      const box = frame.getBoundingClientRect();
      zoom(scale * Math.exp(-event.deltaY / 300), event.clientX - box.x, event.clientY - box.y);
    },
    { passive: false },
  );

  // Drag with the mouse; fingers scroll by themselves.
  let grip;
  frame.addEventListener("dragstart", (event) => event.preventDefault());
  frame.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && event.button === 0) grip = { x: event.clientX, y: event.clientY, left: frame.scrollLeft, top: frame.scrollTop };
  });
  addEventListener("pointermove", (event) => {
    if (!grip) return;
    const [x, y] = [event.clientX - grip.x, event.clientY - grip.y];
    if (Math.hypot(x, y) > 4) frame.classList.add("lineage__frame--dragged");
    if (frame.classList.contains("lineage__frame--dragged")) frame.scrollTo(grip.left - x, grip.top - y);
  });
  addEventListener("pointerup", () => (grip = undefined));
  addEventListener(
    "click",
    (event) => {
      // The end of a drag is no click on what lies there.
      if (frame.classList.contains("lineage__frame--dragged")) event.preventDefault();
      frame.classList.remove("lineage__frame--dragged");
    },
    true,
  );

  const change = () => {
    const query = String(draw());
    history.replaceState(history.state, "", query ? `?${query}` : location.pathname);
  };
  form.addEventListener("change", change);
  form.addEventListener("submit", (event) => event.preventDefault());
  // Fields are reset after the event.
  form.addEventListener("reset", () => setTimeout(change));

  for (const [name, value] of new URLSearchParams(location.search)) {
    const select = [...form.querySelectorAll("select")].find((field) => field.name === name);
    if (select && [...select.options].some((option) => option.value === value)) select.value = value;
  }
  draw();
  new ResizeObserver(() => frame.clientWidth !== drawn.room && draw()).observe(frame);
}

const host = document.querySelector(".lineage");
if (host) start(host);
