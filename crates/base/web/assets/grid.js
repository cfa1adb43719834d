// The entry grid, on pages that hold one: Enter goes to the next cell; a cell is saved when it is
// left. While the server does not answer, the text stays, says so, and goes again.
const one = (what, within = document) => within.querySelector(what);
const all = (what, within = form) => [...within.querySelectorAll(what)];
const form = one("form[data-cell-url]");
const RETRY_MS = 3000;
const say = form.dataset;
const waiting = new Map();
const saved = new Map();
let busy = false;
let submitted = false;

const field = (row, start) => one(`[name^="${start}."]`, row);
const unknown = (row) => one(".nsp input", row);
const typed = (row) => ({
  valeur: field(row, "v").value,
  nsp: unknown(row).checked ? "oui" : "",
  note: field(row, "c").value,
  source: field(row, "s").value,
});
const signature = (row) => JSON.stringify(typed(row));
const isSaved = (row) => signature(row) === saved.get(row);
const on = (kind, work) => form.addEventListener(kind, (event) => {
  const row = event.target.closest("[data-cell]");
  if (row) work(event, row);
});
const rows = all("[data-cell]");
const stops = rows.map((row) => field(row, "v"));
for (const row of rows) saved.set(row, signature(row));

const icon = (name) => `<svg class="i" aria-hidden="true"><use href="#i-${name}"/></svg>`;

// The mark at the end of a cell, and the line under it: refused, or not saved yet.
function tell(row, name, words, why) {
  const state = one(".state", row);
  state.innerHTML = name && `${icon(name)}<span class="sr"></span>`;
  if (name) state.lastChild.textContent = words;
  const input = field(row, "v");
  const id = `e-${row.dataset.cell}`;
  const old = document.getElementById(id);
  if (old) old.parentElement.remove();
  input.removeAttribute("aria-invalid");
  if (!why) return;
  const line = document.createElement("tr");
  line.className = `note a-${name === "blocked" ? name : "late"}`;
  line.innerHTML = `<td colspan="6" role="status">${icon(name)}</td>`;
  line.firstChild.id = id;
  line.firstChild.append(why);
  row.after(line);
  input.setAttribute("aria-describedby", id);
  if (name === "blocked") input.setAttribute("aria-invalid", "true");
}

function status(words) {
  for (const it of all(".status li:first-child", document)) it.textContent = words;
}

function alerts(notes) {
  for (const old of all("[data-notes]")) old.remove();
  for (const it of all(".cell")) it.classList.remove("a-blocked", "a-late", "a-info");
  for (const [code, note] of Object.entries(notes)) {
    const body = document.getElementById(`p-${code}`);
    for (const row of all(".total, .cell:not(.sub)", body)) row.classList.add(`a-${note.gravity}`);
    const line = body.insertRow();
    line.className = `note a-${note.gravity}`;
    line.dataset.notes = "";
    line.innerHTML = `<td colspan="6" id="n-${code}">${note.html}</td>`;
    for (const row of all("[data-cell]", body)) field(row, "v").setAttribute("aria-describedby", `n-${code}`);
  }
}

function show(row, sent, answer) {
  field(row, "o").value = answer.held;
  saved.set(row, sent);
  if (isSaved(row)) {
    field(row, "v").value = answer.value;
    unknown(row).checked = answer.unknown;
    saved.set(row, signature(row));
  }
  tell(row, answer.held ? "done" : "", say.saved);
  for (const [code, total] of Object.entries(answer.totals)) {
    const line = one(`[data-total="${code}"]`);
    one("th", line).textContent = total.label;
    one("output", line).textContent = total.value;
  }
  one(".progress .got").setAttribute("width", answer.done);
  one(".progress b").textContent = `${answer.done}/${answer.cells}`;
  alerts(answer.notes);
  status(answer.saved);
}

// False if the cell must go again.
async function send(row) {
  const sent = signature(row);
  const body = new URLSearchParams({ ...typed(row), case: row.dataset.cell, avant: field(row, "o").value });
  for (const it of ["jeton", "palier"]) body.set(it, form.elements[it].value);
  let trouble = say.unsaved;
  try {
    const reply = await fetch(say.cellUrl, { method: "POST", headers: { Accept: "application/json" }, body });
    if (reply.status === 401 || reply.status === 403) trouble = say.session;
    const answer = await reply.json();
    if (reply.ok) return show(row, sent, answer), true;
    if (reply.status === 422 || reply.status === 409) {
      // The page now knows another person's value: leaving the cell again keeps this one.
      if (answer.held !== null) field(row, "o").value = answer.held;
      return tell(row, "blocked", say.unsaved, answer.message), true;
    }
  } catch {
    // No answer: said below.
  }
  for (const it of waiting.values()) tell(it, "offline", say.unsaved, trouble);
  status(`${say.waiting} ${waiting.size}`);
  return false;
}

async function sendAll() {
  if (busy) return;
  busy = true;
  let again = false;
  for (const [name, row] of waiting) {
    const sent = signature(row);
    again = !(await send(row));
    if (again) break;
    if (signature(row) === sent || isSaved(row)) waiting.delete(name);
  }
  busy = false;
  if (waiting.size) setTimeout(sendAll, again ? RETRY_MS : 0);
}

function leave(row) {
  if (isSaved(row)) return;
  waiting.set(row.dataset.cell, row);
  sendAll();
}

on("keydown", (event, row) => {
  if (event.altKey || event.ctrlKey || event.target.matches("summary, [type=checkbox]")) return;
  const arrow = event.target.matches(".num") && { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const step = event.key === "Enter" ? (event.shiftKey ? -1 : 1) : arrow;
  if (!step) return;
  event.preventDefault();
  const next = stops[rows.indexOf(row) + step];
  if (!next) return leave(row);
  next.focus();
  if (next.select) next.select();
});
on("focusout", (event, row) => {
  if (!row.contains(event.relatedTarget)) leave(row);
});
on("input", (event, row) => {
  if (event.target === field(row, "v")) unknown(row).checked = false;
});
on("change", (event, row) => {
  if (event.target.matches("select, [type=checkbox]")) leave(row);
});
form.addEventListener("submit", () => { submitted = true; });
addEventListener("beforeunload", (event) => {
  if (!submitted && !rows.every(isSaved)) event.preventDefault();
});
