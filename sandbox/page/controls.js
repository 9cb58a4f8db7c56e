import { h } from "./dom.js";
import { icon } from "./icons.js";

/** A button with a text of its own. */
export const textButton = (label, kind, onclick, props = {}) => (
  h("button", { type: "button", class: `button ${kind}`, onclick, ...props }, label)
);

/** A button that is an icon; the label is its name for screen readers. */
export const iconButton = (label, name, onclick, props = {}) => (
  h("button", { type: "button", class: "icon-button", "aria-label": label, onclick, ...props }, icon(name))
);
