// Reads the QR code of a paper form with the camera, where the browser can. The code typed by hand
// always works: without this script, or without a camera, nothing is lost.
const form = document.getElementById("rekey");
const button = document.getElementById("scan");
const view = document.getElementById("scan-view");
const state = document.getElementById("scan-state");

async function start() {
  let stream;
  try {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    view.srcObject = stream;
    view.hidden = false;
    await view.play();
    state.textContent = state.dataset.looking;
    const look = async () => {
      const [found] = await detector.detect(view);
      if (!found) return requestAnimationFrame(look);
      for (const track of stream.getTracks()) track.stop();
      form.elements.code.value = found.rawValue;
      form.requestSubmit();
    };
    await look();
  } catch {
    for (const track of stream?.getTracks() ?? []) track.stop();
    view.hidden = true;
    state.textContent = state.dataset.none;
  }
}

if ("BarcodeDetector" in window && navigator.mediaDevices) {
  button.hidden = false;
  button.addEventListener("click", start);
}
