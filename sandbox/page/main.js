import { startAbout } from "./about.js";
import { startConversation } from "./conversation.js";
import { openHome, startHome } from "./home.js";
import { startKeys } from "./keys.js";
import { follow, onNotice, refresh, refreshAll } from "./live.js";
import { startModals } from "./modal.js";
import { readRoute, settlePlace, wantedActor } from "./route.js";
import { startSidebar } from "./sidebar.js";
import { state } from "./state.js";
import { startThread } from "./thread.js";
import { startThreads } from "./threads.js";
import { toast } from "./toast.js";
import { showTeam, startTopbar } from "./topbar.js";
import { startTraffic } from "./traffic/panel.js";
import { startWorkspace } from "./workspace.js";

const AGAIN = 1000;
const narrow = matchMedia("(max-width: 799px)");

async function start() {
  startWorkspace();
  await known();
  readRoute();
  startTopbar({ toggleSidebar: () => fold(!folded()) });
  startSidebar();
  startConversation();
  startThread();
  startThreads();
  startHome();
  startAbout();
  startModals();
  startTraffic();
  startKeys();
  onNotice((words) => toast(words, "error"));
  addEventListener("hashchange", arrive);
  narrow.addEventListener("change", () => fold(true));
  document.getElementById("skip").addEventListener("click", skip);
  document.addEventListener("keydown", ({ key }) => key === "Escape" && fold(true));
  fold(true);
  await enter();
}

/** Waits for a sandbox that is still starting. */
async function known() {
  state.as = wantedActor();
  for (await refresh("workspace"); !state.workspace; await refresh("workspace")) {
    await new Promise((resolve) => setTimeout(resolve, AGAIN));
  }
}

/** The address changed: another place, another thread, or another person. */
async function arrive() {
  const before = { as: state.as, place: state.place };
  if (wantedActor() && !state.people.has(wantedActor())) await visit(wantedActor());
  readRoute();
  settlePlace();
  fold(true);
  if (before.as !== state.as) await enter();
  else await Promise.all([refreshAll(), state.place === "home" && before.place !== "home" && openHome()]);
}

/** Somebody of another workspace acts from now on. */
async function visit(person) {
  state.as = person;
  await refresh("workspace");
  showTeam();
}

async function enter() {
  await follow();
  await refresh("sidebar");
  settlePlace();
  await Promise.all([refreshAll(), state.place === "home" && openHome()]);
}

const folded = () => !document.getElementById("client").classList.contains("unfolded");

/** On a narrow screen the sidebar lies over the conversation, and is out of reach while it is folded away. */
function fold(is) {
  const opens = narrow.matches && !is;
  document.getElementById("client").classList.toggle("unfolded", opens);
  document.getElementById("sidebar").inert = narrow.matches && is;
  document.getElementById("fold").setAttribute("aria-expanded", String(opens));
  if (opens) document.querySelector("#sidebar a").focus();
}

function skip(event) {
  event.preventDefault();
  document.getElementById("main").focus();
}

start();
