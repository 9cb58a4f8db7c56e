import { div, h, newId } from "../dom.js";
import { textNode } from "../text.js";
import { chosen } from "./place.js";

/** @typedef {import("./place.js").Place} Place */

export const radioButtons = (element, place) => options(element, place, {
  type: "radio", role: "radiogroup", read: (inputs) => inputs.find((input) => input.checked)?.value ?? null,
});

export const checkboxes = (element, place) => options(element, place, {
  type: "checkbox", role: "group",
  read: (inputs) => inputs.filter((input) => input.checked).map((input) => input.value),
});

/** @param {Place} place */
function options(element, place, { type, role, read }) {
  const name = newId("options");
  const change = () => chosen(element, place, read(inputs()), node, show);
  const { "data-focus": focus, ...attrs } = place.attrs;
  if (role === "group") delete attrs["aria-required"];
  const rows = element.options.map((option, index) => (
    optionRow(option, { type, name, "data-focus": `${focus}/${index}`, onchange: change })
  ));
  const node = h("div", { ...attrs, class: "options", role }, rows);
  const inputs = () => [...node.querySelectorAll("input")];
  const show = (value) => inputs().forEach((input) => {
    input.checked = [value].flat().includes(input.value);
  });
  show(place.surface.form.get(place.block, element));
  return node;
}

function optionRow(option, props) {
  const id = newId("option");
  const description = option.description && h("small", { id: `${id}-more` }, textNode(option.description));
  const input = h("input", { ...props, id, value: option.value, "aria-describedby": description && `${id}-more` });
  return div("option-row", input, h("div", {}, h("label", { for: id }, textNode(option.text)), description));
}
