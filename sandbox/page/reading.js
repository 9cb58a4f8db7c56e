import { div, h } from "./dom.js";
import { Feed } from "./feed.js";
import { icon } from "./icons.js";
import { refresh } from "./live.js";
import { showMessages } from "./message.js";
import { keepPlace, scroller } from "./scroll.js";
import { state } from "./state.js";
import { toast } from "./toast.js";

/** Within so many pixels of the first or last loaded message, more are asked for. */
const AHEAD = 900;

/**
 * The messages of a conversation or a thread in a scroller: few of them on the page, more as one scrolls.
 * A new one for every conversation, so that screen readers announce only what arrives while it is open.
 */
export class Reading {
  /**
   * @param {{part: string, region: string, before: Node[], inThread?: boolean, seen: () => void}} spec `part` is what
   *   to read again for more; `before` stands above the first message; `seen` hears that the newest message is in view
   */
  constructor({ part, region, before, inThread = false, seen }) {
    Object.assign(this, { part, inThread, seen, feed: new Feed(), asking: false, lastRead: null, done: null });
    this.before = before;
    this.log = h("div", { class: "log", role: "log" });
    this.earlier = div("earlier", "Reading earlier messages…");
    const talk = div("talk", this.earlier, before, this.log);
    this.region = scroller(region, talk);
    const toEnd = { type: "button", class: "more-below", hidden: true, onclick: () => this.toNewest() };
    this.more = h("button", toEnd);
    this.node = div("reading", this.region, div("more-place", this.more));
    this.end = keepPlace(this.region, talk, {
      isEnd: () => !this.feed.hasAfter, scrolled: (above, below) => this.scrolled(above, below),
    });
  }

  /** Reads with `get`, a function that takes the query's part about which messages. */
  async load(get) {
    const sought = this.sought();
    if (sought && !this.feed.has(sought)) this.feed.want({ around: sought });
    const query = this.feed.query(this.end.atEnd());
    return { ...await get(query), query };
  }

  /** The message to bring into view, once. A reply is sought in its thread, and its thread in the channel. */
  sought() {
    const ts = state.sought && !this.inThread && state.thread ? state.thread : state.sought;
    return ts && ts !== this.done ? ts : null;
  }

  show(data, channel) {
    const { feed } = this;
    const was = feed.last;
    feed.take(data, data.query);
    this.asking = false;
    this.lastRead ??= data.last_read;
    for (const node of this.before) node.hidden = feed.hasBefore;
    this.earlier.hidden = !feed.hasBefore;
    const { inThread, lastRead } = this;
    const shown = inThread ? feed.messages.filter(({ ts }) => ts !== data.parent?.ts) : feed.messages;
    showMessages(this.log, shown, channel, { inThread, lastRead });
    this.end.keep();
    if (data.query.newest) this.end.go();
    this.seek(data.query);
    const arrived = was && feed.last > was && !data.query.after && !data.query.around;
    this.showMore(arrived);
    this.look(data.last_read);
    this.end.look();
  }

  seek(query) {
    const ts = this.sought();
    if (!ts) return;
    const found = this.log.querySelector(`[data-ts="${CSS.escape(ts)}"]`);
    if (!found && query.around !== ts) {
      this.ask({ around: ts });
      return;
    }
    this.done = ts;
    if (found) {
      this.end.show(found);
      found.classList.add("sought");
    } else if (!this.inThread) toast("That message is gone, or you may not see it.", "error");
  }

  scrolled(above, below) {
    if (this.asking) return;
    const { feed } = this;
    if (above < AHEAD && feed.hasBefore) this.ask({ before: feed.first });
    else if (below < AHEAD && feed.hasAfter) this.ask({ after: feed.last });
    this.showMore(false);
    this.look();
  }

  ask(stretch) {
    this.asking = true;
    this.feed.want(stretch);
    refresh(this.part);
  }

  /** To the newest message, which may not be loaded. */
  toNewest() {
    if (this.feed.hasAfter) this.ask({ newest: true });
    this.end.go();
  }

  showMore(arrived) {
    const { scrollHeight, scrollTop, clientHeight } = this.region;
    const far = scrollHeight - scrollTop - clientHeight > clientHeight;
    if (this.end.atEnd()) this.news = false;
    else this.news ||= arrived;
    this.more.hidden = this.end.atEnd() || !(this.news || far || this.feed.hasAfter);
    const words = this.news ? "New messages" : "Newest messages";
    if (this.more.firstChild?.textContent !== words) this.more.replaceChildren(words, icon("chevron"));
  }

  /** Once the newest message is in view, it counts as read. */
  look(lastRead = this.readUpTo) {
    this.readUpTo = lastRead > (this.readUpTo ?? "0") ? lastRead : this.readUpTo ?? "0";
    const { last } = this.feed;
    if (!last || last <= this.readUpTo || !this.end.atEnd() || document.visibilityState === "hidden") return;
    this.readUpTo = last;
    this.seen();
  }
}
