import { sentence } from "./api.js";
import { iconButton } from "./controls.js";
import { h } from "./dom.js";

const LASTS = 9000;

/** Says something in a corner, and to screen readers; the same words twice in a row stay one. */
export function toast(words, kind = "info") {
  const toasts = document.getElementById("toasts");
  for (const old of toasts.children) if (old.dataset.words === words) old.remove();
  const close = iconButton("Dismiss", "close", () => node.remove());
  const node = h("div", { class: `toast toast-${kind}`, "data-words": words }, h("span", {}, words), close);
  toasts.append(node);
  setTimeout(() => node.remove(), LASTS);
}

/** What the sandbox itself tells the actor in words, as a notice. */
const TOLD = new Set(["timeout", "operation_timeout", "dispatch_failed"]);

/** Says why something could not be done, unless the sandbox says so itself. */
export function complain({ error }) {
  if (!TOLD.has(error)) toast(sentence(error), "error");
}
