import { h, newId, span } from "./dom.js";
import { ALL } from "./emoji.js";
import { listbox, open, place } from "./popup.js";
import { state } from "./state.js";
import { avatar } from "./text.js";

const SHOWN = 8;

/** Suggestions above a message box: commands after "/", people after "@", channels after "#", emoji after ":". */
export class Completion {
  constructor(box, { commands }) {
    this.box = box;
    this.commands = commands;
    this.popup = null;
    this.items = [];
    box.setAttribute("aria-autocomplete", "list");
    box.addEventListener("input", () => this.suggest());
    box.addEventListener("blur", () => this.close());
  }

  /** What is typed up to the caret. */
  before() {
    return this.box.value.slice(0, this.box.selectionStart);
  }

  suggest() {
    const before = this.before();
    this.items = this.matching(before);
    if (this.items.length) this.show();
    else this.close();
  }

  matching(before) {
    const slash = this.commands && /^\/\S*$/.exec(before);
    if (slash) return matchingCommands(slash[0]);
    const [, sign, typed] = /(?:^|\s)([@#:])([\p{L}\d_+ -]{0,30})$/u.exec(before) ?? [];
    return sign ? { "@": matchingPeople, "#": matchingChannels, ":": matchingEmoji }[sign](typed) : [];
  }

  show() {
    if (!this.popup) {
      this.popup = listbox("Suggestions");
      this.box.setAttribute("aria-controls", this.popup.id);
      open(this.popup, this.box.parentElement, { side: "above", wide: true });
    }
    this.popup.replaceChildren(...this.items.map((item) => this.option(item)));
    this.active = 0;
    place(this.popup, this.box.parentElement, { side: "above", wide: true });
    this.mark();
  }

  option(item) {
    const label = h("span", {}, h("b", {}, item.label), item.usage && ` ${item.usage}`);
    const words = span("option-text", label, item.detail && h("small", {}, item.detail));
    const props = { role: "option", class: "option", id: newId("option"), onclick: () => this.accept(item) };
    return h("div", props, item.person && avatar({ ...item.person, small: true }), item.sign, words);
  }

  mark() {
    [...this.popup.children].forEach((node, index) => {
      node.classList.toggle("active", index === this.active);
      node.setAttribute("aria-selected", String(index === this.active));
    });
    this.popup.children[this.active].scrollIntoView({ block: "nearest" });
    this.box.setAttribute("aria-activedescendant", this.popup.children[this.active].id);
  }

  accept(item) {
    this.put(item);
    this.close();
  }

  /** Replaces what was typed of it by the item. */
  put({ insert, typed }) {
    const { value, selectionStart: caret } = this.box;
    this.box.setRangeText(insert, caret - typed, caret, "end");
    if (value !== this.box.value) this.box.dispatchEvent(new Event("input"));
  }

  /** Whether nothing is left to be typed of it. */
  isWhole({ insert }) {
    return this.box.value.trim() === insert.trim();
  }

  close() {
    this.popup?.hidePopover();
    this.popup = null;
    this.box.removeAttribute("aria-activedescendant");
  }

  /** Handles a key while suggestions are open. @returns {boolean} whether it did */
  key(event) {
    if (!this.popup) return false;
    const item = this.items[this.active];
    const whole = event.key === "Enter" && this.isWhole(item);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      this.active = (this.active + (event.key === "ArrowDown" ? 1 : -1) + this.items.length) % this.items.length;
      this.mark();
    } else if (event.key === "Escape" || whole) this.close();
    else if (event.key === "Enter" || event.key === "Tab") this.accept(item);
    else return false;
    if (whole) return false;
    event.preventDefault();
    return true;
  }
}

function matchingCommands(typed) {
  const found = state.workspace.commands.filter(({ command }) => command.startsWith(typed));
  return found.map(({ command, description, usage_hint: usage }) => (
    { label: command, usage, detail: description, insert: `${command} `, typed: typed.length }
  ));
}

const TO_ALL = [["channel", "Everyone in this channel"], ["here", "Everyone here who is active"]];

function matchingPeople(typed) {
  const wanted = typed.toLowerCase();
  const { app } = state.workspace;
  const present = [...state.people.values()].filter(({ deleted }) => !deleted);
  const bot = { name: app.name, title: "App", initials: app.name[0], app: true };
  const found = [...present, bot].filter(({ name }) => name.toLowerCase().startsWith(wanted)).map((person) => (
    { label: person.name, detail: person.title, person, insert: `@${person.name} `, typed: typed.length + 1 }
  ));
  const all = TO_ALL.filter(([name]) => wanted && name.startsWith(wanted)).map(([name, detail]) => (
    { label: `@${name}`, detail, insert: `@${name} `, typed: typed.length + 1 }
  ));
  return [...found, ...all].slice(0, SHOWN);
}

/** Only public channels can be linked: the names of others are not for everybody. */
function matchingChannels(typed) {
  const wanted = typed.toLowerCase();
  const open = state.sidebar.channels.filter(({ is_private: secret, archived }) => !secret && !archived);
  return open.filter(({ name }) => name.startsWith(wanted)).slice(0, SHOWN).map(({ name }) => (
    { label: `#${name}`, detail: "", insert: `#${name} `, typed: typed.length + 1 }
  ));
}

const LEAST = 2;

function matchingEmoji(typed) {
  const wanted = typed.toLowerCase();
  if (wanted.length < LEAST) return [];
  const all = ALL.flatMap(({ emoji, names }) => names.map((name) => [emoji, name]));
  const found = all.filter(([, name]) => name.startsWith(wanted));
  return found.slice(0, SHOWN).map(([emoji, name]) => (
    { label: `:${name}:`, detail: "", sign: span("emoji", emoji), insert: `:${name}: `, typed: typed.length + 1 }
  ));
}
