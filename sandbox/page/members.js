import { post, sentence } from "./api.js";
import { iconButton, textButton } from "./controls.js";
import { div, h } from "./dom.js";
import { personOption, Picker } from "./elements/picker.js";
import { refresh } from "./live.js";
import { openProfile } from "./profile.js";
import { openSheet, sheet } from "./sheet.js";
import { state } from "./state.js";
import { avatar } from "./text.js";
import { toast } from "./toast.js";

/** Who is in a channel, ways to bring people or the app in and to take them out, and the way out. */
export function openMembers(channel) {
  const inside = channel.members.includes(state.as) && !channel.archived;
  const dialog = sheet(`Members of #${channel.name}`,
    inside && inviting(channel, () => dialog.close()),
    h("ul", { class: "member-list" }, channel.members.map((id) => member(channel, id, inside, () => dialog.close()))),
    inside && leaving(channel, () => dialog.close()));
  openSheet(dialog);
}

const appAsPerson = () => {
  const { name, user_id: id } = state.workspace.app;
  return { id, name, title: "App", initials: name[0], app: true };
};

const known = (id) => (id === state.workspace.app.user_id ? appAsPerson() : state.people.get(id));

function member(channel, id, inside, close) {
  const person = known(id) ?? { name: id, title: "", initials: "?" };
  const props = { type: "button", class: "member-name", disabled: Boolean(person.app), onclick: () => openProfile(id) };
  const words = h("button", props, h("span", {}, person.name), h("small", {}, person.title));
  const done = `Taken out of #${channel.name}: ${person.name}`;
  const takeOut = () => change(close, "leave", { channel: channel.id, user: id }, done);
  const out = inside && id !== state.as && iconButton(`Take ${person.name} out`, "close", takeOut);
  return h("li", {}, avatar(person), words, out);
}

function inviting(channel, close) {
  const present = [appAsPerson(), ...state.people.values()].filter(({ deleted }) => !deleted);
  const outside = present.filter(({ id }) => !channel.members.includes(id));
  if (!outside.length) return "";
  const picker = new Picker({
    options: () => outside.map(personOption), value: null, placeholder: "Choose a person or the app",
    attrs: { "aria-label": "Add someone" },
    change: (user) => (
      change(close, "invite", { channel: channel.id, user }, `Added to #${channel.name}: ${known(user).name}`)
    ),
  });
  return div("invite", div("label", "Add someone"), picker.node);
}

function leaving(channel, close) {
  const leave = () => change(close, "leave", { channel: channel.id }, `You left #${channel.name}.`);
  return h("footer", {}, textButton("Leave channel", "danger-text", leave));
}

async function change(close, path, body, done) {
  const answer = await post(path, body);
  close();
  toast(answer.ok ? done : sentence(answer.error), answer.ok ? "info" : "error");
  await Promise.all([refresh("sidebar"), refresh("conversation")]);
}
