import { openChooser } from "./chooser.js";
import { h, span } from "./dom.js";
import { icon } from "./icons.js";
import { go } from "./route.js";
import { state } from "./state.js";
import { avatar } from "./text.js";

/** Go to any conversation by typing a part of its name. */
export function goTo() {
  const { channels, dms, groups } = state.sidebar;
  const { app } = state.workspace;
  const items = [
    place("app", app.name, "App", avatar({ initials: app.name[0], app: true, small: true })),
    app.home_tab && place("home", `${app.name} Home`, "App", icon("home")),
    place("threads", "Threads", "", icon("threads")),
    ...byUnread(channels).map((one) => (
      place(one.id, one.name, kindOf(one), icon(one.is_private ? "lock" : "hash"), one.unread)
    )),
    ...byUnread(dms).map((one) => (
      place(one.id, one.name, state.people.get(one.user_id)?.title, face(one), one.unread)
    )),
    ...groups.map((one) => place(one.id, one.name, "Group message", icon("people"), one.unread)),
  ];
  openChooser({
    label: "Go to", placeholder: "Find a conversation", items: items.filter(Boolean), chosen: ({ id }) => go(id),
  });
}

const byUnread = (places) => places.toSorted((one, other) => Boolean(other.unread) - Boolean(one.unread));

const face = ({ user_id: id }) => avatar({ ...state.people.get(id), small: true });

const kindOf = ({ archived, is_member: member }) => (archived ? "Archived" : member ? "" : "Not joined");

function place(id, name, detail, sign, unread = 0) {
  const title = h("span", { class: unread ? "unread" : "" }, name);
  const words = span("option-text", title, detail && h("small", {}, detail));
  const label = [sign, words, unread > 0 && span("count strong", String(unread))];
  const told = [name, detail, unread && `${unread} unread`].filter(Boolean).join(", ");
  return { id, text: `${name} ${detail ?? ""}`, name: told, label, current: id === state.place };
}
