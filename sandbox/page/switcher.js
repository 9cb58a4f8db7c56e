import { get } from "./api.js";
import { openChooser } from "./chooser.js";
import { h, span } from "./dom.js";
import { icon } from "./icons.js";
import { openProfile } from "./profile.js";
import { actAs } from "./route.js";
import { clockNow, me, state, unreadIn } from "./state.js";
import { avatar } from "./text.js";
import { dayAndHour, zoneName } from "./time.js";

let button = null;
let version = "";

/** The button that says as whom one acts. */
export function switcherButton() {
  const props = { type: "button", class: "switcher", onclick: openSwitcher, title: "Ctrl+J" };
  button = h("button", { ...props, "aria-haspopup": "dialog" });
  return button;
}

export function showActor() {
  const person = me();
  const where = zoneName(clockNow(), person.tz);
  const now = JSON.stringify([person, where]);
  if (version === now) return;
  version = now;
  const acting = span("acting", "Acting as ", h("b", {}, person.name));
  const local = h("small", {}, span("actor-title", person.title && `${person.title} · `), where);
  button.setAttribute("aria-label", `Acting as ${person.name}`);
  button.replaceChildren(avatar(person), span("actor", acting, local), icon("chevron"));
}

/** Everyone one can act as, found by name or title, with their local time and how much they have not read. */
export async function openSwitcher() {
  const people = [...state.people.values()].filter((person) => !person.deleted);
  const chooser = openChooser({
    label: "Act as", placeholder: "Find a person by name or title", items: [...people.map(item), ownProfile()],
    chosen: ({ id }) => (id ? actAs(id) : openProfile(state.as)),
  });
  await Promise.all(people.map((person) => showUnread(chooser, person)));
}

function item(person) {
  const now = clockNow();
  const [when, where] = [dayAndHour(now, person.tz), zoneName(now, person.tz)];
  const words = span("option-text", h("span", {}, person.name), h("small", {}, person.title));
  const unread = h("span", { class: "count-place", "data-person": person.id });
  return {
    id: person.id, text: `${person.name} ${person.title}`, name: `${person.name}, ${person.title}, ${when}, ${where}`,
    label: [avatar(person), words, span("local", h("small", {}, when, span("zone", ` · ${where}`)), unread)],
    current: person.id === state.as,
  };
}

/** Whoever one acts as can be changed as well. */
function ownProfile() {
  const words = `Status, quiet hours and zone of ${me().name}…`;
  const label = [icon("smile"), span("option-text", words)];
  return { id: "", text: `${words} profile do not disturb`, name: words, label };
}

/** How much each person has not read: a count, never what. */
async function showUnread(chooser, { id }) {
  const unread = unreadIn(await get("sidebar", { as: id }));
  const place = chooser.querySelector(`[data-person="${id}"]`);
  if (unread && place) place.replaceChildren(span("count strong", String(unread)));
  if (unread && place) place.firstChild.title = `${unread} unread`;
}
