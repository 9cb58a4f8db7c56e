import { get } from "./api.js";
import { openHome } from "./home.js";
import { part, refresh } from "./live.js";
import { state } from "./state.js";

const AGAIN = 1000;

/** Who is here and what the app offers. Until the app is connected, the page looks again by itself. */
export function startWorkspace() {
  part("workspace", () => get("workspace"), (workspace) => {
    const waited = state.workspace && !state.workspace.app.connected;
    state.workspace = workspace;
    state.people = new Map(workspace.people.map((person) => [person.id, person]));
    if (!workspace.app.connected) setTimeout(() => refresh("workspace"), AGAIN);
    else if (waited) greet();
  });
}

/** The app has come: what speaks of it is shown anew, and it hears again of a Home that somebody looks at. */
function greet() {
  for (const name of ["home", "conversation", "about"]) refresh(name);
  if (state.place === "home") openHome();
}
