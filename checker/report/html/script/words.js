// How things are called.

const STATE = {
  wrong: { one: "needs a change", many: "need a change", label: "Needs a change" },
  asked: { one: "has only questions", many: "have only questions", label: "Only questions" },
  remarks: { one: "has only remarks", many: "have only remarks", label: "Remarks only" },
  ok: { one: "is in order", many: "are in order", label: "In order" },
  not_checked: { one: "was not checked", many: "were not checked", label: "Not checked" },
};
const KIND = { error: "Error", warning: "Warning", question: "Question", info: "Remark" };

const NOTICE = {
  clear_before: { label: "plainly, before the first paid link", tone: "good" },
  clear_after: { label: "plainly, but after the first paid link", tone: "late" },
  footer_only: { label: "only in the footer or sidebar", tone: "poor" },
  weak_or_link_only: { label: "only in unclear words, or behind a link", tone: "weak" },
  missing: { label: "nowhere", tone: "bad" },
};
const NO_LINKS = {
  not_needed: { label: "no paid links", tone: "none" },
  notice_without_links: { label: "a notice, but no paid link", tone: "none" },
};
const BYLINE = {
  person: { label: "a person by name", tone: "good" },
  organisation: { label: "an organisation", tone: "late" },
  generic: { label: "“staff”, “editors” or the like", tone: "poor" },
  none: { label: "nobody", tone: "bad" },
  not_applicable: { label: "no byline is due here", tone: "none" },
};
const UNREAD = { unread: { label: "not known: there are no words for the language of the page", tone: "none" } };
const CREDITS = {
  all: { label: "every picture is credited", tone: "good" },
  some: { label: "some pictures are credited", tone: "poor" },
  none: { label: "no picture is credited", tone: "bad" },
  no_content_images: { label: "no pictures that need one", tone: "none" },
};
const MARK = {
  notice: "Notice",
  hint: "Unclear notice",
  link: "Paid link",
  possible: "Link that may pay",
  author: "Byline",
  image: "Picture",
  credit: "Credit",
};
const ROLE = {
  primary: "Here",
  first_affiliate_link: "First paid link",
  notice: "Notice",
  image: "Picture",
  author: "Byline",
  credit: "Credit",
  related: "See also",
  insertion: "The sentence belongs before this",
};
const REASON = {
  missing: "there is no such file",
  unreadable: "it cannot be read",
  empty: "it is empty",
  not_html: "it is no HTML page",
  too_large: "it is too large",
  crashed: "reading it failed",
  timed_out: "it took too long",
  damaged: "it is damaged",
  capped: "a limit was reached",
  fetch_failed: "it could not be fetched",
  not_found: "there is no such page",
  blocked: "the server refused",
  login: "it asks for a login",
  robots: "robots.txt forbids it",
  forbidden_address: "its address may not be asked",
  client_rendered: "its text comes only by script",
  rule_crashed: "a rule failed on it",
};
// Which come first.
const KIND_ORDER = { error: 0, warning: 1, question: 2, info: 3 };
const NONE = "(none)";

const figure = (number) => number.toLocaleString("en");
const count = (number, word, many = `${word}s`) => `${figure(number)} ${number === 1 ? word : many}`;
// Nothing is rounded to all or to none.
function percent(part, whole) {
  if (!whole || part === null || part === undefined) return "–";
  const share_ = Math.round((100 * part) / whole);
  if (share_ === 100 && part < whole) return "over 99\u00a0%";
  return share_ === 0 && part > 0 ? "under 1\u00a0%" : `${share_}\u00a0%`;
}
const ruleName = (rule) => (RUN.rules[rule] ? RUN.rules[rule].name.replaceAll("-", " ") : "");
// A date as the page's data tell it; what is not written as one stays as it is.
const isDate = (told) => /^\d{4}-\d\d-\d\d/u.test(told || "");
const day = (told) => (isDate(told) ? told.slice(0, 10) : told || "");
const NEEDS = { rendered: "the pages were not drawn by a browser (--render)", files: "the files of pictures were not read (--read-image-files)" };
const regionName = (region) => RUN.region_names[region] || region;
const tag = (kind, text = KIND[kind]) => h("span", { class: `tag ${kind}` }, text);
const stateTag = (state) => h("span", { class: `tag state ${state}` }, STATE[state].label);
