import { sentence, upload } from "./api.js";
import { iconButton } from "./controls.js";
import { h, span } from "./dom.js";
import { icon } from "./icons.js";
import { toast } from "./toast.js";

/** Files to go with a message: chosen, dropped on the box or pasted into it; each is uploaded at once. */
export class Attachments {
  /** @param {() => void} changed */
  constructor(changed) {
    this.changed = changed;
    this.files = [];
    this.list = h("ul", { class: "attached", "aria-label": "Attached files", hidden: true });
    const input = h("input", {
      type: "file", multiple: true, hidden: true, "aria-label": "Files", onchange: () => this.take(input),
    });
    this.button = iconButton("Attach files", "clip", () => input.click(), { title: "Attach files" });
    this.input = input;
  }

  /** Takes what is dropped on or pasted into a node. */
  listen(node) {
    node.addEventListener("dragover", (event) => event.preventDefault());
    node.addEventListener("drop", (event) => {
      event.preventDefault();
      this.addAll(event.dataTransfer.files);
    });
    node.addEventListener("paste", (event) => {
      if (!event.clipboardData.files.length) return;
      event.preventDefault();
      this.addAll(event.clipboardData.files);
    });
  }

  get ids() {
    return this.files.map(({ id }) => id).filter(Boolean);
  }

  get busy() {
    return this.files.some(({ id }) => !id);
  }

  take(input) {
    this.addAll(input.files);
    input.value = "";
  }

  addAll(files) {
    for (const file of files) this.add(file);
  }

  async add(file) {
    const entry = { name: file.name, id: null };
    this.files.push(entry);
    this.show();
    const answer = await upload(file);
    if (answer.ok) entry.id = answer.file.id;
    else {
      toast(`${file.name}: ${sentence(answer.error)}`, "error");
      this.remove(entry);
    }
    this.show();
  }

  remove(entry) {
    this.files = this.files.filter((one) => one !== entry);
    this.show();
  }

  clear() {
    this.files = [];
    this.show();
  }

  show() {
    this.list.hidden = !this.files.length;
    this.list.replaceChildren(...this.files.map((entry) => h("li", {}, icon("file"),
      span("file-name", entry.id ? entry.name : `${entry.name}, uploading…`),
      iconButton(`Remove ${entry.name}`, "close", () => this.remove(entry)))));
    this.changed();
  }
}
