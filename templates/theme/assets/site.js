// What every page can do: switch colours, search, copy.

const toggle = document.querySelector("[data-scheme-toggle]");
const search = document.querySelector(".header__search");

function isDark() {
  return document.body.dataset.mdColorScheme === "slate";
}

function showScheme() {
  toggle.setAttribute("aria-pressed", String(isDark()));
}

toggle.addEventListener("click", () => {
  const scheme = isDark() ? "default" : "slate";
  document.body.dataset.mdColorScheme = scheme;
  try {
    localStorage.setItem("catalog-scheme", scheme);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  showScheme();
});
showScheme();

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const field = document.getElementById("words") ?? document.getElementById("header-words");
    if (field.checkVisibility()) {
      event.preventDefault();
      field.focus();
    }
  }
});

search?.addEventListener("submit", (event) => {
  if (!search.elements.q.value.trim()) event.preventDefault();
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const text = document.getElementById(button.dataset.copy).textContent;
  await navigator.clipboard.writeText(text);
  const label = button.textContent;
  button.textContent = "Copied";
  setTimeout(() => (button.textContent = label), 1500);
});
