import { h } from "./dom.js";
import { icon } from "./icons.js";

/** A button with a text of its own. */
export const textButton = (label, kind, onclick, props = {}) => (
  h("button", { type: "button", class: `button ${kind}`, onclick, ...props }, label)
);

/** Cannot be used for now. It keeps the focus, which a disabled button loses; whoever listens must look for it. */
export const setOff = (button, is) => button?.setAttribute("aria-disabled", String(is));

/** A button that is an icon; the label is its name for screen readers. */
export const iconButton = (label, name, onclick, props = {}) => (
  h("button", { type: "button", class: "icon-button", "aria-label": label, onclick, ...props }, icon(name))
);
