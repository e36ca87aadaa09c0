// The frame around all views, and what is drawn when the address changes.

const VIEWS = {
  overview: { label: "Overview", draw: overview },
  causes: { label: "Causes", draw: causes },
  pages: { label: "Pages", draw: pages },
  questions: { label: "Questions", draw: questions },
  record: { label: "Record", draw: record },
};

const main = h("main", { id: "main", tabindex: "-1" });
const nav = h("nav", { class: "views", "aria-label": "Views" });
document.getElementById("app").append(
  h(
    "a",
    {
      class: "skip",
      href: "#main",
      on: {
        click: (event) => {
          event.preventDefault();
          main.focus();
        },
      },
    },
    "Skip to the content",
  ),
  h(
    "header",
    { class: "top" },
    h(
      "p",
      { class: "brand" },
      h("a", { href: "#view=overview" }, "Disclosure report"),
      h(
        "span",
        { class: "quiet" },
        [
          RUN.began ? ` ${day(RUN.began)}` : "",
          ` · ${count(PAGES.length, "page")}`,
          RUN.profiles.length ? ` · profile ${RUN.profiles.join(", ")}` : "",
        ].join(""),
      ),
    ),
    nav,
  ),
  main,
  h(
    "footer",
    { class: "foot" },
    h("p", {}, "It says what pages show, and which texts ask for what is absent. It does not say that a page breaks a law."),
    h("p", {}, `disclosure-checker ${RUN.version}`),
  ),
  h("p", { id: "told", role: "status", "aria-live": "polite" }),
);

// Addresses and pages may name anything; these tables know only what stands in them.
for (const table of [
  VIEWS,
  GROUPS,
  ORDERS,
  FACETS,
  STATE,
  KIND,
  NOTICE,
  NO_LINKS,
  BYLINE,
  CREDITS,
  REASON,
  MARK,
  ROLE,
  WAIVER_STATUS,
  SHOWS,
  RUN.rules,
  RUN.authorities,
  RUN.region_names,
])
  Object.setPrototypeOf(table, null);

let before = null;
const PLACES = ["view", "page", "by", "show"];

function render() {
  const wanted = address();
  const row = wanted.page === undefined ? null : KEYS.get(wanted.page);
  const view = VIEWS[wanted.view] ? wanted.view : wanted.page !== undefined ? "pages" : "overview";
  // Whoever comes back from a page finds the list as it was left.
  if (before && before.page === undefined && before.view === "pages" && wanted.page !== undefined && drawnAsNeeded.count)
    read.set(listKey(before), { drawn: drawnAsNeeded.count(), row: wanted.page });
  drawnAsNeeded.beforePrint = () => {};
  const typed = document.activeElement && document.activeElement.id === "search" ? document.activeElement.selectionStart : null;
  const facet = document.activeElement?.dataset?.facet || (document.activeElement?.id === "sort" ? "sort" : null);
  const inside = main.contains(document.activeElement);
  nav.replaceChildren(
    h(
      "ul",
      {},
      Object.entries(VIEWS).map(([name, { label }]) =>
        h(
          "li",
          {},
          h(
            "a",
            { href: inView(name), "aria-current": name === view ? "page" : null },
            label,
            name === "questions" && RUN.summary.findings.needs_review
              ? h("span", { class: "pill" }, figure(RUN.summary.findings.needs_review))
              : null,
          ),
        ),
      ),
    ),
  );
  const drawn = row
    ? page(row)
    : wanted.page !== undefined
      ? [
          h("h1", { tabindex: "-1" }, "No such page"),
          empty(
            h("span", {}, "This report has no such page. ", h("a", { href: only({}) }, "See all pages")),
            "It may have been renamed or left out since the address was kept.",
          ),
        ]
      : VIEWS[view].draw();
  main.replaceChildren(...[drawn].flat(Infinity).filter(Boolean));
  main.className = row ? "of-page" : `of-${view}`;
  document.title = row
    ? `${row.title || row.source} – Disclosure report`
    : `${[VIEWS[view].label, ...FILTERS.map((name) => wanted[name]).filter(Boolean)].join(", ")} – Disclosure report`;
  const moved = before && PLACES.some((name) => before[name] !== wanted[name]);
  if (typed !== null) {
    const search = document.getElementById("search");
    if (search) {
      search.focus();
      search.setSelectionRange(typed, typed);
    }
  } else if (facet && !moved) {
    const field = facet === "sort" ? document.getElementById("sort") : main.querySelector(`[data-facet="${facet}"]`);
    if (field) field.focus();
  } else if (row && wanted.finding && (!before || before.finding !== wanted.finding || moved)) {
    showFinding(row, wanted);
  } else if (moved && before.page !== undefined && view === "pages" && !row && read.has(listKey(wanted))) {
    const left = read.get(listKey(wanted));
    const link = [...main.querySelectorAll(".pages h2 a")].find((each) => new URLSearchParams(each.hash.slice(1)).get("page") === left.row);
    if (link) {
      link.focus({ preventScroll: true });
      // Rows out of sight have no height of their own yet, so that no number of pixels would do.
      requestAnimationFrame(() => link.scrollIntoView({ block: "center", behavior: "instant" }));
    }
  } else if (moved) {
    scrollTo(0, 0);
    const title = main.querySelector("h1");
    if (title) title.focus({ preventScroll: true });
  } else if (inside) {
    // What had the focus, a filter that was taken out, is gone: it stays near it.
    (main.querySelector(".chips a, .group a[aria-current]") || main.querySelector("h1") || main).focus({ preventScroll: true });
  }
  before = wanted;
}

function showFinding(row, wanted) {
  const card = document.getElementById(`finding-${wanted.finding}`);
  const told = details(row);
  if (!card || !told) return;
  for (let around = card.parentElement; around; around = around.parentElement) if (around.localName === "details") around.open = true;
  card.focus({ preventScroll: true });
  const finding = told.findings.find(({ number }) => String(number) === wanted.finding);
  const first = finding && finding.evidence.find((each) => each.block !== null && each.block !== undefined);
  // On a narrow screen the outline stands below, and the finding is what was asked for.
  if (first && matchMedia("(min-width: 60.01rem)").matches) showBlock(first.block);
  card.scrollIntoView({ block: "nearest" });
}

addEventListener("hashchange", render);
// A number that is clicked once more changes no address, and its finding may be out of sight by now.
addEventListener("click", (event) => {
  const link = event.target.closest("a.number");
  if (!link || link.hash !== location.hash) return;
  event.preventDefault();
  const wanted = address();
  showFinding(KEYS.get(wanted.page), wanted);
});
// On paper nothing can be opened: lists are told whole there.
let folded = [];
addEventListener("beforeprint", () => {
  drawnAsNeeded.beforePrint();
  folded = [...main.querySelectorAll("details.rest:not([open])")];
  for (const each of folded) each.open = true;
});
addEventListener("afterprint", () => {
  for (const each of folded) each.open = false;
});
// The first view is drawn while the details are still being read; what lacked some is drawn again.
document.addEventListener("DOMContentLoaded", () => {
  if (!chunks.lacking) return;
  before = null;
  render();
});
if (RUN.refresh) new EventSource(RUN.refresh).addEventListener("report", () => location.reload());
render();
