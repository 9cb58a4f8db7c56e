import { div, h } from "./dom.js";
import { plain, textNode } from "./text.js";

/** Asks a confirm object's question. @returns {Promise<boolean>} */
export function confirmed({ title, text, confirm, deny, style }) {
  const yes = h("button", { class: `button ${style ?? "primary"}`, value: "yes" }, plain(confirm));
  const no = h("button", { class: "button", value: "no" }, plain(deny));
  const heading = h("h2", { id: "confirm-title" }, plain(title));
  const body = h("div", { class: "confirm-text", id: "confirm-text" }, textNode(text));
  const form = h("form", { method: "dialog" }, heading, body, div("dialog-buttons", no, yes));
  const names = { "aria-labelledby": "confirm-title", "aria-describedby": "confirm-text" };
  const dialog = h("dialog", { class: "confirm", role: "alertdialog", ...names }, form);
  document.body.append(dialog);
  dialog.showModal();
  yes.focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}
