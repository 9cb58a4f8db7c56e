import { div, h, span } from "../dom.js";
import { note } from "../surface.js";
import { plain } from "../text.js";
import { dispatching } from "./place.js";

/** @typedef {import("./place.js").Place} Place */

const text = (props) => (element, place) => {
  const { surface, block, attrs } = place;
  const placeholder = element.placeholder && plain(element.placeholder);
  const tag = element.multiline ? "textarea" : "input";
  const input = h(tag, { ...attrs, ...props(element), class: "text", placeholder });
  input.value = surface.form.get(block, element) ?? "";
  const counter = element.max_length && span("counter");
  const typed = () => {
    note(surface, block, element, input.value);
    if (counter) count(counter, input.value.length, element.max_length);
  };
  input.addEventListener("input", typed);
  dispatching(input, element, place, () => input.value);
  return counter ? div("counted", input, counter) : input;
};

function count(counter, length, max) {
  counter.textContent = length > max * 0.7 ? `${length} / ${max}` : "";
  counter.classList.toggle("over", length > max);
}

export const textInput = text(() => ({ autocomplete: "off" }));
export const emailInput = text(() => ({ type: "email", autocomplete: "off" }));
export const urlInput = text(() => ({ type: "url", autocomplete: "off" }));
export const numberInput = text(({ is_decimal_allowed: decimal }) => ({
  inputmode: decimal ? "decimal" : "numeric", autocomplete: "off",
}));
