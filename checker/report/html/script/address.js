// What is shown stands in the address bar, so that it can be kept, sent and gone back to: #view=pages&rule=AFF002&author=…

const FILTERS = ["q", "state", "rule", "cause", "severity", "author", "section", "network", "profile", "type", "notice", "byline", "credits"];

const address = () => Object.fromEntries(new URLSearchParams(location.hash.slice(1)));

// The address with these changes; null takes something out.
function hash(changes, from = address()) {
  const members = new URLSearchParams();
  for (const [key, value] of Object.entries({ ...from, ...changes }))
    if (value !== null && value !== undefined && value !== "") members.set(key, value);
  return `#${members}`;
}

// The same filters in another view; a page that was open is left.
const inView = (view, changes = {}) => hash({ view, page: null, show: null, finding: null, ...changes });
// Pages with only this filter.
const only = (changes) => hash({ view: "pages", ...changes }, {});
const ofPage = (row, changes = {}) => hash({ view: null, show: null, finding: null, page: row.key, ...changes });

function go(to, { replace = false } = {}) {
  if (replace) {
    history.replaceState(null, "", to);
    render();
  } else location.hash = to;
}
