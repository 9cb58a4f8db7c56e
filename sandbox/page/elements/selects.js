import { post } from "../api.js";
import { isMany } from "../forms.js";
import { nameValue } from "../surface.js";
import { plain } from "../text.js";
import { kindOfSelect, offered, optionsOf } from "./offers.js";
import { Picker } from "./picker.js";
import { chosen } from "./place.js";

/** @typedef {import("./place.js").Place} Place */

const LEAST_TYPED = 3;

/** @param {Place} place */
export function select(element, place) {
  const { surface, block, attrs } = place;
  const picker = new Picker({
    options: () => offered(element), attrs, many: isMany(element), max: element.max_selected_items,
    value: surface.form.get(block, element), placeholder: element.placeholder && plain(element.placeholder),
    clearable: block.type === "input" && block.optional,
    search: kindOfSelect(element) === "external_select" ? search(element, place) : null,
    change: (value) => chosen(element, place, value, picker.node, (old) => picker.show(old)),
  });
  return picker.node;
}

/** Slack asks the app for options while somebody types, and for nothing else. */
function search(element, { surface, block }) {
  const find = async (typed) => {
    const where = { container: surface.container, block_id: block.block_id, action_id: element.action_id };
    const answer = await post("options", { ...where, value: typed });
    if (!answer.ok) return null;
    const found = optionsOf(answer);
    for (const { value, label } of found) nameValue(surface, value, label);
    return found;
  };
  return { least: element.min_query_length ?? LEAST_TYPED, find, label: (value) => surface.names.get(value) };
}
