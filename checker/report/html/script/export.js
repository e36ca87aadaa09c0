// What leaves the report: the clipboard, a table for spreadsheets, snippets for the settings.

async function copy(text, done = "Copied.") {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // From a file, or where it is not allowed: the older way.
    const before = document.activeElement;
    const field = h("textarea", { readonly: true, class: "aside" }, text);
    document.body.append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    if (before) before.focus({ preventScroll: true });
    if (!copied) {
      tell("The browser does not let it be copied; select the text and copy it.");
      return;
    }
  }
  tell(done);
}

function save(text, name, type) {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

// A spreadsheet takes a cell that begins with one of these for a formula.
const cell = (value) => {
  const text = String(value ?? "");
  const harmless = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
};

const CSV_COLUMNS = [
  "page",
  "title",
  "address",
  "author",
  "section",
  "published",
  "state",
  "number",
  "kind",
  "rule",
  "finding",
  "question",
  "what to do",
  "sentence to paste",
  "part of the page",
  "words there",
  "line",
  "asked for by",
  "waived",
  "fingerprint",
];

// The pages that are shown: a row for each finding that is meant, and one for each page without.
function csv(rows, wanted) {
  const lines = [CSV_COLUMNS];
  for (const row of rows) {
    const about = [row.source, row.title, row.url, row.authors.join("; "), row.section, row.published, STATE[row.state].label];
    const told = details(row);
    if (!told) {
      lines.push([...about, "", "", "", "the report was not read to its end when this was saved"]);
      continue;
    }
    const found = told.findings.filter((each) => meant(each, wanted, row) || (each.state !== "new" && wanted.state === "waived"));
    for (const each of found) {
      const [first] = each.evidence;
      const block = first && told.outline && first.block !== null && first.block !== undefined ? told.outline[first.block] : null;
      const todo = each.asks ? `Only if the answer is ${each.yes === "fault" ? "yes" : "no"}: ${each.fix}` : each.fix;
      const asked_ = (each.asked || []).map((key) => (RUN.authorities[key] ? RUN.authorities[key].title : key)).join("; ");
      lines.push([
        ...about,
        each.number,
        KIND[each.kind],
        `${each.rule} ${ruleName(each.rule)}`,
        each.message,
        each.question,
        todo,
        each.paste,
        block ? regionName(block.region) : "",
        first ? first.quote : "",
        first ? first.line : "",
        asked_,
        each.state === "new" ? "" : each.state,
        each.fingerprint,
      ]);
    }
    if (!found.length)
      lines.push([...about, "", "", "", row.status === "checked" ? "nothing to do" : REASON[row.reason] || row.reason || "not checked"]);
  }
  return `\ufeff${lines.map((line_) => CSV_COLUMNS.map((_, at) => cell(line_[at])).join(",")).join("\r\n")}\r\n`;
}

// Named after what it holds, so that several can lie in one folder.
const csvName = (wanted) =>
  `${["disclosure", ...FILTERS.map((name) => wanted[name]).filter(Boolean)]
    .join("-")
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .slice(0, 80)
    .replace(/-$/u, "")}.csv`;
const saveCsv = (rows, wanted) => save(csv(rows, wanted), csvName(wanted), "text/csv");

// TOML writes strings as JSON does, but for one character.
const toml = (text) => JSON.stringify(whole(String(text))).replaceAll("\u007f", "\\u007f");
// A path of the settings is a pattern.
const pattern = (text) => text.replace(/[*?[\]]/gu, "?").replace(/\/$/u, "[/]");
const today = () => new Date().toISOString().slice(0, 10);

function waivers(answers) {
  return answers
    .map(({ row, finding, value }) =>
      [
        "[[waive]]",
        /^https?:/u.test(row.source) ? `url = ${toml(pattern(row.source))}` : `path = ${toml(pattern(row.source))}`,
        `rules = [${toml(finding.rule)}]`,
        `fingerprint = ${toml(finding.fingerprint)}`,
        `reason = ${toml(`asked “${finding.question}”: ${value}, on ${today()}`)}`,
        `owner = ${toml(owner)}`,
      ].join("\n"),
    )
    .join("\n\n");
}

// A pack says where it knows from, and shows two addresses that are meant and two that look alike.
function houseNetworks(hosts) {
  const asked_ = `[source]\nasked-the-house = ${toml(`answered in the report, on ${today()}`)}`;
  const networks = hosts.map((host) =>
    [
      "[[network]]",
      `id = ${toml(`ours-${host.toLowerCase().replaceAll(/[^a-z0-9]+/gu, "-")}`)}`,
      `name = ${toml(host)}`,
      'kind = "network"',
      "countries = []",
      `checked = ${today()}`,
      "",
      "[[network.link]]",
      'tier = "certain"',
      `hosts = [${toml(host)}]`,
      'evidence = ["asked-the-house"]',
      `yes = [${toml(`https://${host}/`)}, ${toml(`https://${host}/story?id=1`)}]`,
      `no = [${toml(`https://${host}.example.net/`)}, ${toml(`https://www.example.net/?to=${host}`)}]`,
    ].join("\n"),
  );
  return [asked_, ...networks].join("\n\n");
}
