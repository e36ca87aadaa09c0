// How the counts went from run to run.

function trend() {
  const summary = RUN.summary;
  const now = {
    name: "this run",
    began: RUN.began,
    checked: summary.inputs.checked,
    not_checked: summary.inputs.not_checked,
    with_violations: summary.pages.with_violations,
    violations: summary.findings.violation,
    needs_review: summary.findings.needs_review,
    paid: summary.pages.with_paid_links,
    plain_first: summary.pages.plain_first,
  };
  const runs = [...RUN.past, now];
  if (runs.length < 2) return null;
  const wrong = runs.map((run) => (run.checked ? run.with_violations / run.checked : null));
  const plain = runs.map((run) => (run.paid ? run.plain_first / run.paid : null));
  const head = ["Run", "Checked", "Not checked", "With faults or remarks", "Errors", "Warnings", "Questions", "Tell readers first"];
  return h(
    "section",
    { class: "figure trend" },
    h("h2", {}, `How it went over ${figure(runs.length)} runs`),
    h(
      "div",
      { class: "lines" },
      line("Pages with a fault or a remark", wrong, "bad"),
      plain.filter((value) => value !== null).length > 1 ? line("Pages with paid links that say so first", plain, "good") : null,
    ),
    h(
      "details",
      { class: "rest" },
      h("summary", {}, "The figures"),
      h(
        "div",
        { class: "scroll", tabindex: "0", role: "region", "aria-label": "The figures of all runs" },
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
            runs.map((run) =>
              h(
                "tr",
                {},
                h("th", { scope: "row" }, said(run.began ? day(run.began) : run.name)),
                [run.checked, run.not_checked, run.with_violations, run.violations.error, run.violations.warning, run.needs_review].map((number) =>
                  h("td", {}, number === undefined ? "–" : figure(number)),
                ),
                h("td", {}, run.paid ? percent(run.plain_first, run.paid) : "–"),
              ),
            ),
          ),
        ),
      ),
    ),
  );
}

function plainFirst() {
  const paid = PAGES.filter((row) => row.verdicts && NOTICE[row.verdicts[0]]);
  return { paid: paid.length, plain_first: paid.filter((row) => row.verdicts[0] === "clear_before").length };
}

// Shares from 0 to 1, one point a run; a run that does not tell is left out.
function line(title, shares, tone) {
  const points = shares
    .map((value, at) => [8 + (at * 284) / Math.max(1, shares.length - 1), value === null ? null : 72 - 60 * value])
    .filter(([, y]) => y !== null);
  if (!points.length) return null;
  const first = shares.find((value) => value !== null);
  const last = shares.at(-1);
  const now = last === null ? "not told by this run" : percent(last, 1);
  const told = `${title}: from ${percent(first, 1)} to ${now}`;
  return h(
    "figure",
    {},
    h(
      "svg",
      { viewBox: "0 0 300 78", role: "img", "aria-label": told, class: `line tone-${tone}` },
      h("line", { x1: 8, x2: 292, y1: 72, y2: 72, class: "axis" }),
      h("line", { x1: 8, x2: 292, y1: 12, y2: 12, class: "axis" }),
      h("text", { x: 8, y: 8 }, "100\u00a0%"),
      h("text", { x: 8, y: 68 }, "0\u00a0%"),
      h("polyline", { points: points.map((point) => point.map((value) => value.toFixed(1)).join(",")).join(" ") }),
      points.map(([x, y]) => h("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: 3 })),
    ),
    h("figcaption", {}, title, ": ", h("b", {}, now), last === first ? " as at first" : ` (${percent(first, 1)} at first)`),
  );
}
