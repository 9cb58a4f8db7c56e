import { textButton } from "../controls.js";
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { link } from "../links.js";
import { menu } from "../popup.js";
import { press } from "../surface.js";
import { plain } from "../text.js";

/** @typedef {import("./place.js").Place} Place */

/** A button with an address is a link; the app hears of the click either way. */
export function button(element, place) {
  const props = {
    class: `button ${element.style ?? ""}`, "data-focus": place.attrs["data-focus"],
    "aria-label": element.accessibility_label,
  };
  const pressed = ({ currentTarget }) => press(place.surface, place.block, element, null, currentTarget);
  if (!element.url) return h("button", { type: "button", ...props, onclick: pressed }, plain(element.text));
  return link(element.url, plain(element.text), { ...props, onclick: pressed });
}

export function overflow(element, place) {
  const name = "More options";
  const show = () => menu(node, name, element.options.map(item), { align: "end" });
  const node = textButton(icon("dots"), "overflow", show, {
    "data-focus": place.attrs["data-focus"], "aria-label": name, "aria-haspopup": "menu", "aria-expanded": false,
  });
  const pick = (option) => {
    if (option.url) link(option.url, "").click();
    press(place.surface, place.block, element, option.value, node);
  };
  const item = (option) => ({ label: overflowLabel(option), run: () => pick(option) });
  return node;
}

function overflowLabel({ text, description }) {
  const words = h("span", { class: "option-text" }, h("span", {}, plain(text)));
  if (description) words.append(h("small", {}, plain(description)));
  return words;
}
