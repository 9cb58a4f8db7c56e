const PATHS = {
  back: "M12.5 5 7.5 10l5 5",
  bold: "M6 4.5h5a2.8 2.8 0 0 1 0 5.5H6zM6 10h5.8a2.8 2.8 0 0 1 0 5.5H6z",
  bullets: "M8 5.5h8.5M8 10h8.5M8 14.5h8.5M4 5.5h.01M4 10h.01M4 14.5h.01",
  chat: "M4 5h12v8.5H9.5L6 16.5v-3H4z",
  check: "m4.5 10.5 3.5 3.5 7.5-8",
  chevron: "m5.5 8 4.5 4.5L14.5 8",
  circle: "M10 3.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z",
  clock: "M10 3.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM10 6.5V10l2.5 1.8",
  close: "m5.5 5.5 9 9m0-9-9 9",
  code: "m7 6-4 4 4 4M13 6l4 4-4 4",
  code_block: "M3 4h14v12H3zM8 8l-2 2 2 2M12 8l2 2-2 2",
  dots: "M4.5 10h.01M10 10h.01M15.5 10h.01",
  error: "M10 3.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM7.7 7.7l4.6 4.6m0-4.6-4.6 4.6",
  eye: "M2.8 10S5.5 5.2 10 5.2 17.2 10 17.2 10 14.5 14.8 10 14.8 2.8 10 2.8 10zM10 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
  file: "M5 3.5h6.5L15 7v9.5H5zM11.5 3.5V7H15",
  forward: "m7.5 5 5 5-5 5",
  hash: "M8 4 6.5 16M13.5 4 12 16M4.5 8h12M3.5 12h12",
  home: "m3.5 9.5 6.5-5.5 6.5 5.5M5.5 8.5V16h9V8.5",
  image: "M3.5 4.5h13v11h-13zM4 13.5l3.5-3.5 3 3 2.5-2 3.5 3M12.8 7.8h.01",
  info: "M10 3.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM10 9.3v4M10 6.7h.01",
  italic: "M8 4.5h6M6 15.5h6M11.5 4.5l-3 11",
  link: "M8.5 11.5a3 3 0 0 0 4.3 0l2.4-2.4a3 3 0 0 0-4.3-4.3l-.9.9"
    + "M11.5 8.5a3 3 0 0 0-4.3 0l-2.4 2.4a3 3 0 0 0 4.3 4.3l.9-.9",
  lock: "M5 9.5h10V16H5zM7 9.5V7a3 3 0 0 1 6 0v2.5",
  menu: "M3.5 5.5h13M3.5 10h13M3.5 14.5h13",
  next: "m4.5 5 5.5 5-5.5 5zM10.5 5l5.5 5-5.5 5z",
  note: "M4 4h12v12H4zM7 8h6M7 11h6",
  ordered: "M8.5 5.5h8M8.5 10h8M8.5 14.5h8M3.5 4.2l1-.5v3.6M3.2 12.8c.2-.9 1.9-.9 1.9.1 0 .8-1.9 1.4-1.9 2.6h2",
  people: "M7.5 4.5a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4zM2.8 16c.3-2.8 2.2-4.2 4.7-4.2s4.4 1.4 4.7 4.2"
    + "M13 5.2a2.3 2.3 0 0 1 0 4.4M14.2 12.2c1.8.5 2.8 1.8 3 3.8",
  plus: "M10 4.5v11M4.5 10h11",
  progress: "M10 3.5a6.5 6.5 0 1 0 6.5 6.5M10 6.5V10h3",
  quote: "M4 5v10M8 7h8M8 10.5h8M8 14h5",
  reply: "M8 5 3.5 9.5 8 14M4 9.5h7.5a5 5 0 0 1 5 5v1",
  send: "M3.5 4.5 17 10 3.5 15.5 5.5 10zM5.5 10H11",
  strike: "M4 10h12M13.5 6.8c-.4-1.4-1.7-2.3-3.5-2.3-2.1 0-3.5 1-3.5 2.6 0 .5.1.9.4 1.3"
    + "M6.3 13c.4 1.6 1.8 2.5 3.8 2.5 2.2 0 3.6-1.1 3.6-2.7 0-.3 0-.5-.1-.8",
  "thumb-down": "M6 11.5V4H3.5v7.5z"
    + "M6 11l3 5.5c1.1 0 1.8-.8 1.8-1.8V12h3.6c1 0 1.7-.9 1.5-1.8l-1-4.7c-.2-.9-.9-1.5-1.8-1.5H6",
  "thumb-up": "M6 8.5V16H3.5V8.5zM6 9l3-5.5c1.1 0 1.8.8 1.8 1.8V8h3.6c1 0 1.7.9 1.5 1.8l-1 4.7c-.2.9-.9 1.5-1.8 1.5H6",
  trash: "M4 6h12M8 6V4h4v2M5.5 6l.7 10h7.6l.7-10M8.5 9v4.5M11.5 9v4.5",
  upload: "M10 13V4.5M6.5 8 10 4.5 13.5 8M4 13.5V16h12v-2.5",
  warning: "M10 4 3 16h14zM10 8.5v3.5M10 14h.01",
};

/** A line icon, hidden from screen readers: the control around it carries the name. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
