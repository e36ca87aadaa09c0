// What was checked, what readers are told, and what to do first.

function overview() {
  const state = (name) => PAGES.filter((row) => row.state === name).length;
  const wrong = state("wrong");
  const asked = PAGES.filter((row) => open(row).some((each) => each.asks)).length;
  const unread = state("not_checked");
  const read = PAGES.filter((row) => row.verdicts);
  const verdict = (place, words, filter) =>
    Object.entries(words).map(([value, { label, tone }]) => ({
      label,
      tone,
      count: read.filter((row) => row.verdicts[place] === value).length,
      href: only({ [filter]: value }),
    }));
  const told = [
    asked ? h("a", { href: inView("questions", {}) }, `${count(asked, "page")} ${asked === 1 ? "has" : "have"} questions`) : null,
    unread ? h("a", { href: only({ state: "not_checked" }) }, `${count(unread, "page")} could not be checked`) : null,
    RUN.summary.findings.suppressed + RUN.summary.findings.baselined
      ? h(
          "a",
          { href: inView("record", {}) },
          `${count(RUN.summary.findings.suppressed + RUN.summary.findings.baselined, "finding")} ${RUN.summary.findings.suppressed + RUN.summary.findings.baselined === 1 ? "is" : "are"} waived`,
        )
      : null,
  ].filter(Boolean);
  const paid = plainFirst();
  return [
    h(
      "section",
      { class: "lead" },
      h("h1", { tabindex: "-1" }, headline(wrong, unread)),
      told.length
        ? h(
            "p",
            {},
            told.map((each, at) => [at ? " · " : "", each]),
          )
        : null,
      PAGES.length
        ? null
        : h(
            "p",
            {},
            "The run met no page. ",
            SKIPPED.length
              ? h("a", { href: inView("record") }, `${count(SKIPPED.length, "input")} ${SKIPPED.length === 1 ? "was" : "were"} skipped.`)
              : "Look at what it was called with, under Record.",
          ),
      verdictLine(),
    ),
    PAGES.length
      ? h(
          "div",
          { class: "figures" },
          bar(
            "Pages",
            Object.entries(STATE).map(([name, words]) => ({
              label: words[state(name) === 1 ? "one" : "many"],
              tone: `state-${name}`,
              count: state(name),
              href: only({ state: name }),
            })),
          ),
          read.length ? bar("Do readers learn that links earn money?", verdict(0, NOTICE, "notice"), { note: paidLine(paid, read.length) }) : null,
          read.length ? bar("Who is named as author?", verdict(1, BYLINE, "byline")) : null,
          read.length ? bar("Are pictures credited?", verdict(2, CREDITS, "credits")) : null,
          trend(),
        )
      : trend(),
    firstCauses(),
  ];
}

// What was not checked is never said to be in order.
function headline(wrong, unread) {
  const checked = PAGES.length - unread;
  if (!PAGES.length) return "Nothing was checked.";
  if (!checked) return "Nothing could be checked.";
  const link = (text) => h("a", { href: only({ state: "wrong" }) }, text);
  if (wrong)
    return PAGES.length === 1
      ? [link("The page"), " needs a change."]
      : [link(`${figure(wrong)} of ${count(PAGES.length, "page")}`), ` ${wrong === 1 ? "needs" : "need"} a change.`];
  if (checked === 1) return `The ${unread ? "only page that was checked" : "page"} needs no change.`;
  return `None of the ${count(checked, "page")}${unread ? " that were checked" : ""} needs a change.`;
}

function paidLine({ paid, plain_first: first }, read) {
  const without = read - paid;
  if (!paid) return read === 1 ? "The page has no paid link." : `None of the ${count(read, "page")} has a paid link.`;
  const rest = without ? `; ${figure(without)} more ${without === 1 ? "has" : "have"} no paid link` : "";
  return paid === 1
    ? `The one page with paid links ${first ? "says" : "does not say"} so plainly before the first of them${rest}.`
    : `${figure(first)} of the ${count(paid, "page")} with paid links ${first === 1 ? "says" : "say"} so plainly before the first of them${rest}.`;
}

function verdictLine() {
  const words = {
    ok: "The check passed",
    findings: "The check did not pass",
    incomplete: "The check is incomplete",
    "no inputs": "There was nothing to check",
    error: "The check broke off",
  };
  return h(
    "p",
    { class: "quiet" },
    `${words[RUN.exit.name] || "The check ended"}: ${RUN.exit.message.replace(/^disclosure-checker: exit \d+ \([^)]*\): /u, "").replace(/ info\b/u, " remarks")}`,
  );
}

// The rules that most pages fail; where one template is at fault on many pages, that is said.
function firstCauses() {
  const wanted = {};
  const rules = causesOf(PAGES, wanted, (finding) => finding.rule)
    .filter((rule) => rule.kind !== "info")
    .slice(0, 6);
  if (!rules.length) return null;
  const causes = causesOf(PAGES, wanted);
  return h(
    "section",
    { class: "first" },
    h("h2", {}, "What to do first"),
    h(
      "ol",
      { class: "causes brief" },
      rules.map((rule) => {
        const [widest] = causes.filter((cause) => cause.rule === rule.rule).sort((one, other) => other.pages.length - one.pages.length);
        return h(
          "li",
          {},
          tag(rule.kind),
          h("span", {}, h("a", { href: only({ rule: rule.rule }) }, faultName(rule.rule)), h("span", { class: "quiet" }, ` ${rule.rule}`)),
          h("span", {}, count(rule.pages.length, "page")),
          h(
            "span",
            { class: "quiet" },
            widest && widest.pages.length > 2
              ? h("a", { href: inView("causes", { rule: rule.rule }) }, `${figure(widest.pages.length)} of them at one place of a template`)
              : "",
          ),
        );
      }),
    ),
    h("p", {}, h("a", { href: inView("causes", { by: "rule" }) }, "All rules"), " · ", h("a", { href: inView("causes") }, "All causes")),
  );
}
