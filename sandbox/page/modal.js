import { get, post } from "./api.js";
import { showBlocks } from "./blocks.js";
import { iconButton, setOff, textButton } from "./controls.js";
import { div, focusOn, h } from "./dom.js";
import { part, refresh } from "./live.js";
import { state } from "./state.js";
import { forget, viewSurface } from "./surface.js";
import { plain } from "./text.js";
import { complain } from "./toast.js";

/** The modal on top: its nodes, its view, and the surface its fields belong to. */
let shown = null;
/** @type {Map<string, import("./surface.js").Surface>} */
const stacked = new Map();

export function startModals() {
  part("modals", () => get("modals"), ({ stack = [] }) => show(stack));
}

function show(stack) {
  forgetClosed(stack.map(({ view }) => view.id));
  const top = stack.at(-1);
  if (!top) {
    close();
    return;
  }
  const identity = `${state.as}/${top.view.id}`;
  const arrived = shown?.identity !== identity;
  if (arrived) open(identity, stack.length);
  draw(top);
  if (arrived) focusFirst();
}

function forgetClosed(open) {
  for (const [key, surface] of stacked) {
    const mine = key.startsWith(`${state.as}/`);
    if (!mine || open.includes(key.slice(state.as.length + 1))) continue;
    forget(surface);
    stacked.delete(key);
  }
}

function open(identity, depth) {
  const dialog = shown?.dialog ?? newDialog();
  const title = h("h2", { id: "modal-title" });
  const back = depth > 1 ? iconButton("Back", "back", () => closeView()) : null;
  const shut = iconButton(depth > 1 ? "Close all" : "Close", "close", () => closeView({ all: depth > 1 }));
  const alert = h("div", { class: "notice", role: "alert", hidden: true });
  const body = div("modal-body");
  const buttons = h("footer", { class: "dialog-buttons" });
  const parts = [h("header", {}, back, title, shut), alert, body, buttons];
  const form = h("form", { novalidate: true, onsubmit: submit, onkeydown: sendKeys }, parts);
  dialog.replaceChildren(form);
  shown = { identity, dialog, title, alert, body, buttons, form };
}

function newDialog() {
  const dialog = h("dialog", { class: "modal", "aria-labelledby": "modal-title" });
  dialog.returnTo = document.activeElement?.dataset?.focus;
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    closeView();
  });
  dialog.addEventListener("click", focusLabelled);
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** A label that is pressed leads to its field; browsers do that only for fields of their own kinds. */
function focusLabelled({ target }) {
  const field = target.closest("label[for]")?.htmlFor;
  if (field) document.getElementById(field)?.closest("[contenteditable]")?.focus();
}

function draw({ view, errors, notice, conversation }) {
  const { title, body, alert } = shown;
  const surface = viewSurface(view.id, conversation);
  Object.assign(shown, { view, surface });
  stacked.set(surface.key, surface);
  title.textContent = plain(view.title);
  alert.hidden = !notice;
  alert.textContent = notice ?? "";
  showBlocks(body, view.blocks, surface, errors);
  drawButtons(view);
}

function drawButtons(view) {
  const version = JSON.stringify([view.close, view.submit]);
  if (shown.buttons.dataset.version === version) return;
  shown.buttons.dataset.version = version;
  const label = view.close ? plain(view.close) : "Close";
  const buttons = [textButton(label, "", () => closeView(), { "data-focus": "modal/close" })];
  const sends = { type: "submit", "data-focus": "modal/submit" };
  if (view.submit) buttons.push(textButton(plain(view.submit), "primary", null, sends));
  shown.buttons.replaceChildren(...buttons);
}

const FIELD = "input:not(:disabled), textarea, [contenteditable='true'], .button, .icon-button:not([tabindex='-1'])";

function focusFirst() {
  const { body, buttons } = shown;
  const wanted = body.querySelector("[data-autofocus]");
  const first = wanted?.matches(FIELD) ? wanted : (wanted ?? body).querySelector(FIELD);
  focusOn(first ?? buttons.lastElementChild);
  if (!wanted) body.scrollTop = 0;
}

async function submit(event) {
  event.preventDefault();
  const { view, surface, form } = shown;
  if (!view.submit || form.getAttribute("aria-busy") === "true") return;
  busy(form, true);
  const answer = await post("submit", { view_id: view.id, state: surface.form.state() });
  await refresh("modals");
  busy(form, false);
  if (answer.errors) focusError();
  else if (!answer.ok && answer.error !== "invalid_answer") complain(answer);
}

function busy(form, is) {
  form.setAttribute("aria-busy", String(is));
  const button = form.querySelector('button[type="submit"]');
  setOff(button, is);
}

function focusError() {
  const invalid = shown?.body.querySelector(".invalid");
  const own = "[aria-invalid]:is(input, textarea, [contenteditable])";
  const field = invalid?.querySelector(own) ?? invalid?.querySelector("input");
  if (field) focusOn(field);
  invalid?.scrollIntoView({ block: "nearest" });
}

function sendKeys(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) shown.form.requestSubmit();
}

/** Closes the modal on top, or with `all` the whole stack. */
async function closeView({ all = false } = {}) {
  const answer = await post("close", { view_id: shown.view.id, ...(all ? { all } : {}) });
  if (!answer.ok) complain(answer);
  await refresh("modals");
}

/** Closes the dialog; if its opener was redrawn meanwhile, focus goes to the control that took its place. */
function close() {
  if (!shown) return;
  const { dialog } = shown;
  shown = null;
  dialog.close();
  dialog.remove();
  if (document.activeElement !== document.body || !dialog.returnTo) return;
  document.querySelector(`[data-focus="${CSS.escape(dialog.returnTo)}"]`)?.focus();
}
