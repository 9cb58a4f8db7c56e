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
  /** "home", "app" and "about" are the app's tabs, "threads" is what it says; else a conversation's id. */ place: "",
  /** @type {string|null} The ts of the message whose thread is open. */ thread: null,
  /** @type {string|null} The ts of a message to bring into view. */ sought: null,
  /** @type {any} */ sidebar: null,
  clock: { now: 0, at: 0, runs: true },
};

/** @returns {Person} */
export const me = () => state.people.get(state.as);

/** Sandbox time in unix seconds: what the server last said, plus the time that passed here since. */
export function clockNow() {
  const { now, at, runs } = state.clock;
  return runs ? now + (performance.now() - at) / 1000 : now;
}

export function setClock({ now, runs }) {
  state.clock = { now, at: performance.now(), runs };
}

/** Every conversation of a sidebar. */
const placesOf = ({ channels, dms, groups, app_dm: app }) => [...channels, ...dms, ...groups, app];

export const unreadIn = (sidebar) => placesOf(sidebar).reduce((sum, { unread }) => sum + unread, 0);

const ELSEWHERE = new Set(["home", "about", "threads"]);

/** The conversation in view; null in other places, and for the app's messages before the sidebar has been read. */
export function channelId() {
  if (ELSEWHERE.has(state.place)) return null;
  return state.place === "app" ? (state.sidebar?.app_dm.id ?? null) : state.place;
}

export function nameOf(userId) {
  const app = state.workspace.app;
  if (userId === app.user_id) return app.name;
  return state.people.get(userId)?.name ?? userId;
}

/** What a conversation is called: "#forecast", or the name of the other person. */
export function titleOf(channel) {
  if (channel.kind === "mpim") return channel.members.filter((id) => id !== state.as).map(nameOf).join(", ");
  if (channel.kind !== "dm") return `#${channel.name}`;
  return nameOf(channel.members.find((id) => id !== state.as) ?? state.as);
}

/** A channel's name as the actor knows it, or null for one that must not be named to them. */
export const channelName = (id) => state.sidebar?.channels.find((channel) => channel.id === id)?.name ?? null;
