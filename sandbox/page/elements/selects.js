import { post } from "../api.js";
import { isMany } from "../forms.js";
import { state } from "../state.js";
import { nameValue } from "../surface.js";
import { plain } from "../text.js";
import { Picker, personOption } from "./picker.js";
import { chosen } from "./place.js";

/** @typedef {import("./place.js").Place} Place */

const LEAST_TYPED = 3;

const optionOf = (option, group) => ({
  value: option.value, label: plain(option.text), detail: option.description && plain(option.description), group,
});

const optionsOf = ({ options, option_groups: groups }) => (
  options?.map((option) => optionOf(option))
    ?? groups.flatMap(({ label, options: members }) => members.map((option) => optionOf(option, plain(label))))
);

function people() {
  const known = [...state.people.values()].filter((person) => !person.deleted);
  return known.map(personOption);
}

const kindOf = (channel) => (channel.is_private ? "private" : "public");

const channels = (kinds) => state.sidebar.channels.filter((channel) => kinds.has(kindOf(channel))).map((channel) => (
  { value: channel.id, label: `#${channel.name}`, detail: channel.is_private ? "Private channel" : undefined }
));

function conversations({ filter = {} }) {
  const kinds = new Set(filter.include ?? ["public", "private", "im", "mpim"]);
  const app = { value: state.sidebar.app_dm.id, label: state.workspace.app.name, detail: "App" };
  const direct = state.sidebar.dms.map(({ id, name }) => ({ value: id, label: name }));
  const withApp = kinds.has("im") && !filter.exclude_bot_users ? [app] : [];
  return [...channels(kinds), ...(kinds.has("im") ? direct : []), ...withApp];
}

/** What each kind of select offers; an external one asks the app while somebody types. */
const OFFERS = {
  static_select: optionsOf,
  external_select: ({ initial_option: one, initial_options: some }) => (
    [one ?? [], some ?? []].flat().map((option) => optionOf(option))
  ),
  users_select: people,
  channels_select: () => channels(new Set(["public"])),
  conversations_select: conversations,
};

export const SELECTS = Object.keys(OFFERS);

/** @param {Place} place */
export function select(element, place) {
  const { surface, block, attrs } = place;
  const kind = element.type.replace("multi_", "");
  const picker = new Picker({
    options: () => OFFERS[kind](element), attrs, many: isMany(element), max: element.max_selected_items,
    value: surface.form.get(block, element), placeholder: element.placeholder && plain(element.placeholder),
    clearable: block.type === "input" && block.optional,
    search: kind === "external_select" ? search(element, place) : null,
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
