"""What a page must be for those who cannot see it, or see it badly: named, and easy to tell from what lies behind."""

from typing import Any, Literal

from playwright.sync_api import Page

COLOURS: tuple[Literal["light", "dark"], ...] = ("light", "dark")

NAMED = {
    "alertdialog", "article", "button", "checkbox", "combobox", "complementary", "Date", "DateTime", "dialog",
    "group", "image", "img", "InputTime", "link", "listbox", "log", "menu", "menuitem", "menuitemradio", "navigation",
    "option", "radio", "radiogroup", "region", "searchbox", "spinbutton", "tab", "table", "tablist", "textbox",
    "timer", "toolbar",
}  # fmt: skip

CONTRAST = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const over = (colors) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const color of colors) {
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
    }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (rgb) => {
    const parts = rgb.map((part) => part / 255);
    const [r, g, b] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (node) => {
    const colors = [];
    for (let each = node; each; each = each.parentElement) colors.unshift(getComputedStyle(each).backgroundColor);
    return [getComputedStyle(document.documentElement).colorScheme.includes("dark")
      && matchMedia("(prefers-color-scheme: dark)").matches ? "#121212" : "#fff", ...colors];
  };
  const said = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    const text = walker.currentNode.data.trim();
    if (!text || !node.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    if (node.closest(":disabled, [aria-disabled='true'], .unseen, [aria-busy='true']")) continue;
    const { color, fontSize, fontWeight } = getComputedStyle(node);
    const layers = behind(node);
    const [front, back] = [light(over([...layers, color])), light(over(layers))];
    const ratio = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
    const size = parseFloat(fontSize);
    const large = size >= 24 || (size >= 18.6 && fontWeight >= 700);
    if (ratio < (large ? 3 : 4.5)) said.push(`${text.slice(0, 30)}: ${ratio.toFixed(2)} (${node.className})`);
  }
  return [...new Set(said)];
}"""


def nameless(page: Page) -> list[str]:
    """The roles of what a screen reader meets and cannot name."""
    session = page.context.new_cdp_session(page)
    nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    met = [node for node in nodes if not node.get("ignored") and node.get("role", {}).get("value") in NAMED]
    return [node["role"]["value"] for node in met if not node.get("name", {}).get("value", "").strip()]


def twice(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        "() => { const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);"
        "return ids.filter((id, index) => ids.indexOf(id) !== index); }"
    )
    return found


def is_sound(page: Page) -> None:
    """In light and in dark; it stays dark, and calm."""
    assert nameless(page) == []
    assert twice(page) == []
    for colours in COLOURS:
        page.emulate_media(color_scheme=colours, reduced_motion="reduce")
        assert page.evaluate(CONTRAST) == []
