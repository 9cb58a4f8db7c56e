import { state } from "./state.js";

/** The address of a conversation (or "home", "app"), with a thread if one is to be open. */
export function hrefOf(place, thread = null, as = state.as) {
  return `#${new URLSearchParams({ as, c: place, ...(thread ? { t: thread } : {}) })}`;
}

export const go = (place, thread = null) => {
  location.hash = hrefOf(place, thread);
};

export const actAs = (userId) => {
  location.hash = hrefOf(personal(state.place) ? state.place : "app", null, userId);
};

/** Home, the app's messages and channels mean something for anyone; a direct message belongs to two people. */
const personal = (place) => !place.startsWith("D");

const present = (id) => state.people.get(id)?.deleted === false;

/** Somebody deactivated cannot act any more: somebody else takes over. */
export function handOver() {
  location.replace(hrefOf(state.place, null, host().id));
}

/** Whom a newcomer acts as: an admin, who can set things up. */
function host() {
  const people = [...state.people.values()].filter((person) => !person.deleted);
  return people.find((person) => person.is_admin) ?? people[0];
}

/** Whom the address names; of which workspace they are is not known from it. */
export const wantedActor = () => new URLSearchParams(location.hash.slice(1)).get("as") ?? "";

/** Reads the hash into `state`. */
export function readRoute() {
  const hash = new URLSearchParams(location.hash.slice(1));
  state.as = [hash.get("as"), state.as].find(present) ?? host().id;
  state.place = hash.get("c") || (state.workspace.app.home_tab ? "home" : "app");
  state.thread = hash.get("t");
  state.sought = hash.get("ts");
}

/** A permalink names the app's direct message by its id; here it is the app's Messages tab. */
export function settlePlace() {
  if (state.place === state.sidebar?.app_dm.id) state.place = "app";
}

/** The address of a conversation or of one message in it, as it would be sent to somebody. */
export function permalinkOf(channel, message = null) {
  if (!message) return `${location.origin}/#c=${channel}`;
  const { ts, thread_ts: thread } = message;
  const inThread = thread && thread !== ts ? `?thread_ts=${thread}&cid=${channel}` : "";
  return `${location.origin}/archives/${channel}/p${ts.replace(".", "")}${inThread}`;
}

/** Where a permalink of this workspace leads inside the page, or null for any other address. */
export function permalinkHash(url) {
  const found = /\/archives\/([A-Z0-9]+)\/p(\d+)(\d{6})/.exec(url.pathname);
  if (!found || url.origin !== location.origin) return null;
  const thread = url.searchParams.get("thread_ts");
  return `${hrefOf(found[1], thread)}&ts=${found[2]}.${found[3]}`;
}
