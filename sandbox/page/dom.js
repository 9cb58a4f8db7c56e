const KEY = Symbol("key");
const VERSION = Symbol("version");
const PROPERTIES = new Set(["value", "checked", "disabled", "hidden", "selected"]);

/**
 * Builds an element. Strings become text nodes, so nothing that passes here can inject HTML.
 * @param {string} tag
 * @param {Record<string, any>} [props] attributes; `onclick` and the like are listeners
 * @param {...any} children nodes, strings, lists of them; null and false are left out
 */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) setProp(node, name, value);
  node.append(...children.flat(Infinity).filter((child) => (child ?? false) !== false));
  return node;
}

function setProp(node, name, value) {
  if (value === undefined || value === null) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (PROPERTIES.has(name)) node[name] = value;
  else if (name.startsWith("aria-")) node.setAttribute(name, String(value));
  else if (value !== false) node.setAttribute(name, value === true ? "" : String(value));
}

export const div = (className, ...children) => h("div", { class: className }, ...children);
export const span = (className, ...children) => h("span", { class: className }, ...children);

/**
 * Shows a list, keeping the node of every item that did not change, so that focus, selection, open menus and
 * scroll positions survive a refresh.
 * @template T
 * @param {Element} parent
 * @param {T[]} items plain data
 * @param {(item: T) => string} keyOf
 * @param {(item: T, old?: Element) => Element} draw may refill and return `old`, the node shown for this key so far
 */
export function keyed(parent, items, keyOf, draw) {
  const before = new Map([...parent.children].map((node) => [node[KEY], node]));
  const nodes = items.map((item) => {
    const key = keyOf(item);
    const version = JSON.stringify(item);
    const old = before.get(key);
    if (old && old[VERSION] === version) return old;
    return Object.assign(draw(item, old), { [KEY]: key, [VERSION]: version });
  });
  arrange(parent, nodes);
}

function arrange(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.childNodes]) if (!wanted.has(child)) child.remove();
  let cursor = parent.firstChild;
  for (const node of nodes) {
    if (node === cursor) cursor = cursor.nextSibling;
    else parent.insertBefore(node, cursor);
  }
}

/**
 * Runs `work`; if it replaced the focused control, focus and selection go to the one with the same data-focus, in the
 * same part of the page if it is still there.
 */
export function keepFocus(work) {
  const focused = document.activeElement;
  const name = focused?.dataset?.focus;
  const area = focused?.closest("dialog, aside, main");
  const selection = name && "selectionStart" in focused ? [focused.selectionStart, focused.selectionEnd] : null;
  work();
  const isLost = name && !focused.isConnected && document.activeElement === document.body;
  if (!isLost) return;
  const heir = (area?.isConnected ? area : document).querySelector(`[data-focus="${CSS.escape(name)}"]`);
  if (heir) focusOn(heir, { preventScroll: true });
  if (heir && selection && selection[0] !== null) heir.setSelectionRange(...selection);
}

/** Focuses a control; in a rich text, typing goes on at the end. */
export function focusOn(node, options = {}) {
  node.focus(options);
  if (node.isContentEditable) document.getSelection().setPosition(node, node.childNodes.length);
}

let lastId = 0;

/** An id for tying labels, hints and errors to a control. */
export const newId = (prefix) => `${prefix}-${(lastId += 1)}`;
