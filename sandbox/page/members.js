import { post, sentence } from "./api.js";
import { iconButton, textButton } from "./controls.js";
import { div, h } from "./dom.js";
import { refresh } from "./live.js";
import { personOption, Picker } from "./elements/picker.js";
import { state } from "./state.js";
import { avatar } from "./text.js";
import { toast } from "./toast.js";

/** Who is in a channel, a way to bring in people or the app, and the way out. */
export function openMembers(channel) {
  const dialog = h("dialog", { class: "sheet", "aria-labelledby": "members-title" });
  const close = iconButton("Close", "close", () => dialog.close());
  const inside = channel.members.includes(state.as);
  dialog.append(
    h("header", {}, h("h2", { id: "members-title" }, `Members of #${channel.name}`), close),
    inside ? inviting(channel, dialog) : "",
    h("ul", { class: "member-list" }, channel.members.map(member)),
    inside ? leaving(channel, dialog) : "",
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

const appAsPerson = () => {
  const { name, user_id: id } = state.workspace.app;
  return { id, name, title: "App", initials: name[0], app: true };
};

const known = (id) => (id === state.workspace.app.user_id ? appAsPerson() : state.people.get(id));

function member(id) {
  const person = known(id) ?? { name: id, title: "", initials: "?" };
  return h("li", {}, avatar(person), h("div", {}, h("div", {}, person.name), h("small", {}, person.title)));
}

function inviting(channel, dialog) {
  const present = [appAsPerson(), ...state.people.values()].filter(({ deleted }) => !deleted);
  const outside = present.filter(({ id }) => !channel.members.includes(id));
  if (!outside.length) return "";
  const picker = new Picker({
    options: () => outside.map(personOption), value: null, placeholder: "Choose a person or the app",
    attrs: { "aria-label": "Add someone" },
    change: (user) => (
      change(dialog, "invite", { channel: channel.id, user }, `Added to #${channel.name}: ${known(user).name}`)
    ),
  });
  return div("invite", div("label", "Add someone"), picker.node);
}

function leaving(channel, dialog) {
  const leave = () => change(dialog, "leave", { channel: channel.id }, `You left #${channel.name}.`);
  return h("footer", {}, textButton("Leave channel", "danger-text", leave));
}

async function change(dialog, path, body, done) {
  const answer = await post(path, body);
  dialog.close();
  toast(answer.ok ? done : sentence(answer.error), answer.ok ? "info" : "error");
  await Promise.all([refresh("sidebar"), refresh("conversation")]);
}
