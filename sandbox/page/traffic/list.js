import { div, h, newId, span } from "../dom.js";

const ROW = 30;
const BEYOND = 8;

/** A long list of which only the lines in view are on the page. One line is chosen with a click or the arrow keys. */
export class LongList {
  /** @param {{label: string, draw: (item: any) => any, chosen: (item: any) => void}} spec */
  constructor({ label, draw, chosen }) {
    Object.assign(this, { draw, chosen, items: [], active: null, wide: 0 });
    this.space = h("div", { class: "long-space" });
    this.nothing = div("nothing", "Nothing of this kind so far.");
    this.node = h("div", {
      class: "long-list", role: "listbox", tabindex: 0, "aria-label": label, "data-focus": "traffic/list",
    }, this.space, this.nothing);
    this.id = newId("line");
    this.node.addEventListener("scroll", () => this.show());
    this.node.addEventListener("keydown", (event) => this.key(event));
    new ResizeObserver(() => this.show()).observe(this.node);
  }

  /** Shows these items; whoever looks at the end goes on doing so. */
  fill(items) {
    const { scrollTop, clientHeight } = this.node;
    const follows = scrollTop + clientHeight >= this.items.length * ROW - ROW;
    this.items = items;
    this.nothing.hidden = items.length > 0;
    this.space.style.height = `${items.length * ROW}px`;
    if (follows) this.node.scrollTop = items.length * ROW;
    this.show();
  }

  show() {
    const { scrollTop, clientHeight } = this.node;
    const from = Math.max(0, Math.floor(scrollTop / ROW) - BEYOND);
    const to = Math.min(this.items.length, Math.ceil((scrollTop + clientHeight) / ROW) + BEYOND);
    const lines = [];
    for (let index = from; index < to; index += 1) lines.push(this.line(index));
    this.space.replaceChildren(...lines);
    const shown = lines.some(({ id }) => id === this.idOf(this.active));
    if (shown) this.node.setAttribute("aria-activedescendant", this.idOf(this.active));
    else this.node.removeAttribute("aria-activedescendant");
  }

  idOf(item) {
    return `${this.id}-${item?.n}`;
  }

  line(index) {
    const item = this.items[index];
    const is = item.n === this.active?.n;
    const node = h("div", {
      class: `line${item.refused ? " refused" : ""}${is ? " active" : ""}`, role: "option", id: this.idOf(item),
      "aria-selected": is, "aria-posinset": index + 1, "aria-setsize": this.items.length,
      onclick: () => this.choose(index),
    }, this.draw(item));
    node.style.top = `${index * ROW}px`;
    return node;
  }

  choose(index) {
    this.active = this.items[index];
    const [top, bottom] = [index * ROW, (index + 1) * ROW];
    const { scrollTop, clientHeight } = this.node;
    if (top < scrollTop) this.node.scrollTop = top;
    else if (bottom > scrollTop + clientHeight) this.node.scrollTop = bottom - clientHeight;
    this.show();
    this.chosen(this.active);
  }

  key(event) {
    const now = this.items.findIndex(({ n }) => n === this.active?.n);
    const last = this.items.length - 1;
    const page = Math.max(1, Math.floor(this.node.clientHeight / ROW) - 1);
    const to = {
      ArrowDown: now + 1, ArrowUp: now - 1, PageDown: now + page, PageUp: now - page, Home: 0, End: last,
    }[event.key];
    if (to === undefined || last < 0) return;
    event.preventDefault();
    this.choose(Math.max(0, Math.min(last, to)));
  }
}

/** A moment's wall clock with seconds. */
export const column = (name, ...content) => span(`col ${name}`, ...content);
