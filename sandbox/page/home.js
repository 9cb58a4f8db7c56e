import { get, post } from "./api.js";
import { showBlocks } from "./blocks.js";
import { div, h } from "./dom.js";
import { showHead } from "./head.js";
import { part, refresh } from "./live.js";
import { scroller } from "./scroll.js";
import { state } from "./state.js";
import { viewSurface } from "./surface.js";

let shown = null;

export function startHome() {
  part("home", () => (state.place === "home" ? get("home") : null), show);
}

/** A person opened the Home tab: the app hears of it and may publish anew. */
export async function openHome() {
  await post("home");
  await refresh("home");
}

function show(data) {
  if (!data) return;
  const main = document.getElementById("main");
  if (shown?.as !== state.as || !shown.node.isConnected) open(main);
  showHead(shown.head, null);
  if (data.view) showBlocks(shown.body, data.view.blocks, viewSurface(data.view.id));
  else shown.body.replaceChildren(div("empty", whyEmpty(state.workspace.app)));
}

const whyEmpty = ({ name, connected, installed }) => (connected || !installed
  ? `${name} has not shown you a Home yet.`
  : `${name} is not connected. Start it with the settings that the sandbox printed when it began.`);

function open(main) {
  const head = h("header", { class: "place-head" });
  const body = div("home-body");
  const node = div("place", head, scroller("Home", body));
  shown = { as: state.as, node, head, body };
  main.replaceChildren(node);
}
