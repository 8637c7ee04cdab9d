// A conversation without trace: the key and the words are in the memory of this page, nowhere else.

const SILENCE = 20000;
const WHO = { visitor: "Toi", listener: "La personne qui t’écoute", system: "Information" };
const page = document.querySelector("[data-talk]");
const begin = document.querySelector("[data-begin]");
const find = (name) => page.querySelector(`[data-${name}]`);
const later = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const shown = new Map();
let key = "";
let last = 0;
let state = "";
let place = "";
let failures = 0;
let [beginning, leaving, coding] = [false, false, false];
let turn = Promise.resolve();

function fresh() {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
}

function named() {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

function post(address, body, more = {}) {
  return fetch(address, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "Content-Type": "application/json" },
    cache: "no-store",
    credentials: "omit",
    referrerPolicy: "no-referrer",
    ...more,
  });
}

const deed = (act, more = {}, how = {}) => post(page.dataset.deeds, { act, key, ...more }, how);

// What a network puts in our place is no answer of ours.
const ours = (answer, kind = "application/json") => (answer.headers.get("Content-Type") || "").startsWith(kind);

// Asked again until somebody of ours answers: a cut connection keeps nobody in danger unheard.
async function insist(act) {
  for (let tries = 1; key; tries += 1) {
    const answer = await deed(act).catch(() => null);
    const known = answer && ours(answer) && answer.status < 500;
    cut(!known);
    if (known) return answer;
    await later(Math.min(5000, 300 * tries));
  }
  return null;
}

function line(side, text) {
  const item = document.createElement("li");
  const who = document.createElement("span");
  const words = document.createElement("span");
  item.className = `talk-${side}`;
  who.className = "talk-who";
  who.textContent = WHO[side];
  words.className = "talk-words";
  words.textContent = text;
  item.append(who, " ", words);
  find("said").append(item);
  item.scrollIntoView({ block: "nearest" });
  return item;
}

// What does not leave at once says so in words, and then that it left: not by its edge alone.
function late(item) {
  if (item.querySelector(".talk-late")) return;
  const state = document.createElement("span");
  state.className = "talk-who talk-late";
  state.textContent = "Pas encore envoyé";
  item.append(" ", state);
}

function kept(item) {
  item.classList.remove("talk-sending");
  const state = item.querySelector(".talk-late");
  if (state) state.textContent = "Envoyé";
}

function hear(message) {
  if (message.n <= last) return;
  last = message.n;
  const known = shown.get(message.id);
  if (known) kept(known);
  else shown.set(message.id, line(message.side, message.text));
}

function become(next) {
  state = next;
  if (state !== "waiting") standing("");
  if (state === "ended") {
    for (const name of ["write", "danger", "leave"]) hide(name);
  }
}

// Whoever stood on what goes is brought to what was said, and not to the top of the page.
function hide(name) {
  const held = find(name).contains(document.activeElement);
  find(name).hidden = true;
  if (held) find("said").focus();
}

// Five words: in the page as long as they are looked at, and nowhere else.
function codes(words, duress) {
  find("words").textContent = words;
  find("duress").textContent = duress;
  find("codes").hidden = !words;
}

function gone() {
  become("ended");
  if (find("codes").contains(document.activeElement)) find("said").focus();
  codes("", "");
  hide("code");
  line("system", "Cette page ne marche plus : la conversation a été reprise ailleurs, ou n’existe plus.");
}

function standing(said) {
  place = said;
  find("place").textContent = said;
}

const cut = (is) => { find("cut").hidden = !is; };

function numbers() {
  find("help").hidden = false;
  find("help").scrollIntoView({ block: "nearest" });
}

function event(block) {
  const kind = /^event: (.*)$/m.exec(block);
  const data = /^data: (.*)$/m.exec(block);
  if (!kind || !data) return;
  const body = JSON.parse(data[1]);
  if (kind[1] === "message") hear(body);
  if (kind[1] === "state") become(body.state);
  if (kind[1] === "place") standing(body.said);
}

async function stream() {
  const stop = new AbortController();
  let watch = setTimeout(() => stop.abort(), SILENCE);
  let heard = false;
  try {
    const answer = await post(`${page.dataset.live}suivre`, { key, after: last }, { signal: stop.signal });
    if (answer.status === 404 && ours(answer)) return gone();
    if (!answer.ok || !ours(answer, "text/event-stream")) throw new Error();
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let held = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return undefined;
      heard = true;
      clearTimeout(watch);
      watch = setTimeout(() => stop.abort(), SILENCE);
      failures = 0;
      cut(false);
      const blocks = (held + value).split("\n\n");
      held = blocks.pop();
      blocks.forEach(event);
    }
  } finally {
    clearTimeout(watch);
    // A stream of which nothing comes is gathered on its way: no second silence is waited for.
    if (!heard && stop.signal.aborted) failures += 1;
  }
}

// What a network that gathers a stream lets through: one answer at a time.
async function poll() {
  const stop = new AbortController();
  const watch = setTimeout(() => stop.abort(), SILENCE);
  try {
    const answer = await post(`${page.dataset.live}attendre`, { key, after: last, state, place }, { signal: stop.signal });
    if (answer.status === 404 && ours(answer)) return gone();
    if (!answer.ok) throw new Error();
    const news = await answer.json();
    cut(false);
    news.messages.forEach(hear);
    become(news.state);
    if (news.place) standing(news.place);
    return undefined;
  } finally {
    clearTimeout(watch);
  }
}

async function follow() {
  while (state !== "ended" && key) {
    try {
      await (failures > 1 && "body" in Response.prototype && failures % 5 ? poll() : stream());
    } catch {
      failures += 1;
      cut(true);
      await later(500 + Math.random() * Math.min(5000, 500 * failures));
    }
  }
}

function send(text) {
  const id = named();
  const item = line("visitor", text);
  item.classList.add("talk-sending");
  shown.set(id, item);
  turn = turn.then(() => deliver(text, id, item));
}

// Sent again, with the same name, until it is known to be kept; the next one waits for it.
async function deliver(text, id, item) {
  for (let tries = 1; key; tries += 1) {
    try {
      const answer = await post(`${page.dataset.live}dire`, { key, text, id });
      if (answer.ok && ours(answer)) {
        kept(item);
        if ((await answer.json()).danger) numbers();
        return;
      }
      if ((answer.status === 404 || answer.status === 409) && ours(answer)) {
        line("system", "Ce message n’est pas parti : la conversation est terminée. Le 119 répond jour et nuit.");
        become("ended");
        return;
      }
    } catch {
      cut(true);
    }
    late(item);
    await later(Math.min(5000, 300 * tries));
  }
}

async function refused(answer) {
  const { said, token } = await answer.json();
  // The page was older than its token: it has a new one for the next try.
  if (token) begin.elements.jeton.value = token;
  return said || "Cela n’a pas marché : réessaie.";
}

function forget() {
  key = "";
  state = "ended";
  page.remove();
}

if (page && begin) {
  const refusal = (said, danger) => {
    begin.querySelector("[data-refused]").textContent = said;
    begin.querySelector("[data-numbers]")?.toggleAttribute("hidden", !danger);
  };
  begin.addEventListener("submit", async (sent) => {
    sent.preventDefault();
    if (beginning) return undefined;
    beginning = true;
    const given = Object.fromEntries(new FormData(begin));
    const danger = Boolean(given.danger) || given.topic === "suicide";
    // One page, one key: asked twice, by a finger or a network, it is one conversation.
    key = key || fresh();
    try {
      const answer = await deed(begin.dataset.begin, { answers: given });
      if (!answer.ok) return refusal(await refused(answer), danger);
    } catch {
      return refusal("La connexion est coupée : réessaie. Le 119 répond jour et nuit.", danger);
    } finally {
      beginning = false;
    }
    begin.remove();
    page.hidden = false;
    if (danger) numbers();
    find("text").focus();
    return follow();
  });

  find("write").addEventListener("submit", (sent) => {
    sent.preventDefault();
    const text = find("text").value.trim();
    find("text").value = "";
    if (text) send(text);
  });

  find("text").addEventListener("keydown", (pressed) => {
    if (pressed.key === "Enter" && !pressed.shiftKey && !pressed.isComposing) {
      pressed.preventDefault();
      find("write").requestSubmit();
    }
  });

  find("danger").addEventListener("click", async () => {
    numbers();
    const answer = await insist("danger");
    if (answer && !answer.ok) line("system", await refused(answer));
  });

  find("leave").addEventListener("click", async () => {
    leaving = true;
    insist("leave").then(() => { leaving = false; });
    become("ended");
    line("system", "C’est terminé. Pour reprendre plus tard, demande un code avec « Pouvoir revenir ». Le 119 répond jour et nuit.");
  });

  find("code").addEventListener("click", async () => {
    if (coding) return undefined;
    coding = true;
    const answer = await deed("code").catch(() => null);
    coding = false;
    if (!answer || !answer.ok) return line("system", answer ? await refused(answer) : "La connexion est coupée : réessaie.");
    const given = await answer.json();
    codes(given.words, given.duress);
    return find("codes").focus();
  });

  find("noted").addEventListener("click", () => { codes("", ""); find("code").focus(); });

  // The page goes, and the key with it: nobody could come back to this conversation.
  window.addEventListener("pagehide", () => {
    if (key && (leaving || state !== "ended")) deed("leave", {}, { keepalive: true }).catch(() => {});
    forget();
  });
  window.addEventListener("pageshow", (came) => { if (came.persisted) window.location.reload(); });
}
