// What stands in the file: the run and a row for each page at once, the details of a page when somebody opens it.

const RUN = JSON.parse(document.getElementById("run").textContent);
const LISTS = RUN.lists;

// Half a character is none that an address can hold.
const whole = (text) => (/[\ud800-\udfff]/u.test(text) ? new URLSearchParams({ text }).get("text") : text);
for (const name of ["authors", "sections", "networks", "profiles", "types", "rules", "causes"]) LISTS[name] = LISTS[name].map(whole);

const named = (columns, values) => Object.fromEntries(columns.map((column, at) => [column, values[at]]));
const all = (list, numbers) => numbers.map((number) => LISTS[list][number]);
const one = (list, number) => (number === null || number === undefined ? null : LISTS[list][number]);

function findingOf(values) {
  const found = named(LISTS.finding, values);
  return {
    rule: LISTS.rules[found.rule],
    severity: LISTS.severities[found.severity],
    kind: found.asks ? "question" : LISTS.severities[found.severity],
    asks: Boolean(found.asks),
    state: LISTS.finding_states[found.state],
    cause: LISTS.causes[found.cause],
  };
}

const ROWS = JSON.parse(document.getElementById("pages").textContent).map((values, at) => {
  const row = named(LISTS.columns, values);
  return {
    ...row,
    source: whole(row.source),
    at,
    status: LISTS.statuses[row.status],
    state: LISTS.states[row.state],
    authors: all("authors", row.authors),
    section: one("sections", row.section),
    networks: all("networks", row.networks),
    profiles: all("profiles", row.profiles),
    type: one("types", row.type),
    verdicts: row.verdicts && all("verdicts", row.verdicts),
    findings: row.findings.map(findingOf),
  };
});

// Pages of several sites in one report: what has one cause lies on one site.
function hostOf(row) {
  try {
    return new URL(row.url).hostname;
  } catch {
    return "";
  }
}
const SEVERAL_SITES = new Set(ROWS.map(hostOf).filter(Boolean)).size > 1;
for (const row of ROWS) row.site = SEVERAL_SITES ? hostOf(row) : "";

// A page is known by its source; where a run met one several times, by its turn as well.
const KEYS = new Map();
for (const row of ROWS) {
  let key = row.source;
  for (let turn = 2; KEYS.has(key); turn += 1) key = `${row.source} (${turn})`;
  row.key = key;
  KEYS.set(key, row);
}
const PAGES = ROWS.filter((row) => row.status === "checked" || row.status === "not_checked");
const SKIPPED = ROWS.filter((row) => row.status === "skipped");
const SETTINGS = ROWS.filter((row) => row.status === "settings");

const open = (row) => row.findings.filter((finding) => finding.state === "new");

const chunks = new Map();
// The details of a page, or null while the file is still being read.
function details(row) {
  const number = Math.floor(row.at / RUN.chunk);
  if (!chunks.has(number)) {
    const block = document.getElementById(`details-${number}`);
    // The next element stands behind it, or the whole file is read: then the block is whole.
    if (!block || (document.readyState === "loading" && !block.nextElementSibling)) {
      chunks.lacking = true;
      return null;
    }
    if (chunks.size > 15) chunks.delete(chunks.keys().next().value);
    chunks.set(number, JSON.parse(block.textContent));
  }
  const told = chunks.get(number)[row.at % RUN.chunk];
  return {
    problems: [],
    crashed: [],
    waivers: [],
    otherwise: [],
    pictures: [],
    ...told,
    outline: told.outline ? told.outline.map(blockOf) : null,
    findings: (told.findings || []).map((found, at) => ({
      ...row.findings[at],
      ...found,
      ...textsOf(found),
      number: at + 1,
      evidence: (found.evidence || []).map(evidenceOf),
    })),
  };
}

const textsOf = (found) => Object.fromEntries(["why", "fix", "paste", "question"].map((name) => [name, one("texts", found[name])]));

function evidenceOf(values) {
  const found = named(LISTS.evidence, values);
  return { ...found, label: LISTS.texts[found.label] };
}

function blockOf(values, at) {
  const block = {};
  Object.entries(LISTS.block).forEach(([column, usual], place) => {
    block[column] = place < values.length ? values[place] : usual;
  });
  return {
    ...block,
    at,
    kind: LISTS.kinds[block.kind],
    region: LISTS.regions[block.region],
    marks: block.marks
      ? block.marks.split(" ").map((mark) => {
          const [kind, number] = mark.split(":");
          return { kind, number: Number(number) };
        })
      : [],
  };
}
