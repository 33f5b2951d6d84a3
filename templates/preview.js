// Loads a page of the preview anew when something has changed.
const { version } = document.currentScript.dataset;
const changes = new EventSource(`/preview/changes?${version}`);
changes.addEventListener("message", (event) => {
  if (event.data !== version) location.reload();
});
