import { goTo } from "./quick.js";
import { openSwitcher } from "./switcher.js";
import { toggleTraffic } from "./traffic/panel.js";

const SHORTCUTS = { k: goTo, j: openSwitcher, ".": () => toggleTraffic() };

/** Ctrl (or the command key) with a letter, wherever one is, except in a form. */
export function startKeys() {
  document.addEventListener("keydown", (event) => {
    const work = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && SHORTCUTS[event.key];
    if (!work) return;
    event.preventDefault();
    if (!document.querySelector("dialog[open]")) work();
  });
}
