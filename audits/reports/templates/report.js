"use strict";

// Everything can be read without this. It sets the notes beside their lines, walks through the findings, sorts the tables.

(() => {
  const sheet = document.querySelector(".sheet");
  if (!sheet) return;

  const GAP = 14;
  const wide = matchMedia("screen and (min-width: 66rem)");
  const notes = [...sheet.querySelectorAll(".remark")];
  const words = new Map(notes.map((note) => [note, document.getElementById(note.dataset.place)]));
  const findings = notes.filter((note) => !note.matches(".cited, .waived"));
  const about = document.querySelector(".about");
  const text = sheet.lastElementChild;
  const marks = new Map();
  for (const mark of sheet.querySelectorAll("mark[data-notes]")) {
    for (const id of mark.dataset.notes.split(" ")) {
      if (!marks.has(id)) marks.set(id, []);
      marks.get(id).push(mark);
    }
  }
  let chosen = null;

  // As in a word processor: each note at its line, those that would overlap further down, the chosen one exactly at its line.
  function place() {
    sheet.classList.remove("dense");
    sheet.classList.toggle("placed", wide.matches);
    if (!wide.matches) {
      for (const note of notes) note.style.top = "";
      sheet.style.minHeight = "";
      return;
    }
    const origin = sheet.getBoundingClientRect().top;
    const wanted = notes.map((note) => {
      const line = words.get(note).getClientRects()[0] ?? words.get(note).getBoundingClientRect();
      return line.top + line.height / 2 - origin - 10;
    });
    const length = notes.reduce((sum, note) => sum + note.offsetHeight + GAP, 0);
    sheet.classList.toggle("dense", length > text.getBoundingClientRect().bottom - origin);
    const heights = notes.map((note) => note.offsetHeight + GAP);
    const tops = [];
    let free = 0;
    for (let i = 0; i < notes.length; i++) {
      tops.push(Math.max(wanted[i], free));
      free = tops[i] + heights[i];
    }
    const at = notes.indexOf(chosen);
    if (at >= 0 && tops[at] > wanted[at]) {
      const above = heights.slice(0, at).reduce((sum, height) => sum + height, 0);
      tops[at] = Math.max(wanted[at], above - about.offsetHeight); // beside the head of the page there is room too
      for (let i = at - 1; i >= 0; i--) tops[i] = Math.min(tops[i], tops[i + 1] - heights[i]);
      free = tops[at] + heights[at];
      for (let i = at + 1; i < notes.length; i++) {
        tops[i] = Math.max(wanted[i], free);
        free = tops[i] + heights[i];
      }
    }
    notes.forEach((note, i) => { note.style.top = `${Math.round(tops[i])}px`; });
    sheet.style.minHeight = `${Math.ceil(free)}px`;
  }

  function paint(id, name, on) {
    document.getElementById(id)?.classList.toggle(name, on);
    for (const mark of marks.get(id) ?? []) mark.classList.toggle(name, on);
  }

  function choose(note) {
    if (note === chosen) return;
    if (chosen) paint(chosen.id, "chosen", false);
    chosen = note;
    if (chosen) paint(chosen.id, "chosen", true);
    place();
  }

  function step(by) {
    if (!findings.length) return;
    let at = findings.indexOf(chosen) + by;
    if (!findings.includes(chosen)) {
      const beyond = chosen
        ? (note) => notes.indexOf(note) > notes.indexOf(chosen)
        : (note) => words.get(note).getBoundingClientRect().top > 0;
      const below = findings.findIndex(beyond);
      at = below < 0 ? (chosen ? findings.length - 1 : 0) : by > 0 ? below : below - 1;
    }
    const note = findings[Math.min(Math.max(at, 0), findings.length - 1)];
    choose(note);
    sheet.querySelector(`sup a[href="#${CSS.escape(note.id)}"]`).focus({ preventScroll: true });
    words.get(note).scrollIntoView({ block: "center" });
  }

  function follow() {
    const id = location.hash.slice(1);
    const note = notes.find((one) => one.id === id || one.dataset.place === id);
    if (note) choose(note);
    for (const mark of sheet.querySelectorAll("mark[data-place]")) mark.classList.toggle("target", mark.dataset.place === id);
  }

  function spoken(target) {
    const mark = target.closest?.("[data-notes]");
    return mark ? mark.dataset.notes.split(" ").filter(Boolean) : [target.closest?.(".remark")?.id].filter(Boolean);
  }

  for (const [type, on] of [["pointerover", true], ["pointerout", false]]) {
    sheet.addEventListener(type, (event) => { for (const id of spoken(event.target)) paint(id, "lit", on); });
  }
  sheet.addEventListener("focusin", (event) => {
    const [id] = spoken(event.target);
    if (id) choose(document.getElementById(id));
  });
  sheet.addEventListener("click", (event) => {
    const [id] = spoken(event.target);
    if (!id) return;
    const note = document.getElementById(id);
    choose(note);
    if (!wide.matches || !event.target.closest("sup a, .head .label")) return;
    event.preventDefault(); // words and note stand side by side
    note.focus({ preventScroll: true });
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "Escape") choose(null);
  });
  sheet.addEventListener("toggle", place, true);
  wide.addEventListener("change", place);
  new ResizeObserver(place).observe(sheet.querySelector(".passage"));
  document.fonts?.ready.then(place);
  addEventListener("hashchange", follow);
  place();
  follow();
})();

for (const table of document.querySelectorAll("table[data-sortable]")) {
  const rows = [...table.tBodies[0].rows];
  const heads = [...table.tHead.rows[0].cells];
  const value = (row, column) => {
    const cell = row.cells[column];
    const text = cell.querySelector("time")?.dateTime ?? cell.textContent.trim();
    return heads[column].classList.contains("number") ? Number(text.replaceAll(",", "")) || 0 : text;
  };
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const descending = head.getAttribute("aria-sort")
        ? head.getAttribute("aria-sort") === "ascending"
        : head.classList.contains("number");
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      const order = (a, b) => {
        const [x, y] = [value(a, column), value(b, column)];
        return typeof x === "number" ? x - y : x.localeCompare(y, "en");
      };
      rows.sort((a, b) => (descending ? order(b, a) : order(a, b)));
      table.tBodies[0].append(...rows);
    });
  });
}
