import { get, post, sentence } from "./api.js";
import { showBlocks } from "./blocks.js";
import { h } from "./dom.js";
import { complaints } from "./forms.js";
import { icon } from "./icons.js";
import { part, refresh } from "./live.js";
import { state } from "./state.js";
import { forget, viewSurface } from "./surface.js";
import { plain } from "./text.js";
import { toast } from "./toast.js";

const TROUBLE = "We had some trouble connecting. Try again?";

/** The modal on top: its nodes, its surface, and what the page itself objects to. */
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
  Object.assign(shown, { view: top.view, server: top.errors ?? {}, notice: top.notice });
  draw();
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
  const shut = h("button", { type: "button", class: "icon-button", "aria-label": depth > 1 ? "Back" : "Close", onclick: closeView }, icon(depth > 1 ? "back" : "close"));
  const notice = h("div", { class: "notice", role: "alert", hidden: true });
  const body = h("div", { class: "modal-body" });
  const buttons = h("footer", { class: "dialog-buttons" });
  const form = h("form", { novalidate: true, onsubmit: submit, onkeydown: sendKeys }, h("header", {}, title, shut), notice, body, buttons);
  dialog.replaceChildren(form);
  shown = { identity, dialog, title, notice, body, buttons, form, own: {}, surface: null, view: null };
}

function newDialog() {
  const dialog = h("dialog", { class: "modal", "aria-labelledby": "modal-title" });
  dialog.returnTo = document.activeElement?.dataset?.focus;
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    closeView();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

function draw() {
  const { view, title, body, notice } = shown;
  shown.surface = viewSurface(view.id);
  stacked.set(shown.surface.key, shown.surface);
  title.textContent = plain(view.title);
  notice.hidden = !shown.notice;
  notice.textContent = shown.notice ? TROUBLE : "";
  showBlocks(body, view.blocks, shown.surface, { ...shown.server, ...shown.own });
  drawButtons(view);
}

function drawButtons(view) {
  const cancel = h("button", { type: "button", class: "button", onclick: closeView, "data-focus": "modal/close" }, view.close ? plain(view.close) : "Close");
  const send = view.submit && h("button", { type: "submit", class: "button primary", "data-focus": "modal/submit" }, plain(view.submit));
  const version = JSON.stringify([view.close, view.submit]);
  if (shown.buttons.dataset.version === version) return;
  shown.buttons.dataset.version = version;
  shown.buttons.replaceChildren(cancel, ...(send ? [send] : []));
}

function focusFirst() {
  const { body, buttons } = shown;
  const field = "[data-autofocus], input, textarea, select, button";
  (body.querySelector("[data-autofocus]") ?? body.querySelector(field) ?? buttons.lastElementChild).focus();
  body.scrollTop = 0;
}

async function submit(event) {
  event.preventDefault();
  const { view, surface, form } = shown;
  if (!view.submit || form.getAttribute("aria-busy") === "true") return;
  shown.own = complaints(view.blocks, surface.form);
  draw();
  if (Object.keys(shown.own).length) {
    focusError();
    return;
  }
  busy(form, true);
  const answer = await post("submit", { view_id: view.id, state: surface.form.state() });
  await refresh("modals");
  busy(form, false);
  if (answer.errors && Object.keys(answer.errors).length) focusError();
  else if (!answer.ok && answer.error !== "timeout") toast(sentence(answer.error), "error");
}

function busy(form, is) {
  form.setAttribute("aria-busy", String(is));
  const button = form.querySelector('button[type="submit"]');
  if (button) button.disabled = is;
}

const focusError = () => shown?.body.querySelector("[aria-invalid], .invalid input")?.focus();

function sendKeys(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) shown.form.requestSubmit();
}

async function closeView() {
  const answer = await post("close", { view_id: shown.view.id });
  if (!answer.ok) toast(sentence(answer.error), "error");
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
