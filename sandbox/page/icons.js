const PATHS = {
  back: "M12.5 5 7.5 10l5 5",
  chat: "M4 5h12v8.5H9.5L6 16.5v-3H4z",
  check: "m4.5 10.5 3.5 3.5 7.5-8",
  chevron: "m5.5 8 4.5 4.5L14.5 8",
  clock: "M10 3.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM10 6.5V10l2.5 1.8",
  close: "m5.5 5.5 9 9m0-9-9 9",
  dots: "M4.5 10h.01M10 10h.01M15.5 10h.01",
  eye: "M2.8 10S5.5 5.2 10 5.2 17.2 10 17.2 10 14.5 14.8 10 14.8 2.8 10 2.8 10zM10 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
  hash: "M8 4 6.5 16M13.5 4 12 16M4.5 8h12M3.5 12h12",
  home: "m3.5 9.5 6.5-5.5 6.5 5.5M5.5 8.5V16h9V8.5",
  lock: "M5 9.5h10V16H5zM7 9.5V7a3 3 0 0 1 6 0v2.5",
  menu: "M3.5 5.5h13M3.5 10h13M3.5 14.5h13",
  next: "m4.5 5 5.5 5-5.5 5zM10.5 5l5.5 5-5.5 5z",
  people: "M7.5 4.5a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4zM2.8 16c.3-2.8 2.2-4.2 4.7-4.2s4.4 1.4 4.7 4.2"
    + "M13 5.2a2.3 2.3 0 0 1 0 4.4M14.2 12.2c1.8.5 2.8 1.8 3 3.8",
  plus: "M10 4.5v11M4.5 10h11",
  reply: "M8 5 3.5 9.5 8 14M4 9.5h7.5a5 5 0 0 1 5 5v1",
  send: "M3.5 4.5 17 10 3.5 15.5 5.5 10zM5.5 10H11",
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
