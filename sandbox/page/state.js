/**
 * What the page knows now. Only `live.js` parts and the router write here.
 * @typedef {{
 *   id: string, name: string, title: string, tz: string, color: string, initials: string,
 *   is_admin: boolean, is_guest: boolean, deleted: boolean,
 * }} Person
 */
export const state = {
  /** @type {any} */ workspace: null,
  /** @type {Map<string, Person>} */ people: new Map(),
  /** The person acted as. */ as: "",
  /** "home" and "app" are the app's two tabs; anything else is a conversation's id. */ place: "",
  /** @type {string|null} The ts of the message whose thread is open. */ thread: null,
  /** @type {string|null} The ts of a message to bring into view. */ sought: null,
  /** @type {any} */ sidebar: null,
  clock: { now: 0, at: 0 },
};

/** @returns {Person} */
export const me = () => state.people.get(state.as);

/** Sandbox time in unix seconds: what the server last said, plus the time that passed here since. */
export const clockNow = () => state.clock.now + (performance.now() - state.clock.at) / 1000;

export function setClock(now) {
  state.clock = { now, at: performance.now() };
}

/** Every conversation of a sidebar. */
export const placesOf = ({ channels, dms, app_dm: app }) => [...channels, ...dms, app];

export const unreadIn = (sidebar) => placesOf(sidebar).reduce((sum, { unread }) => sum + unread, 0);

/** The conversation in view; null on the app's Home, and for the app's messages before the sidebar has been read. */
export function channelId() {
  if (state.place === "home") return null;
  return state.place === "app" ? (state.sidebar?.app_dm.id ?? null) : state.place;
}

export function nameOf(userId) {
  const app = state.workspace.app;
  if (userId === app.user_id) return app.name;
  return state.people.get(userId)?.name ?? userId;
}

/** What a conversation is called: "#forecast", or the name of the other person. */
export function titleOf(channel) {
  if (channel.kind !== "dm") return `#${channel.name}`;
  return nameOf(channel.members.find((id) => id !== state.as) ?? state.as);
}

/** A channel's name as the actor knows it, or null for one that must not be named to them. */
export const channelName = (id) => state.sidebar?.channels.find((channel) => channel.id === id)?.name ?? null;
