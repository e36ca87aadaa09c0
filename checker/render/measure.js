// Measures a page that a browser has laid out. It runs in a world of its own, where the page's scripts cannot reach it, reads and changes nothing
// but the scroll position, and awaits nothing: in a page whose scripts are off, timers and frames never come.
// `asked`: {texts: [{id, within, said, anywhere}], elements: [id], token}; marks in the page say where each stands: see marked.py.
((asked) => {
  "use strict";
  const root = document.documentElement;
  // What readers see at first: a phone shrinks a page that is too wide for it.
  const { width: wide, height: high } = visualViewport;
  // What a form has is named by its controls first, in every world: an input called parentElement would be its parent.
  const of = (kind, name) => { const { get } = Object.getOwnPropertyDescriptor(kind.prototype, name); return (node) => get.call(node); };
  const does = (kind, name) => (node, ...given) => kind.prototype[name].apply(node, given);
  const [parentElement, textContent] = [of(Node, "parentElement"), of(Node, "textContent")];
  const [clientLeft, clientTop, clientWidth, clientHeight, scrollWidth, scrollHeight, zoomOf] = ["clientLeft", "clientTop", "clientWidth", "clientHeight",
    "scrollWidth", "scrollHeight", "currentCSSZoom"].map((name) => (name in Element.prototype ? of(Element, name) : () => 1));
  const [closest, matches, boxOf, boxesOf, attribute, within] = ["closest", "matches", "getBoundingClientRect", "getClientRects", "getAttribute", "querySelectorAll"].map((name) => does(Element, name));
  const [contains, rootOf] = [does(Node, "contains"), does(Node, "getRootNode")];
  const [assignedSlot, tagName] = [of(Element, "assignedSlot"), of(Element, "tagName")];
  const inlineStyle = (element) => (element instanceof HTMLElement ? of(HTMLElement, "style")(element) : element.style);
  const round = (number) => Math.round(number * 10) / 10;
  const style = (element) => getComputedStyle(element);
  const parentOf = (node) => (node instanceof Element && assignedSlot(node)) || parentElement(node) || (rootOf(node) instanceof ShadowRoot ? rootOf(node).host : null);
  const ancestors = (element) => { const found = []; for (let at = element; at; at = parentOf(at)) found.push(at); return found; };
  const bare = (text) => text.replace(/\s+/gu, "");

  // ---- colours, as the browser itself resolves them
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const rgba = (colour) => {
    if (!known.has(colour)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      known.set(colour, [r, g, b, a / 255]);
    }
    return known.get(colour);
  };
  const over = (top, below) => {
    const alpha = top[3] + below[3] * (1 - top[3]);
    return alpha ? [...[0, 1, 2].map((i) => (top[i] * top[3] + below[i] * below[3] * (1 - top[3])) / alpha), alpha] : [0, 0, 0, 0];
  };
  const luminance = (colour) => {
    const [r, g, b] = colour.slice(0, 3).map((c) => { const s = c / 255; return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };

  // The contrast of an element's text to what lies behind it; `sure` unless something is painted that styles alone do not tell.
  const paint = (element) => {
    const own = style(element);
    let sure = own.textShadow === "none" && !(element instanceof SVGElement);
    let pictured = false;
    let ink = rgba(own.webkitTextFillColor || own.color);
    let behind = [0, 0, 0, 0];
    for (const at of ancestors(element)) {
      const has = style(at);
      if (has.backgroundImage !== "none" && has.backgroundImage) { sure = false; pictured = true; }
      if (has.filter !== "none" || has.mixBlendMode !== "normal" || (has.backdropFilter && has.backdropFilter !== "none")) sure = false;
      if (has.clipPath !== "none" || (has.maskImage && has.maskImage !== "none") || has.backgroundClip === "text") sure = false;
      // A box and what stands in it fade together.
      const ground = rgba(has.backgroundColor);
      [ink, behind] = [over(ink, ground), over(behind, ground)].map(([r, g, b, alpha]) => [r, g, b, alpha * Number(has.opacity)]);
    }
    const paper = style(root).colorScheme === "dark" ? [18, 18, 18, 1] : [255, 255, 255, 1];
    return { contrast: contrast(over(ink, paper), over(behind, paper)), sure, pictured };
  };

  // ---- style rules: how many there are, and which of them show something on hover or by a control
  const rules = [];
  const unread = [];
  const gather = (list, depth) => {
    for (const rule of list) {
      if (rules.length > 60000 || depth > 8) return;
      if (rule.selectorText !== undefined) rules.push(rule);
      if (rule.styleSheet) { try { gather(rule.styleSheet.cssRules, depth + 1); } catch { unread.push(rule.href); } }
      else if (rule.type === 3 && matchMedia(rule.media.mediaText).matches) unread.push(rule.href);
      if (rule.cssRules && (!(rule instanceof CSSMediaRule) || matchMedia(rule.conditionText).matches)) gather(rule.cssRules, depth + 1);
    }
  };
  for (const sheet of document.styleSheets) {
    try { gather(sheet.cssRules, 0); } catch { if (matchMedia(sheet.media.mediaText).matches) unread.push(sheet.href); }
  }
  const ACTS = /:(hover|focus(?:-within|-visible)?|active|checked|target|open|popover-open)/;
  const revealing = rules.filter((rule) => ACTS.test(rule.selectorText));
  const SHOWS = ["display", "visibility", "opacity", "height", "max-height", "width", "max-width", "clip", "clip-path", "transform", "position", "left",
    "top", "right", "bottom", "font-size", "color", "text-indent", "overflow", "-webkit-line-clamp", "content-visibility", "scale", "margin-left"];
  const parts = (selector) => selector.split(/,(?![^(]*\))/u);
  const ACTED = new RegExp(`(^|[\\s>+~(])?${ACTS.source}`, "gu");
  let shown = null;
  const showing = () => {
    shown ||= revealing.filter((rule) => SHOWS.some((name) => rule.style.getPropertyValue(name))).flatMap((rule) => parts(rule.selectorText)).filter((part) => ACTS.test(part))
      .map((part) => [part.replace(ACTED, (_, before) => (before === undefined ? "" : `${before}*`)), /:(hover|focus|active)/.test(part) ? "hover" : "control"]);
    return shown;
  };
  const reveals = new Map();
  const revealedBy = (hiding) => {
    if (!reveals.has(hiding)) {
      const found = showing().find(([plain]) => { try { return matches(hiding, plain); } catch { return false; /* a selector of another kind */ } });
      reveals.set(hiding, found ? found[1] : null);
    }
    return reveals.get(hiding);
  };

  // ---- why the text of an element is not seen, as far as styles and boxes tell
  const states = new Map();
  const state = (element) => {
    if (!states.has(element)) states.set(element, stateOf(element));
    return states.get(element);
  };
  const stateOf = (element) => {
    const chain = ancestors(element);
    for (const at of [...chain].reverse()) {
      const has = style(at);
      if (has.display === "none") return { unseen: revealedBy(at) || "display" };
      const box = closest(at, "details");
      if (box && !box.open && at !== box && !closest(at, "summary")) return { unseen: "details" };
      if (at !== element && has.contentVisibility === "hidden") return { unseen: revealedBy(at) || "display" };
    }
    if (style(element).contentVisibility === "hidden") return { unseen: "display" };
    const own = style(element);
    if (own.visibility !== "visible") {
      const from = chain.filter((at) => style(at).visibility !== "visible").pop();
      return { unseen: revealedBy(from) || revealedBy(element) || "visibility" };
    }
    let opacity = 1;
    for (const at of chain) opacity *= Number(style(at).opacity);
    if (opacity < 0.1) {
      const faint = chain.find((at) => Number(style(at).opacity) < 0.5) || element;
      return { unseen: revealedBy(faint) || "opacity" };
    }
    return { unseen: null };
  };

  // The boxes that cut what lies in an element, from the inside outwards: those in its chain of containing blocks.
  const clips = (element) => {
    const cuts = (has) => has.overflowX !== "visible" || has.overflowY !== "visible";
    const own = style(element);
    const found = own.display !== "inline" && cuts(own) && element !== document.body && element !== root ? [element] : [];
    let position = own.position;
    for (let at = parentOf(element); at && at !== root; at = parentOf(at)) {
      const has = style(at);
      const moved = has.transform !== "none" || /paint|layout|strict|content/u.test(has.contain);
      if ((position === "absolute" && has.position === "static" && !moved) || (position === "fixed" && !moved)) continue;
      if (at !== document.body && cuts(has)) found.push(at);
      position = has.position;
    }
    return found;
  };

  const area = (box) => Math.max(0, box.right - box.left) * Math.max(0, box.bottom - box.top);
  const meet = (one, other) => ({
    left: Math.max(one.left, other.left), top: Math.max(one.top, other.top), right: Math.min(one.right, other.right), bottom: Math.min(one.bottom, other.bottom),
  });

  // What of a line of text (in the coordinates of the window) is left when all that cuts it is taken off, and what took the most.
  const remains = (line, element) => {
    let left = line;
    let why = null;
    const loses = (box, reason) => {
      const next = meet(left, box);
      if (area(next) < 0.4 * area(left) && !why) why = reason;
      left = next;
    };
    let isPage = false;
    for (const at of clips(element)) {
      const has = style(at);
      const box = boxOf(at);
      const [across, down] = [clientWidth(at), clientHeight(at)];
      const inner = { left: box.left + clientLeft(at), top: box.top + clientTop(at), right: box.left + clientLeft(at) + across, bottom: box.top + clientTop(at) + down };
      if (has.overflowX === "visible") { inner.left = -Infinity; inner.right = Infinity; }
      if (has.overflowY === "visible") { inner.top = -Infinity; inner.bottom = Infinity; }
      const downwards = ["auto", "scroll"].includes(has.overflowY) && scrollHeight(at) > down + 1;
      const scrolls = downwards || (["auto", "scroll"].includes(has.overflowX) && scrollWidth(at) > across + 1);
      // An application that scrolls in one box as large as the window: that box is its page.
      if (downwards && across > 0.8 * wide && down > 0.6 * high) { isPage = true; continue; }
      const tiny = down < 0.5 || across < 0.5 ? "zero_size" : down <= 4 || across <= 4 ? "clip" : null;
      const reason = tiny || (scrolls ? "scrolled" : line.right <= inner.left || line.bottom <= inner.top ? "off_screen" : "cut");
      loses(inner, (reason !== "scrolled" && revealedBy(at)) || reason);
    }
    for (const at of ancestors(element)) {
      const has = style(at);
      const rect = /^rect\((.*)\)$/u.exec(has.clip);
      if (rect && (has.position === "absolute" || has.position === "fixed")) {
        const box = boxOf(at);
        const sides = rect[1].split(/[ ,]+/u).map((side) => (side === "auto" ? null : parseFloat(side)));
        loses({
          top: box.top + (sides[0] ?? -1e6), right: sides[1] === null ? Infinity : box.left + sides[1],
          bottom: sides[2] === null ? Infinity : box.top + sides[2], left: box.left + (sides[3] ?? -1e6),
        }, revealedBy(at) || "clip");
      }
    }
    // Readers scroll down, and not to the side.
    const page = { left: -scrollX, top: -scrollY, right: wide - scrollX, bottom: isPage ? Infinity : Math.max(high, root.scrollHeight) - scrollY };
    const sideways = ["hidden", "clip"].includes(style(root).overflowX) || (document.body && ["hidden", "clip"].includes(style(document.body).overflowX));
    if (sideways) page.right = root.clientWidth - scrollX;
    loses(page, revealedBy(element) || "off_screen");
    return { left, why, share: area(line) ? area(left) / area(line) : 0 };
  };

  const scaleOf = (element) => {
    // A size is told as it was before the zoom.
    let scale = zoomOf(element);
    for (const at of ancestors(element)) {
      const has = style(at);
      if (has.transform && has.transform !== "none") { const m = new DOMMatrix(has.transform); scale *= Math.sqrt(Math.abs(m.a * m.d - m.b * m.c)); }
      if (has.scale && has.scale !== "none") scale *= parseFloat(has.scale);
      if (at === root) break;
    }
    return scale;
  };

  const stuck = (element) => ancestors(element).map((at) => style(at).position).find((position) => position === "fixed" || position === "sticky") || null;

  // Whether something else lies over the line; the picture of it says whether it hides it.
  const isCovered = (line, element) => {
    const y = (line.top + line.bottom) / 2;
    const hits = [0.1, 0.5, 0.9].map((part) => document.elementFromPoint(line.left + part * (line.right - line.left), y)).filter(Boolean);
    const strange = hits.filter((hit) => hit !== element && !contains(hit, element) && !contains(element, hit) && !(rootOf(hit) instanceof ShadowRoot));
    return hits.length > 0 && strange.length > hits.length / 2;
  };

  // What lies at the edge of the window may lie under a bar that sticks there.
  const centre = (line, element) => {
    if (stuck(element) === "fixed") return;
    const y = scrollY + (line.top + line.bottom) / 2 - high / 2;
    scrollTo({ left: 0, top: Math.max(0, y), behavior: "instant" });
  };

  // ---- where the marks are
  const texts = new Map();
  const marks = new Map();
  const walker = document.createTreeWalker(document, NodeFilter.SHOW_COMMENT);
  while (walker.nextNode()) {
    const [token, id, more] = walker.currentNode.data.split(":", 3);
    if (token === asked.token && !more && !marks.has(id)) marks.set(id, walker.currentNode);
  }
  const placed = new Map();
  for (const element of document.querySelectorAll(`[data-${asked.token}]`)) {
    for (const id of attribute(element, `data-${asked.token}`).split(" ")) if (!placed.has(id)) placed.set(id, element);
  }
  // The text nodes behind a mark, or in a marked element.
  const nodesOf = (id) => {
    const element = placed.get(String(id));
    const mark = marks.get(String(id));
    if (!mark && !element) return null;
    const nodes = document.createTreeWalker(mark ? document : element, NodeFilter.SHOW_TEXT);
    if (mark) nodes.currentNode = mark;
    return nodes;
  };
  // A text is told without its white space: `within` begins with what stands at the mark, and `said` is the part that is meant.
  for (const { id, within, said } of asked.texts) {
    const nodes = nodesOf(id);
    if (!nodes) continue;
    const read = [];
    let length = 0;
    while (length < within.length + said.length && nodes.nextNode()) {
      const node = nodes.currentNode;
      if (node.parentElement && /^(SCRIPT|STYLE|TEMPLATE|TITLE|TEXTAREA)$/iu.test(tagName(node.parentElement))) continue;
      const solid = bare(node.data);
      if (solid) read.push({ node, from: length, solid });
      length += solid.length;
    }
    const whole = read.map(({ solid }) => solid).join("").toLowerCase();
    const wanted = said.toLowerCase();
    // What is no part of the mark's own words may be found further on, but only as a whole.
    let begin = !marks.has(String(id)) || whole.startsWith(within.slice(0, 12).toLowerCase()) ? whole.indexOf(wanted) : -1;
    if (begin < 0 && whole.startsWith(wanted.slice(0, 12))) begin = 0;
    if (begin < 0) continue;
    const end = begin + wanted.length;
    const found = [];
    for (const { node, from, solid } of read) {
      const [first, last] = [Math.max(0, begin - from), Math.min(solid.length, end - from)];
      if (first >= last) continue;
      let seen = 0;
      let [start, stop] = [null, null];
      for (let at = 0; at < node.data.length && stop === null; at += 1) {
        if (/\s/u.test(node.data[at])) continue;
        if (seen === first) start = at;
        seen += 1;
        if (seen === last) stop = at + 1;
      }
      const range = new Range();
      range.setStart(node, start);
      range.setEnd(node, stop);
      found.push(range);
    }
    if (found.length) texts.set(id, found);
  }

  // ---- the running text: what is drawn in most of its characters, where, and whether it is seen at all
  const running = () => {
    const blocks = new Map();
    const nodes = document.createTreeWalker(document.body || root, NodeFilter.SHOW_TEXT);
    let all = 0;
    while (nodes.nextNode() && all < 400000) {
      const node = nodes.currentNode;
      const element = node.parentElement;
      const chars = bare(node.data).length;
      if (!element || chars < 2 || /^(SCRIPT|STYLE|TEMPLATE|NOSCRIPT|OPTION|BUTTON|TEXTAREA)$/iu.test(tagName(element))) continue;
      const block = closest(element, "p, li, dd, blockquote, td, figcaption, h1, h2, h3, h4, h5, h6, div, section, article, main, body");
      if (!block || /^(FIGCAPTION|H[1-6])$/u.test(block.tagName) || closest(block, "nav, footer, header, aside, dialog, [role=navigation], [role=contentinfo]")) continue;
      // Some systems put a form around the whole page.
      const form = closest(block, "form");
      if (form && boxOf(form).height < 2 * high) continue;
      all += chars;
      const entry = blocks.get(block) || { chars: 0, parts: [] };
      entry.chars += chars;
      entry.parts.push([element, chars]);
      blocks.set(block, entry);
    }
    const long = [...blocks].filter(([, entry]) => entry.chars >= 60);
    const chosen = long.length ? long : [...blocks];
    const sizes = [];
    const contrasts = [];
    const columns = [];
    let seen = 0;
    let total = 0;
    for (const [block, entry] of chosen) {
      total += entry.chars;
      const box = block.getBoundingClientRect();
      if (state(block).unseen || box.width < 1 || box.height < 1) continue;
      for (const [element, chars] of entry.parts) {
        if (state(element).unseen) continue;
        seen += chars;
        sizes.push([parseFloat(style(element).fontSize) * scaleOf(element), chars]);
        if (contrasts.length < 400) contrasts.push([paint(element).contrast, chars]);
      }
      columns.push([box, entry.chars]);
    }
    const median = (pairs) => {
      pairs.sort((a, b) => a[0] - b[0]);
      let half = pairs.reduce((sum, pair) => sum + pair[1], 0) / 2;
      for (const [value, weight] of pairs) { half -= weight; if (half <= 0) return value; }
      return null;
    };
    const x = median(columns.map(([box, chars]) => [box.left + scrollX, chars]));
    const width = median(columns.map(([box, chars]) => [box.width, chars]));
    const top = columns.length ? Math.min(...columns.map(([box]) => box.top + scrollY)) : null;
    const bottom = columns.length ? Math.max(...columns.map(([box]) => box.bottom + scrollY)) : null;
    return {
      size: median(sizes), contrast: median(contrasts), share: total ? seen / total : 1, chars: total,
      column: x === null ? null : [round(x), round(top), round(width), round(bottom - top)],
    };
  };

  // Whether the page stands as a browser shows a page without any style: its margins and its font are the browser's own.
  const isBare = () => {
    const plain = document.body ? style(document.body) : null;
    return plain !== null && plain.marginTop === "8px" && plain.marginLeft === "8px" && /^"?Times/u.test(plain.fontFamily);
  };

  const generated = (element, which) => {
    const has = getComputedStyle(element, which);
    if (has.content === "none" || has.content === "normal" || has.display === "none" || has.visibility !== "visible" || Number(has.opacity) < 0.1 || parseFloat(has.fontSize) < 1) return "";
    return [...has.content.matchAll(/"((?:[^"\\]|\\.)*)"/gu)].map((found) => found[1].replace(/\\(.)/gu, "$1")).join("").slice(0, 200);
  };
  // What style sheets write at a link, at what holds nothing but the link, and at what the link holds.
  const written = (element, which) => {
    const holders = [element];
    const said = bare(textContent(element));
    const isAll = (whole) => whole.length < 2 * said.length + 2000 && bare(whole) === said;
    for (let at = parentElement(element); at && at !== document.body && isAll(textContent(at)); at = parentElement(at)) holders.push(at);
    return [...holders, ...[...within(element, "*")].slice(0, 10)].map((at) => generated(at, which)).filter(Boolean).join(" ").slice(0, 200);
  };

  const linesOf = (ranges) => {
    const lines = [];
    for (const range of ranges) {
      for (const rect of range.getClientRects()) {
        if (rect.width < 0.5 && rect.height < 0.5) continue;
        lines.push({ left: rect.left, top: rect.top, right: rect.right, bottom: rect.bottom, of: range.startContainer.parentElement });
      }
    }
    return lines;
  };

  // One line of drawn text for what stands in several inline boxes beside each other.
  const joined = (lines) => {
    const found = [];
    for (const line of lines) {
      const last = found.at(-1);
      const overlap = last ? Math.min(last.bottom, line.bottom) - Math.max(last.top, line.top) : 0;
      if (last && overlap > 0.5 * Math.min(last.bottom - last.top, line.bottom - line.top) && line.left - last.right < 40 && last.left - line.right < 40) {
        Object.assign(last, { left: Math.min(last.left, line.left), top: Math.min(last.top, line.top), right: Math.max(last.right, line.right), bottom: Math.max(last.bottom, line.bottom) });
      } else found.push({ ...line });
    }
    return found;
  };

  const most = (counts) => [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;

  const lookAtText = (ranges) => {
    const counts = new Map();
    const add = (why, chars) => counts.set(why, (counts.get(why) || 0) + chars);
    let chars = 0;
    let seen = 0;
    const sizes = [];
    const contrasts = [];
    let sure = true;
    let pictured = false;
    const drawn = [];
    for (const range of ranges) {
      const element = range.startContainer.parentElement;
      const length = bare(range.toString()).length;
      chars += length;
      const why = state(element).unseen;
      if (why) { add(why, length); continue; }
      const size = parseFloat(style(element).fontSize) * scaleOf(element);
      const lines = linesOf([range]);
      if (!lines.length || size < 1) { add(revealedBy(element) || "zero_size", length); continue; }
      const whole = lines.reduce((sum, line) => sum + area(line), 0);
      for (const line of lines) {
        centre(line, element);
        const here = range.getClientRects();
        const now = [...here].find((rect) => Math.abs(rect.width - (line.right - line.left)) < 1 && Math.abs(rect.left - line.left) < 1 && Math.abs(rect.top + scrollY - line.top) < 2) || [...here].find((rect) => Math.abs(rect.width - (line.right - line.left)) < 1) || line;
        const rest = remains({ left: now.left, top: now.top, right: now.right, bottom: now.bottom }, element);
        const weight = whole ? (length * area(line)) / whole : length / lines.length;
        if (rest.share < 0.4) { add(rest.why || "cut", weight); continue; }
        seen += weight * Math.min(1, rest.share * 1.05);
        if (rest.share < 0.95) add(rest.why || "cut", weight * (1 - rest.share));
        const painted = paint(element);
        sizes.push([size, weight]);
        contrasts.push([painted.contrast, weight]);
        pictured ||= painted.pictured;
        const covered = isCovered(rest.left, element);
        if (!painted.sure || covered) sure = false;
        if (covered) add("covered", 0.001);
        // Back to where it stands in a page that nobody has scrolled.
        const [dx, dy] = [line.left - now.left, line.top - now.top];
        drawn.push({ left: rest.left.left + dx, top: rest.left.top + dy, right: rest.left.right + dx, bottom: rest.left.bottom + dy });
      }
      scrollTo({ left: 0, top: 0, behavior: "instant" });
    }
    const share = chars ? seen / chars : 0;
    const weighted = (pairs) => { const sum = pairs.reduce((total, pair) => total + pair[1], 0); return sum ? pairs.reduce((total, pair) => total + pair[0] * pair[1], 0) / sum : null; };
    // The whole sentence is what readers need: a quarter of it that is cut off may be the part about money.
    const covered = counts.delete("covered");
    return {
      unseen: share < 0.75 ? most(counts) || "zero_size" : null, share: Math.min(1, share), lines: joined(drawn), size: weighted(sizes),
      contrast: contrasts.length ? Math.min(...contrasts.map((pair) => pair[0])) : null, sure, pictured, covered,
      stuck: stuck(ranges[0].startContainer.parentElement),
    };
  };

  const lookAtElement = (element) => {
    const why = state(element).unseen;
    const found = { unseen: why, share: why ? 0 : 1, lines: [], size: null, contrast: null, sure: true, pictured: false, covered: false, stuck: null, before: "", after: "" };
    if (why) return found;
    let rects = [...boxesOf(element)].filter((rect) => rect.width > 0.5 && rect.height > 0.5);
    if (!rects.length) rects = [...within(element, "*")].slice(0, 40).flatMap((inner) => (state(inner).unseen ? [] : [...boxesOf(inner)])).filter((rect) => rect.width > 0.5 && rect.height > 0.5);
    const lines = rects.map((rect) => ({ ...remains(rect, element) }));
    const left = lines.filter((line) => line.share >= 0.4).map((line) => ({ left: line.left.left + scrollX, top: line.left.top + scrollY, right: line.left.right + scrollX, bottom: line.left.bottom + scrollY }));
    if (!left.length) { found.unseen = lines[0]?.why || "zero_size"; found.share = 0; return found; }
    found.lines = joined(left);
    found.size = parseFloat(style(element).fontSize) * scaleOf(element);
    found.stuck = stuck(element);
    found.before = written(element, "::before");
    found.after = written(element, "::after");
    return found;
  };

  const told = (look) => ({
    ...look, lines: look.lines.map((line) => [line.left, line.top, line.right - line.left, line.bottom - line.top].map(round)),
    size: look.size === null ? null : round(look.size), contrast: look.contrast === null ? null : Math.round(look.contrast * 100) / 100, share: Math.round(look.share * 100) / 100,
  });

  scrollTo({ left: 0, top: 0, behavior: "instant" });
  const text = running();
  const found = {};
  // A name that is not seen here may be seen there: under the headline on a wide window, in a box below the text on a narrow one.
  const seenElsewhere = (said) => {
    const nodes = document.createTreeWalker(document.body || root, NodeFilter.SHOW_TEXT);
    for (let left = 30; left > 0 && nodes.nextNode();) {
      const node = nodes.currentNode;
      if (!bare(node.data).toLowerCase().includes(said.toLowerCase())) continue;
      left -= 1;
      const range = new Range();
      range.selectNodeContents(node);
      const look = lookAtText([range]);
      if (!look.unseen) return look;
    }
    return null;
  };
  for (const { id, said, anywhere } of asked.texts) {
    if (!texts.has(id)) continue;
    const look = lookAtText(texts.get(id));
    found[id] = told((look.unseen && anywhere && seenElsewhere(said)) || look);
  }
  for (const id of asked.elements) {
    const element = placed.get(String(id));
    if (element) found[id] = told(lookAtElement(element));
  }
  scrollTo({ left: 0, top: 0, behavior: "instant" });

  // Kept for `ink`: the highlight that makes the texts transparent without touching the page's elements.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("::highlight(dc-ink){color:transparent !important;-webkit-text-fill-color:transparent !important;text-shadow:none !important}");
  const undone = [];
  globalThis.dcInk = (ids) => {
    if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    CSS.highlights.delete("dc-ink");
    for (const undo of undone.splice(0)) undo();
    if (ids.length) CSS.highlights.set("dc-ink", new Highlight(...ids.flatMap((id) => texts.get(id) || [])));
    // Shadows, and text in drawings, are beyond a highlight.
    for (const element of new Set(ids.flatMap((id) => texts.get(id) || []).map((range) => range.startContainer.parentElement))) {
      for (const [name, value, due] of [["text-shadow", "none", style(element).textShadow !== "none"], ["fill", "transparent", element instanceof SVGElement]]) {
        if (!due) continue;
        const own = inlineStyle(element);
        const [was, how] = [own.getPropertyValue(name), own.getPropertyPriority(name)];
        own.setProperty(name, value, "important");
        undone.push(() => own.setProperty(name, was, how));
      }
    }
  };
  // Where the texts stand in the window when the page is scrolled to `top`.
  globalThis.dcShow = (top, ids) => {
    scrollTo({ left: 0, top, behavior: "instant" });
    // A phone shows a part of what is too wide for it, and at the end of the page another part than scrolling alone brings up.
    const [first] = linesOf(texts.get(ids[0]));
    const y = first ? first.top - visualViewport.offsetTop : 0;
    if (y < 0 || y > visualViewport.height - 20) first.of.scrollIntoView({ block: "center", behavior: "instant" });
    const { offsetLeft, offsetTop, width } = visualViewport;
    const boxes = ids.map((id) => [id, linesOf(texts.get(id)).map((line) => [line.left - offsetLeft, line.top - offsetTop, line.right - line.left, line.bottom - line.top])]);
    return { width, boxes: Object.fromEntries(boxes) };
  };

  // What frames say that lie in the page: their text stands in no markup of ours, and readers see it all the same.
  const frames = [...document.querySelectorAll("iframe")].slice(0, 40).flatMap((frame) => {
    const look = lookAtElement(frame);
    let text = "";
    try { text = frame.contentDocument.body.innerText.trim().slice(0, 2000); } catch { /* of another world, or empty */ }
    return !text || look.unseen ? [] : [{ text, box: told(look).lines[0], fixed: look.stuck === "fixed" }];
  }).slice(0, 10);

  const links = [...document.querySelectorAll("link")].filter((link) => /(^|\s)stylesheet(\s|$)/iu.test(link.rel) && !/alternate/iu.test(link.rel) && !link.disabled);
  const waiting = [...document.querySelectorAll("link[onload]")].filter((link) => (/preload/iu.test(link.rel) && link.as === "style") || (link.sheet && !matchMedia(link.media).matches));
  const loaded = new Set(links.filter((link) => link.sheet && matchMedia(link.media).matches).map((link) => link.href));
  return {
    found, text: { ...text, size: text.size === null ? null : round(text.size), contrast: text.contrast === null ? null : Math.round(text.contrast * 100) / 100 },
    rules: rules.length, bare: isBare(), styled: document.querySelector("[style]") !== null,
    unloaded: [...new Set([
      ...links.filter((link) => !link.sheet && matchMedia(link.media).matches).map((link) => link.href), ...unread,
      ...waiting.map((link) => link.href).filter((href) => !loaded.has(href)),
    ])].filter(Boolean).slice(0, 40),
    frames, window: [wide, high], page: [root.scrollWidth, Math.max(root.scrollHeight, document.body ? document.body.scrollHeight : 0)].map(round),
    scripted: [...document.scripts].some((script) => script.src || !script.type || /javascript|module/iu.test(script.type)),
    viewport: document.querySelector("meta[name=viewport i]") !== null, rtl: style(document.body || root).direction === "rtl",
  };
})
