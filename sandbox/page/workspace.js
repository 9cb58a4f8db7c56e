import { get } from "./api.js";
import { part, refresh } from "./live.js";
import { state } from "./state.js";

const AGAIN = 3000;

/** Who is here and what the app offers. Until the app is connected, the page looks again by itself. */
export function startWorkspace() {
  part("workspace", () => get("workspace"), (workspace) => {
    state.workspace = workspace;
    state.people = new Map(workspace.people.map((person) => [person.id, person]));
    if (!workspace.app.connected) setTimeout(() => refresh("workspace"), AGAIN);
  });
}
