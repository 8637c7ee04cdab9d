// Every desk works without this script. It adds the keyboard, drafts that save themselves,
// the count of long texts and menus that close by themselves.

const SHORTCUTS = "raccourcis";
const PAUSE = 1500;

// Keyboard

const help = document.getElementById("aide-clavier");

function shortcutsWanted() {
  try {
    return localStorage.getItem(SHORTCUTS) !== "non";
  } catch {
    return true;
  }
}

function isTyping(target) {
  return target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog");
}

function rowLinks() {
  const rows = document.querySelectorAll("[data-rows] tbody tr, [data-row]");
  return [...rows].map((row) => row.querySelector("a[href]")).filter(Boolean);
}

function moveRow(step) {
  const links = rowLinks();
  const row = document.activeElement.closest("tr, [data-row]");
  const now = links.findIndex((link) => row && row.contains(link));
  const next = links[now < 0 ? 0 : Math.min(Math.max(now + step, 0), links.length - 1)];
  if (next) {
    next.focus();
  }
}

const deeds = {
  "/": () => document.querySelector("[data-search]")?.focus(),
  j: () => moveRow(1),
  k: () => moveRow(-1),
  "?": () => help?.showModal(),
};

// A key of this screen alone: it sends a form that takes nothing more, or opens a fold.
function marked(key) {
  const found = /^[a-z]$/.test(key) && document.querySelector(`[data-key="${key}"]`);
  return found ? () => reach(found) : null;
}

function reach(found) {
  if (found.tagName === "FORM") {
    found.requestSubmit();
    return;
  }
  const fold = found.closest("details");
  fold.open = !fold.open;
  const first = fold.open && fold.querySelector("button, a[href]");
  (first || found).focus();
}

document.addEventListener("keydown", (event) => {
  const deed = deeds[event.key] ?? marked(event.key);
  if (!deed || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  if (!shortcutsWanted() || isTyping(event.target)) {
    return;
  }
  event.preventDefault();
  deed();
});

for (const button of document.querySelectorAll("[data-keyboard]")) {
  button.hidden = false;
  button.addEventListener("click", () => help?.showModal());
}

const wanted = document.querySelector("[data-shortcuts]");
if (wanted) {
  wanted.checked = shortcutsWanted();
  wanted.addEventListener("change", () => {
    try {
      localStorage.setItem(SHORTCUTS, wanted.checked ? "oui" : "non");
    } catch {
      // A browser that keeps nothing keeps the shortcuts on.
    }
  });
}

// Menus

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("[data-menu][open]")) {
    if (!menu.contains(event.target)) {
      menu.open = false;
    }
  }
});

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("[data-menu][open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// Errors: the summary takes the focus, so that it is read first.

document.querySelector("[data-summary]")?.focus();

// Long texts

for (const line of document.querySelectorAll("[data-limit]")) {
  const text = document.getElementById(line.dataset.limitOf);
  const limit = Number(line.dataset.limit);
  const count = () => {
    const left = limit - text.value.length;
    const size = Math.abs(left).toLocaleString("fr-FR").replace(/\s/g, "\u00a0");
    const word = Math.abs(left) < 2 ? "caractère" : "caractères";
    line.textContent = left < 0 ? `${size} ${word} de trop` : `encore ${size} ${word}`;
    line.classList.toggle("limit-passed", left < 0);
    // A long limit is only worth saying to who comes near it.
    line.hidden = limit > 1000 && left > limit / 5;
  };
  if (text) {
    // The server refuses what is too long; the field must not cut a pasted text in silence.
    text.removeAttribute("maxlength");
    text.addEventListener("input", count);
    count();
  }
}

// Drafts

class Draft {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-autosave-status]") ?? this.addStatus();
    this.changed = false;
    this.saving = null;
    form.addEventListener("submit", (event) => this.send(event));
    document.addEventListener("visibilitychange", () => this.hidden());
  }

  addStatus() {
    const status = document.createElement("p");
    status.className = "autosave";
    status.setAttribute("role", "status");
    this.form.append(status);
    return status;
  }

  touch() {
    this.changed = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  stop() {
    clearTimeout(this.timer);
    this.changed = false;
    this.stopped = true;
  }

  // What is sent carries the mark of what was kept last: a saving under way ends first.
  async send(event) {
    this.stop();
    if (this.saving && this.form.querySelector("[data-autosave-token]")) {
      event.preventDefault();
      await this.saving;
      this.form.requestSubmit(event.submitter);
    }
  }

  hidden() {
    if (document.visibilityState === "hidden" && this.changed) {
      this.save();
    }
  }

  async save() {
    if (this.saving || this.stopped) {
      return;
    }
    clearTimeout(this.timer);
    this.changed = false;
    this.saving = this.post();
    const kept = await this.saving;
    this.saving = null;
    if (this.stopped) {
      return;
    }
    this.say(kept);
    if (!kept) {
      this.changed = true;
    } else if (this.changed) {
      this.touch();
    }
  }

  async post() {
    const { form } = this;
    const to = form.dataset.autosave || form.getAttribute("action") || window.location.href;
    const body = new URLSearchParams(new FormData(form));
    try {
      const answer = await fetch(to, {
        method: "POST",
        body,
        headers: { "X-Autosave": "1" },
        redirect: "manual",
        // Outlives the page when it is being closed; browsers refuse it above 64 KiB.
        keepalive: body.toString().length < 60000,
      });
      this.mark(answer.headers.get("X-Autosave-Token"));
      return answer.ok;
    } catch {
      return false;
    }
  }

  mark(token) {
    const field = this.form.querySelector("[data-autosave-token]");
    if (field && token) {
      field.value = token;
    }
  }

  say(kept) {
    const time = new Date().toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit" });
    this.status.dataset.state = kept ? "kept" : "failed";
    this.status.textContent = kept
      ? `enregistré à ${time}`
      : "non enregistré : gardez cette page ouverte, nouvel essai à la prochaine frappe";
  }
}

const drafts = new WeakMap();

// Heard from the page: a form that has just come is kept from its first letter.
function written(event) {
  const form = event.target.closest?.("form[data-autosave]");
  if (!form) {
    return;
  }
  if (!drafts.has(form)) {
    drafts.set(form, new Draft(form));
  }
  drafts.get(form).touch();
}

document.addEventListener("input", written);
document.addEventListener("change", written);
