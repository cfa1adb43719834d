// An observation leaves the telephone when the network is there. Without it, it waits in the
// browser (IndexedDB) and leaves at the next occasion. A photograph is made small here, which also
// takes its place and date away. Without this script the form is sent as any other.
const form = document.getElementById("observe");
const note = document.getElementById("queue");
const say = (key) => note.dataset[key];
const MOST_WAITING = 5;

function show(kind, title, text = "", code = "") {
  note.hidden = false;
  note.className = `banner b-${kind}`;
  note.querySelector(".b-title").textContent = title;
  const body = note.querySelector(".b-text");
  body.textContent = text;
  if (!code) return;
  const strong = document.createElement("b");
  strong.className = "code-big";
  strong.textContent = code;
  body.append(" ", strong);
}

const wait = (request) =>
  new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });

async function store(mode, work) {
  const opening = indexedDB.open("benkadi-observations", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("waiting", { keyPath: "envoi" });
  const base = await wait(opening);
  try {
    return await wait(work(base.transaction("waiting", mode).objectStore("waiting")));
  } finally {
    base.close();
  }
}
const keep = (it) => store("readwrite", (shelf) => shelf.put(it));
const drop = (envoi) => store("readwrite", (shelf) => shelf.delete(envoi));
const waiting = () => store("readonly", (shelf) => shelf.getAll());

/** The picture as a JPEG that fits: smaller sides first, then a coarser grain. */
async function shrink(file, most) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const canvas = document.createElement("canvas");
  for (const side of [1024, 800, 640, 480, 320]) {
    const scale = Math.min(1, side / Math.max(picture.width, picture.height));
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    for (const quality of [0.75, 0.6, 0.45]) {
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
      if (blob && blob.size <= most) return blob;
    }
  }
  return null;
}

function secret() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (it) => it.toString(16).padStart(2, "0")).join("");
}

/** Sends one; gives the code, `null` if the network is away, or throws what the post says. */
async function send(it) {
  const body = new FormData();
  // The token of the page that is open now: the one kept may be of another session.
  body.append("jeton", form.elements.jeton.value);
  body.append("envoi", it.envoi);
  for (const [name, value] of it.fields) body.append(name, value);
  if (it.photo) body.append("photo", it.photo, "photo.jpg");
  let answer;
  try {
    answer = await fetch(it.action, { method: "POST", body, headers: { Accept: "application/json" } });
  } catch {
    return null;
  }
  // A post that is out of breath is tried again later; what it refuses is told.
  if (answer.status >= 500) return null;
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(told.message || say("refused"));
  return told.code;
}

async function count() {
  const all = await waiting();
  if (all.length === 0) return;
  const title = all.length === 1 ? say("one") : say("many").replace("#", all.length);
  show("due", title, say("kept"));
}

let busy = false;
async function flush() {
  if (busy) return;
  busy = true;
  try {
    for (const it of await waiting()) {
      let code;
      try {
        code = await send(it);
      } catch (error) {
        await drop(it.envoi);
        show("attention", say("refused"), error.message);
        continue;
      }
      if (code === null) {
        await count();
        return;
      }
      await drop(it.envoi);
      show("success", say("sent"), say("code"), code);
    }
  } finally {
    busy = false;
  }
}

async function submit(event) {
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    if ((await waiting()).length >= MOST_WAITING) return show("attention", say("full"));
    const fields = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    const it = {
      envoi: form.elements.envoi.value,
      action: form.action,
      fields: fields.filter(([name]) => name !== "jeton" && name !== "envoi"),
    };
    const file = form.elements.photo.files[0];
    if (file) {
      it.photo = await shrink(file, Number(form.dataset.most)).catch(() => null);
      if (!it.photo) return show("attention", say("photo"));
    }
    let code;
    try {
      code = await send(it);
    } catch (error) {
      // Refused: the form stays as it was typed.
      show("attention", error.message);
      return note.scrollIntoView({ block: "center" });
    }
    if (code === null) {
      await keep(it);
      // Asks the browser not to clear this when room is short; it may say no.
      navigator.storage?.persist?.();
      await count();
    } else {
      show("success", say("sent"), say("code"), code);
    }
    form.reset();
    form.elements.envoi.value = secret();
    note.scrollIntoView({ block: "center" });
  } finally {
    button.disabled = false;
  }
}

if ("indexedDB" in window) {
  form.addEventListener("submit", submit);
  window.addEventListener("online", flush);
  flush().then(count);
}
