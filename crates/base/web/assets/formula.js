// The preview of a formula while one types: the same page as the button « Calculer » gives, of which
// only the preview is shown. Without this script, the button does it.
const form = document.querySelector("form[data-preview]");
const place = document.getElementById(form.dataset.preview);
const PAUSE_MS = 400;
let timer = 0;
let asked = 0;

async function look() {
  const turn = ++asked;
  const fields = new URLSearchParams(new FormData(form));
  fields.set("acte", "calculer");
  try {
    const answer = await fetch(form.action, { method: "POST", body: fields });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(place.id);
    // An answer to what was typed before is of no use any more.
    if (fresh && turn === asked) place.replaceChildren(...fresh.childNodes);
  } catch {
    // The program does not answer: the preview stays as it was.
  }
}

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(look, PAUSE_MS);
});
