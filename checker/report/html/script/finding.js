// One finding: what is wrong, what to do, what to paste, where, and who asks.

function pasteBox(finding) {
  if (!finding.paste) return null;
  return h("div", { class: "paste" }, h("blockquote", { lang: finding.lang || null }, said(finding.paste)), button("Copy the sentence", () => copy(finding.paste), { class: "copy" }));
}

function findingCard(finding, row, blocks) {
  const waived = finding.state !== "new";
  const chosen = String(finding.number) === address().finding;
  return h("li", { id: `finding-${finding.number}`, tabindex: "-1", class: ["card", "finding", finding.kind, waived ? "waived" : "", chosen ? "chosen" : ""].filter(Boolean).join(" ") },
    h("header", {}, h("a", { class: `number ${finding.kind}`, href: hash({ finding: finding.number }), "aria-label": `Finding ${finding.number}` }, finding.number), tag(finding.kind),
      h("span", { class: "quiet" }, `${finding.rule} ${finding.name.replaceAll("-", " ")}`), finding.confidence === "high" ? null : h("span", { class: "quiet" }, ` · ${finding.confidence} confidence`)),
    h("h3", {}, said(finding.message)),
    waived ? h("p", { class: "waiver" }, h("b", {}, finding.state === "baselined" ? "Known, in the baseline. " : "Waived. "), finding.waiver ? said([finding.waiver.why, finding.waiver.owner, finding.waiver.until ? `until ${finding.waiver.until}` : null].filter(Boolean).join(" · ")) : null) : null,
    finding.asks && finding.question ? answerBox([{ row, finding }], finding.question, `answer-${finding.number}`) : null,
    finding.asks ? h("p", {}, h("b", {}, `If ${finding.yes === "fault" ? "yes" : "no"}: `), said(finding.fix)) : h("p", {}, h("b", {}, "Do: "), said(finding.fix)),
    pasteBox(finding),
    h("p", { class: "quiet" }, said(finding.why)),
    finding.evidence.length ? h("ul", { class: "places", "aria-label": "Where" }, finding.evidence.map((each) => place(each, blocks))) : null,
    finding.seen ? h("p", { class: "quiet" }, said(finding.seen)) : null,
    h("details", {}, h("summary", {}, `Who asks for it: ${askedBy(finding)}`), finding.asked.length ? h("ul", { class: "asked" }, finding.asked.map(authority)) : h("p", { class: "quiet" }, "The house itself."), finding.profiles.length ? h("p", { class: "quiet" }, `In the profile${finding.profiles.length > 1 ? "s" : ""} ${finding.profiles.join(", ")}`) : null),
    finding.excerpt ? h("details", {}, h("summary", {}, "In the source"), h("pre", { tabindex: "0" }, h("code", { dir: "ltr" }, finding.excerpt)), h("p", { class: "quiet" }, `Fingerprint ${finding.fingerprint}`)) : null);
}

// Where it is, as an editor finds it: in which part of the page, beside which words, on which line of the source.
function place(each, blocks) {
  const block = blocks && each.block !== null && each.block !== undefined ? blocks[each.block] : null;
  const words = each.quote || (block && block.text) || "";
  const where = [block ? regionName(block.region) : null, each.line ? `line ${each.line}` : null].filter(Boolean).join(", ");
  return h("li", {}, block ? button(capital(each.label), () => showBlock(block.at), { class: "go" }) : h("span", {}, capital(each.label)), words ? [": ", said(words, "q")] : null, where ? h("span", { class: "quiet" }, ` (${where})`) : null);
}

function authority(key) {
  const found = RUN.authorities[key];
  if (!found) return h("li", {}, said(key));
  return h("li", {}, outside(found.url, found.title), found.section ? [", ", said(found.section)] : null, found.asks ? h("p", {}, said(found.asks)) : null,
    h("p", { class: "quiet" }, [found.kind ? capital(found.kind.replaceAll("_", " ")) : null, found.checked ? `last read ${found.checked}` : null].filter(Boolean).join(", ")));
}

function askedBy(finding) {
  const found = finding.asked.map((key) => RUN.authorities[key]).filter(Boolean);
  if (!found.length) return "the house itself";
  return `${found[0].title}${found.length > 1 ? ` and ${count(found.length - 1, "more text")}` : ""}`;
}
