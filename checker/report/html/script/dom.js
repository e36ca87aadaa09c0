// Elements are made here and nowhere else. Texts of pages are only ever text, and an address is only ever one of the web.

const SVG = "http://www.w3.org/2000/svg";
const DRAWN = new Set(["svg", "path", "circle", "line", "text", "polyline"]);

// h("p", { class: "quiet" }, "Text", h("b", {}, "more")): what is null, undefined or false is left out.
function h(name, given = {}, ...children) {
  const element = DRAWN.has(name) ? document.createElementNS(SVG, name) : document.createElement(name);
  for (const [key, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "on") for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
    else if (key === "vars") for (const [variable, told] of Object.entries(value)) element.style.setProperty(`--${variable}`, told);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

// Text of a page: it may run from the right, and that must not turn what stands around it.
const said = (text, name = "bdi", given = {}) => h(name, { dir: "auto", ...given }, text);

// A link that leads out of the report, or only its text where the address is none of the web.
function outside(address, text, given = {}) {
  let url = null;
  try {
    url = new URL(address);
  } catch {
    /* no address */
  }
  if (!url || !["http:", "https:"].includes(url.protocol)) return said(text);
  return h("a", { href: url.href, target: "_blank", rel: "noopener noreferrer", ...given }, said(text));
}

const button = (label, act, given = {}) => h("button", { type: "button", ...given, on: { click: act } }, label);

// A message that screen readers say too; it goes by itself.
function tell(message) {
  const place = document.getElementById("told");
  place.textContent = message;
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => {
    place.textContent = "";
  }, 4000);
}
