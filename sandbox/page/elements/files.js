import { upload, sentence } from "../api.js";
import { iconButton } from "../controls.js";
import { div, h, newId, span } from "../dom.js";
import { icon } from "../icons.js";
import { nameValue, note } from "../surface.js";

/** @typedef {import("./place.js").Place} Place */

const MOST = 10;

/** Files are kept by the workspace as soon as they are chosen; the app hears of them when the form is sent. */
export function fileInput(element, { surface, block, attrs }) {
  const most = element.max_files ?? MOST;
  const status = h("span", { class: "file-status", role: "status" });
  const list = h("ul", { class: "chosen-files", "aria-label": "Chosen files" });
  const value = () => surface.form.get(block, element) ?? [];
  const put = (ids) => {
    note(surface, block, element, ids);
    show();
  };
  const row = (id) => {
    const name = surface.names.get(id) ?? id;
    const remove = () => put(value().filter((one) => one !== id));
    return h("li", {}, icon("file"), span("file-name", name), iconButton(`Remove ${name}`, "close", remove));
  };
  const show = () => {
    list.replaceChildren(...value().map(row));
    list.hidden = !value().length;
    zone.classList.toggle("full", value().length >= most);
  };
  const take = async (files) => {
    const said = await each([...files], element, async (file) => {
      if (value().length >= most) return most === 1 ? "Only one file can be chosen." : `No more than ${most} files.`;
      const answer = await upload(file);
      if (!answer.ok) return `${file.name}: ${sentence(answer.error)}`;
      nameValue(surface, answer.file.id, file.name);
      put([...value(), answer.file.id]);
      return "";
    }, status);
    status.textContent = said;
  };
  const zone = dropZone(element, attrs, most, take);
  show();
  return div("file-input", zone, status, list);
}

/** Takes files one after another; answers what there is to say of those that were not taken. */
async function each(files, { filetypes }, take, status) {
  const said = [];
  for (const file of files) {
    status.textContent = `Uploading ${file.name}…`;
    const kind = file.name.split(".").pop().toLowerCase();
    if (filetypes && !filetypes.includes(kind)) said.push(`${file.name} is not one of: ${filetypes.join(", ")}.`);
    else said.push(await take(file));
  }
  return [...new Set(said.filter(Boolean))].join(" ");
}

function dropZone({ filetypes }, attrs, most, take) {
  const id = newId("kinds");
  const kinds = filetypes ? filetypes.map((kind) => kind.toUpperCase()).join(", ") : "Any kind of file";
  const limit = most === 1 ? "one file" : `up to ${most} files`;
  const described = [attrs["aria-describedby"], id].filter(Boolean).join(" ");
  const input = h("input", {
    ...attrs, "aria-describedby": described, type: "file", class: "unseen", multiple: most > 1,
    accept: filetypes?.map((kind) => `.${kind}`).join(","),
    onchange: () => {
      take(input.files).then(() => {
        input.value = "";
      });
    },
  });
  const words = span("drop-words", h("b", {}, "Choose files"), " or drop them here",
    h("small", { id }, `${kinds}, ${limit}`));
  const zone = h("label", { class: "drop-zone" }, icon("upload"), words, input);
  const over = (is) => (event) => {
    event.preventDefault();
    zone.classList.toggle("over", is);
  };
  zone.addEventListener("dragover", over(true));
  zone.addEventListener("dragleave", over(false));
  zone.addEventListener("drop", (event) => {
    over(false)(event);
    take(event.dataTransfer.files);
  });
  return zone;
}
