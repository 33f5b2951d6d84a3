// What every page can do: switch colours, search, copy.

const toggle = document.querySelector("[data-scheme-toggle]");
const search = document.querySelector(".header__search");

function isDark() {
  return document.body.dataset.mdColorScheme === "slate";
}

function showScheme() {
  toggle.setAttribute("aria-pressed", String(isDark()));
}

// Whoever changes it: the reader, the system, or her choice on another page.
new MutationObserver(showScheme).observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
showScheme();

toggle.addEventListener("click", () => {
  const scheme = isDark() ? "default" : "slate";
  document.body.dataset.mdColorScheme = scheme;
  try {
    localStorage.setItem("catalog-scheme", scheme);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const field = document.querySelector("#words, #hero-words, #header-words");
    if (field?.checkVisibility()) {
      event.preventDefault();
      field.focus();
    }
  }
});

search?.addEventListener("submit", (event) => {
  if (!search.elements.q.value.trim()) event.preventDefault();
});

// On a narrow window the tabs scroll: the current one is brought into sight.
for (const current of document.querySelectorAll(".tabs__list [aria-current]")) {
  const list = current.closest(".tabs__list");
  list.scrollLeft = current.offsetLeft - list.offsetLeft - (list.clientWidth - current.offsetWidth) / 2;
}

// What scrolls by itself must be reachable by keyboard.
for (const node of document.querySelectorAll(".md-typeset pre > code, .md-typeset table")) {
  if (node.scrollWidth > node.clientWidth) node.tabIndex = 0;
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const label = button.textContent;
  let told;
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.textContent = await copied(document.getElementById(button.dataset.copy).textContent, "Copied");
    clearTimeout(told);
    told = setTimeout(() => (button.textContent = label), 3000);
  });
}

for (const link of document.querySelectorAll("a[data-file]")) {
  link.href = URL.createObjectURL(new Blob([`${document.getElementById(link.dataset.file).textContent}\n`], { type: "text/plain" }));
  link.hidden = false;
}

/** Put a text on the clipboard. @returns {Promise<string>} What to tell the reader: `done`, or that it may not be. */
export async function copied(text, done) {
  try {
    await navigator.clipboard.writeText(text);
    return done;
  } catch {
    // Also without https: then there is no clipboard at all.
    return "The browser refuses to copy.";
  }
}

/** On a record's page: previous and next within the list that the reader came from. */
async function alongTheList(nav) {
  let list;
  try {
    list = JSON.parse(sessionStorage.getItem("catalog-list"));
  } catch {
    return;
  }
  const position = list?.ids?.indexOf(nav.dataset.along) ?? -1;
  if (!list?.address || position < 0) return;
  const back = nav.querySelector("[data-along-list]");
  back.href = `${nav.dataset.browse}?${list.address}`;
  back.textContent = `Your list, ${position + 1} of ${list.total}`;
  leadTo(nav, "prev", list.ids[position - 1]);
  leadTo(nav, "next", list.ids[position + 1]);
  if (position < list.ids.length - 1 || !list.ahead?.length) return;
  const { lengthen } = await import("./browse/along.js");
  await lengthen(list);
  leadTo(nav, "next", list.ids[position + 1]);
  sessionStorage.setItem("catalog-list", JSON.stringify(list));
}

function leadTo(nav, rel, id) {
  const link = nav.querySelector(`[rel=${rel}]`) ?? nav.appendChild(Object.assign(document.createElement("a"), { rel, textContent: rel === "prev" ? "Previous" : "Next" }));
  link.hidden = !id;
  link.removeAttribute("title");
  if (id) link.href = nav.dataset.record.replace("{id}", encodeURIComponent(id));
}

const along = document.querySelector("[data-along]");
// Offline, or with a new edition of the catalog, the list ends where it was known to.
if (along) alongTheList(along).catch(() => {});
