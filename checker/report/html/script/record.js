// What an auditor asks for: what was covered, what is waived and known, and by which settings.

const WAIVER_STATUS = {
  used: "is used",
  unused: "waives nothing",
  expired: "has run out",
  malformed: "is not understood",
  refused: "is refused",
  idle: "has no page of this run in its reach",
};

function record() {
  const { inputs } = RUN.summary;
  const pair = (name, value) => [h("dt", {}, name), h("dd", {}, value)];
  const waived = ROWS.flatMap((row) => row.findings.filter((each) => each.state !== "new").map((finding) => ({ row, finding })));
  return [
    h("h1", { tabindex: "-1" }, "Record"),
    h(
      "section",
      {},
      h("h2", {}, "Coverage"),
      h("p", {}, "Every input is accounted for. A page that was not checked does not count as passed."),
      h(
        "dl",
        { class: "facts" },
        pair("Found", figure(inputs.discovered)),
        pair("Checked", figure(inputs.checked)),
        pair("Not checked", figure(inputs.not_checked)),
        pair("Skipped", figure(inputs.skipped)),
        inputs.deduplicated ? pair("Met twice", figure(inputs.deduplicated)) : null,
        inputs.excluded ? pair("Left out by the settings", figure(inputs.excluded)) : null,
        inputs.unchanged ? pair("Unchanged since the commit compared with", figure(inputs.unchanged)) : null,
        RUN.summary.rule_crashes ? pair("Pages on which a rule failed", figure(RUN.summary.rule_crashes)) : null,
        RUN.summary.twins.not_compared ? pair("AMP twins that were not compared", figure(RUN.summary.twins.not_compared)) : null,
        RUN.summary.rendered.drawn
          ? pair(
              "Drawn by a browser",
              `${figure(RUN.summary.rendered.drawn)}, of which ${figure(RUN.summary.rendered.not_measurable)} not measurable at some size`,
            )
          : null,
      ),
      listed(
        "Not checked",
        PAGES.filter((row) => row.status === "not_checked"),
        (row) => [
          h("a", { href: ofPage(row) }, said(row.source)),
          ": ",
          REASON[row.reason] || row.reason || "",
          row.sentence ? [" – ", said(row.sentence)] : null,
        ],
      ),
      listed("Skipped", SKIPPED, (row) => [said(row.source), row.sentence ? [": ", said(row.sentence)] : null]),
      Object.keys(RUN.summary.left_out).length
        ? listed("Skipped and not named", Object.entries(RUN.summary.left_out), ([why, number]) => [`${figure(number)}: `, said(why)])
        : null,
    ),
    h(
      "section",
      {},
      h("h2", {}, "Waivers and baseline"),
      RUN.waivers.length
        ? table(
            ["Waiver", "Where", "Reaches", "Owner", "Until", "State", "Findings"],
            RUN.waivers.map((each) => [
              said(each.reason || "no reason given"),
              said(each.where || each.kind),
              said([each.rules.join(" "), each.target].filter(Boolean).join(" on ")),
              said(each.owner || "–"),
              each.expires_on || "–",
              WAIVER_STATUS[each.status] || each.status,
              figure(each.findings),
            ]),
          )
        : h("p", {}, "The settings waive nothing."),
      RUN.summary.stale_baseline
        ? h(
            "p",
            {},
            `${count(RUN.summary.stale_baseline, "entry", "entries")} of the baseline ${RUN.summary.stale_baseline === 1 ? "is" : "are"} fixed and can be pruned.`,
          )
        : null,
      listed("Findings that are waived or known", waived, ({ row, finding }) => [
        h("a", { href: ofPage(row) }, said(row.title || row.source)),
        `: ${finding.rule} ${ruleName(finding.rule)}, ${finding.state}`,
      ]),
    ),
    SETTINGS.length
      ? h(
          "section",
          {},
          h("h2", {}, "About the settings"),
          h(
            "ul",
            {},
            SETTINGS.flatMap((row) =>
              ((details(row) || {}).findings || []).map((finding) =>
                h("li", {}, said(row.source), ": ", said(finding.message), " ", said(finding.fix)),
              ),
            ),
          ),
        )
      : null,
    h(
      "section",
      {},
      h("h2", {}, "Settings used"),
      h(
        "dl",
        { class: "facts" },
        pair("Program", `disclosure-checker ${RUN.version}`),
        pair("Rules", h("code", {}, RUN.digest.slice(0, 16) || "–")),
        pair("Profiles", RUN.profiles.join(", ") || "–"),
        pair("Fails on", RUN.fail_on),
        RUN.began ? pair("Began", RUN.began) : null,
        RUN.seconds !== null && RUN.seconds !== undefined ? pair("Took", `${RUN.seconds} s`) : null,
        RUN.arguments.length ? pair("Called with", h("code", {}, RUN.arguments.join(" "))) : null,
        RUN.merged.length ? pair("Merged from", RUN.merged.join(", ")) : null,
      ),
      h(
        "details",
        {},
        h("summary", {}, `The ${count(Object.keys(RUN.rules).length, "rule")}`),
        table(
          ["Rule", "Weighs", "Asks"],
          Object.entries(RUN.rules).map(([id, rule]) => [`${id} ${rule.name.replaceAll("-", " ")}`, KIND[rule.severity], said(rule.about)]),
        ),
      ),
      Object.keys(RUN.not_evaluated).length
        ? h(
            "details",
            {},
            h("summary", {}, `${count(Object.keys(RUN.not_evaluated).length, "rule")} not judged for want of facts`),
            h(
              "ul",
              {},
              Object.entries(RUN.not_evaluated).map(([rule, needs]) => h("li", {}, `${rule}: ${NEEDS[needs] || `it needs ${needs}`}`)),
            ),
          )
        : null,
      h(
        "details",
        {},
        h("summary", {}, `Who asks: ${count(Object.keys(RUN.authorities).length, "text")}`),
        h("ul", { class: "asked" }, Object.keys(RUN.authorities).map(authority)),
      ),
    ),
  ];
}

// A list that is folded while it is long.
function listed(title, items, draw) {
  if (!items.length) return null;
  const list = h(
    "ul",
    {},
    items.slice(0, 1000).map((item) => h("li", {}, draw(item))),
  );
  return h(
    "details",
    { class: "rest", open: items.length <= 20 },
    h("summary", {}, `${title} (${figure(items.length)})`),
    list,
    items.length > 1000 ? h("p", { class: "quiet" }, `and ${figure(items.length - 1000)} more`) : null,
  );
}
