import { iconButton, textButton } from "../controls.js";
import { div, h, newId } from "../dom.js";
import { open } from "../popup.js";
import { note } from "../surface.js";
import { plain } from "../text.js";
import { dispatching } from "./place.js";
import { dropLooks, leaveMark } from "./rich_keys.js";
import { MARKS, applyMark, isMarked, markOf } from "./rich_marks.js";
import { Mentions } from "./rich_mentions.js";
import { readRichText } from "./rich_read.js";
import { writeRichText } from "./rich_write.js";

/** @typedef {import("./place.js").Place} Place */

/** A text with marks: what is typed is kept as rich_text. */
export function richTextInput(element, place) {
  const { surface, block, attrs } = place;
  const editor = h("div", {
    ...attrs, contenteditable: "true", role: "textbox", "aria-multiline": true, class: "rich-edit",
    "aria-placeholder": element.placeholder && plain(element.placeholder), tabindex: 0,
  });
  editor.replaceChildren(...writeRichText(surface.form.get(block, element)));
  const changed = () => {
    dropLooks(editor);
    const value = readRichText(editor);
    editor.classList.toggle("blank", !value && !editor.querySelector("li, blockquote, pre"));
    note(surface, block, element, value);
    return value;
  };
  editor.addEventListener("input", changed);
  editor.addEventListener("beforeinput", asPlainText);
  changed();
  const bar = toolbar(editor);
  const mentions = new Mentions(editor);
  editor.addEventListener("keydown", (event) => (
    mentions.key(event) || shortcut(event, editor) || leaveMark(event, editor)
  ));
  dispatching(editor, element, place, changed);
  return div("rich-input", bar, editor);
}

/** What is pasted or dropped comes as text: other pages' marks are not Slack's. */
function asPlainText(event) {
  if (!["insertFromPaste", "insertFromDrop"].includes(event.inputType)) return;
  event.preventDefault();
  const text = event.dataTransfer?.getData("text/plain") ?? event.data ?? "";
  document.execCommand("insertText", false, text);
}

function toolbar(editor) {
  const buttons = Object.entries(MARKS).map(([name, { label, keys }], index) => iconButton(label, name, null, {
    title: keys ? `${label} (${keys})` : label, "data-mark": name, "aria-pressed": name === "link" ? null : false,
    tabindex: index ? -1 : 0, onclick: () => use(name, editor),
    // The selection in the editor must survive the press.
    onmousedown: (event) => event.preventDefault(),
  }));
  const bar = h("div", { class: "rich-bar", role: "toolbar", "aria-label": "Formatting" }, buttons);
  bar.addEventListener("keydown", (event) => rove(event, buttons));
  const show = () => {
    if (!bar.isConnected) document.removeEventListener("selectionchange", show);
    else if (editor.contains(document.getSelection().anchorNode)) mark(buttons, editor);
  };
  document.addEventListener("selectionchange", show);
  return bar;
}

function mark(buttons, editor) {
  for (const button of buttons) {
    const { mark: name } = button.dataset;
    if (name !== "link") button.setAttribute("aria-pressed", String(isMarked(name, editor)));
  }
}

/** A toolbar is one stop of the Tab key; arrows move inside it. */
function rove(event, buttons) {
  const at = buttons.indexOf(document.activeElement);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  const next = buttons.at(to % buttons.length);
  for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
  next.focus();
}

function shortcut(event, editor) {
  const name = markOf(event);
  if (!name) return false;
  event.preventDefault();
  use(name, editor);
  return true;
}

function use(name, editor) {
  if (name === "link") askForLink(editor);
  else applyMark(name, editor);
}

/** Asks for an address, and links to it what was selected, or the address itself. */
function askForLink(editor) {
  const selection = document.getSelection();
  const range = editor.contains(selection.anchorNode) ? selection.getRangeAt(0).cloneRange() : endOf(editor);
  const id = newId("link");
  const address = h("input", { type: "url", class: "text", id, placeholder: "https://", autocomplete: "off" });
  const form = h("form", {}, h("label", { class: "label", for: id }, "Link to"), address,
    textButton("Add link", "primary", null, { type: "submit" }));
  const popup = h("div", { class: "popup link-form", popover: "auto" }, form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    const url = address.value.trim();
    popup.hidePopover();
    if (/^(https?:\/\/|mailto:)\S+$/.test(url)) applyMark("link", editor, { range, url });
  });
  // The event comes a moment after the closing: by then the next question may have the focus.
  popup.addEventListener("toggle", ({ newState }) => {
    if (newState === "closed" && document.activeElement === document.body) editor.focus();
  });
  open(popup, editor, {});
  address.focus();
}

function endOf(editor) {
  const range = document.createRange();
  range.selectNodeContents(editor);
  range.collapse(false);
  return range;
}
