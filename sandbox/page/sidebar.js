import { get } from "./api.js";
import { textButton } from "./controls.js";
import { joinChannel } from "./conversation.js";
import { h, keyed, span } from "./dom.js";
import { forgetIfRestarted } from "./drafts.js";
import { icon } from "./icons.js";
import { part } from "./live.js";
import { hrefOf } from "./route.js";
import { setClock, state, unreadIn } from "./state.js";
import { avatar } from "./text.js";
import { showClock } from "./topbar.js";

let lists = null;

export function startSidebar() {
  const nav = document.getElementById("sidebar");
  const section = (name) => {
    const list = h("ul", {});
    return { list, node: h("section", { "aria-label": name }, h("h2", {}, name), list) };
  };
  lists = {
    apps: section("App"),
    channels: section("Channels"),
    others: section("More channels"),
    dms: section("Direct messages"),
  };
  nav.append(...Object.values(lists).map(({ node }) => node));
  part("sidebar", () => get("sidebar"), show);
}

function show(data) {
  if (data.ok === false) return;
  state.sidebar = data;
  setClock(data.clock.now);
  forgetIfRestarted(data.clock.now);
  showClock();
  const { name } = state.workspace.app;
  const app = { ...data.app_dm, place: "app", name, picture: { initials: name[0], app: true } };
  fill(lists.apps, [app]);
  fill(lists.channels, data.channels.filter((channel) => channel.is_member));
  fill(lists.others, data.channels.filter((channel) => !channel.is_member));
  fill(lists.dms, data.dms.map((dm) => ({ ...dm, picture: state.people.get(dm.user_id) })));
  const unread = unreadIn(data);
  document.title = `${unread ? `(${unread}) ` : ""}${state.people.get(state.as).name} · ${state.workspace.team.name}`;
}

function fill({ list, node }, items) {
  node.hidden = !items.length;
  const { as, place } = state;
  keyed(list, items.map((item) => ({ place: item.id, ...item, as, here: isHere(item, place) })), ({ id }) => id, row);
}

const isHere = (item, place) => (item.place === "app" ? ["app", "home"].includes(place) : item.id === place);

function row(item) {
  const { place, name, picture, unread, here, is_member: member = true } = item;
  const direct = Boolean(picture);
  const mark = direct ? avatar({ ...picture, small: true }) : icon(item.is_private ? "lock" : "hash");
  const count = unread > 0 && span(direct || item.mentions ? "count strong" : "count", String(unread));
  const link = h("a", {
    href: hrefOf(place), class: unread ? "unread" : member ? "" : "outside", "data-focus": `place/${place}`,
    "aria-current": here ? "page" : null, "aria-label": unread ? `${name}, ${unread} unread` : name,
  }, mark, span("name", name), count);
  const join = () => joinChannel(item.id);
  return h("li", {}, link, !member && textButton("Join", "small", join, { "aria-label": `Join #${name}` }));
}
