// The quick exit: blank at once, then a neutral page that takes this one's place in the history.

const PRESSES = 3;
const WITHIN = 1500;

function blank() {
  document.title = "\u00a0";
  document.documentElement.replaceChildren(document.createElement("body"));
}

function leave(link) {
  const { href } = link;
  const to = link.dataset.exitTo;
  blank();
  // The answer of this address has the browser forget what it kept of the site; nobody waits for it.
  fetch(href, { keepalive: true, redirect: "manual" }).catch(() => {});
  window.location.replace(to || href);
}

const link = document.querySelector("[data-exit]");
let presses = [];

if (link) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave(link);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") {
      presses = [];
      return;
    }
    presses = [...presses.filter((at) => event.timeStamp - at < WITHIN), event.timeStamp];
    if (presses.length >= PRESSES) {
      leave(link);
    }
  });
}
