import { h } from "./dom.js";
import { emojify } from "./emoji.js";
import { mrkdwn } from "./mrkdwn.js";

/** The content of a text object (or of a bare string) as a node. */
export function textNode(text) {
  if (!text) return null;
  if (typeof text === "string") return document.createTextNode(text);
  return text.type === "mrkdwn" ? mrkdwn(text.text, text) : document.createTextNode(plain(text));
}

/** A plain_text object as a string, for names, placeholders and options. */
export const plain = (text) => (text.emoji === false ? text.text : emojify(text.text));

/** A person's or the app's picture: initials on their colour. */
export function avatar({ initials, color, app = false, small = false }) {
  const kinds = ["avatar", app && "app", small && "small"].filter(Boolean).join(" ");
  const node = h("span", { class: kinds, "aria-hidden": "true" }, initials);
  if (color) node.style.setProperty("--avatar", color.startsWith("#") ? color : `#${color}`);
  return node;
}
