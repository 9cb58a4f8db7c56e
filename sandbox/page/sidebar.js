import { get } from "./api.js";
import { joinChannel } from "./conversation.js";
import { h, keyed } from "./dom.js";
import { forgetIfRestarted } from "./drafts.js";
import { icon } from "./icons.js";
import { part } from "./live.js";
import { hrefOf } from "./route.js";
import { setClock, state } from "./state.js";
import { avatar } from "./text.js";
import { showClock } from "./topbar.js";

let lists = null;

export function startSidebar() {
  const nav = document.getElementById("sidebar");
  const section = (name) => {
    const list = h("ul", {});
    return { list, node: h("section", { "aria-label": name }, h("h2", {}, name), list) };
  };
  const made = { apps: section("App"), channels: section("Channels"), others: section("More channels"), dms: section("Direct messages") };
  nav.append(...Object.values(made).map(({ node }) => node));
  lists = made;
  part("sidebar", () => get("sidebar"), show);
}

function show(data) {
  if (data.ok === false) return;
  state.sidebar = data;
  setClock(data.clock.now);
  forgetIfRestarted(data.clock.now);
  showClock();
  const { name } = state.workspace.app;
  const channels = data.channels.map((channel) => ({ ...channel, as: state.as, here: state.place === channel.id }));
  const app = { place: "app", name, app: true, unread: data.app_dm?.unread ?? 0, here: ["app", "home"].includes(state.place) };
  fill(lists.apps, [{ ...app, as: state.as }]);
  fill(lists.channels, channels.filter((channel) => channel.is_member));
  fill(lists.others, channels.filter((channel) => !channel.is_member));
  fill(lists.dms, data.dms.map((dm) => ({ ...dm, person: state.people.get(dm.user_id), as: state.as, here: state.place === dm.id })));
  showTitle(data);
}

function fill({ list, node }, items) {
  node.hidden = !items.length;
  keyed(list, items, (item) => item.id ?? item.place, row);
}

function row(item) {
  const { name, unread = 0, mentions = 0, here, is_member: member = true } = item;
  const count = unread > 0 && h("span", { class: mentions || item.app || item.person ? "count strong" : "count" }, String(unread));
  const spoken = unread > 0 ? `${name}, ${unread} unread` : name;
  const mark = item.app || item.person ? avatar({ ...(item.person ?? { initials: name[0] }), app: item.app, small: true }) : icon(item.is_private ? "lock" : "hash");
  const link = h("a", {
    href: hrefOf(item.place ?? item.id), "aria-current": here ? "page" : null, "aria-label": spoken, "data-focus": `place/${item.id ?? item.place}`,
    class: [unread > 0 && "unread", !member && "outside"].filter(Boolean).join(" "),
  }, mark, h("span", { class: "name" }, name), count);
  const join = !member && h("button", { type: "button", class: "button small", "aria-label": `Join #${name}`, onclick: () => joinChannel(item.id) }, "Join");
  return h("li", {}, link, join);
}

function showTitle({ channels, dms, app_dm: app }) {
  const unread = [...channels, ...dms, app ?? {}].reduce((sum, place) => sum + (place.unread ?? 0), 0);
  const { team } = state.workspace;
  document.title = `${unread ? `(${unread}) ` : ""}${state.people.get(state.as).name} · ${team.name}`;
}
