import { div, h, newId } from "./dom.js";

/**
 * A dialog to find one thing among many by typing a part of its name.
 * @param {{
 *   label: string, placeholder: string, chosen: (item: any) => void,
 *   items: {id: string, text: string, name: string, label: any, current?: boolean}[],
 * }} spec `text` is searched, `name` is for screen readers, `label` is what is shown
 */
export function openChooser({ label, placeholder, items, chosen }) {
  const options = items.map((item) => optionOf(item, () => pick(item)));
  const nothing = div("nothing", "Nobody and nothing is called that.");
  const roles = { role: "listbox", id: newId("list"), "aria-label": label };
  const list = h("div", { class: "chooser-list", ...roles }, options, nothing);
  const box = h("input", {
    type: "text", class: "text", role: "combobox", placeholder, "aria-label": placeholder, autocomplete: "off",
    "aria-controls": list.id, "aria-expanded": true, "aria-autocomplete": "list", spellcheck: "false",
  });
  const dialog = h("dialog", { class: "chooser", "aria-label": label }, box, list);
  let shown = options;
  let active = Math.max(0, items.findIndex(({ current }) => current));

  const mark = () => {
    options.forEach((node) => node.classList.toggle("active", node === shown[active]));
    nothing.hidden = shown.length > 0;
    if (!shown.length) box.removeAttribute("aria-activedescendant");
    else {
      box.setAttribute("aria-activedescendant", shown[active].id);
      shown[active].scrollIntoView({ block: "nearest" });
    }
  };
  const search = () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = ({ text }) => words.every((word) => text.toLowerCase().includes(word));
    shown = options.filter((node, index) => {
      node.hidden = !fits(items[index]);
      return !node.hidden;
    });
    active = 0;
    mark();
  };
  const pick = (item) => {
    dialog.close();
    chosen(item);
  };
  const key = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && shown.length) active = (active + step + shown.length) % shown.length;
    else if (event.key === "Enter" && shown.length) pick(items[options.indexOf(shown[active])]);
    else return;
    event.preventDefault();
    mark();
  };
  box.addEventListener("input", search);
  box.addEventListener("keydown", key);
  closeOutside(dialog);
  document.body.append(dialog);
  dialog.showModal();
  box.focus();
  mark();
  return dialog;
}

function optionOf({ label, name, current }, pick) {
  return h("div", {
    class: "option", role: "option", id: newId("option"), "aria-label": name, "aria-selected": Boolean(current),
    onclick: pick, onmousedown: (event) => event.preventDefault(),
  }, label);
}

/** A press beside a dialog closes it; a closed dialog is gone. */
export function closeOutside(dialog) {
  dialog.addEventListener("mousedown", ({ target }) => target === dialog && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
}
