import { iconButton } from "../controls.js";
import { div, h, newId, span } from "../dom.js";
import { icon } from "../icons.js";
import { listbox, open, place } from "../popup.js";
import { avatar } from "../text.js";

/**
 * @typedef {{value: string, label: string, detail?: string, group?: string, person?: object}} Option
 * @typedef {{
 *   options: () => Option[], value: any, many?: boolean, max?: number, clearable?: boolean, placeholder?: string,
 *   attrs: Record<string, any>, change: (value: any) => void, search?: Search|null,
 * }} Spec
 * @typedef {{
 *   least: number, find: (typed: string) => Promise<Option[]|null>, label: (value: string) => string|undefined,
 * }} Search options that are asked for once `least` letters are typed; null when they could not be had
 */

const PAUSE = 250;

export const personOption = (person) => ({ value: person.id, label: person.name, detail: person.title, person });

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Names that begin with what was typed come first, then names that hold it, then what is said beside a name. */
function matching(options, query) {
  const rank = ({ label, detail }) => {
    const name = folded(label);
    if (name.startsWith(query)) return 0;
    return name.includes(query) ? 1 : folded(detail ?? "").includes(query) ? 2 : null;
  };
  return options.filter((one) => rank(one) !== null).sort((one, other) => rank(one) - rank(other));
}

/** A select that can be searched by typing: an ARIA combobox with a listbox, for one value or many. */
export class Picker {
  /** @param {Spec} spec */
  constructor(spec) {
    this.spec = spec;
    this.popup = null;
    this.input = h("input", {
      type: "text", autocomplete: "off", spellcheck: "false", role: "combobox", "aria-autocomplete": "list",
      "aria-haspopup": "listbox", "aria-expanded": false, ...spec.attrs,
    });
    this.chips = span("chips");
    this.clear = iconButton("Clear", "close", () => this.pick(null), { class: "icon-button clear" });
    this.status = h("span", { class: "unseen", role: "status" });
    this.node = div("picker", this.chips, this.input, this.clear, icon("chevron"), this.status);
    this.listen();
    this.show(spec.value);
  }

  listen() {
    this.input.addEventListener("input", () => this.list(this.input.value));
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("focus", () => this.select());
    this.input.addEventListener("blur", () => this.close());
    this.node.addEventListener("mousedown", (event) => {
      if (event.target.closest("button")) event.preventDefault();
    });
    this.node.addEventListener("click", (event) => {
      if (event.target.closest("button")) return;
      this.input.focus();
      if (!this.popup) this.list("");
    });
  }

  /** What is typed next replaces what was chosen. */
  select() {
    if (!this.spec.many && document.activeElement === this.input) this.input.select();
  }

  /** Shows a value without telling anyone. */
  show(value) {
    this.value = value;
    const chosen = this.spec.many ? value : [];
    this.chips.replaceChildren(...chosen.map((one) => this.chip(one)));
    this.input.value = this.spec.many || value === null ? "" : this.label(value);
    this.input.placeholder = chosen.length ? "" : this.spec.placeholder ?? "Choose…";
    this.clear.hidden = !(this.spec.clearable && !this.spec.many && value !== null);
    this.select();
  }

  label(value) {
    const { options, search } = this.spec;
    return options().find((option) => option.value === value)?.label ?? search?.label(value) ?? value;
  }

  chip(value) {
    const name = this.label(value);
    return span("chip", name, iconButton(`Remove ${name}`, "close", () => this.toggle(value)));
  }

  /** Opens the list, or shows in it what matches `query`. */
  list(query) {
    if (!this.popup) this.openPopup();
    if (!query) this.select();
    if (this.spec.search) this.look(query);
    else this.offer(matching(this.spec.options(), folded(query)), query);
  }

  /** Asks for options; an answer that comes after more was typed is left aside. */
  look(query) {
    const { least, find } = this.spec.search;
    clearTimeout(this.pause);
    this.asked = query;
    if (query.length < least) {
      this.tell(least === 1 ? "Type to search" : `Type at least ${least} letters`);
      return;
    }
    this.tell("Searching…");
    this.pause = setTimeout(async () => {
      const found = await find(query);
      if (!this.popup || this.asked !== query) return;
      if (found) this.offer(found, query);
      else this.tell("The app did not send any options. Try again.");
    }, PAUSE);
  }

  offer(found, query) {
    this.shown = found;
    this.active = query ? 0 : Math.max(0, found.findIndex(({ value }) => value === this.value));
    if (!found.length) {
      this.tell("Nothing found");
      return;
    }
    const full = this.isFull() ? `No more than ${this.spec.max} can be chosen` : "";
    this.popup.replaceChildren(...(full ? [div("nothing", full)] : []), ...this.grouped(found));
    this.status.textContent = full || (found.length === 1 ? "1 option" : `${found.length} options`);
    place(this.popup, this.node, { wide: true });
    this.mark();
  }

  /** Says why there is nothing to choose. */
  tell(words) {
    this.shown = [];
    this.popup.replaceChildren(div("nothing", words));
    this.status.textContent = words;
    this.input.removeAttribute("aria-activedescendant");
    place(this.popup, this.node, { wide: true });
  }

  openPopup() {
    const { many, placeholder } = this.spec;
    this.popup = listbox(placeholder || "Options", { "aria-multiselectable": many ? true : null });
    this.input.setAttribute("aria-controls", this.popup.id);
    this.input.setAttribute("aria-expanded", "true");
    open(this.popup, this.node, { wide: true });
  }

  grouped(options) {
    const groups = Map.groupBy(options, ({ group }) => group ?? "");
    return [...groups].flatMap(([name, members]) => {
      const nodes = members.map((option) => this.option(option));
      if (!name) return nodes;
      return [h("div", { role: "group", "aria-label": name }, div("group-label", name), nodes)];
    });
  }

  option(option) {
    const chosen = this.spec.many ? this.value.includes(option.value) : this.value === option.value;
    const words = span("option-text", h("span", {}, option.label), option.detail && h("small", {}, option.detail));
    const props = { role: "option", class: "option", id: newId("option"), "aria-selected": chosen };
    const pick = () => (this.spec.many ? this.toggle(option.value) : this.pick(option.value));
    const picture = option.person && avatar({ ...option.person, small: true });
    return h("div", { ...props, onclick: pick }, picture, words, chosen && icon("check"));
  }

  mark() {
    const nodes = [...this.popup.querySelectorAll('[role="option"]')];
    nodes.forEach((node, index) => node.classList.toggle("active", index === this.active));
    nodes[this.active]?.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", nodes[this.active]?.id ?? "");
  }

  key(event) {
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") this.move(key === "ArrowDown" ? 1 : -1);
    else if (key === "Enter" && this.popup) this.popup.querySelector(".active")?.click();
    else if (key === "Enter") this.list("");
    else if (key === "Escape" && this.popup) this.close();
    else {
      if (key === "Backspace") this.removeLast();
      return;
    }
    event.preventDefault();
  }

  removeLast() {
    if (this.spec.many && !this.input.value && this.value.length) this.toggle(this.value.at(-1));
  }

  move(step) {
    if (!this.popup) {
      this.list("");
      return;
    }
    if (!this.shown.length) return;
    this.active = (this.active + step + this.shown.length) % this.shown.length;
    this.mark();
  }

  close() {
    clearTimeout(this.pause);
    this.popup?.hidePopover();
    this.popup = null;
    this.status.textContent = "";
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.show(this.value);
  }

  isFull() {
    return this.spec.many && this.value.length >= (this.spec.max ?? Infinity);
  }

  pick(value) {
    this.value = value;
    this.close();
    this.spec.change(value);
  }

  toggle(value) {
    const without = this.value.filter((one) => one !== value);
    if (without.length === this.value.length && this.isFull()) return;
    this.show(without.length < this.value.length ? without : [...this.value, value]);
    if (this.popup) this.list("");
    this.spec.change(this.value);
  }
}
