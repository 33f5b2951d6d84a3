// Runs before the page is painted: the reader's choice of colours, else what the system asks for.
"use strict";
(() => {
  const asked = () => {
    try {
      return localStorage.getItem("catalog-scheme");
    } catch {
      return null; // Storage can be forbidden; then the system decides.
    }
  };
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    const scheme = asked() ?? (dark.matches ? "slate" : "default");
    document.body.dataset.mdColorScheme = scheme;
  };
  document.documentElement.classList.add("scripted");
  dark.addEventListener("change", apply);
  // A page that the browser kept for Back knows nothing of what was chosen meanwhile.
  addEventListener("pageshow", (event) => event.persisted && apply());
  apply();
})();
