// The view of one page: its outline or the page itself beside the findings, with a map of it.

const SHOWS = { outline: "Outline", frozen: "The page itself", pictures: "Pictures" };

function page(row) {
  const wanted = address();
  const told = details(row);
  const list = ordered(shownPages(wanted), wanted.sort);
  const turn = list.indexOf(row);
  const step = (by, label) =>
    list[turn + by] && turn >= 0
      ? h("a", { href: ofPage(list[turn + by]), rel: by > 0 ? "next" : "prev" }, label)
      : h("span", { class: "quiet", "aria-hidden": "true" }, label);
  const facts = [
    row.authors.length ? ["By ", said(row.authors.join(", "))] : row.verdicts ? ["No author"] : null,
    row.section ? [said(row.section)] : null,
    day(row.published) ? [said(day(row.published))] : null,
    told && told.modified && day(told.modified) !== day(row.published) ? ["changed ", said(day(told.modified))] : null,
    row.type ? [row.type.replaceAll("_", " ")] : null,
    row.language ? [row.language] : null,
    told && told.words ? [count(told.words, "word")] : null,
  ].filter(Boolean);
  const head = h(
    "header",
    { class: "page-head" },
    h(
      "nav",
      { class: "steps", "aria-label": "Pages of the list" },
      h("a", { href: hash({ page: null, finding: null, show: null, view: wanted.view || "pages" }) }, "← Back to the list"),
      h("span", {}, turn >= 0 ? `${figure(turn + 1)} of ${figure(list.length)} ` : "", step(-1, "Previous"), " ", step(1, "Next")),
    ),
    h("h1", { tabindex: "-1" }, said(row.title || row.source)),
    h(
      "p",
      { class: "quiet" },
      said(row.source),
      row.url
        ? row.url !== row.source
          ? [" · ", outside(row.url, row.url)]
          : null
        : row.verdicts
          ? " · the page names no address of its own"
          : null,
    ),
    facts.length
      ? h(
          "p",
          { class: "quiet" },
          facts.map((fact, at) => [at ? " · " : "", fact]),
        )
      : null,
    h(
      "p",
      { class: "verdicts" },
      stateTag(row.state),
      row.verdicts
        ? [
            verdictTag("Readers are told", unread(told, "AFF", row.verdicts[0], "missing"), { ...NOTICE, ...NO_LINKS, ...UNREAD }),
            verdictTag("Author", unread(told, "AUT", row.verdicts[1], "none"), { ...BYLINE, ...UNREAD }),
            verdictTag("Pictures", unread(told, "IMG", row.verdicts[2], "none"), { ...CREDITS, ...UNREAD }),
          ]
        : null,
    ),
  );
  if (!told) return [head, h("p", { class: "quiet" }, "Reading …")];
  const shows = [told.outline ? "outline" : null, told.frozen ? "frozen" : null, told.pictures.length ? "pictures" : null].filter(Boolean);
  const show = shows.includes(wanted.show) ? wanted.show : shows[0];
  return [
    head,
    remarks(row, told),
    h(
      "div",
      { class: `sheet ${shows.length ? "" : "alone"}` },
      h("section", { class: "findings", "aria-label": "Findings" }, findingsOf(row, told)),
      shows.length
        ? h(
            "section",
            { class: "look", "aria-label": "The page", tabindex: "0" },
            h("h2", { class: "unseen" }, "The page"),
            shows.length > 1
              ? h(
                  "nav",
                  { class: "group", "aria-label": "Show" },
                  shows.map((name) =>
                    h("a", { href: hash({ show: name === shows[0] ? null : name }), "aria-current": name === show ? "true" : null }, SHOWS[name]),
                  ),
                )
              : null,
            look(show, row, told, wanted),
          )
        : null,
    ),
  ];
}

// Nothing found in a language that cannot be read is not known to be absent.
const unread = (told, family, value, absent) =>
  value === absent && told && told.findings.some((each) => each.rule.startsWith(family) && each.reason === "unknown_language") ? "unread" : value;

const verdictTag = (label, value, words) =>
  h(
    "span",
    { class: `verdict tone-text-${words[value] ? words[value].tone : "none"}` },
    h("span", { class: "quiet" }, `${label}: `),
    words[value] ? words[value].label : value,
  );

function remarks(row, told) {
  const lines = [
    row.status === "not_checked" || row.reason
      ? `Not checked: ${REASON[row.reason] || row.reason || "the reason is not told"}${told.detail ? ` (${told.detail})` : ""}. It does not count as passed.`
      : null,
    told.crashed.length ? `Rules that failed on this page and say nothing of it: ${told.crashed.join(", ")}` : null,
    told.cut ? `The reader lost a part of the page: ${told.cut}` : null,
    told.drawn ? capital(told.drawn) : null,
    told.unmeasured ? `Not measurable ${told.unmeasured}` : null,
    ...told.otherwise.map((line_) => `As drawn, otherwise than the markup: ${line_}`),
    told.http ? `The server answered ${told.http}` : null,
    ...told.waivers.map(
      (each) =>
        `A waiver in the page for ${each.rules.join(" ")} ${WAIVER_STATUS[each.status] || each.status}: ${[each.why, each.owner, each.until, each.detail].filter(Boolean).join(" · ") || "no reason given"}`,
    ),
    ...told.problems,
  ].filter(Boolean);
  return lines.length
    ? h(
        "ul",
        { class: "notes" },
        lines.map((text) => h("li", {}, said(text))),
      )
    : null;
}

// The address of a file that lies beside the report.
const beside = (path) => path.split("/").map(encodeURIComponent).join("/");

function findingsOf(row, told) {
  const order = [...told.findings].sort(
    (one, other) => (one.state !== "new") - (other.state !== "new") || KIND_ORDER[one.kind] - KIND_ORDER[other.kind],
  );
  if (!order.length)
    return row.status === "checked"
      ? empty(
          "Nothing to do on this page.",
          `Every rule that was judged and applies to it is satisfied.${Object.keys(RUN.not_evaluated).length ? ` ${count(Object.keys(RUN.not_evaluated).length, "rule")} ${Object.keys(RUN.not_evaluated).length === 1 ? "was" : "were"} not judged: see Record.` : ""}`,
        )
      : empty("Nothing is known of this page.", "It was not checked, and does not count as passed.");
  return [
    h("h2", {}, count(order.length, "finding")),
    h(
      "ol",
      { class: "cards" },
      alike(order).map((group) =>
        group.length < 3 ? group.map((finding) => findingCard(finding, row, told.outline)) : groupCard(group, row, told.outline),
      ),
    ),
  ];
}

// Findings that ask for the same thing: twenty pictures without a credit are one thing to do.
function alike(findings) {
  const groups = new Map();
  for (const finding of findings) {
    const key = [
      finding.rule,
      finding.kind,
      finding.state,
      finding.fix,
      finding.paste,
      finding.question,
      finding.state === "new" ? "" : finding.number,
    ].join("\n");
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(finding);
  }
  return [...groups.values()];
}

function look(show, row, told, wanted) {
  if (show === "outline") {
    return [
      h("p", { class: "map-line" }, mapLine(told.outline)),
      hints(told.outline),
      legend(told.outline),
      h("div", { class: "with-map" }, map(told.outline, told.findings), outline(told.outline, told.findings)),
    ];
  }
  if (show === "frozen") {
    return [
      h(
        "p",
        { class: "quiet" },
        "The page as it was checked, without its scripts; nothing is loaded from anywhere, so it may look plainer than on the web.",
      ),
      h("iframe", {
        class: "frozen",
        sandbox: "",
        title: `The page itself: ${row.title || row.source}`,
        src: `${beside(told.frozen)}${wanted.finding ? `#disclosure-checker-finding-${wanted.finding}` : ""}`,
      }),
    ];
  }
  return h(
    "div",
    { class: "pictures" },
    told.pictures.map((picture) =>
      h(
        "figure",
        {},
        picture.here
          ? h("img", {
              src: beside(picture.here),
              alt: picture.rule ? `What ${picture.rule} points at, at ${picture.view}` : `The page to its first paid link, at ${picture.view}`,
              loading: "lazy",
            })
          : null,
        h(
          "figcaption",
          {},
          picture.rule ? `${picture.rule} at ${picture.view}` : `The page at ${picture.view}`,
          picture.here ? null : [": ", h("code", {}, picture.path)],
        ),
      ),
    ),
  );
}

// Why what the page says already is not enough.
function hints(blocks) {
  const found = blocks.filter((block) => !block.hidden && block.text && block.marks.some(({ kind }) => kind === "hint"));
  if (!found.length) return null;
  return h(
    "div",
    { class: "hints" },
    h("p", {}, "What hints at it, and does not say plainly that the publisher earns money:"),
    h(
      "ul",
      { class: "places" },
      found.slice(0, 3).map((block) =>
        h(
          "li",
          {},
          button(block.text.length > 80 ? `${block.text.slice(0, 79)}…` : block.text, () => showBlock(block.at), { class: "go", dir: "auto" }),
        ),
      ),
    ),
  );
}

// Which marks there are, in their colours.
function legend(blocks) {
  const kinds = [...new Set(blocks.flatMap((block) => block.marks.map(({ kind }) => kind)))].filter((kind) => MARK[kind]);
  return kinds.length
    ? h(
        "ul",
        { class: "keys", "aria-label": "Marks" },
        Object.keys(MARK)
          .filter((kind) => kinds.includes(kind))
          .map((kind) => h("li", {}, h("span", { class: `mark ${kind}` }, MARK[kind]))),
        h("li", { class: "quiet" }, "Numbers and black marks on the map: findings"),
      )
    : null;
}
