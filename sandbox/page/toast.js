import { h } from "./dom.js";
import { icon } from "./icons.js";

const LASTS = 9000;

/** Says something in a corner, and to screen readers; the same words twice in a row stay one. */
export function toast(words, kind = "info") {
  const toasts = document.getElementById("toasts");
  for (const old of toasts.children) if (old.dataset.words === words) old.remove();
  const close = h("button", { type: "button", class: "icon-button", "aria-label": "Dismiss", onclick: () => node.remove() }, icon("close"));
  const node = h("div", { class: `toast ${kind}`, "data-words": words }, h("span", {}, words), close);
  toasts.append(node);
  setTimeout(() => node.remove(), LASTS);
}
