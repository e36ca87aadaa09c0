// Small pictures of counts.

// One bar of several parts, with a legend whose entries lead to the pages. `parts`: { label, tone, count, href }.
function bar(title, parts, { note = null } = {}) {
  const shown = parts.filter((part) => part.count);
  const whole = shown.reduce((sum, part) => sum + part.count, 0);
  return h(
    "section",
    { class: "figure" },
    h("h2", {}, title),
    note ? h("p", { class: "quiet" }, note) : null,
    whole
      ? h(
          "div",
          { class: "bar", "aria-hidden": "true" },
          shown.map((part) => h("span", { class: `tone-${part.tone}`, vars: { share: part.count } })),
        )
      : null,
    whole
      ? h(
          "ul",
          { class: "legend" },
          shown.map((part) =>
            h(
              "li",
              {},
              h(
                "a",
                { href: part.href },
                h("span", { class: `dot tone-${part.tone}`, "aria-hidden": "true" }),
                h("b", {}, figure(part.count)),
                ` ${part.label}`,
                h("span", { class: "quiet whole" }, ` ${percent(part.count, whole)}`),
              ),
            ),
          ),
        )
      : note
        ? null
        : h("p", { class: "quiet" }, "No pages to count."),
  );
}

// A row of a table of shares: how many of so many.
const share = (part, whole, tone = "bad") =>
  h("span", { class: "share", "aria-hidden": "true" }, h("span", { class: `tone-${tone}`, vars: { part: whole ? part / whole : 0 } }));
