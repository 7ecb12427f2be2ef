// Starts the design system's components, also in what HTMX brings in later. Every page works without this file.
import { initAll } from "../govuk-frontend.min.js";

initAll();
document.body.addEventListener("htmx:load", (event) => {
  // HTMX announces the whole page too; that was started above.
  if (event.detail.elt !== document.body) initAll({ scope: event.detail.elt });
});

for (const button of document.querySelectorAll("[data-onr-copy]")) {
  // A browser offers the clipboard only where the connection is safe; elsewhere the text can be selected by hand.
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.onrCopy).textContent.trim());
    button.textContent = "Copied";
  });
}

for (const text of document.querySelectorAll("textarea.onr-copy")) {
  text.addEventListener("focus", () => text.select());
}

for (const button of document.querySelectorAll("[data-onr-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Where somebody may look on, a page forgets at once what was sent to it: Back and a reload ask for an empty one, and no
// copy is shown again out of the browser's memory. Between the questions Back is the page's own, which loses nothing.
if (document.querySelector(".onr-quiet")) {
  const back = document.querySelector('button[name="go"][value="back"]');
  window.history.replaceState("left", "");
  if (back) {
    window.history.pushState("here", "");
    window.addEventListener("popstate", (event) => event.state === "left" && back.click());
  }
  window.addEventListener("pagehide", () => {
    document.body.hidden = true;
  });
  window.addEventListener("pageshow", (event) => event.persisted && window.location.replace(window.location.pathname));
}

// More than the record takes at once is not sent, so that nothing typed is lost. Every text in it is judged when it arrives.
const MOST = 9_000_000;
document.addEventListener("submit", (event) => {
  if (event.target.method !== "post") return;
  const typed = [...new FormData(event.target)].filter(([, value]) => typeof value === "string");
  if (new URLSearchParams(typed).toString().length <= MOST) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  let said = event.target.querySelector("[data-onr-too-long]");
  if (!said) {
    said = document.createElement("p");
    said.className = "govuk-error-message";
    said.dataset.onrTooLong = "";
    said.tabIndex = -1;
    event.target.prepend(said);
  }
  said.textContent = document.body.dataset.onrTooLong;
  said.focus();
}, { capture: true });
