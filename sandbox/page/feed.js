/** So many messages are asked for at a time, and so many stand on the page at most; others are read on scrolling. */
const PAGE = 50;
const MOST = 150;

/**
 * A stretch of a long conversation: the messages that are loaded, and what to ask for next.
 * Everything it asks for is read by the part of the page that owns it, so that nothing is shown out of turn.
 */
export class Feed {
  constructor() {
    this.messages = [];
    this.hasBefore = false;
    this.hasAfter = false;
    this.wanted = null;
  }

  get first() {
    return this.messages[0]?.ts;
  }

  get last() {
    return this.messages.at(-1)?.ts;
  }

  has(ts) {
    return this.messages.some((message) => message.ts === ts);
  }

  /** What to ask for next: `{before}`, `{after}` or `{around}` a ts, or `{newest: true}`. */
  want(stretch) {
    this.wanted = stretch;
  }

  /** The query of the next reading; without a wish, the same stretch again, with what is new if it is the last. */
  query(atEnd) {
    const { wanted } = this;
    this.wanted = null;
    if (wanted?.newest || (!wanted && !this.first)) return { limit: PAGE };
    if (wanted) return { ...wanted, limit: PAGE };
    if (this.hasAfter) return { since: this.first, until: this.last, limit: MOST };
    return { since: this.first, limit: MOST, keep: atEnd ? "last" : "first" };
  }

  /** Takes an answer in, and lets go of what is far from it. */
  take({ messages, has_before: before, has_after: after }, query) {
    if (query.before) {
      const all = [...messages, ...this.messages];
      this.messages = all.slice(0, MOST);
      this.hasBefore = before;
      this.hasAfter ||= all.length > MOST;
    } else if (query.after) {
      const all = [...this.messages, ...messages];
      this.messages = all.slice(-MOST);
      this.hasAfter = after;
      this.hasBefore ||= all.length > MOST;
    } else {
      this.messages = messages;
      this.hasBefore = before;
      this.hasAfter = after;
    }
  }
}
