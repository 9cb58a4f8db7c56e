import { titleOf as bookmarkTitle } from "./bookmarks.js";
import { openAbout } from "./channel_forms.js";
import { textButton } from "./controls.js";
import { div, h, span } from "./dom.js";
import { icon } from "./icons.js";
import { link } from "./links.js";
import { openMembers } from "./members.js";
import { openPins } from "./pins.js";
import { openProfile } from "./profile.js";
import { hrefOf } from "./route.js";
import { state, titleOf } from "./state.js";
import { textNode } from "./text.js";

/** The line above a conversation or Home: what it is, and who is in it. */
export function showHead(head, channel) {
  const version = JSON.stringify([channel, state.place, state.as, state.workspace.app]);
  if (head.dataset.version === version) return;
  head.dataset.version = version;
  head.replaceChildren(...(isApp() ? appHead() : placeHead(channel)));
}

const isApp = () => ["home", "app", "about"].includes(state.place);

function appHead() {
  const { app } = state.workspace;
  const tab = (place, label) => h("a", {
    role: "tab", href: hrefOf(place), "aria-selected": state.place === place, "data-focus": `tab/${place}`,
  }, label);
  const tabs = [app.home_tab && tab("home", "Home"), tab("app", "Messages"), tab("about", "About")];
  const tablist = h("div", { class: "tabs", role: "tablist", "aria-label": app.name }, tabs);
  return [h("h1", {}, app.name, span("badge", "APP")), tablist, statusOf(app)];
}

/** Not installed, there is a way to install it; else whether it listens. */
function statusOf(app) {
  if (!app.installed) return h("a", { class: "button primary install", href: app.install_url }, `Install ${app.name}`);
  return app.connected ? span("status on", "Connected") : span("status", "Not connected");
}

function placeHead(channel) {
  const marks = [pinsButton(channel), ...channel.bookmarks.map(bookmarkOf)].filter(Boolean);
  const line = marks.length > 0 && div("place-marks", marks);
  if (channel.kind === "dm") return [h("h1", {}, titleButton(channel)), line].filter(Boolean);
  const topic = div("topic", channel.topic ? textNode({ type: "mrkdwn", text: channel.topic }) : "");
  const people = channel.members.length;
  const name = people === 1 ? "1 member" : `${people} members`;
  const members = textButton([icon("people"), String(people)], "quiet members", () => openMembers(channel), {
    "aria-label": name, title: name, "data-focus": "members",
  });
  return [h("h1", {}, titleButton(channel)), topic, line, members].filter(Boolean);
}

/** What a conversation is called leads to what it is: the other person, or the channel. */
function titleButton(channel) {
  const props = { type: "button", class: "place-title", "data-focus": "about" };
  if (channel.kind === "dm") {
    const other = channel.members.find((id) => id !== state.as) ?? state.as;
    return h("button", { ...props, onclick: () => openProfile(other) }, titleOf(channel));
  }
  if (channel.kind === "mpim") return h("span", {}, titleOf(channel));
  const sign = icon(channel.kind === "private" ? "lock" : "hash");
  return h("button", { ...props, onclick: () => openAbout(channel), title: "About this channel" }, sign, channel.name);
}

function pinsButton(channel) {
  if (!channel.pins) return null;
  const label = channel.pins === 1 ? "1 pin" : `${channel.pins} pins`;
  return textButton([icon("pin"), label], "quiet small", () => openPins(channel), { "data-focus": "pins" });
}

const bookmarkOf = (bookmark) => link(bookmark.link, bookmarkTitle(bookmark), { class: "button quiet small" });
