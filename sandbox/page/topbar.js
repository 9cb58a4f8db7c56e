import { iconButton } from "./controls.js";
import { h, span } from "./dom.js";
import { icon } from "./icons.js";
import { menu } from "./popup.js";
import { actAs } from "./route.js";
import { state } from "./state.js";
import { showActor, switcherButton } from "./switcher.js";
import { showClock, timeBar } from "./timebar.js";
import { toggleTraffic } from "./traffic/panel.js";

export function startTopbar({ toggleSidebar }) {
  const fold = iconButton("Conversations", "menu", toggleSidebar, {
    id: "fold", class: "icon-button fold", "aria-expanded": false, "aria-controls": "sidebar",
  });
  const traffic = h("button", {
    type: "button", class: "traffic-button", id: "traffic-button", "aria-expanded": false, "aria-controls": "traffic",
    "aria-label": "Traffic", title: "What goes between the sandbox and the app (Ctrl+.)",
    onclick: () => toggleTraffic(),
  }, icon("traffic"), span("wide", "Traffic"));
  document.getElementById("topbar").append(fold, team(), switcherButton(), timeBar(), traffic);
  setInterval(showBar, 1000);
}

/** The workspace's name; where there are several, a way to the others. */
function team() {
  const names = [span("team-name", state.workspace.team.name), span("team-kind", "Sandbox")];
  const { workspaces } = state.workspace;
  if (workspaces.length < 2) return h("div", { class: "team" }, names);
  const button = h("button", {
    type: "button", class: "team several", "aria-haspopup": "menu", "aria-expanded": false,
    "aria-label": `Workspace ${state.workspace.team.name}`, onclick: () => openWorkspaces(button),
  }, names, icon("chevron"));
  return button;
}

function openWorkspaces(anchor) {
  const { workspaces, team: here } = state.workspace;
  menu(anchor, "Workspaces", workspaces.map(({ id, name, host }) => ({
    label: name, checked: id === here.id, run: () => host && id !== here.id && actAs(host),
  })));
}

/** Draws the bar's workspace again, after somebody of another one began to act. */
export function showTeam() {
  document.querySelector(".team")?.replaceWith(team());
}

/** The actor's name, and the sandbox's date and time where they are. */
export function showBar() {
  if (!state.sidebar) return;
  showActor();
  showClock();
}
