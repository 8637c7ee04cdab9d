// What is written is sent in the background: no form and no answer enters the history of the browser.

const main = document.querySelector("#contenu");
const CUT = "La connexion est coupée : rien n’est perdu, on peut renvoyer.";

async function answered(form, button) {
  const given = new URLSearchParams(new FormData(form));
  if (button?.name) given.append(button.name, button.value);
  const answer = await fetch(form.action, {
    method: "POST",
    body: given,
    cache: "no-store",
    credentials: "omit",
    redirect: "error",
    referrerPolicy: "no-referrer",
  });
  if (!answer.ok) throw new Error();
  return new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#contenu");
}

function show(next) {
  main.replaceChildren(...next.childNodes);
  const first = main.querySelector("[data-summary], [role='alert']:not(:empty), h1");
  first.tabIndex = -1;
  first.focus();
  first.scrollIntoView({ block: "start" });
}

document.addEventListener("submit", async (sent) => {
  const form = sent.target;
  if (!form.matches("[data-quiet]")) return;
  sent.preventDefault();
  const button = sent.submitter;
  // A button that is disabled loses the focus of whoever pressed it: it says that it waits instead.
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  form.querySelector("[data-refused]").textContent = "";
  button?.setAttribute("aria-disabled", "true");
  try {
    show(await answered(form, button));
  } catch {
    form.querySelector("[data-refused]").textContent = CUT;
    form.ariaBusy = "false";
    button?.removeAttribute("aria-disabled");
  }
});

// The page goes, and what is on it: nobody comes back to it.
window.addEventListener("pagehide", () => main.replaceChildren());
window.addEventListener("pageshow", (came) => { if (came.persisted) window.location.reload(); });
