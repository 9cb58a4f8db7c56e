import { h, newId } from "./dom.js";

const MARGIN = 8;

/**
 * Opens `popup` in the top layer beside `anchor` and keeps it there while the page scrolls.
 * @param {HTMLElement} popup
 * @param {HTMLElement} anchor
 * @param {{side?: "below"|"above", align?: "start"|"end", wide?: boolean}} [where] `wide` takes the anchor's width
 */
export function open(popup, anchor, where = {}) {
  (anchor.closest("dialog") ?? document.body).append(popup);
  popup.showPopover();
  const follow = () => (anchor.isConnected ? place(popup, anchor, where) : popup.hidePopover());
  follow();
  window.addEventListener("scroll", follow, true);
  window.addEventListener("resize", follow);
  popup.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    window.removeEventListener("scroll", follow, true);
    window.removeEventListener("resize", follow);
    popup.remove();
  });
}

/** The list of a combobox: pressing in it leaves the focus in the box it belongs to. */
export function listbox(label, props = {}) {
  const roles = { popover: "manual", role: "listbox", id: newId("list"), "aria-label": label };
  return h("div", { class: "popup listbox", onmousedown: (event) => event.preventDefault(), ...roles, ...props });
}

/** Puts an open popup beside its anchor again, after either changed its size. */
export function place(popup, anchor, { side = "below", align = "start", wide = false }) {
  const box = anchor.getBoundingClientRect();
  if (wide) popup.style.width = `${box.width}px`;
  const room = { below: innerHeight - box.bottom - MARGIN, above: box.top - MARGIN };
  const other = side === "below" ? "above" : "below";
  // Not measured by letting it grow: that would scroll it back to its top.
  const whole = popup.scrollHeight + popup.offsetHeight - popup.clientHeight;
  const taken = whole + 4 <= room[side] || room[side] >= room[other] ? side : other;
  popup.style.maxHeight = `${Math.max(120, Math.min(380, room[taken] - 4))}px`;
  const left = align === "start" ? box.left : box.right - popup.offsetWidth;
  popup.style.left = `${Math.max(MARGIN, Math.min(left, innerWidth - popup.offsetWidth - MARGIN))}px`;
  popup.style.top = `${taken === "below" ? box.bottom + 4 : box.top - popup.offsetHeight - 4}px`;
}

/** An open popup beside its anchor for a few controls; Escape or a press elsewhere closes it. */
export function panel(anchor, label, where = {}) {
  const box = h("div", { class: "popup panel", popover: "auto", role: "dialog", "aria-label": label });
  box.addEventListener("toggle", ({ newState }) => {
    anchor.setAttribute("aria-expanded", String(newState === "open"));
    if (newState === "closed" && box.contains(document.activeElement)) anchor.focus();
  });
  queueMicrotask(() => place(box, anchor, where));
  open(box, anchor, where);
  return box;
}

/**
 * A menu of buttons under the control that opened it.
 * @param {HTMLElement} anchor
 * @param {string} label
 * @param {{label: any, run: () => void, checked?: boolean, name?: string, danger?: boolean}[]} items
 */
export function menu(anchor, label, items, where = {}) {
  const list = h("div", { class: "popup menu", popover: "auto", role: "menu", "aria-label": label });
  list.append(...items.map((item) => menuItem(list, item)));
  list.addEventListener("keydown", (event) => moveFocus(event, list));
  list.addEventListener("toggle", ({ newState }) => {
    anchor.setAttribute("aria-expanded", String(newState === "open"));
  });
  open(list, anchor, where);
  (list.querySelector('[aria-checked="true"]') ?? list.firstElementChild)?.focus();
  return list;
}

function menuItem(list, { label, run, checked, name, danger }) {
  const role = checked === undefined ? "menuitem" : "menuitemradio";
  const pick = () => {
    list.hidePopover();
    run();
  };
  const state = checked === undefined ? {} : { "aria-checked": checked };
  const props = { type: "button", role, class: danger ? "danger" : null, "aria-label": name, tabindex: -1 };
  return h("button", { ...props, ...state, onclick: pick }, label);
}

function moveFocus(event, list) {
  const items = [...list.children];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (event.key === "Tab") list.hidePopover();
  if (to === undefined) return;
  event.preventDefault();
  items.at(to % items.length)?.focus();
}
