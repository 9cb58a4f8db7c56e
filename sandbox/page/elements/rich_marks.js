/**
 * The marks of the rich text input. Browsers call `execCommand` deprecated, but nothing else edits marked text, with
 * undo, in all of them.
 */
const command = (name, value) => document.execCommand(name, false, value);

export const MARKS = {
  bold: { label: "Bold", keys: "Ctrl+B", match: ["b"], apply: () => command("bold") },
  italic: { label: "Italic", keys: "Ctrl+I", match: ["i"], apply: () => command("italic") },
  strike: { label: "Strikethrough", keys: "Ctrl+Shift+X", match: ["X"], apply: () => command("strikeThrough") },
  link: { label: "Link", keys: "Ctrl+K", match: ["k"], apply: addLink },
  ordered: {
    label: "Numbered list", keys: "Ctrl+Shift+7", match: ["&", "7"], apply: () => command("insertOrderedList"),
  },
  bullets: {
    label: "Bulleted list", keys: "Ctrl+Shift+8", match: ["*", "8"], apply: () => command("insertUnorderedList"),
  },
  quote: { label: "Quote", keys: "Ctrl+Shift+9", match: ["(", "9"], apply: (editor) => turn("blockquote", editor) },
  code: { label: "Code", keys: "Ctrl+Shift+C", match: ["C"], apply: toggleCode },
  code_block: { label: "Code block", apply: (editor) => turn("pre", editor) },
};

/** The mark that a key stands for, if any. */
export function markOf({ key, ctrlKey, metaKey, shiftKey }) {
  if (!ctrlKey && !metaKey) return null;
  const shifted = (keys) => keys.includes("Shift");
  const found = Object.entries(MARKS).find(([, { keys, match }]) => (
    match?.includes(shifted(keys) ? key : key.toLowerCase()) && shifted(keys) === shiftKey
  ));
  return found?.[0] ?? null;
}

export function applyMark(name, editor, details) {
  if (!editor.contains(document.getSelection().anchorNode)) editor.focus();
  MARKS[name].apply(editor, details);
  editor.dispatchEvent(new Event("input"));
}

const INSIDE = {
  bold: "b, strong", italic: "i, em", strike: "s, strike, del", ordered: "ol", bullets: "ul", quote: "blockquote",
  code: "code", code_block: "pre",
};

/** Whether the selection stands in this mark. */
export function isMarked(name, editor) {
  const query = { bold: "bold", italic: "italic", strike: "strikeThrough" }[name];
  return query ? document.queryCommandState(query) : Boolean(around(INSIDE[name], editor));
}

/** What the caret stands in, if it is of this kind. */
export function around(selector, editor) {
  const { anchorNode } = document.getSelection();
  const element = anchorNode?.nodeType === Node.TEXT_NODE ? anchorNode.parentElement : anchorNode;
  const found = element?.closest?.(selector);
  return found && found !== editor && editor.contains(found) ? found : null;
}

/** Makes the line a block of this kind, or an ordinary line again. */
export const turn = (tag, editor) => command("formatBlock", around(tag, editor) ? "div" : tag);

/** Whether nothing comes between the caret and the end of `node`. */
export function isAtEnd(node) {
  const { anchorNode, anchorOffset } = document.getSelection();
  const rest = document.createRange();
  rest.selectNodeContents(node);
  rest.setStart(anchorNode, anchorOffset);
  return !rest.toString().replaceAll(BLANK, "");
}

/** Something without width to stand in: where there is no text, there is no place for the caret. */
const BLANK = "\u200b";

export function stepOut(node) {
  const after = document.createTextNode(BLANK);
  node.after(after);
  document.getSelection().setPosition(after, 1);
}

function toggleCode(editor) {
  const marked = around("code", editor);
  const selection = document.getSelection();
  if (marked && selection.isCollapsed && isAtEnd(marked)) {
    stepOut(marked);
    return;
  }
  if (marked) {
    marked.replaceWith(...marked.childNodes);
    return;
  }
  const range = selection.getRangeAt(0);
  const code = document.createElement("code");
  code.append(range.collapsed ? BLANK : range.extractContents());
  range.insertNode(code);
  selection.setPosition(code, code.childNodes.length);
}

function addLink(editor, { range, url }) {
  const selection = document.getSelection();
  editor.focus();
  selection.removeAllRanges();
  selection.addRange(range);
  if (range.collapsed) command("insertText", url);
  else command("createLink", url);
}
