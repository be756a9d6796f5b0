"use strict";

// Everything can be done without this. It adds keys, says what was done, and shows the page anew when it is out of date.

(() => {
  const desk = document.querySelector(".desk");
  if (!desk) return;

  const notice = document.querySelector(".notice");
  const spoken = document.querySelector(".spoken");
  const chosen = () => document.querySelector(".remark.chosen");
  const isField = (element) => element.matches?.("input, textarea, select");
  const OWNER = "corrigenda-owner";
  const POLL = 1500;

  // A live region is read out when its words change, not when a page begins with them.
  function say(words) {
    spoken.textContent = "";
    setTimeout(() => { spoken.textContent = words; }, 100);
  }

  function accept() {
    const details = chosen()?.querySelector(".accept");
    if (!details) return false;
    details.open = true;
    details.querySelector("[name=reason]").focus();
    return true;
  }

  function submit(form) {
    form?.requestSubmit();
    return Boolean(form);
  }

  function close() {
    notice?.remove();
    return false; // the report, too, lets go
  }

  const KEYS = {
    a: accept,
    f: () => submit(chosen()?.querySelector(".fixed")),
    u: () => submit(chosen()?.querySelector(".undo") ?? notice?.querySelector(".undo")),
    Escape: close,
  };

  // Before the report's own keys: what is typed into a field is no key of the page.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const form = event.target.closest?.(".accept");
    if (event.key === "Escape" && form?.open) {
      form.open = false;
      form.querySelector("summary").focus();
      event.stopPropagation();
    } else if (isField(event.target)) {
      event.stopPropagation();
    } else if (Object.hasOwn(KEYS, event.key)) {
      if (KEYS[event.key]()) event.preventDefault();
      else if (event.key === "a" || event.key === "f") say("No open finding is chosen. The keys j and k choose one.");
      else if (event.key === "u") say("There is nothing to undo here.");
    }
  }, true);

  document.addEventListener("submit", (event) => {
    const owner = event.target.querySelector("[name=owner]");
    if (owner) localStorage.setItem(OWNER, owner.value);
    const what = event.target.elements.do.value;
    if (what === "fixed" || what === "audit") say("The articles are being audited again.");
    for (const button of document.querySelectorAll("button")) button.disabled = true; // once is enough
  });
  addEventListener("pageshow", () => {
    for (const button of document.querySelectorAll("button")) button.disabled = false;
  });

  for (const details of document.querySelectorAll(".accept")) {
    details.addEventListener("toggle", () => {
      const owner = details.querySelector("[name=owner]");
      if (details.open && !owner.value) owner.value = localStorage.getItem(OWNER) ?? "";
    });
  }

  let later = 0;
  async function refresh() {
    clearTimeout(later);
    const answer = await fetch("/state").catch(() => null);
    if (!answer?.ok) return;
    const state = await answer.text();
    if (!state) later = setTimeout(refresh, POLL); // being audited
    else if (state === desk.dataset.state && !("busy" in desk.dataset)) return;
    else if (document.querySelector(".accept[open]")) say("The articles or the waivers have changed since this page was shown.");
    else location.reload();
  }
  addEventListener("focus", refresh);
  if ("busy" in desk.dataset) refresh();

  const keys = document.querySelector(".keys");
  if (keys) {
    for (const [key, does] of [["a", "accepts"], ["f", "marks fixed"], ["u", "undoes"]]) {
      const name = document.createElement("kbd");
      name.textContent = key;
      keys.append(", ", name, ` ${does}`);
    }
  }

  if (notice) {
    const note = document.getElementById(notice.dataset.finding);
    const field = note?.querySelector(".accept[open] [name=reason]");
    (field ?? note ?? notice).focus({ preventScroll: true });
    document.getElementById(note?.dataset.place)?.scrollIntoView({ block: "center" });
    say(notice.querySelector("p").textContent);
    history.replaceState(null, "", location.pathname + location.hash); // read again, it is not said again
  }
})();
