import { div, h, newId, span } from "../dom.js";
import { drawElement } from "../elements.js";
import { plain, textNode } from "../text.js";
import { picture } from "./pictures.js";

/** @typedef {import("../blocks.js").Place} Place */

const element = (drawn, block, surface, attrs) => (
  drawElement(drawn, { block, surface, attrs }) ?? div("unknown", `The sandbox does not draw “${drawn.type}” yet.`)
);

export function section(block, { surface }) {
  const id = newId("section");
  const text = block.text && h("div", { class: "section-text", id }, textNode(block.text));
  const fields = block.fields && div("fields", block.fields.map((field) => h("div", {}, textNode(field))));
  const name = text ? { "aria-labelledby": id } : {};
  const accessory = block.accessory && div("accessory", accessoryNode(block, surface, name));
  return h("div", {}, div("section-body", text, fields), accessory);
}

function accessoryNode(block, surface, name) {
  const { accessory } = block;
  return accessory.type === "image" ? picture(accessory, "thumb") : element(accessory, block, surface, name);
}

export function actions(block, { surface }) {
  return h("div", {}, block.elements.map((drawn) => element(drawn, block, surface, { "aria-label": nameOf(drawn) })));
}

const NAMES = {
  datepicker: "Date", timepicker: "Time", datetimepicker: "Date and time", checkboxes: "Options",
  radio_buttons: "Options", rich_text_input: "Text",
};

/** Outside input blocks an element has no label: its placeholder, or what it is, has to do. */
const nameOf = ({ type, placeholder }) => (placeholder ? plain(placeholder) : NAMES[type]);

export function input(block, { surface, error }) {
  const id = newId("field");
  const hint = block.hint && h("div", { class: "hint", id: `${id}-hint` }, plain(block.hint));
  const complaint = error && h("div", { class: "error", id: `${id}-error` }, error);
  const described = [hint?.id, complaint?.id].filter(Boolean).join(" ");
  const label = h("label", { class: "label", for: id, id: `${id}-label` }, plain(block.label),
    block.optional && span("optional", " (optional)"));
  const attrs = {
    id, "aria-labelledby": label.id, "aria-describedby": described || null, "aria-invalid": error ? true : null,
    "aria-required": block.optional ? null : true,
  };
  return div(error ? "invalid" : "", label, element(block.element, block, surface, attrs), complaint, hint);
}

export const context = (block) => h("div", {}, block.elements.map((item) => (
  item.type === "image" ? picture(item, "small") : h("span", {}, textNode(item))
)));

/** Slack's four levels begin below the page's own headings. */
export const header = (block) => h(`h${(block.level ?? 1) + 2}`, {}, plain(block.text));
