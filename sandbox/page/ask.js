import { confirmed } from "./confirm.js";

const plain = (text) => ({ type: "plain_text", text });

/** Asks before something that cannot be undone. @returns {Promise<boolean>} */
export const ask = ({ title, text, yes, danger = false }) => confirmed({
  title: plain(title), text: plain(text), confirm: plain(yes), deny: plain("Cancel"),
  style: danger ? "danger" : undefined,
});
