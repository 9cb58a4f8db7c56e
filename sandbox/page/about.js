import { div, h } from "./dom.js";
import { showHead } from "./head.js";
import { part } from "./live.js";
import { scroller } from "./scroll.js";
import { state } from "./state.js";

let shown = null;

/** What the app may do and offers, read from its manifest. */
export function startAbout() {
  part("about", async () => (state.place === "about" ? state.workspace.app : null), show);
}

function show(app) {
  if (!app) return;
  if (!shown?.node.isConnected) open();
  showHead(shown.head, null);
  const version = JSON.stringify([app, state.workspace.commands]);
  if (shown.version === version) return;
  shown.version = version;
  shown.body.replaceChildren(...parts(app));
}

function open() {
  const head = h("header", { class: "place-head" });
  const body = div("home-body about");
  const node = div("place", head, scroller("About", body));
  shown = { node, head, body, version: "" };
  document.getElementById("main").replaceChildren(node);
}

function parts(app) {
  const { commands, message_shortcuts: onMessages, global_shortcuts: anywhere = [] } = state.workspace;
  const standing = app.installed ? "installed" : "not installed";
  return [
    h("p", {}, `${app.name} is ${standing} in ${state.workspace.team.name}. Its id is ${app.id}.`),
    list("Commands", commands.map(commandRow)),
    list("Shortcuts", [
      ...onMessages.map(({ name }) => [name, "in the menu of a message"]),
      ...anywhere.map(({ name }) => [name, "beside the message box"]),
    ]),
    list("What it may do", app.scopes.map((scope) => [scope])),
    list("What it hears of", app.events.map((event) => [event])),
  ].flat();
}

const commandRow = ({ command, usage_hint: usage, description }) => [`${command} ${usage}`.trim(), description];

const list = (title, rows) => [
  h("h2", {}, title),
  rows.length ? h("ul", { class: "about-list" }, rows.map(row)) : h("p", { class: "none" }, "Nothing."),
];

const row = ([name, detail]) => h("li", {}, h("code", {}, name), detail && ` ${detail}`);
