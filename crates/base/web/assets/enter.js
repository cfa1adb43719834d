// Enter goes to the next cell of a form that is typed from paper, Shift+Enter to the one before.
const form = document.querySelector("form[data-enter]");
const stops = [...form.querySelectorAll("[data-cell] :is(input.num, select)")];
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.altKey || event.ctrlKey) return;
  const at = stops.indexOf(event.target);
  if (at < 0) return;
  event.preventDefault();
  const next = stops[at + (event.shiftKey ? -1 : 1)];
  if (!next) return;
  next.focus();
  if (next.select) next.select();
});
