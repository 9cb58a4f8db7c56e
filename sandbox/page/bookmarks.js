import { post } from "./api.js";
import { iconButton } from "./controls.js";
import { div, h } from "./dom.js";
import { icon } from "./icons.js";
import { link } from "./links.js";
import { refresh } from "./live.js";
import { emojify } from "./emoji.js";
import { fieldOf, openSheet, sheet, textField } from "./sheet.js";
import { complain, toast } from "./toast.js";

/** What a bookmark is called, behind its emoji or a sign. */
export const titleOf = ({ title, emoji }) => [emoji ? `${emojify(emoji)} ` : icon("bookmark"), title];

/** The links kept at the top of a channel: for its members to take away, and to add to. */
export function openBookmarks(channel) {
  const change = async (path, body, done) => {
    const answer = await post(path, { channel: channel.id, ...body });
    if (!answer.ok) {
      complain(answer);
      return;
    }
    dialog.close();
    toast(done);
    await refresh("conversation");
  };
  const remove = ({ id }) => change("bookmark/remove", { bookmark: id }, "Bookmark removed.");
  const row = (bookmark) => h("li", {}, link(bookmark.link, titleOf(bookmark)),
    iconButton(`Remove ${bookmark.title}`, "close", () => remove(bookmark)));
  const title = textField("", { maxlength: 80, required: true, autocomplete: "off" });
  const address = textField("", {
    type: "url", maxlength: 3000, required: true, placeholder: "https://", pattern: "https?://.+", autocomplete: "off",
  });
  const add = (event) => {
    event.preventDefault();
    change("bookmark", { title: title.value, link: address.value }, "Bookmark added.");
  };
  const rows = channel.bookmarks.length > 0 && h("ul", { class: "bookmark-list" }, channel.bookmarks.map(row));
  const form = h("form", { onsubmit: add }, fieldOf("Name", title), fieldOf("Link", address),
    div("dialog-buttons", h("button", { type: "submit", class: "button primary" }, "Add bookmark")));
  const dialog = sheet(`Bookmarks of #${channel.name}`, div("sheet-body", rows, form));
  openSheet(dialog, title);
}
