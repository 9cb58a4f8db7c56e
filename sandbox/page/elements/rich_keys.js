import { around, isAtEnd, stepOut, turn } from "./rich_marks.js";

/** Enter on an empty line leads out of a quote or a code block, Enter or an arrow at the end of code out of it. */
export function leaveMark(event, editor) {
  if (event.isComposing || event.shiftKey || !document.getSelection().isCollapsed) return;
  const { key } = event;
  const code = around("code", editor);
  if (code && (key === "Enter" || key === "ArrowRight") && isAtEnd(code)) {
    stepOut(code);
    if (key === "ArrowRight") event.preventDefault();
  } else if (key === "Enter") leaveBlock(event, editor);
}

function leaveBlock(event, editor) {
  const quote = around("blockquote", editor);
  const pre = around("pre", editor);
  const isEmptyLine = pre ? endsInEmptyLine(pre) : quote && !quote.textContent.trim();
  if (!isEmptyLine) return;
  event.preventDefault();
  if (pre) leavePre(pre);
  else turn("blockquote", editor);
  editor.dispatchEvent(new Event("input"));
}

/** Browsers end a code block's last, empty line with a line break or two. */
const endsInEmptyLine = (pre) => isAtEnd(pre) && (pre.lastChild?.nodeName === "BR" || /\n$/.test(pre.textContent));

function leavePre(pre) {
  while (pre.lastChild?.nodeName === "BR") pre.lastChild.remove();
  if (pre.lastChild?.nodeType === Node.TEXT_NODE) pre.lastChild.data = pre.lastChild.data.replace(/\n+$/, "");
  const line = document.createElement("div");
  line.append(document.createElement("br"));
  pre.after(line);
  document.getSelection().setPosition(line, 0);
}

/** Browsers carry the looks of one line into the next, as attributes; here looks come from marks alone. */
export function dropLooks(editor) {
  const { anchorNode, anchorOffset } = document.getSelection();
  const looks = editor.querySelectorAll("font, span:not([data-leaf], [data-leaf] *)");
  for (const node of looks) node.replaceWith(...node.childNodes);
  for (const node of editor.querySelectorAll("[style]:not([data-leaf] *)")) node.removeAttribute("style");
  if (looks.length && editor.contains(anchorNode)) document.getSelection().setPosition(anchorNode, anchorOffset);
}
