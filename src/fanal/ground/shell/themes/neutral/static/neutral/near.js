// « Près de moi »: the browser rounds where it is to a cell, and the cell alone is sent, once.

const WAITS = 10_000;
const KEPT = 300_000;

const near = document.querySelector("[data-near]");

// The number of a row and of a column: nothing finer leaves this function.
function cellOf({ coords }) {
  const row = Math.floor(coords.latitude * Number(near.dataset.rows));
  const column = Math.floor(coords.longitude * Number(near.dataset.columns));
  return `${row}:${column}`;
}

function say(which) {
  for (const one of near.querySelectorAll("[data-near-says]")) {
    one.hidden = one.dataset.nearSays !== which;
  }
}

// A button that is disabled loses the focus of whoever pressed it: it says that it waits instead.
const waits = (button) => button.getAttribute("aria-disabled") === "true";
const wait = (button, is) => button.setAttribute("aria-disabled", String(is));

function ask(button, field) {
  if (waits(button)) return;
  const { form } = field;
  wait(button, true);
  say("asked");
  navigator.geolocation.getCurrentPosition(
    (position) => {
      field.value = cellOf(position);
      form.elements.where.value = "";
      form.submit();
      // Whoever comes back to this page sends nothing again.
      field.value = "";
      wait(button, false);
      say("");
    },
    (error) => {
      wait(button, false);
      say(error.code === error.TIMEOUT ? "late" : "refused");
      form.elements.where.focus();
    },
    { enableHighAccuracy: false, maximumAge: KEPT, timeout: WAITS },
  );
}

if (near && window.isSecureContext && "geolocation" in navigator) {
  const button = near.querySelector("button");
  const field = near.querySelector("input[name='cell']");
  near.hidden = false;
  button.addEventListener("click", () => ask(button, field));
}
