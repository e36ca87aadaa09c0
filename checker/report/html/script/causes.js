// Thousands of findings have few causes: the same rule at the same place of a template. Or they are told by section, author, network, profile.

const GROUPS = { cause: "Cause", rule: "Rule", section: "Section", author: "Author", network: "Network", profile: "Profile", type: "Page type" };
const SHOWN_CAUSES = 60;

function causesOf(rows, wanted, keyOf = (finding, row) => causeKey(finding, row)) {
  const found = new Map();
  for (const row of rows) {
    for (const finding of row.findings) {
      if (!meant(finding, wanted, row)) continue;
      const key = keyOf(finding, row);
      if (!found.has(key)) found.set(key, { key, rule: finding.rule, where: finding.cause, site: row.site, kinds: {}, findings: 0, pages: [] });
      const cause = found.get(key);
      cause.findings += 1;
      cause.kinds[finding.kind] = (cause.kinds[finding.kind] || 0) + 1;
      if (cause.pages.at(-1) !== row) cause.pages.push(row);
    }
  }
  for (const cause of found.values()) [cause.kind] = Object.keys(cause.kinds).sort((one, other) => KIND_ORDER[one] - KIND_ORDER[other]);
  return [...found.values()].sort(
    (one, other) =>
      KIND_ORDER[one.kind] - KIND_ORDER[other.kind] ||
      other.pages.length - one.pages.length ||
      other.findings - one.findings ||
      one.key.localeCompare(other.key),
  );
}

const faultName = (rule) => (RUN.rules[rule] ? capital(ruleName(rule)) : rule);
const whereOf = (cause) => (cause.where && cause.where !== "page" ? cause.where : "");
const aboutRule = (rule) => (RUN.rules[rule] ? RUN.rules[rule].about : rule);

function causes() {
  const wanted = address();
  const by = GROUPS[wanted.by] ? wanted.by : "cause";
  const rows = shownPages(wanted);
  return [
    h("h1", { tabindex: "-1" }, by === "cause" ? "Causes" : `By ${GROUPS[by].toLowerCase()}`),
    h(
      "nav",
      { class: "group", "aria-label": "Grouped by" },
      Object.entries(GROUPS).map(([name, label]) =>
        h("a", { href: hash({ by: name === "cause" ? null : name }), "aria-current": name === by ? "true" : null }, label),
      ),
    ),
    filterBar(wanted),
    by === "cause"
      ? causeCards(causesOf(rows, wanted))
      : by === "rule"
        ? ruleTable(
            causesOf(rows, wanted, (finding) => finding.rule),
            rows,
          )
        : shareTable(by, rows),
  ];
}

function causeCards(found) {
  if (!found.length) return empty("Nothing was found on these pages.", "Where nothing is wrong there is no cause.");
  const shared = found.filter((cause) => cause.pages.length > 1);
  const single = found.length - shared.length;
  const list = h("ol", { class: "causes" });
  const all_ = address().all === "1" || !shared.length;
  drawnAsNeeded(list, all_ ? found : shared, causeCard, { first: 12, step: SHOWN_CAUSES, paper: 100 });
  return [
    h(
      "p",
      { class: "quiet" },
      `${count(
        found.reduce((sum, cause) => sum + cause.findings, 0),
        "finding",
      )} with ${count(found.length, "cause")}: the same rule at the same place of a template is one cause, and mostly one repair mends it on all pages.`,
    ),
    shared.length && single
      ? h(
          "p",
          {},
          all_
            ? h("a", { href: hash({ all: null }) }, "Only causes that several pages share")
            : h("a", { href: hash({ all: "1" }) }, `${count(single, "cause")} of one page each ${single === 1 ? "is" : "are"} not listed; list all`),
        )
      : null,
    list,
  ];
}

function causeCard(cause) {
  const example = cause.pages[0];
  const told = details(example);
  const finding = told && told.findings.find((each) => each.state === "new" && causeKey(each, example) === cause.key);
  const pages = hash({ view: "pages", rule: cause.rule, cause: cause.key });
  return h(
    "li",
    { class: `card cause ${cause.kind}` },
    h("header", {}, tag(cause.kind), h("h2", {}, faultName(cause.rule)), h("p", { class: "quiet" }, cause.rule)),
    h("p", { class: "quiet" }, "Asked for: ", said(aboutRule(cause.rule))),
    h(
      "p",
      { class: "reach" },
      share(cause.pages.length, PAGES.length, cause.kind),
      h("a", { href: pages }, count(cause.pages.length, "page")),
      `, ${count(cause.findings, "finding")}`,
    ),
    h(
      "p",
      { class: "where quiet" },
      cause.site ? [said(cause.site), ": "] : null,
      whereOf(cause) ? ["in the template at ", h("code", {}, whereOf(cause))] : "the page as a whole",
    ),
    finding
      ? [
          h("p", { class: "fix" }, h("b", {}, cause.pages.length > 1 ? "One repair for all: " : "Repair: "), said(finding.fix)),
          pasteBox(finding),
          h(
            "p",
            { class: "example" },
            h("b", {}, "For example: "),
            h("a", { href: ofPage(example, { finding: finding.number, view: null }) }, said(example.title || example.source)),
            " – ",
            said(finding.message),
          ),
        ]
      : null,
  );
}

function ruleTable(found, rows) {
  if (!found.length) return empty("Nothing was found on these pages.", "No rule fired.");
  return table(
    ["Rule", "Pages", "Errors", "Warnings", "Questions", "Remarks"],
    found.map((rule) => [
      h("a", { href: inView("pages", { by: null, rule: rule.rule, cause: null }) }, h("b", {}, rule.rule), " ", faultName(rule.rule)),
      [figure(rule.pages.length), " ", share(rule.pages.length, rows.length, rule.kind)],
      ...["error", "warning", "question", "info"].map((kind) => (rule.kinds[kind] ? figure(rule.kinds[kind]) : "–")),
    ]),
  );
}

function shareTable(by, rows) {
  const found = values(by, rows);
  if (!found.length)
    return empty(`No page here has ${by === "author" || by === "type" ? "an" : "a"} ${GROUPS[by].toLowerCase()}.`, "Nothing to group by.");
  const groups = found.map(([value, number]) => {
    const mine = rows.filter((row) => FACETS[by].of(row).includes(value));
    const sum = (kind) => mine.reduce((total, row) => total + open(row).filter((each) => each.kind === kind).length, 0);
    return { value, number, wrong: mine.filter((row) => row.state === "wrong").length, kinds: ["error", "warning", "question"].map(sum) };
  });
  groups.sort((one, other) => other.wrong - one.wrong || other.number - one.number || one.value.localeCompare(other.value));
  return table(
    [GROUPS[by], "Pages", "Need a change", "Errors", "Warnings", "Questions"],
    groups
      .slice(0, 1000)
      .map((group) => [
        h("a", { href: inView("pages", { by: null, [by]: group.value }) }, said(shownAs(by, group.value))),
        figure(group.number),
        [figure(group.wrong), " ", share(group.wrong, group.number)],
        ...group.kinds.map((number) => (number ? figure(number) : "–")),
      ]),
  );
}

function table(head, rows) {
  return h(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": head[0] },
    h(
      "table",
      {},
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          head.map((name) => h("th", { scope: "col" }, name)),
        ),
      ),
      h(
        "tbody",
        {},
        rows.map(([first, ...rest]) =>
          h(
            "tr",
            {},
            h("th", { scope: "row" }, first),
            rest.map((cell) => h("td", {}, cell)),
          ),
        ),
      ),
    ),
  );
}

const empty = (title, more) => h("div", { class: "empty" }, h("p", {}, title), h("p", { class: "quiet" }, more));
