// Reads the QR code of a paper form, or the codes of a receipt, with the camera, where the browser
// can. A code typed or pasted by hand always works: without this script, or without a camera,
// nothing is lost.
const form = document.getElementById("rekey");
const button = document.getElementById("scan");
const view = document.getElementById("scan-view");
const state = document.getElementById("scan-state");
const field = form?.elements[form.dataset.field ?? "code"];
const pieces = new Set();

/** Takes a text that was read; says whether it was the last. */
function take(text) {
  if (!("pieces" in form.dataset)) {
    field.value = text;
    return true;
  }
  if (!pieces.has(text)) {
    pieces.add(text);
    field.value += (field.value ? "\n" : "") + text;
  }
  const all = Number(/^BENKADI2:\d+\/(\d+):/.exec(text)?.[1] ?? 1);
  state.textContent = `${state.dataset.looking} ${pieces.size}/${all}`;
  return all <= pieces.size;
}

async function start() {
  let stream;
  try {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    const video = { facingMode: "environment", width: { ideal: 1920 }, height: { ideal: 1920 } };
    stream = await navigator.mediaDevices.getUserMedia({ video });
    view.srcObject = stream;
    view.hidden = false;
    await view.play();
    state.textContent = state.dataset.looking;
    const look = async () => {
      const [found] = await detector.detect(view);
      if (!found || !take(found.rawValue)) return requestAnimationFrame(look);
      for (const track of stream.getTracks()) track.stop();
      form.requestSubmit();
    };
    await look();
  } catch {
    for (const track of stream?.getTracks() ?? []) track.stop();
    view.hidden = true;
    state.textContent = state.dataset.none;
  }
}

if (form && "BarcodeDetector" in window && navigator.mediaDevices) {
  button.hidden = false;
  button.addEventListener("click", start);
}
