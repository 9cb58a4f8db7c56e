import { textButton } from "./controls.js";
import { div, h, span } from "./dom.js";
import { icon } from "./icons.js";
import { openMembers } from "./members.js";
import { hrefOf } from "./route.js";
import { state, titleOf } from "./state.js";
import { textNode } from "./text.js";

/** The line above a conversation or Home: what it is, and who is in it. */
export function showHead(head, channel) {
  const version = JSON.stringify([channel, state.place, state.as]);
  if (head.dataset.version === version) return;
  head.dataset.version = version;
  head.replaceChildren(...(isApp() ? appHead() : placeHead(channel)));
}

const isApp = () => state.place === "home" || state.place === "app";

function appHead() {
  const { app } = state.workspace;
  const tab = (place, label) => h("a", {
    role: "tab", href: hrefOf(place), "aria-selected": state.place === place, "data-focus": `tab/${place}`,
  }, label);
  const tabs = [app.home_tab && tab("home", "Home"), tab("app", "Messages")];
  const tablist = h("div", { class: "tabs", role: "tablist", "aria-label": app.name }, tabs);
  const status = app.connected ? span("status on", "Connected") : span("status", "Not connected");
  return [h("h1", {}, app.name, span("badge", "APP")), tablist, status];
}

function placeHead(channel) {
  if (channel.kind === "dm") return [h("h1", {}, titleOf(channel))];
  const topic = div("topic", channel.topic ? textNode({ type: "mrkdwn", text: channel.topic }) : "");
  const people = channel.members.length;
  const name = people === 1 ? "1 member" : `${people} members`;
  const members = textButton([icon("people"), String(people)], "quiet members", () => openMembers(channel), {
    "aria-label": name, "data-focus": "members",
  });
  return [h("h1", {}, icon(channel.kind === "private" ? "lock" : "hash"), channel.name), topic, members];
}
