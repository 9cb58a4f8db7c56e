import { post } from "./api.js";
import { openChooser } from "./chooser.js";
import { textButton } from "./controls.js";
import { h, span } from "./dom.js";
import { openProfile } from "./profile.js";
import { go } from "./route.js";
import { openSheet, sheet, tick } from "./sheet.js";
import { clockNow, state } from "./state.js";
import { avatar } from "./text.js";
import { complain } from "./toast.js";
import { dayAndHour } from "./time.js";

/** Everyone in the workspace, also who was deactivated; a profile for whoever is chosen. */
export function openPeople() {
  const now = clockNow();
  const group = {
    id: "", text: "new group message write to several", name: "Write to several people",
    label: [span("option-text", h("b", {}, "Write to several people…"))],
  };
  const people = [...state.people.values()].toSorted((one, other) => one.deleted - other.deleted);
  const items = people.map((person) => {
    const words = span("option-text", h("span", {}, person.name), h("small", {}, person.title));
    const when = person.deleted ? span("badge", "Deactivated") : h("small", {}, dayAndHour(now, person.tz));
    const name = [person.name, person.title, person.deleted && "deactivated"].filter(Boolean).join(", ");
    const label = [avatar({ ...person, small: true }), words, when];
    return { id: person.id, text: `${person.name} ${person.title}`, name, label };
  });
  openChooser({
    label: "People", placeholder: "Find a person", items: [group, ...items],
    chosen: ({ id }) => (id ? openProfile(id) : openGroup()),
  });
}

function openGroup() {
  const others = [...state.people.values()].filter(({ id, deleted }) => id !== state.as && !deleted);
  const ticks = others.map(({ id, name }) => ({ id, ...tick(name, false) }));
  const begin = textButton("Begin", "primary", async () => {
    const users = ticks.filter(({ box }) => box.checked).map(({ id }) => id);
    const answer = await post("group", { users });
    if (!answer.ok) {
      complain(answer);
      return;
    }
    dialog.close();
    go(answer.channel);
  });
  const names = ticks.map(({ node }) => node);
  const list = h("div", { class: "sheet-body ticks-column", role: "group", "aria-label": "People" }, names);
  const dialog = sheet("Write to several people", list, h("footer", { class: "sheet-actions" }, begin));
  openSheet(dialog, ticks[0]?.box);
}
