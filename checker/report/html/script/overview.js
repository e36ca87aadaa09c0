// What was checked, what readers are told, and what to do first.

function overview() {
  const state = (name) => PAGES.filter((row) => row.state === name).length;
  const wrong = state("wrong");
  const asked = state("asked");
  const unread = state("not_checked");
  const read = PAGES.filter((row) => row.verdicts);
  const verdict = (place, words, filter) => Object.entries(words).map(([value, { label, tone }]) => ({
    label, tone, count: read.filter((row) => row.verdicts[place] === value).length, href: only({ [filter]: value }),
  }));
  const told = [
    asked ? h("a", { href: inView("questions", {}) }, `${count(asked, "page")} ${STATE.asked[asked === 1 ? "one" : "many"]}`) : null,
    unread ? h("a", { href: only({ state: "not_checked" }) }, `${count(unread, "page")} could not be checked`) : null,
    RUN.summary.findings.suppressed + RUN.summary.findings.baselined ? h("a", { href: inView("record", {}) }, `${count(RUN.summary.findings.suppressed + RUN.summary.findings.baselined, "finding")} ${RUN.summary.findings.suppressed + RUN.summary.findings.baselined === 1 ? "is" : "are"} waived`) : null,
  ].filter(Boolean);
  const paid = plainFirst();
  return [
    h("section", { class: "lead" },
      PAGES.length
        ? h("h1", { tabindex: "-1" }, wrong ? [h("a", { href: only({ state: "wrong" }) }, `${figure(wrong)} of ${count(PAGES.length, "page")}`), ` ${wrong === 1 ? "needs" : "need"} a change.`] : unread === PAGES.length ? "Nothing could be checked." : `No page of ${figure(PAGES.length)} needs a change.`)
        : h("h1", { tabindex: "-1" }, "Nothing was checked."),
      told.length ? h("p", {}, told.map((each, at) => [at ? " · " : "", each])) : null,
      PAGES.length ? null : h("p", {}, "The run met no page. ", SKIPPED.length ? h("a", { href: inView("record") }, `${count(SKIPPED.length, "input")} ${SKIPPED.length === 1 ? "was" : "were"} skipped.`) : "Look at what it was called with, under Record."),
      verdictLine()),
    PAGES.length ? h("div", { class: "figures" },
      bar("Pages", Object.entries(STATE).map(([name, words]) => ({ label: words.label.toLowerCase(), tone: `state-${name}`, count: state(name), href: only({ state: name }) }))),
      read.length ? bar("Do readers learn that links earn money?", verdict(0, NOTICE, "notice"), { note: paid.paid ? `${figure(paid.plain_first)} of the ${count(paid.paid, "page")} with paid links ${paid.plain_first === 1 ? "says" : "say"} so plainly before the first of them; ${figure(read.length - paid.paid)} more ${read.length - paid.paid === 1 ? "has" : "have"} no paid link.` : `None of the ${count(read.length, "page")} has a paid link.` }) : null,
      read.length ? bar("Who is named as author?", verdict(1, BYLINE, "byline")) : null,
      read.length ? bar("Are pictures credited?", verdict(2, CREDITS, "credits")) : null,
      trend()) : trend(),
    firstCauses(),
  ];
}

function verdictLine() {
  const words = { ok: "The run ended well", findings: "The run failed", incomplete: "The run is incomplete", "no inputs": "The run met nothing to check", error: "The run broke off" };
  return h("p", { class: "quiet" }, `${words[RUN.exit.name] || "The run ended"} (exit code ${RUN.exit.code}): ${RUN.exit.message.replace(/^disclosure-checker: exit \d+ \([^)]*\): /u, "")}`);
}

// The few causes that most pages share.
function firstCauses() {
  const causes = causesOf(PAGES, address()).filter((cause) => cause.kind !== "info").slice(0, 5);
  if (!causes.length) return null;
  return h("section", { class: "first" }, h("h2", {}, "What to do first"),
    h("p", { class: "quiet" }, "Faults of one rule at the same place of a template have one cause, and mostly one repair mends them all."),
    h("ol", { class: "causes brief" }, causes.map((cause) => h("li", {}, h("a", { href: inView("causes", { rule: cause.rule, cause: cause.key }) }, faultName(cause.rule)), h("span", { class: "quiet" }, `${cause.rule}${whereOf(cause) ? `, at ${whereOf(cause)}` : ""}`), h("span", { class: "quiet figures-of" }, count(cause.pages.length, "page")), share(cause.pages.length, PAGES.length, cause.kind)))),
    h("p", {}, h("a", { href: inView("causes") }, "All causes")));
}
