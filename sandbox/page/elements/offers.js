import { state } from "../state.js";
import { plain } from "../text.js";
import { personOption } from "./picker.js";

const optionOf = (option, group) => ({
  value: option.value, label: plain(option.text), detail: option.description && plain(option.description), group,
});

/** The options of a select, or of what an app answered to a search. */
export const optionsOf = ({ options, option_groups: groups }) => (
  options?.map((option) => optionOf(option))
    ?? groups.flatMap(({ label, options: members }) => members.map((option) => optionOf(option, plain(label))))
);

function people() {
  const known = [...state.people.values()].filter((person) => !person.deleted);
  return known.map(personOption);
}

const kindOf = (channel) => (channel.is_private ? "private" : "public");

const channels = (kinds) => state.sidebar.channels.filter((channel) => kinds.has(kindOf(channel)));

const channelOption = ({ id, name, is_private: isPrivate }) => (
  { value: id, label: `#${name}`, detail: isPrivate ? "Private channel" : undefined }
);

function conversations({ filter = {} }) {
  const kinds = new Set(filter.include ?? ["public", "private", "im", "mpim"]);
  const app = { value: state.sidebar.app_dm.id, label: state.workspace.app.name, detail: "App" };
  const direct = state.sidebar.dms.map(({ id, name }) => ({ value: id, label: name }));
  const withApp = kinds.has("im") && !filter.exclude_bot_users ? [app] : [];
  return [...channels(kinds).map(channelOption), ...(kinds.has("im") ? direct : []), ...withApp];
}

const OFFERS = {
  static_select: optionsOf,
  external_select: ({ initial_option: one, initial_options: some = [] }) => (
    optionsOf({ options: one ? [one] : some })
  ),
  users_select: people,
  channels_select: () => channels(new Set(["public"])).map(channelOption),
  conversations_select: conversations,
};

export const SELECTS = Object.keys(OFFERS);

export const kindOfSelect = ({ type }) => type.replace("multi_", "");

/** What a select offers the person; an external one only what it began with. */
export const offered = (element) => OFFERS[kindOfSelect(element)](element);
