/**
 * Reads standard Markdown, as far as Slack's markdown block speaks it: headings, paragraphs, lists with tasks, quotes,
 * fenced code, rules and tables. The parts hold raw text; `inline.js` reads what stands inside a line.
 * @typedef {{kind: string, text?: string, parts?: Part[], items?: any[], [more: string]: any}} Part
 */

const FENCE = /^ {0,3}(`{3,}|~{3,})\s*\S*\s*$/;
const HEADING = /^ {0,3}(#{1,6})(?:\s(.*))?$/;
const RULE = /^ {0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})$/;
const QUOTE = /^ {0,3}> ?/;
const ITEM = /^( *)([-*+]|\d{1,9}[.)])(?:\s+|$)/;
const TASK = /^\[([ xX])\]\s+/;
const DELIMITER = /^ {0,3}\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

/** How deep quotes and lists may stand in each other: nothing sensible goes beyond. */
const DEEPEST = 16;

/** @returns {Part[]} */
export const parse = (text) => parts(text.replace(/\r\n?/g, "\n").replaceAll("\t", "    ").split("\n"), 0);

function parts(lines, depth) {
  const found = [];
  for (let at = 0; at < lines.length; ) {
    if (!lines[at].trim()) at += 1;
    else {
      const [part, length] = (depth < DEEPEST && special(lines, at, depth)) || paragraph(lines, at);
      found.push(part);
      at += length;
    }
  }
  return found;
}

function special(lines, at, depth) {
  for (const read of READERS) {
    const found = read(lines, at, depth);
    if (found) return found;
  }
  return null;
}

const READERS = [fenced, heading, rule, quote, list, table];

function fenced(lines, at) {
  const mark = FENCE.exec(lines[at])?.[1];
  if (!mark) return null;
  const closing = new RegExp(`^ {0,3}${mark[0]}{${mark.length},}\\s*$`);
  const end = lines.findIndex((line, index) => index > at && closing.test(line));
  const last = end < 0 ? lines.length : end;
  return [{ kind: "code", text: lines.slice(at + 1, last).join("\n") }, last - at + 1];
}

function heading(lines, at) {
  const found = HEADING.exec(lines[at]);
  const text = (found?.[2] ?? "").trim().replace(/(?:^|\s)#+$/, "");
  return found && [{ kind: "heading", level: found[1].length, text }, 1];
}

function rule(lines, at) {
  return RULE.test(lines[at]) ? [{ kind: "rule" }, 1] : null;
}

function quote(lines, at, depth) {
  if (!QUOTE.test(lines[at])) return null;
  const length = run(lines, at, (line) => QUOTE.test(line));
  const inside = lines.slice(at, at + length).map((line) => line.replace(QUOTE, ""));
  return [{ kind: "quote", parts: parts(inside, depth + 1) }, length];
}

/** How many lines from `at` on belong together. */
function run(lines, at, belongs) {
  const end = lines.findIndex((line, index) => index > at && !belongs(line));
  return (end < 0 ? lines.length : end) - at;
}

function list(lines, at, depth) {
  const first = ITEM.exec(lines[at]);
  if (!first) return null;
  const ordered = /\d/.test(first[2]);
  const items = [];
  let end = at;
  for (let length = itemLength(lines, end, ordered); length; length = itemLength(lines, end, ordered)) {
    items.push(item(lines.slice(end, end + length), depth));
    end += length;
  }
  return [{ kind: "list", ordered, start: ordered ? Number.parseInt(first[2], 10) : 1, items }, end - at];
}

/** How many lines the list item at `at` has, with the blank ones after it that lead to more of the list; 0 for none. */
function itemLength(lines, at, ordered) {
  const found = at < lines.length && !RULE.test(lines[at]) && ITEM.exec(lines[at]);
  if (!found || /\d/.test(found[2]) !== ordered) return 0;
  const inside = found[1].length + 2;
  const indent = (line) => line.length - line.trimStart().length;
  const starts = (line) => [FENCE, HEADING, RULE, QUOTE].some((mark) => mark.test(line));
  let end = at + 1;
  for (let blank = false; end < lines.length; end += 1) {
    const line = lines[end];
    if (!line.trim()) blank = true;
    else if (indent(line) >= inside) blank = false;
    else if (blank || ITEM.test(line) || starts(line)) break;
  }
  return end - at;
}

function item(lines, depth) {
  const marker = ITEM.exec(lines[0])[0];
  const first = lines[0].slice(marker.length);
  const task = TASK.exec(first);
  const rest = lines.slice(1);
  const indents = rest.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length);
  const indent = Math.min(marker.length, ...indents);
  const body = [task ? first.slice(task[0].length) : first, ...rest.map((line) => line.slice(indent))];
  return { done: task ? task[1] !== " " : null, parts: parts(body, depth + 1) };
}

function table(lines, at) {
  const delimiter = lines[at + 1];
  if (!lines[at].includes("|") || !delimiter?.includes("-") || !DELIMITER.test(delimiter)) return null;
  const head = cells(lines[at]);
  const marks = cells(delimiter);
  if (marks.length !== head.length) return null;
  const aligns = marks.map((mark) => (mark.endsWith(":") ? (mark.startsWith(":") ? "center" : "right") : "left"));
  const length = run(lines, at + 1, (line) => line.includes("|"));
  return [{ kind: "table", head, aligns, rows: lines.slice(at + 2, at + 1 + length).map(cells) }, length + 1];
}

const cells = (line) => line.trim().replace(/^\|/, "").replace(/(?<!\\)\|$/, "").split(/(?<!\\)\|/)
  .map((cell) => cell.trim().replaceAll("\\|", "|"));

function paragraph(lines, at) {
  const interrupts = (line) => !line.trim() || [FENCE, HEADING, RULE, QUOTE].some((mark) => mark.test(line))
    || /^ {0,3}(?:[-*+]|1[.)])\s+\S/.test(line);
  const length = run(lines, at, (line) => !interrupts(line));
  return [{ kind: "paragraph", text: lines.slice(at, at + length).map((line) => line.trim()).join("\n") }, length];
}
