// Which pages are shown, by what stands in the address bar.

const orNone = (values) => (values.length ? values : [NONE]);
// Of each filter: what it is called, and what a page has of it. Findings that are waived count for nothing here.
const FACETS = {
  state: {
    label: "State",
    of: (row) => [row.state, ...(row.findings.some((each) => each.state !== "new") ? ["waived"] : [])],
    shown: (value) => (STATE[value] ? STATE[value].label : value === "waived" ? "Waived findings" : value),
  },
  rule: {
    label: "Rule",
    of: (row, wanted = {}) => row.findings.filter((each) => meant(each, { ...wanted, rule: null }, row)).map((each) => each.rule),
    shown: (value) => `${value} ${ruleName(value)}`,
  },
  severity: {
    label: "Kind",
    of: (row, wanted = {}) => row.findings.filter((each) => meant(each, { ...wanted, severity: null }, row)).map((each) => each.kind),
    shown: (value) => KIND[value] || value,
  },
  author: { label: "Author", of: (row) => (row.verdicts ? orNone(row.authors) : []) },
  section: { label: "Section", of: (row) => (row.verdicts ? [row.section || NONE] : []) },
  network: { label: "Network", of: (row) => row.networks },
  profile: { label: "Profile", of: (row) => row.profiles },
  type: { label: "Page type", of: (row) => (row.type ? [row.type] : []), shown: (value) => value.replaceAll("_", " ") },
  notice: {
    label: "Readers are told",
    of: (row) => (row.verdicts ? [row.verdicts[0]] : []),
    shown: (value) => ({ ...NOTICE, ...NO_LINKS })[value]?.label || value,
  },
  byline: { label: "Byline", of: (row) => (row.verdicts ? [row.verdicts[1]] : []), shown: (value) => BYLINE[value]?.label || value },
  credits: { label: "Credits", of: (row) => (row.verdicts ? [row.verdicts[2]] : []), shown: (value) => CREDITS[value]?.label || value },
};

// What findings have in common: the rule, where in the markup they stand, and the site, where there are several.
const causeKey = (finding, row) => `${finding.rule} ${finding.cause}${row.site ? ` @ ${row.site}` : ""}`;

const shownAs = (facet, value) => (FACETS[facet].shown ? FACETS[facet].shown(value) : value);

function matches(row, wanted) {
  for (const [facet, { of }] of Object.entries(FACETS)) if (wanted[facet] && !of(row).includes(wanted[facet])) return false;
  // A rule, a kind and a cause mean one finding that is all of them.
  if ((wanted.rule || wanted.severity || wanted.cause) && !row.findings.some((each) => meant(each, wanted, row))) return false;
  if (!wanted.q) return true;
  const text = [
    row.title,
    row.source,
    row.url,
    row.sentence,
    row.section,
    ...row.authors,
    ...row.networks,
    ...open(row).map((each) => `${each.rule} ${ruleName(each.rule)}`),
  ]
    .join(" ")
    .toLowerCase();
  return wanted.q
    .toLowerCase()
    .split(/\s+/u)
    .every((word) => text.includes(word));
}

let sifted = { key: null, rows: [] };
function shownPages(wanted = address()) {
  const key = JSON.stringify(FILTERS.map((name) => wanted[name]));
  if (sifted.key !== key) sifted = { key, rows: PAGES.filter((row) => matches(row, wanted)) };
  return sifted.rows;
}

// The findings that are meant where a filter names some.
function meant(finding, wanted, row) {
  return (
    finding.state === "new" &&
    (!wanted.rule || finding.rule === wanted.rule) &&
    (!wanted.severity || finding.kind === wanted.severity) &&
    (!wanted.cause || causeKey(finding, row) === wanted.cause)
  );
}

const RANK = { wrong: 0, asked: 1, not_checked: 2, remarks: 3, ok: 4 };
const weight = (row) => open(row).reduce((sum, each) => sum + { error: 10000, warning: 100, question: 10, info: 1 }[each.kind], 0);
const byText = (text) => (one, other) => text(one).localeCompare(text(other)) || one.at - other.at;
const ORDERS = {
  worst: { label: "Worst first", by: (one, other) => RANK[one.state] - RANK[other.state] || weight(other) - weight(one) || one.at - other.at },
  newest: {
    label: "Newest first",
    by: (one, other) =>
      (isDate(other.published) ? other.published : "").localeCompare(isDate(one.published) ? one.published : "") || one.at - other.at,
  },
  title: { label: "Title", by: byText((row) => row.title || row.source) },
  author: { label: "Author", by: byText((row) => row.authors[0] || "\uffff") },
  section: { label: "Section", by: byText((row) => row.section || "\uffff") },
  source: { label: "As checked", by: (one, other) => one.at - other.at },
};
let sorted = { rows: null, order: null, found: [] };
function ordered(rows, order) {
  const chosen = ORDERS[order] ? order : "worst";
  if (sorted.rows !== rows || sorted.order !== chosen) sorted = { rows, order: chosen, found: [...rows].sort(ORDERS[chosen].by) };
  return sorted.found;
}

// The values of a filter and how many of these pages have each, the most common first.
function values(facet, rows, wanted) {
  const counts = new Map();
  for (const row of rows) for (const value of new Set(FACETS[facet].of(row, wanted))) counts.set(value, (counts.get(value) || 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1] || one[0].localeCompare(other[0]));
}

function filterBar(wanted) {
  const rows = shownPages(wanted);
  const choose = (facet) => {
    const found = values(
      facet,
      PAGES.filter((row) => matches(row, { ...wanted, [facet]: undefined })),
      wanted,
    );
    const missing = wanted[facet] && !found.some(([value]) => value === wanted[facet]) ? [[wanted[facet], 0]] : [];
    if (!found.length && !missing.length) return null;
    const options = [...missing, ...found.slice(500).filter(([value]) => value === wanted[facet]), ...found.slice(0, 500)].map(([value, number]) =>
      h("option", { value, selected: value === wanted[facet] }, `${shownAs(facet, value)} (${figure(number)})`),
    );
    return h(
      "label",
      {},
      h("span", {}, FACETS[facet].label),
      h(
        "select",
        { "data-facet": facet, on: { change: (event) => go(hash({ [facet]: event.target.value, cause: facet === "rule" ? null : wanted.cause })) } },
        h("option", { value: "" }, "All"),
        options,
      ),
    );
  };
  const search = h("input", {
    type: "search",
    id: "search",
    value: wanted.q || "",
    placeholder: "Title, address, author, rule …",
    autocomplete: "off",
    on: {
      input: (event) => {
        clearTimeout(filterBar.timer);
        const text = event.target.value;
        filterBar.timer = setTimeout(() => go(hash({ q: text }), { replace: true }), 150);
      },
    },
  });
  const chosen = FILTERS.filter((name) => wanted[name]).map((name) => {
    const label =
      name === "q" ? `“${wanted.q}”` : name === "cause" ? `Cause: ${wanted.cause}` : `${FACETS[name].label}: ${shownAs(name, wanted[name])}`;
    return h(
      "li",
      {},
      h(
        "a",
        { class: "chip", href: hash({ [name]: null }), "aria-label": `Remove the filter ${label}` },
        said(label),
        h("span", { "aria-hidden": "true" }, " ×"),
      ),
    );
  });
  const more = ["author", "section", "network", "profile", "type", "notice", "byline", "credits"].map(choose);
  const open_ = more.length && ["author", "section", "network", "profile", "type", "notice", "byline", "credits"].some((name) => wanted[name]);
  return h(
    "section",
    { class: "filters", "aria-label": "Filters" },
    h(
      "div",
      { class: "fields" },
      h("label", { class: "search" }, h("span", {}, "Search"), search),
      ["state", "rule", "severity"].map(choose),
      more.some(Boolean)
        ? h(
            "details",
            {
              class: "more",
              open: open_ || filterBar.open,
              on: {
                toggle: (event) => {
                  filterBar.open = event.target.open;
                },
              },
            },
            h("summary", {}, "More filters"),
            h("div", { class: "fields" }, more),
          )
        : null,
    ),
    chosen.length
      ? h(
          "ul",
          { class: "chips" },
          chosen,
          h("li", {}, h("a", { class: "clear", href: hash(Object.fromEntries(FILTERS.map((name) => [name, null]))) }, "Clear all")),
        )
      : null,
    h(
      "p",
      { class: "count", role: "status" },
      rows.length === PAGES.length ? count(rows.length, "page") : `${figure(rows.length)} of ${count(PAGES.length, "page")}`,
    ),
  );
}
