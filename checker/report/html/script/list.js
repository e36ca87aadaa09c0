// The list of pages. Rows are drawn as they are needed: a hundred at a time, when the reader comes near the end of those that are there.

const STEP = 100;

function drawnAsNeeded(list, items, draw, { first = STEP, step = STEP, paper = 1000 } = {}) {
  let drawn = 0;
  const left = h("p", { class: "left" });
  const more = (number) => {
    const end = Math.min(items.length, drawn + number);
    list.append(...items.slice(drawn, end).map(draw));
    drawn = end;
    left.replaceChildren(...(drawn < items.length ? [`${figure(items.length - drawn)} more. `, button("Show more", () => more(step))] : []));
  };
  more(first);
  const watcher = new IntersectionObserver(
    (seen) => {
      if (drawn >= items.length || !seen.some((each) => each.isIntersecting)) return;
      more(step);
      // It tells of changes only: whoever is at the new end before the next frame would wait for ever.
      watcher.unobserve(left);
      watcher.observe(left);
    },
    { rootMargin: "800px" },
  );
  requestAnimationFrame(() => {
    list.after(left);
    watcher.observe(left);
  });
  // On paper there is no scrolling; more than that is no sheet that anybody reads.
  drawnAsNeeded.beforePrint = () => more(Math.max(0, Math.min(paper, items.length) - drawn));
  drawnAsNeeded.count = () => drawn;
}

// How far a list was read, for those who come back to it from a page.
const read = new Map();

function pages() {
  const wanted = address();
  const found = ordered(shownPages(wanted), wanted.sort);
  const sheet = wanted.show === "work";
  const list = h("ol", { class: sheet ? "work" : "pages" });
  const before_ = read.get(listKey(wanted));
  if (found.length)
    drawnAsNeeded(
      list,
      found,
      sheet ? (row) => workCard(row, wanted) : (row) => pageRow(row, wanted),
      sheet ? { first: 10, step: 20, paper: 200 } : { first: Math.max(STEP, before_ ? before_.drawn : 0) },
    );
  return [
    h("h1", { tabindex: "-1" }, sheet ? "Work sheet" : "Pages"),
    filterBar(wanted),
    h(
      "div",
      { class: "tools" },
      h(
        "label",
        {},
        h("span", {}, "Sort"),
        h(
          "select",
          { id: "sort", on: { change: (event) => go(hash({ sort: event.target.value })) } },
          Object.entries(ORDERS).map(([name, { label }]) => h("option", { value: name, selected: name === (wanted.sort || "worst") }, label)),
        ),
      ),
      h("a", { class: "button", href: hash({ show: sheet ? null : "work" }) }, sheet ? "Only the list" : "Work sheet: all that is to do"),
      button("Save as CSV", () => saveCsv(found, wanted), { disabled: !found.length }),
      button("Print", () => print()),
      button("Copy the link", () => copy(location.href, "Copied. It opens only where this file lies: send the file along.")),
    ),
    found.length
      ? list
      : empty(
          PAGES.length ? "No page fits these filters." : "There are no pages.",
          PAGES.length ? "Take a filter out, or search for something else." : "The run met none; Record says what it was called with.",
        ),
  ];
}

const listKey = (wanted) => JSON.stringify([...FILTERS, "sort", "show"].map((name) => wanted[name] || ""));

// The finding that the filters are about; else the worst, whose sentence the row has.
function filtered(row, wanted) {
  if (!wanted.rule && !wanted.cause && !wanted.severity) return null;
  const told = details(row);
  return told && told.findings.find((each) => meant(each, wanted, row));
}

// Where a fault stands, in words that can be found on the page and in its source; what is said of all places is said once.
function placesToMend(group) {
  const same = group.every((finding) => finding.message === group[0].message);
  const item = (finding) => {
    const [first] = finding.evidence;
    const where = first && [
      first.quote ? ["at ", h("q", {}, said(first.quote))] : null,
      first.line ? ` line ${figure(first.line)} of its source` : null,
    ];
    return h("li", {}, same && group.length > 1 ? null : [said(finding.message), " "], where ? h("span", { class: "quiet" }, where) : null);
  };
  return [same && group.length > 1 ? h("p", {}, said(group[0].message)) : null, h("ul", { class: "places" }, group.map(item))];
}

// What is to do on a page, for a sheet that somebody works through.
function workCard(row, wanted) {
  const told = details(row);
  const found = told
    ? told.findings.filter((each) => meant(each, wanted, row)).sort((one, other) => KIND_ORDER[one.kind] - KIND_ORDER[other.kind])
    : [];
  return h(
    "li",
    { class: "card" },
    h("h2", {}, h("a", { href: ofPage(row) }, said(row.title || row.source))),
    h("p", { class: "quiet" }, said([row.url || row.source, row.authors.join(", "), row.section, day(row.published)].filter(Boolean).join(" · "))),
    row.reason ? h("p", {}, REASON[row.reason] || row.reason) : null,
    found.length
      ? h(
          "ol",
          { class: "items" },
          alike(found).map((group) =>
            h(
              "li",
              {},
              tag(group[0].kind),
              " ",
              h("b", {}, faultName(group[0].rule)),
              group.length > 1 ? ` (${count(group.length, "place")})` : "",
              h("p", {}, group[0].asks ? [said(group[0].question), " "] : null, h("b", {}, doWord(group[0])), said(group[0].fix)),
              pasteBox(group[0]),
              placesToMend(group),
            ),
          ),
        )
      : row.reason
        ? null
        : h("p", { class: "quiet" }, told ? "Nothing to do." : "Reading …"),
  );
}

function pageRow(row, wanted) {
  const kinds = {};
  for (const each of open(row)) kinds[each.kind] = (kinds[each.kind] || 0) + 1;
  const about = filtered(row, wanted);
  const by = [row.authors.join(", "), row.section, day(row.published)].filter(Boolean);
  return h(
    "li",
    {},
    h(
      "article",
      {},
      h(
        "div",
        { class: "what" },
        h("h2", {}, h("a", { href: ofPage(row, { finding: about ? about.number : null }) }, said(row.title || row.source))),
        h("p", { class: "quiet" }, row.title ? [said(row.source), by.length ? " · " : ""] : null, by.length ? said(by.join(" · ")) : null),
      ),
      h(
        "p",
        { class: "sentence" },
        about
          ? said(about.asks ? about.question : about.message)
          : row.sentence
            ? said(row.sentence)
            : row.state === "ok"
              ? h("span", { class: "quiet" }, "Nothing to do.")
              : row.reason
                ? REASON[row.reason] || row.reason
                : null,
      ),
      h(
        "p",
        { class: "kinds" },
        stateTag(row.state),
        Object.keys(KIND)
          .filter((kind) => kinds[kind])
          .map((kind) => h("span", { class: "quiet" }, ` ${count(kinds[kind], KIND[kind].toLowerCase())}`)),
      ),
    ),
  );
}
