// What a person has to decide, one yes or no each. Answers stay in this browser; as a snippet they go into the settings or into a house pack.

const STORE = `disclosure-checker ${RUN.digest.slice(0, 16)}`;
const ANSWERS = new Map();
try {
  for (const [key, value] of JSON.parse(localStorage.getItem(STORE) || "[]")) if (value === "yes" || value === "no") ANSWERS.set(key, value);
} catch {
  /* a browser that keeps nothing, or something else of that name */
}

const answerKey = (row, finding) => `${finding.rule} ${finding.fingerprint} ${row.key}`;

// One answer for all of these.
function answer(group, value) {
  for (const { row, finding } of group) {
    if (value) ANSWERS.set(answerKey(row, finding), value);
    else ANSWERS.delete(answerKey(row, finding));
  }
  try {
    localStorage.setItem(STORE, JSON.stringify([...ANSWERS]));
  } catch {
    /* kept until the report is closed */
  }
  tell(value ? `Answered ${value}: ${isFine({ ...group[0], value }) ? "it is fine" : "it is a fault"}.` : "Answer taken back.");
  for (const box of document.querySelectorAll("fieldset.answer")) box.sync();
  const panel = document.getElementById("answers");
  if (panel) panel.replaceWith(answersPanel());
}

function answerBox(group, question, name) {
  const choice = (value, label) =>
    h("label", {}, h("input", { type: "radio", name, value, on: { change: () => answer(group, value) } }), ` ${label}`);
  const mixed = h("p", { class: "quiet" });
  const box = h(
    "fieldset",
    { class: "answer" },
    h("legend", {}, said(question)),
    choice("yes", "Yes"),
    choice("no", "No"),
    choice("", "Not answered"),
    mixed,
  );
  // An answer may be given for a place alone, for several at once, or in another view.
  box.sync = () => {
    const kept = group.map(({ row, finding }) => ANSWERS.get(answerKey(row, finding)) || "");
    const alike_ = new Set(kept).size === 1;
    for (const input of box.querySelectorAll("input")) input.checked = alike_ && input.value === kept[0];
    mixed.textContent = alike_ ? "" : `${figure(kept.filter(Boolean).length)} of ${figure(group.length)} answered, not all alike`;
  };
  box.sync();
  return box;
}

// All questions of these pages, with their pages.
function questionsOf(rows, wanted) {
  return rows.flatMap((row) =>
    row.findings.some((each) => each.asks && meant(each, wanted, row))
      ? (details(row) || { findings: [] }).findings
          .filter((each) => each.asks && each.question && meant(each, wanted, row))
          .map((finding) => ({ row, finding }))
      : [],
  );
}

// What one answer settles: the same question of the same rule on one site, about links to the same host, or at the same place of a template.
function sameQuestions(found) {
  const groups = new Map();
  for (const each of found) {
    const { finding, row } = each;
    // Of several sites each answers for itself, and a page without an address is a site of its own among them.
    const site = SEVERAL_SITES ? row.site || row.key : "";
    const key = [finding.rule, finding.question, finding.host || finding.cause, site].join("\n");
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(each);
  }
  return [...groups.values()].sort((one, other) => other.length - one.length);
}

function questions() {
  const wanted = address();
  const found = sameQuestions(questionsOf(shownPages(wanted), wanted));
  const list = h("ol", { class: "cards" });
  drawnAsNeeded(list, found, questionCard, { first: 40, step: 40 });
  return [
    h("h1", { tabindex: "-1" }, "Questions"),
    h(
      "p",
      { class: "intro" },
      "Where the page alone does not tell, the program asks instead of accusing. Answer what you know; the answers become a snippet that you can keep, so that nobody is asked again.",
    ),
    filterBar(wanted),
    found.length
      ? [
          h(
            "p",
            { class: "quiet" },
            `${count(
              found.reduce((sum, group) => sum + group.length, 0),
              "question",
            )}, ${count(found.length, "answer")} to give`,
          ),
          answersPanel(),
          list,
        ]
      : empty("No questions on these pages.", "Everything could be decided from the pages alone."),
  ];
}

const SHOWN_PLACES = 5;

function questionCard(group) {
  const [{ row, finding }] = group;
  const places = (some) =>
    h(
      "ul",
      { class: "places" },
      some.map((each) => {
        const [primary] = each.finding.evidence;
        return h(
          "li",
          {},
          h("a", { href: ofPage(each.row, { finding: each.finding.number }) }, said(each.row.title || each.row.source)),
          primary && primary.quote ? [": ", said(primary.quote, "q")] : null,
          primary && primary.line ? h("span", { class: "quiet" }, ` (line ${primary.line})`) : null,
        );
      }),
    );
  return h(
    "li",
    { class: "card finding question" },
    h(
      "p",
      { class: "quiet" },
      `${finding.rule} ${ruleName(finding.rule)}`,
      group.length > 1 ? ` · ${count(group.length, "place")}${finding.host ? `, all about ${finding.host}` : " of one template"}` : null,
    ),
    h("p", {}, said(finding.message)),
    places(group.slice(0, SHOWN_PLACES)),
    group.length > SHOWN_PLACES
      ? h("details", { class: "rest" }, h("summary", {}, `and ${figure(group.length - SHOWN_PLACES)} more`), places(group.slice(SHOWN_PLACES, 500)))
      : null,
    group.length > 1
      ? h(
          "details",
          {},
          h("summary", {}, "Answer one by one"),
          h(
            "div",
            { class: "each" },
            group
              .slice(0, 200)
              .map((each) =>
                answerBox([each], `${each.row.title || each.row.source}: ${each.finding.message}`, `each-${each.row.at}-${each.finding.number}`),
              ),
          ),
        )
      : null,
    answerBox(
      group,
      group.length > 1 ? `${finding.question} (one answer for all ${figure(group.length)})` : finding.question,
      `question-${row.at}-${finding.number}`,
    ),
  );
}

function given() {
  if (!ANSWERS.size) return [];
  return questionsOf(PAGES, {})
    .map((each) => ({ ...each, value: ANSWERS.get(answerKey(each.row, each.finding)) }))
    .filter(({ value }) => value);
}
const isFine = ({ finding, value }) => (finding.yes === "fault") === (value === "no");

// A yes about a redirect on one's own site is about that link, not about the site.
const isOwn = (host, row) =>
  [hostOf(row), ...PAGES.slice(0, 50).map(hostOf)].some((own) => own && (own === host || own.endsWith(`.${host}`) || host.endsWith(`.${own}`)));

let owner = "";

function answersPanel() {
  const found = given();
  const fine = found.filter(isFine);
  const faults = found.filter((each) => !isFine(each));
  const hosts = [
    ...new Set(
      faults.filter(({ row, finding }) => finding.host && finding.yes === "fault" && !isOwn(finding.host, row)).map(({ finding }) => finding.host),
    ),
  ];
  const snippet = (title, note, text, name) =>
    h(
      "section",
      {},
      h("h2", {}, title),
      h("p", {}, note),
      h(
        "p",
        {},
        button(`Save as ${name}`, () => save(text(), name, "text/plain")),
        " ",
        button("Copy", () => copy(text())),
      ),
      h("details", {}, h("summary", {}, "Show it"), h("pre", { tabindex: "0" }, h("code", {}, text()))),
    );
  const todo = () => faults.map(({ row, finding }) => `${row.title || row.source} (${row.url || row.source}): ${finding.fix}`).join("\n");
  return h(
    "div",
    { id: "answers", class: "answers" },
    found.length
      ? [
          h(
            "p",
            {},
            `${count(found.length, "place")} answered: ${figure(fine.length)} fine, ${count(faults.length, "fault")}. Answers stay in this browser; save them to keep them.`,
          ),
          fine.length
            ? h(
                "label",
                { class: "owner" },
                h("span", {}, "Your name, for the waivers"),
                h("input", {
                  type: "text",
                  value: owner,
                  autocomplete: "name",
                  on: {
                    input: (event) => {
                      owner = event.target.value;
                    },
                  },
                }),
              )
            : null,
          fine.length
            ? snippet(
                "What is fine",
                "Send this to whoever runs the check. Added to disclosure-checker.toml, it says that these places are fine; they are not asked about again.",
                () => waivers(fine),
                "waivers.toml",
              )
            : null,
          hosts.length
            ? snippet(
                "What earns money",
                `Only where every link to ${hosts.join(", ")} earns money: as house/networks/ours.toml, with packs = ["house/"] in the settings, this makes them known on all pages.`,
                () => houseNetworks(hosts),
                "ours.toml",
              )
            : null,
          faults.length
            ? h(
                "section",
                {},
                h("h2", {}, "What is to be mended"),
                h(
                  "p",
                  {},
                  button("Copy the list", () => copy(todo())),
                ),
                h(
                  "ul",
                  {},
                  faults.map(({ row, finding }) =>
                    h("li", {}, h("a", { href: ofPage(row, { finding: finding.number }) }, said(row.title || row.source)), ": ", said(finding.fix)),
                  ),
                ),
              )
            : null,
        ]
      : null,
  );
}
