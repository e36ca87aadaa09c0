// One finding: what is wrong, what to do, what to paste, where, and who asks.

function pasteBox(finding) {
  if (!finding.paste) return null;
  return h(
    "div",
    { class: "paste" },
    h("blockquote", { lang: finding.lang || null }, said(finding.paste)),
    button("Copy the sentence", () => copy(finding.paste), { class: "copy" }),
  );
}

const isChosen = (finding) => String(finding.number) === address().finding;
const numberLink = (finding) =>
  h("a", { class: `number ${finding.kind}`, href: hash({ finding: finding.number }), "aria-label": `Finding ${finding.number}` }, finding.number);

function cardHead(finding, numbers) {
  return h(
    "header",
    {},
    numbers,
    tag(finding.kind),
    h("span", { class: "quiet" }, `${finding.rule} ${ruleName(finding.rule)}`),
    finding.confidence === "high" ? null : h("span", { class: "quiet" }, `${finding.confidence} confidence`),
  );
}

function findingCard(finding, row, blocks) {
  return h(
    "li",
    {
      id: `finding-${finding.number}`,
      tabindex: "-1",
      class: ["card", "finding", finding.kind, finding.state === "new" ? "" : "waived", isChosen(finding) ? "chosen" : ""].filter(Boolean).join(" "),
    },
    cardHead(finding, numberLink(finding)),
    h("h3", {}, said(finding.message)),
    waived(finding),
    whatToDo([finding], row),
    finding.evidence.length
      ? h(
          "ul",
          { class: "places", "aria-label": "Where" },
          finding.evidence.map((each) => place(each, blocks)),
        )
      : null,
    finding.seen ? h("p", { class: "quiet" }, said(finding.seen)) : null,
    asked(finding),
    source(finding),
  );
}

// Several findings that ask for the same thing.
function groupCard(group, row, blocks) {
  const [first] = group;
  const item = (finding) =>
    h(
      "li",
      { id: `finding-${finding.number}`, tabindex: "-1", class: isChosen(finding) ? "chosen" : "" },
      numberLink(finding),
      " ",
      said(finding.message),
      finding.evidence.length
        ? h(
            "ul",
            { class: "places", "aria-label": "Where" },
            finding.evidence.slice(0, 1).map((each) => place(each, blocks)),
          )
        : null,
    );
  const shown = group.some((finding) => isChosen(finding)) ? group.length : 5;
  return h(
    "li",
    { class: `card finding group-of ${first.kind}` },
    cardHead(first, null),
    h("h3", {}, `${faultName(first.rule)}, in ${count(group.length, "place")}`),
    whatToDo(group, row),
    h("ol", { class: "items" }, group.slice(0, shown).map(item)),
    group.length > shown
      ? h(
          "details",
          { class: "rest" },
          h("summary", {}, `and ${figure(group.length - shown)} more`),
          h("ol", { class: "items" }, group.slice(shown).map(item)),
        )
      : null,
    asked(first),
  );
}

// What answer to its question makes a finding a fault.
const doWord = (finding) => (finding.asks ? `If ${finding.yes === "fault" ? "yes" : "no"}: ` : "Do: ");

function waived(finding) {
  if (finding.state === "new") return null;
  const why = finding.waiver
    ? [finding.waiver.why, finding.waiver.owner, finding.waiver.until ? `until ${finding.waiver.until}` : null].filter(Boolean).join(" · ")
    : "";
  return h("p", { class: "waiver" }, h("b", {}, finding.state === "baselined" ? "Known, in the baseline. " : "Waived. "), said(why));
}

function whatToDo(group, row) {
  const [finding] = group;
  return [
    finding.asks && finding.question && finding.state === "new"
      ? answerBox(
          group.map((each) => ({ row, finding: each })),
          group.length > 1 ? `${finding.question} (one answer for all ${figure(group.length)})` : finding.question,
          `answer-${finding.number}`,
        )
      : null,
    h("p", {}, h("b", {}, doWord(finding)), said(finding.fix)),
    pasteBox(finding),
    h("p", { class: "quiet" }, said(finding.why)),
  ];
}

function asked(finding) {
  return h(
    "details",
    {},
    h("summary", {}, `Who asks for it: ${askedBy(finding)}`),
    finding.asked && finding.asked.length
      ? h("ul", { class: "asked" }, finding.asked.map(authority))
      : h("p", { class: "quiet" }, "The house itself."),
    finding.profiles && finding.profiles.length
      ? h("p", { class: "quiet" }, `In the profile${finding.profiles.length > 1 ? "s" : ""} ${finding.profiles.join(", ")}`)
      : null,
  );
}

function source(finding) {
  return finding.excerpt
    ? h(
        "details",
        { class: "source" },
        h("summary", {}, "In the source"),
        h("pre", { tabindex: "0" }, h("code", { dir: "ltr" }, finding.excerpt)),
        h("p", { class: "quiet" }, `Fingerprint ${finding.fingerprint}`),
      )
    : null;
}

// Where it is, as an editor finds it: in which part of the page, beside which words, on which line of the source.
function place(each, blocks) {
  const block = blocks && each.block !== null && each.block !== undefined ? blocks[each.block] : null;
  const words = each.quote || (block && block.text) || "";
  const where = [block ? regionName(block.region) : null, each.line ? `line ${each.line}` : null].filter(Boolean).join(", ");
  return h(
    "li",
    {},
    block ? button(capital(each.label), () => showBlock(block.at), { class: "go" }) : h("span", {}, capital(each.label)),
    words ? [": ", said(words, "q")] : null,
    where ? h("span", { class: "quiet" }, ` (${where})`) : null,
  );
}

function authority(key) {
  const found = RUN.authorities[key];
  if (!found) return h("li", {}, said(key));
  return h(
    "li",
    {},
    outside(found.url, found.title),
    found.section ? [", ", said(found.section)] : null,
    found.asks ? h("p", {}, said(found.asks)) : null,
    h(
      "p",
      { class: "quiet" },
      [found.kind ? capital(found.kind.replaceAll("_", " ")) : null, found.checked ? `last read ${found.checked}` : null].filter(Boolean).join(", "),
    ),
  );
}

function askedBy(finding) {
  const found = (finding.asked || []).map((key) => RUN.authorities[key]).filter(Boolean);
  if (!found.length) return "the house itself";
  return `${found[0].title}${found.length > 1 ? ` and ${count(found.length - 1, "more text")}` : ""}`;
}
