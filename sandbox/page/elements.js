import { textButton } from "./controls.js";
import { div, h, newId, span } from "./dom.js";
import { isMany } from "./forms.js";
import { icon } from "./icons.js";
import { link } from "./links.js";
import { menu } from "./popup.js";
import { personOption, Picker } from "./picker.js";
import { me, state } from "./state.js";
import { choose, note, press } from "./surface.js";
import { plain, textNode } from "./text.js";
import { hourOf, isoDate, momentOf } from "./time.js";

/**
 * Where an element stands.
 * @typedef {{surface: import("./surface.js").Surface, block: any, attrs: Record<string, any>}} Place
 * `attrs` carry the accessible name, and in input blocks the hint, the error and whether a value is required.
 */

const focusName = ({ surface, block }, element) => `${surface.key}/${block.block_id}/${element.action_id}`;

/** Draws an interactive element, or null for a type this page does not know. */
export function drawElement(element, place) {
  const draw = ELEMENTS[element.type] ?? SELECTS[element.type.replace("multi_", "")];
  const attrs = { ...place.attrs, "data-focus": focusName(place, element), "data-autofocus": element.focus_on_load };
  return draw?.(element, { ...place, attrs }) ?? null;
}

/** Notes or sends a chosen value; if the person takes it back, the control shows the old one again. */
async function chosen(element, { surface, block }, value, control, show) {
  const kept = await choose(surface, block, element, value, control);
  if (!kept) show(surface.form.get(block, element));
}

function button(element, place) {
  const { "data-focus": focus } = place.attrs;
  const name = element.accessibility_label;
  const props = { class: `button ${element.style ?? ""}`, "data-focus": focus, "aria-label": name };
  const pressed = ({ currentTarget }) => press(place.surface, place.block, element, null, currentTarget);
  if (element.url) return link(element.url, plain(element.text), { ...props, onclick: pressed });
  return h("button", { type: "button", ...props, onclick: pressed }, plain(element.text));
}

function overflow(element, place) {
  const name = "More options";
  const show = () => menu(node, name, items(), { align: "end" });
  const node = textButton(icon("dots"), "overflow", show, {
    "data-focus": place.attrs["data-focus"], "aria-label": name, "aria-haspopup": "menu", "aria-expanded": false,
  });
  const pick = (option) => {
    if (option.url) link(option.url, "").click();
    press(place.surface, place.block, element, option.value, node);
  };
  const items = () => element.options.map((option) => ({ label: plain(option.text), run: () => pick(option) }));
  return node;
}

const optionOf = (option, group) => ({
  value: option.value, label: plain(option.text), detail: option.description && plain(option.description), group,
});

function people() {
  const known = [...state.people.values()].filter((person) => !person.deleted);
  return known.map(personOption);
}

const channels = (kinds) => state.sidebar.channels.filter((channel) => kinds.has(kindOf(channel))).map((channel) => (
  { value: channel.id, label: `#${channel.name}`, detail: channel.is_private ? "Private channel" : undefined }
));

const kindOf = (channel) => (channel.is_private ? "private" : "public");

function conversations({ filter }) {
  const kinds = new Set(filter?.include ?? ["public", "private", "im"]);
  const direct = state.sidebar.dms.map(({ id, name }) => ({ value: id, label: name }));
  return [...channels(kinds), ...(kinds.has("im") ? direct : [])];
}

/** What each kind of select offers. */
const SELECTS = Object.fromEntries(Object.entries({
  static_select: (element) => element.options?.map((option) => optionOf(option))
    ?? element.option_groups.flatMap(({ label, options }) => options.map((option) => optionOf(option, plain(label)))),
  users_select: people,
  channels_select: () => channels(new Set(["public"])),
  conversations_select: conversations,
}).map(([type, options]) => [type, (element, place) => select(element, place, () => options(element))]));

function select(element, place, options) {
  const { surface, block, attrs } = place;
  const picker = new Picker({
    options, attrs, many: isMany(element), max: element.max_selected_items, value: surface.form.get(block, element),
    placeholder: element.placeholder && plain(element.placeholder),
    clearable: block.type === "input" && block.optional,
    change: (value) => chosen(element, place, value, picker.node, (old) => picker.show(old)),
  });
  return picker.node;
}

function options(element, place, { type, role, read }) {
  const name = newId("options");
  const change = () => chosen(element, place, read(inputs()), node, show);
  const { "data-focus": focus, ...attrs } = place.attrs;
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

const radioButtons = (element, place) => options(element, place, {
  type: "radio", role: "radiogroup", read: (inputs) => inputs.find((input) => input.checked)?.value ?? null,
});

const checkboxes = (element, place) => options(element, place, {
  type: "checkbox", role: "group",
  read: (inputs) => inputs.filter((input) => input.checked).map((input) => input.value),
});

const TYPING = 700;

/** A date or time. Browsers report every step of typing one, so the app is told only after a pause. */
function moment(type, shown, read) {
  return (element, place) => {
    const { surface, block, attrs } = place;
    let pause;
    const show = (value) => {
      input.value = value === null ? "" : shown(value);
    };
    const settle = () => {
      clearTimeout(pause);
      const value = input.value ? read(input.value) : null;
      if (value !== surface.form.get(block, element)) chosen(element, place, value, input, show);
    };
    const change = () => {
      clearTimeout(pause);
      pause = setTimeout(settle, block.type === "input" && !block.dispatch_action ? 0 : TYPING);
    };
    const input = h("input", { ...attrs, type, class: "text", oninput: change, onblur: settle });
    show(surface.form.get(block, element));
    return input;
  };
}

const localMoment = (unix) => `${isoDate(unix, me().tz)}T${hourOf(unix, me().tz)}`;
const unixMoment = (text) => momentOf(text.slice(0, 10), text.slice(11, 16), me().tz);

function text(tag, props = {}) {
  return (element, place) => {
    const { surface, block, attrs } = place;
    const placeholder = element.placeholder && plain(element.placeholder);
    const input = h(element.multiline ? "textarea" : tag, { ...attrs, ...props, class: "text", placeholder });
    input.value = surface.form.get(block, element) ?? "";
    const counter = element.max_length && span("counter");
    const typed = () => {
      note(surface, block, element, input.value);
      if (counter) count(counter, input.value.length, element.max_length);
    };
    input.addEventListener("input", typed);
    if (block.dispatch_action) dispatching(input, element, place);
    return counter ? div("counted", input, counter) : input;
  };
}

function count(counter, length, max) {
  counter.textContent = length > max * 0.7 ? `${length} / ${max}` : "";
  counter.classList.toggle("over", length > max);
}

function dispatching(input, element, place) {
  const on = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const send = () => press(place.surface, place.block, element, input.value, input);
  if (on.includes("on_enter_pressed")) {
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey) return;
      event.preventDefault();
      send();
    });
  }
  let pause;
  if (on.includes("on_character_entered")) {
    input.addEventListener("input", () => {
      clearTimeout(pause);
      pause = setTimeout(send, 300);
    });
  }
}

const same = (value) => value;

const ELEMENTS = {
  button,
  overflow,
  radio_buttons: radioButtons,
  checkboxes,
  datepicker: moment("date", same, same),
  timepicker: moment("time", same, same),
  datetimepicker: moment("datetime-local", localMoment, unixMoment),
  plain_text_input: text("input", { type: null, autocomplete: "off" }),
  number_input: text("input", { inputmode: "decimal", autocomplete: "off" }),
  email_text_input: text("input", { type: "email", autocomplete: "off" }),
  url_text_input: text("input", { type: "url", autocomplete: "off" }),
};
