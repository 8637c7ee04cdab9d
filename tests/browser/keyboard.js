// Read into a page by the tests: what the Tab key should reach, and what it has reached.
(() => {
  const INTERACTIVE = "a[href], area[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable]";

  function isReachable(element) {
    return (
      element.tabIndex >= 0 &&
      element.type !== "hidden" &&
      !element.matches(":disabled") &&
      !element.closest("[inert]") &&
      element.checkVisibility({ visibilityProperty: true })
    );
  }

  // A group of radio buttons is one stop: the chosen one, or the first.
  function isStop(element, _rank, all) {
    if (element.type !== "radio" || !element.name) {
      return true;
    }
    const group = all.filter(
      (other) => other.type === "radio" && other.name === element.name && other.form === element.form,
    );
    return element === (group.find((other) => other.checked) ?? group[0]);
  }

  function stops() {
    return [...document.querySelectorAll(INTERACTIVE)].filter(isReachable).filter(isStop);
  }

  function named(element) {
    const text = (element.labels?.[0] ?? element).textContent.trim().replace(/\s+/g, " ");
    const name = text || element.getAttribute("aria-label") || element.name || element.id;
    return `<${element.localName}> ${name.slice(0, 60)}`;
  }

  function shadowOf(element) {
    return getComputedStyle(element).boxShadow;
  }

  function hasOutline(element) {
    const style = getComputedStyle(element);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  }

  // The mark may stand on the control, or on the label that covers it.
  function showsFocus(element, shadows) {
    return [element, ...(element.labels ?? [])].some(
      (one) => hasOutline(one) || (shadowOf(one) !== "none" && shadowOf(one) !== shadows.get(one)),
    );
  }

  function isOnScreen(element) {
    return [element, ...(element.labels ?? [])]
      .map((one) => one.getBoundingClientRect())
      .some((box) => box.width > 1 && box.height > 1 && box.right > 0 && box.left < innerWidth);
  }

  const wanted = stops();
  const shadows = new Map(wanted.flatMap((one) => [one, ...(one.labels ?? [])]).map((one) => [one, shadowOf(one)]));
  const reached = [];
  const faults = new Set();

  document.addEventListener("focusin", ({ target }) => {
    if (!wanted.includes(target) || reached.includes(target)) {
      return;
    }
    reached.push(target);
    if (!showsFocus(target, shadows)) {
      faults.add(`rien ne montre le focus : ${named(target)}`);
    }
    if (!isOnScreen(target)) {
      faults.add(`le focus est sur ce qui ne se voit pas : ${named(target)}`);
    }
  });

  for (const element of document.querySelectorAll("[tabindex]")) {
    if (element.tabIndex > 0) {
      faults.add(`tabindex positif : ${named(element)}`);
    }
  }
  for (const element of document.querySelectorAll("[onclick]")) {
    faults.add(`onclick dans la page : ${named(element)}`);
  }

  globalThis.keyboard = {
    count: () => wanted.length,
    left: () => wanted.length - reached.length,
    faults: () => {
      const missed = wanted.filter((one) => !reached.includes(one));
      const order = wanted.filter((one) => reached.includes(one));
      const astray = order.find((one, rank) => one !== reached[rank]);
      return [
        ...faults,
        ...missed.map((one) => `le clavier n'atteint pas : ${named(one)}`),
        ...(astray ? [`l'ordre du clavier n'est pas celui de la page : ${named(astray)}`] : []),
      ];
    },
    skip: () => {
      const [link] = wanted;
      if (!link?.hash || link !== reached[0]) {
        return "";
      }
      link.focus();
      return link.hash;
    },
  };
})();
