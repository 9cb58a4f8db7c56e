import { div, h, keyed, newId, span } from "./dom.js";
import { drawElement } from "./elements.js";
import { richText } from "./richtext.js";
import { clockNow, me } from "./state.js";
import { plain, textNode } from "./text.js";
import { isoDate } from "./time.js";

/**
 * Shows blocks in `parent`. Blocks that did not change keep their nodes; the others are drawn anew around what the
 * surface's form remembers.
 * @param {Element} parent
 * @param {any[]} blocks
 * @param {import("./surface.js").Surface} surface
 * @param {Record<string, string>} [errors] sentence by block_id
 */
export function showBlocks(parent, blocks, surface, errors = {}) {
  const known = blocks.map((block, index) => ({ block_id: `block-${index}`, ...block }));
  surface.form.fit(known, surface.channel);
  const { tz } = me();
  const today = isoDate(clockNow(), tz);
  const items = known.map((block) => ({ block, error: errors[block.block_id], tz, today }));
  const keyOf = ({ block }) => `${block.type}/${block.block_id}`;
  keyed(parent, items, keyOf, ({ block, error }) => drawBlock(block, surface, error));
}

function drawBlock(block, surface, error) {
  const draw = BLOCKS[block.type] ?? unknown;
  const node = draw(block, surface, error);
  node.classList.add("block", `block-${block.type}`);
  return node;
}

/** A sentence where something is that this page cannot draw: better than a hole. */
const unknown = ({ type }) => div("unknown", `The sandbox does not draw “${type}” yet.`);

const element = (drawn, block, surface, attrs) => drawElement(drawn, { block, surface, attrs }) ?? unknown(drawn);

function section(block, surface) {
  const id = newId("section");
  const text = block.text && h("div", { class: "section-text", id }, textNode(block.text));
  const fields = block.fields && div("fields", block.fields.map((field) => h("div", {}, textNode(field))));
  const name = text ? { "aria-labelledby": id } : {};
  const accessory = block.accessory && div("accessory", accessoryNode(block, surface, name));
  return h("div", {}, div("section-body", text, fields), accessory);
}

function accessoryNode(block, surface, name) {
  const { accessory } = block;
  return accessory.type === "image" ? picture(accessory) : element(accessory, block, surface, name);
}

function actions(block, surface) {
  return h("div", {}, block.elements.map((drawn) => (
    element(drawn, block, surface, { "aria-label": drawn.placeholder ? plain(drawn.placeholder) : null })
  )));
}

function input(block, surface, error) {
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

const context = (block) => h("div", {}, block.elements.map((item) => (
  item.type === "image" ? picture(item) : h("span", {}, textNode(item))
)));

function image(block) {
  const caption = block.title && h("figcaption", {}, plain(block.title));
  return h("figure", {}, caption, picture(block));
}

function picture({ image_url: src, alt_text: alt }) {
  const node = h("img", { src, alt, loading: "lazy" });
  node.addEventListener("error", () => node.replaceWith(span("no-image", alt)));
  return node;
}

const BLOCKS = {
  section,
  actions,
  input,
  context,
  image,
  rich_text: richText,
  header: (block) => h("h3", {}, plain(block.text)),
  divider: () => h("hr"),
};

