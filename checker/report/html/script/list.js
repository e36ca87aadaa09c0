// The list of pages. Rows are drawn as they are needed: a hundred at a time, when the reader comes near the end of those that are there.

const STEP = 100;

function drawnAsNeeded(list, items, draw, { first = STEP, step = STEP } = {}) {
  let drawn = 0;
  const left = h("p", { class: "left" });
  const more = (number) => {
    const end = Math.min(items.length, drawn + number);
    list.append(...items.slice(drawn, end).map(draw));
    drawn = end;
    left.replaceChildren(...(drawn < items.length ? [`${figure(items.length - drawn)} more. `, button("Show more", () => more(step))] : []));
  };
  more(first);
  const watcher = new IntersectionObserver((seen) => { if (drawn < items.length && seen.some((each) => each.isIntersecting)) more(step); }, { rootMargin: "800px" });
  requestAnimationFrame(() => { list.after(left); watcher.observe(left); });
  // On paper there is no scrolling; more than a thousand rows are no sheet that anybody reads.
  drawnAsNeeded.beforePrint = () => more(Math.max(0, 1000 - drawn));
}

function pages() {
  const wanted = address();
  const found = ordered(shownPages(wanted), wanted.sort);
  const list = h("ol", { class: "pages" });
  if (found.length) drawnAsNeeded(list, found, pageRow);
  return [
    h("h1", { tabindex: "-1" }, "Pages"),
    filterBar(wanted),
    h("div", { class: "tools" },
      h("label", {}, h("span", {}, "Sort"), h("select", { id: "sort", on: { change: (event) => go(hash({ sort: event.target.value })) } }, Object.entries(ORDERS).map(([name, { label }]) => h("option", { value: name, selected: name === (wanted.sort || "worst") }, label)))),
      button("Save as CSV", () => saveCsv(found, wanted), { disabled: !found.length }),
      button("Print", () => print())),
    found.length ? list : empty(PAGES.length ? "No page fits these filters." : "There are no pages.", PAGES.length ? "Take a filter out, or search for something else." : "The run met none; Record says what it was called with."),
  ];
}

function pageRow(row) {
  const kinds = {};
  for (const each of open(row)) kinds[each.kind] = (kinds[each.kind] || 0) + 1;
  const by = [row.authors.join(", "), row.section, day(row.published)].filter(Boolean);
  return h("li", {}, h("article", {},
    h("div", { class: "what" }, h("h2", {}, h("a", { href: ofPage(row) }, said(row.title || row.source))),
      h("p", { class: "quiet" }, row.title ? [said(row.source), by.length ? " · " : ""] : null, by.length ? said(by.join(" · ")) : null)),
    h("p", { class: "sentence" }, row.sentence ? said(row.sentence) : row.state === "ok" ? h("span", { class: "quiet" }, "Nothing to do.") : row.reason ? REASON[row.reason] || row.reason : null),
    h("p", { class: "kinds" }, stateTag(row.state), Object.keys(KIND).filter((kind) => kinds[kind]).map((kind) => h("span", { class: "quiet" }, ` ${count(kinds[kind], KIND[kind].toLowerCase())}`)))));
}
