import { closeOutside } from "./chooser.js";
import { iconButton } from "./controls.js";
import { h, newId } from "./dom.js";

/** A dialog with a title and a way out. @returns {HTMLDialogElement} not yet opened */
export function sheet(title, ...parts) {
  const id = newId("sheet");
  const dialog = h("dialog", { class: "sheet", "aria-labelledby": id });
  const shut = iconButton("Close", "close", () => dialog.close());
  dialog.append(h("header", {}, h("h2", { id }, title), shut), ...parts.filter(Boolean));
  closeOutside(dialog);
  return dialog;
}

export function openSheet(dialog, first = null) {
  document.body.append(dialog);
  dialog.showModal();
  first?.focus();
  return dialog;
}

/** A labelled field of a sheet. */
export function fieldOf(label, control, hint = null) {
  control.id ||= newId("field");
  const told = hint && h("div", { class: "hint", id: newId("hint") }, hint);
  if (told) control.setAttribute("aria-describedby", told.id);
  return h("div", { class: "sheet-field" }, h("label", { class: "label", for: control.id }, label), control, told);
}

export const textField = (value, props = {}) => h("input", { type: "text", class: "text", value, ...props });

/** A box to tick, with its words beside it. */
export function tick(label, checked, props = {}) {
  const box = h("input", { type: "checkbox", checked, ...props });
  return { box, node: h("label", { class: "check" }, box, label) };
}
