// The desk of whoever listens: what is said comes by a stream, and the queue is read again when it moves.

const SILENCE = 20000;
const WHO = { visitor: "La personne", listener: "L’écoutant", system: "Fanal" };
const desk = document.querySelector("[data-listen]");
const said = document.querySelector("[data-said]");
const form = document.querySelector("[data-answer]");
const later = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const note = document.createElement("p");
const hour = new Intl.DateTimeFormat("fr-FR", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Paris" });
let last = Number(desk?.dataset.last || 0);
let turn = Promise.resolve();

function hear(message) {
  if (!said || message.n <= last) return;
  last = message.n;
  const item = document.createElement("li");
  const who = document.createElement("span");
  const words = document.createElement("span");
  item.className = `talk-${message.side}`;
  who.className = "talk-who";
  who.textContent = `${WHO[message.side]}, ${hour.format(new Date(message.at))}`;
  words.className = "talk-words";
  words.textContent = message.text;
  item.append(who, words);
  said.append(item);
  item.scrollIntoView({ block: "nearest" });
}

// A busy queue is read again once in a while, and its last move is never missed.
const BETWEEN = 4000;
let read = 0;
let waiting = null;

function readQueue() {
  clearTimeout(waiting);
  waiting = null;
  read = Date.now();
  document.body.dispatchEvent(new Event("queue"));
}

function queueMoved() {
  waiting ??= setTimeout(readQueue, Math.max(0, read + BETWEEN - Date.now()));
}

function event(block) {
  const kind = /^event: (.*)$/m.exec(block);
  const data = /^data: (.*)$/m.exec(block);
  if (!kind || !data) return;
  const body = JSON.parse(data[1]);
  if (kind[1] === "message") hear(body);
  if (kind[1] === "queue") queueMoved();
  if (kind[1] === "alarm") readQueue();
  // It ended, or a colleague accepted to go on: nothing more is answered from here.
  if (kind[1] === "state" && form && (body.state === "ended" || !body.mine)) window.location.reload();
}

async function stream() {
  const stop = new AbortController();
  let watch = setTimeout(() => stop.abort(), SILENCE);
  const { token, ref } = desk.dataset;
  const talks = ref ? [{ ref, after: last }] : [];
  try {
    const answer = await fetch("/direct/suivre", {
      method: "POST",
      body: JSON.stringify({ token, talks }),
      headers: { "Content-Type": "application/json" },
      cache: "no-store",
      credentials: "omit",
      signal: stop.signal,
    });
    const kind = answer.headers.get("Content-Type") || "";
    if (answer.status === 403 && kind.startsWith("application/json")) return false;
    // What a network answers in our place is no stream of ours.
    if (!answer.ok || !kind.startsWith("text/event-stream")) throw new Error();
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let held = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return true;
      note.textContent = "";
      clearTimeout(watch);
      watch = setTimeout(() => stop.abort(), SILENCE);
      const blocks = (held + value).split("\n\n");
      held = blocks.pop();
      blocks.forEach(event);
    }
  } finally {
    clearTimeout(watch);
  }
}

async function follow() {
  for (;;) {
    try {
      if (!(await stream())) {
        note.textContent = "Cette page ne reçoit plus rien : copiez ce que vous écriviez, puis rechargez-la.";
        return;
      }
    } catch {
      note.textContent = "La connexion est coupée : on réessaie. Ce que dit la personne n’est pas perdu.";
    }
    await later(500 + Math.random() * 2000);
  }
}

// Sent again, with the same name, until it is known to be kept; the next one waits for it.
async function deliver(body, words) {
  const { text } = form.elements;
  const refused = form.querySelector("[data-refused]");
  for (let tries = 1; ; tries += 1) {
    const answer = await fetch(form.action, { method: "POST", body }).catch(() => null);
    refused.textContent = "";
    if (answer?.status === 204) return;
    if (answer && answer.status < 500) {
      text.value = [words, text.value].filter(Boolean).join("\n");
      refused.textContent = "Ce message n’est pas parti : envoyez-le à nouveau.";
      return;
    }
    refused.textContent = "La connexion est coupée : votre message partira dès qu’elle revient.";
    await later(Math.min(5000, 300 * tries));
  }
}

// What is ready goes where one was writing; nothing is sent before one has read it.
function insert(text) {
  const box = form?.elements.text;
  if (!box) return;
  const before = box.value.slice(0, box.selectionStart);
  const gap = before && !/\s$/.test(before) ? " " : "";
  box.setRangeText(gap + text, box.selectionStart, box.selectionEnd, "end");
  box.focus();
}

function ready(source) {
  const fold = source.closest("details");
  if (fold) fold.open = false;
  insert(source.dataset.insert);
}

if (desk) {
  for (const link of document.querySelectorAll("a[data-insert]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      ready(link);
    });
  }
  const hand = document.querySelector("[data-hand]");
  hand?.addEventListener("submit", async (event) => {
    event.preventDefault();
    // What was being written stays.
    await fetch(hand.action, { method: "POST", body: new FormData(hand), redirect: "manual" });
    hand.dataset.hand = hand.dataset.hand === "up" ? "down" : "up";
    hand.querySelector("button span").textContent = hand.dataset.hand === "up" ? "Baisser la main" : "Appeler le coordinateur";
  });
  for (const propose of document.querySelectorAll("[data-propose]")) {
    propose.addEventListener("submit", async (event) => {
      event.preventDefault();
      const body = new FormData(propose);
      body.append("short", "1");
      const answer = await fetch(propose.action, { method: "POST", body }).catch(() => null);
      if (answer?.status === 204) ready(propose);
      else propose.submit();
    });
  }
  said?.lastElementChild?.scrollIntoView({ block: "nearest" });
  note.className = "talk-refused";
  note.setAttribute("role", "status");
  desk.before(note);
  follow();
  form?.addEventListener("submit", (sent) => {
    const { text, sent: name } = form.elements;
    const words = text.value.trim();
    if (!words) return;
    sent.preventDefault();
    const body = new FormData(form);
    body.append("short", "1");
    // What one writes meanwhile is the next message.
    text.value = "";
    name.value = crypto.randomUUID();
    turn = turn.then(() => deliver(body, words));
  });
}
