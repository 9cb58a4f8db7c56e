import { get, post } from "./api.js";
import { textButton } from "./controls.js";
import { div, h, span } from "./dom.js";
import { emojify } from "./emoji.js";
import { refreshAll } from "./live.js";
import { actAs, go } from "./route.js";
import { fieldOf, openSheet, sheet, textField, tick } from "./sheet.js";
import { clockNow, state } from "./state.js";
import { avatar } from "./text.js";
import { complain, toast } from "./toast.js";
import { dayAndHour, zoneName } from "./time.js";

/** Who somebody is, where and when they are; and, for trying things out, everything about them can be changed. */
export function openProfile(id) {
  const person = state.people.get(id);
  if (!person) return;
  const close = () => dialog.close();
  const dialog = sheet(person.name, div("sheet-body", card(person), ways(person, close), changes(person, close)));
  openSheet(dialog);
}

function card(person) {
  const now = clockNow();
  const status = person.status_emoji && div("profile-status", emojify(person.status_emoji), " ", person.status_text);
  const kinds = [
    person.deleted && "Deactivated", person.is_admin && "Admin", person.is_guest && "Guest",
    person.is_external && "From another workspace", person.is_set_away && "Away",
  ].filter(Boolean);
  return div("profile", avatar(person), div("profile-words",
    h("div", { class: "profile-title" }, person.title || "No title"), status,
    h("div", {}, `${dayAndHour(now, person.tz)} there · ${zoneName(now, person.tz)}`),
    person.dnd.length > 0 && h("div", {}, `Wants quiet from ${person.dnd[0]} to ${person.dnd[1]}`),
    h("small", {}, person.id, kinds.map((kind) => span("badge", kind)))));
}

function ways(person, close) {
  if (person.deleted) return null;
  const leave = (work) => () => {
    close();
    work();
  };
  const message = async () => {
    const { dms } = await get("sidebar");
    go(dms.find((dm) => dm.user_id === person.id).id);
  };
  return div("profile-ways", person.id !== state.as && [
    textButton(`Act as ${person.name.split(" ")[0]}`, "primary", leave(() => actAs(person.id))),
    textButton("Message", "", leave(message)),
  ]);
}

function changes(person, close) {
  const fields = {
    title: textField(person.title, { maxlength: 100 }),
    tz: zoneField(person.tz),
    status_emoji: textField(person.status_emoji, { placeholder: ":palm_tree:", maxlength: 60 }),
    status_text: textField(person.status_text, { placeholder: "On holiday", maxlength: 100 }),
  };
  const ticks = {
    is_set_away: tick("Away", person.is_set_away), is_admin: tick("Admin", person.is_admin),
    is_guest: tick("Guest", person.is_guest),
  };
  const quiet = quietFields(person.dnd);
  const save = async (event) => {
    event.preventDefault();
    const now = {
      ...Object.fromEntries(Object.entries(fields).map(([name, { value }]) => [name, value.trim()])),
      ...Object.fromEntries(Object.entries(ticks).map(([name, { box }]) => [name, box.checked])),
    };
    now.dnd = quiet.map(({ value }) => value).filter(Boolean);
    const changed = Object.entries(now).filter(([name, value]) => String(value) !== String(person[name]));
    await change(person, Object.fromEntries(changed), close);
  };
  const toggle = textButton(person.deleted ? "Reactivate" : "Deactivate", person.deleted ? "" : "danger",
    () => change(person, { deleted: !person.deleted }, close));
  return h("form", { onsubmit: save }, h("h3", {}, "Change"),
    fieldOf("Title", fields.title), fieldOf("Zone", fields.tz),
    div("sheet-pair", fieldOf("Status emoji", fields.status_emoji), fieldOf("Status", fields.status_text)),
    div("sheet-pair even", fieldOf("Do not disturb from", quiet[0]), fieldOf("Until", quiet[1])),
    div("ticks", Object.values(ticks).map(({ node }) => node)),
    div("dialog-buttons", toggle, h("button", { type: "submit", class: "button primary" }, "Save")));
}

/** From when to when somebody wants quiet, each day on their own clock: both times or neither. */
function quietFields(times) {
  const fields = [0, 1].map((index) => h("input", { type: "time", class: "text", value: times[index] ?? "" }));
  const tie = () => {
    const any = fields.some(({ value }) => value);
    for (const field of fields) field.required = any;
  };
  for (const field of fields) field.addEventListener("input", tie);
  return fields;
}

/** Every zone the browser knows. */
function zoneField(zone) {
  const all = Intl.supportedValuesOf("timeZone");
  const offered = all.includes(zone) ? all : [zone, ...all];
  return h("select", { class: "text" }, offered.map((each) => h("option", { selected: each === zone }, each)));
}

async function change(person, wishes, close) {
  const changes = Object.keys(wishes).length > 0;
  const answer = changes ? await post("person", { id: person.id, ...wishes }) : { ok: true };
  if (!answer.ok) {
    complain(answer);
    return;
  }
  close();
  await refreshAll();
  if (changes) toast(`Changed: ${person.name}`);
}
