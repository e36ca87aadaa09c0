// The page as a strip: how high each part stands, where the notice is and where the first paid link.

// A picture stands as high as so many characters, and no block is lower than a line.
const PICTURE = 300;
const LINE = 60;

function heights(blocks) {
  let at = 0;
  const places = blocks.map((block) => {
    const high = block.hidden ? 0 : Math.max(block.kind === "image" ? PICTURE : block.length, LINE);
    at += high;
    return { top: at - high, high };
  });
  return places.map(({ top, high }) => ({ top: at ? top / at : 0, high: at ? high / at : 0 }));
}

// What stands in the alternative text of a picture is no notice that readers see.
const unseen = (block, wanted) => block.hidden || (wanted !== "link" && block.kind === "image");

// The first in the piece itself; else the first that readers see.
function firstWith(blocks, wanted) {
  const found = blocks.filter((block) => !unseen(block, wanted) && block.marks.some(({ kind }) => kind === wanted));
  return found.find((block) => !AROUND.has(block.region)) || found[0];
}

function map(blocks, findings) {
  const places = heights(blocks);
  const pointed = pointers(findings);
  const at = (block) => ({ top: `${(100 * places[block.at].top).toFixed(2)}%`, high: `${(100 * places[block.at].high).toFixed(2)}%` });
  const bands = blocks
    .filter((block) => !block.hidden)
    .map((block) => h("span", { class: `band ${AROUND.has(block.region) ? "around" : "piece"} ${block.kind}`, vars: at(block) }));
  const ticks = blocks.flatMap((block) =>
    [...new Set(block.marks.map(({ kind }) => kind))]
      .filter((kind) => kind !== "image" && kind !== "more")
      .map((kind) => h("span", { class: `tick ${kind} ${block.hidden ? "hidden-text" : ""}`, vars: at(block) })),
  );
  const numbers = blocks
    .filter((block) => (pointed.get(block.at) || []).some(({ role }) => role === "primary"))
    .map((block) => h("span", { class: "tick finding", vars: at(block) }));
  const notice = firstWith(blocks, "notice") || firstWith(blocks, "hint");
  const link = firstWith(blocks, "link");
  // Where both stand close together the lower sign moves down, so that both can be read.
  const signs = [
    notice && { block: notice, kind: "notice", label: notice.marks.some(({ kind }) => kind === "notice") ? "Notice" : "Unclear" },
    link && { block: link, kind: "link", label: "First link" },
  ]
    .filter(Boolean)
    .sort((one, other) => one.block.at - other.block.at);
  const close = signs.length > 1 && places[signs[1].block.at].top - places[signs[0].block.at].top < 0.09;
  const sign = ({ block, kind, label }, nth) =>
    button(label, () => showBlock(block.at), {
      class: `sign ${kind}${nth && close ? " lower" : ""}`,
      vars: { top: `${Math.min(94, 100 * places[block.at].top).toFixed(2)}%` },
    });
  return h("div", { class: "map" }, h("div", { class: "strip", "aria-hidden": "true" }, bands, ticks, numbers), signs.map(sign));
}

// The same in a sentence.
function mapLine(blocks) {
  const places = heights(blocks);
  const at = (block) => `${percent(places[block.at].top, 1)} of the way down, ${regionName(block.region)}`;
  const link = firstWith(blocks, "link");
  const plain = firstWith(blocks, "notice");
  const hint = firstWith(blocks, "hint");
  const hidden = blocks.some((block) => unseen(block, "notice") && block.marks.some(({ kind }) => kind === "notice"));
  const notice = plain
    ? `The first plain notice stands ${at(plain)}`
    : hint
      ? `What hints at paid links, ${at(hint)}, is no plain notice`
      : hidden
        ? "The only plain notice is one that readers do not see"
        : "There is no notice";
  return `${notice}; ${link ? `the first paid link stands ${at(link)}` : "there is no paid link"}.`;
}
