import { offered } from "./elements/offers.js";

/**
 * What a person has typed or chosen in one message, modal or Home, in plain values. It outlives redrawing: as in
 * Slack, a field keeps its value for as long as its block_id and action_id stay.
 */
export class Form {
  constructor(saved = []) {
    /** @type {Map<string, {block: string, action: string, value: any}>} */
    this.fields = new Map(saved);
  }

  /** Takes over the fields of these blocks: new ones with their initial values; those gone are forgotten. */
  fit(blocks, channel) {
    const before = this.fields;
    this.fields = new Map();
    for (const { block, element } of stateful(blocks)) {
      const key = keyOf(block, element);
      const initial = { block: block.block_id, action: element.action_id, value: initialValue(element, channel) };
      this.fields.set(key, before.get(key) ?? initial);
    }
  }

  get(block, element) {
    return this.fields.get(keyOf(block, element))?.value ?? null;
  }

  set(block, element, value) {
    this.fields.set(keyOf(block, element), { block: block.block_id, action: element.action_id, value });
  }

  /** {block_id: {action_id: value}}, as the sandbox takes it. */
  state() {
    const values = {};
    for (const { block, action, value } of this.fields.values()) {
      values[block] ??= {};
      values[block][action] = value === "" ? null : value;
    }
    return values;
  }
}

const keyOf = (block, element) => JSON.stringify([block.block_id, element.action_id]);

const STATELESS = new Set(["button", "overflow", "image", "feedback_buttons", "icon_button"]);

/** Every element that holds a value, with its block. */
function stateful(blocks) {
  const elements = (block) => {
    if (block.type === "input") return [block.element];
    if (block.type === "actions") return block.elements;
    return block.accessory ? [block.accessory] : [];
  };
  const all = blocks.flatMap((block) => [block, ...(block.child_blocks ?? [])]);
  return all.flatMap((block) => elements(block).map((element) => ({ block, element })))
    .filter(({ element }) => !STATELESS.has(element.type));
}

const values = (options) => options.map((option) => option.value);

const GIVEN = "value user users conversation conversations channel channels date time date_time".split(" ");

function initialValue(element, channel) {
  if (element.initial_option) return element.initial_option.value;
  if (element.initial_options) return values(element.initial_options);
  const given = GIVEN.map((name) => element[`initial_${name}`]).find((value) => value !== undefined);
  if (given !== undefined) return given;
  const here = element.default_to_current_conversation && fits(element, channel) ? channel : null;
  return isMany(element) ? [here].filter(Boolean) : here;
}

const fits = (element, channel) => offered(element).some(({ value }) => value === channel);

/** Whether an element's value is a list. */
export const isMany = ({ type }) => type.startsWith("multi_") || type === "checkboxes" || type === "file_input";
