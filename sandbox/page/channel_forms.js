import { post, sentence } from "./api.js";
import { ask } from "./ask.js";
import { openBookmarks } from "./bookmarks.js";
import { textButton } from "./controls.js";
import { div, h } from "./dom.js";
import { refresh } from "./live.js";
import { go, permalinkOf } from "./route.js";
import { fieldOf, openSheet, sheet, textField, tick } from "./sheet.js";
import { state } from "./state.js";
import { complain, toast } from "./toast.js";

/** What Slack makes of a name as it is typed: small letters, and hyphens for spaces. */
const asName = (text) => text.toLowerCase().replace(/\s/g, "-");

function nameField(value = "") {
  const box = textField(value, {
    maxlength: 80, required: true, placeholder: "for example plan-budget", autocomplete: "off",
  });
  box.addEventListener("input", () => {
    const { selectionStart: caret } = box;
    box.value = asName(box.value);
    box.setSelectionRange(caret, caret);
  });
  return box;
}

export function createChannel() {
  const name = nameField();
  const secret = tick("Private: only who is invited sees it", false);
  const form = h("form", { class: "sheet-body" }, fieldOf("Name", name), secret.node,
    div("dialog-buttons", h("button", { type: "submit", class: "button primary" }, "Create")));
  const dialog = sheet("Create a channel", form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await post("channel/create", { name: name.value, private: secret.box.checked });
    if (!answer.ok) {
      complain(answer);
      return;
    }
    dialog.close();
    await refresh("sidebar");
    go(answer.channel);
  });
  openSheet(dialog, name);
}

/** Everything about a channel that is no message and no member. */
export function openAbout(channel) {
  const member = channel.members.includes(state.as);
  const open = member && !channel.archived;
  const dialog = sheet(`About #${channel.name}`, div("sheet-body", facts(channel), open && changes(channel)),
    h("footer", { class: "sheet-actions" }, actions(channel, () => dialog.close())));
  openSheet(dialog);
}

function facts(channel) {
  const link = textButton("Copy link", "small", () => copyText(permalinkOf(channel.id)));
  const rows = [
    ["Topic", channel.topic || "None yet"], ["Description", channel.purpose || "None yet"],
    ["Kind", kindOf(channel)], ["Id", channel.id],
  ];
  return div("facts", h("dl", {}, rows.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])), link);
}

function kindOf({ kind, archived, is_shared: shared }) {
  const open = kind === "private" ? "Private" : "Public";
  const words = [open, shared && "shared with another workspace", archived && "archived"];
  return words.filter(Boolean).join(", ");
}

export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast("Copied.");
  } catch {
    toast(text);
  }
}

function changes(channel) {
  const topic = textField(channel.topic, { maxlength: 250 });
  const name = nameField(channel.name);
  const save = async (event) => {
    event.preventDefault();
    const wishes = [];
    if (topic.value !== channel.topic) wishes.push(["channel/topic", { topic: topic.value }]);
    if (name.value !== channel.name) wishes.push(["channel/rename", { name: name.value }]);
    for (const [path, wish] of wishes) {
      const answer = await post(path, { channel: channel.id, ...wish });
      if (!answer.ok) {
        complain(answer);
        return;
      }
    }
    event.target.closest("dialog").close();
    await Promise.all([refresh("sidebar"), refresh("conversation")]);
  };
  return h("form", { onsubmit: save }, fieldOf("Name", name), fieldOf("Topic", topic),
    div("dialog-buttons", h("button", { type: "submit", class: "button primary" }, "Save")));
}

const PRIVATE = {
  title: "Make it private?", text: "Only members will see it, and it cannot be made public again.", yes: "Make private",
};
const AWAY = {
  title: "Archive the channel?", text: "Nobody can write in it until it is brought back.", yes: "Archive", danger: true,
};

function actions(channel, close) {
  if (!channel.members.includes(state.as)) return [];
  const act = (path, question, done) => async () => {
    if (question && !(await ask(question))) return;
    const answer = await post(path, { channel: channel.id });
    close();
    toast(answer.ok ? done : sentence(answer.error), answer.ok ? "info" : "error");
    await Promise.all([refresh("sidebar"), refresh("conversation")]);
  };
  const reopen = act("unarchive", null, "The channel is open again.");
  if (channel.archived) return [textButton("Bring back from the archive", "", reopen)];
  const hide = act("channel/private", PRIVATE, "The channel is private now.");
  const bookmarks = () => {
    close();
    openBookmarks(channel);
  };
  return [
    textButton("Bookmarks", "first", bookmarks),
    channel.kind === "public" && textButton("Make private", "", hide),
    textButton("Archive channel", "danger", act("archive", AWAY, "The channel is archived.")),
  ].filter(Boolean);
}
