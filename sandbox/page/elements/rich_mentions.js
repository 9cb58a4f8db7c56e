import { Completion } from "../completion.js";
import { around } from "./rich_marks.js";
import { whole } from "./rich_write.js";

/** People after "@" in a rich text: whoever is chosen stands there as one piece. */
export class Mentions extends Completion {
  constructor(editor) {
    super(editor, { commands: false });
  }

  before() {
    const { anchorNode, anchorOffset } = document.getSelection();
    const typed = anchorNode?.nodeType === Node.TEXT_NODE && this.box.contains(anchorNode);
    return typed && !around("code, pre", this.box) ? anchorNode.data.slice(0, anchorOffset) : "";
  }

  isWhole() {
    return false;
  }

  put({ person, typed }) {
    const { anchorNode: text, anchorOffset: caret } = document.getSelection();
    const rest = text.splitText(caret);
    text.deleteData(caret - typed, typed);
    rest.before(whole({ type: "user", user_id: person.id }));
    rest.insertData(0, " ");
    document.getSelection().setPosition(rest, 1);
    this.box.dispatchEvent(new Event("input"));
  }
}
