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

function ask(button, field) {
  const { form } = field;
  button.disabled = true;
  say("asked");
  navigator.geolocation.getCurrentPosition(
    (position) => {
      field.value = cellOf(position);
      form.elements.where.value = "";
      form.submit();
      // Whoever comes back to this page sends nothing again.
      field.value = "";
      button.disabled = false;
      say("");
    },
    (error) => {
      button.disabled = false;
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
