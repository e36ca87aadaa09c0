// A page as its blocks, in the order of reading: what it says of its links, its pictures and its author, marked and numbered to the findings.

// Parts of a page that stand around the piece; without a mark in them they are folded.
const AROUND = new Set(["navigation", "page_footer", "page_header", "sidebar", "related", "comments"]);

// Of each block the findings that point at it: { number, role }.
function pointers(findings) {
  const found = new Map();
  for (const finding of findings) {
    for (const each of finding.evidence) {
      if (each.block === null || each.block === undefined) continue;
      if (!found.has(each.block)) found.set(each.block, []);
      const known = found.get(each.block);
      if (!known.some((other) => other.number === finding.number && other.role === each.role))
        known.push({
          number: finding.number,
          role: each.role,
          kind: finding.kind,
          label: finding.paste ? "The sentence belongs here" : capital(each.label),
        });
    }
  }
  return found;
}

function outline(blocks, findings) {
  const pointed = pointers(findings);
  const groups = [];
  for (const block of blocks) {
    const last = groups.at(-1);
    if (last && last.region === block.region) last.blocks.push(block);
    else groups.push({ region: block.region, blocks: [block] });
  }
  return h(
    "div",
    { class: "outline", role: "group", "aria-label": "Outline of the page" },
    groups.map(({ region, blocks: mine }) => {
      const marked = mine.some((block) => pointed.has(block.at) || block.marks.some(({ kind }) => kind !== "image"));
      const inside = mine.map((block) => outlineBlock(block, pointed.get(block.at) || []));
      const label = capital(regionName(region));
      return AROUND.has(region)
        ? h(
            "details",
            { class: "region", open: marked },
            h(
              "summary",
              {},
              label,
              h(
                "span",
                { class: "quiet" },
                ` ${count(
                  mine.reduce((sum, block) => sum + block.count, 0),
                  "block",
                )}`,
              ),
            ),
            inside,
          )
        : h("section", { class: "region" }, h("h3", {}, label), inside);
    }),
  );
}

const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
const blockId = (at) => `block-${at}`;

function outlineBlock(block, pointed) {
  const before = pointed.filter(({ role }) => role === "insertion");
  const there = pointed.filter(({ role }) => role !== "insertion");
  const numbers = there.map(({ number, role, kind }) =>
    h(
      "a",
      {
        class: `number ${kind} ${role === "primary" ? "" : "second"}`,
        href: hash({ finding: number }),
        "aria-label": `Finding ${number}: ${(ROLE[role] || role).toLowerCase()}`,
      },
      number,
    ),
  );
  const chips = block.marks.map(({ kind, number }) =>
    h("span", { class: `mark ${kind}` }, kind === "more" ? `and ${number} more` : `${MARK[kind]} ${number}`),
  );
  const kinds = [...new Set(block.marks.map(({ kind }) => kind))];
  return [
    before.map(({ number, label }) =>
      h(
        "p",
        { class: "paste-here" },
        h("a", { class: "number insertion", href: hash({ finding: number }), "aria-label": `Finding ${number}: ${label}` }, number),
        " ",
        said(label),
      ),
    ),
    h(
      "div",
      {
        id: blockId(block.at),
        tabindex: "-1",
        class: ["block", block.kind, block.hidden ? "hidden-text" : "", ...kinds.map((kind) => `has-${kind}`)].filter(Boolean).join(" "),
      },
      numbers.length ? h("span", { class: "numbers" }, numbers) : null,
      block.kind === "gap"
        ? h("p", { class: "quiet" }, `… ${count(block.count, "block")} left out …`)
        : block.kind === "image"
          ? h(
              "p",
              {},
              h("span", { class: "picture", "aria-hidden": "true" }),
              block.text ? said(block.text) : h("span", { class: "quiet" }, "a picture without alternative text"),
            )
          : h(
              "p",
              { class: block.kind === "heading" ? `heading level-${block.level || 6}` : null },
              said(block.text),
              block.hidden ? h("span", { class: "quiet" }, " (readers do not see this)") : null,
            ),
      chips.length ? h("p", { class: "chips" }, chips) : null,
    ),
  ];
}

// Bring a block into view and show for a moment which it is.
function showBlock(at) {
  const block = document.getElementById(blockId(at));
  if (!block) return;
  for (let around = block.parentElement; around; around = around.parentElement) if (around.localName === "details") around.open = true;
  const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  const panel = block.closest(".look");
  // On a wide screen the outline scrolls beside the findings; these stay where they are.
  if (getComputedStyle(panel).overflowY === "auto") {
    // At the top of the page the panel's end hangs below the window.
    scrollBy({ top: Math.max(0, panel.getBoundingClientRect().bottom - innerHeight), behavior: "instant" });
    panel.scrollTo({
      top: panel.scrollTop + block.getBoundingClientRect().top - panel.getBoundingClientRect().top - panel.clientHeight / 3,
      behavior,
    });
  } else block.scrollIntoView({ block: "center", behavior });
  for (const each of document.querySelectorAll(".block.shown")) each.classList.remove("shown");
  void block.offsetWidth; // so that it begins anew
  block.classList.add("shown");
}
