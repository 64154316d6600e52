// Keeps "Now" true while the page stays open or is read later. It compares the reader's clock with the instants in
// the page and never computes a local time. Without it the page says the same in absolute times.
(() => {
  "use strict";
  const DAY = 86400000;
  const built = Date.parse(document.getElementById("built").dateTime);

  function element(name, className, text) {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    return made;
  }

  function freeLine(text) {
    const line = element("li", "free now between", "");
    line.append(element("span", "label", "Now"), " ", element("span", "who", text));
    return line;
  }

  // Now, next and then of a role; what is over disappears. Between two lines nobody is on call and nobody is needed.
  function markStanding(list, now) {
    let later = 0;
    let held = false;
    let next = null;
    for (const line of list.querySelectorAll("[data-start]")) {
      const end = line.dataset.end ? Date.parse(line.dataset.end) : Infinity;
      const over = end <= now;
      const current = !over && Date.parse(line.dataset.start) <= now;
      line.classList.toggle("over", over);
      line.classList.toggle("now", current);
      line.querySelector(".label").textContent = current ? "Now" : over ? "Over" : later++ ? "Then" : "Next";
      if (current) held = true;
      else if (!over && !next) next = line;
    }
    const between = list.querySelector(".between");
    if (between) between.remove();
    if (!held && next) list.insertBefore(freeLine(list.dataset.free), next);
    if (!held && !next && !list.querySelector(".spent")) list.append(element("li", "spent", list.dataset.spent));
  }

  function markGaps(section, now) {
    for (const gap of section.querySelectorAll("[data-start]")) {
      gap.classList.toggle("over", Date.parse(gap.dataset.end) <= now);
      gap.querySelector(".label").textContent = Date.parse(gap.dataset.start) <= now ? "Now: " : "";
    }
    section.hidden = !section.querySelector("li:not(.over)");
  }

  function markRow(row, now) {
    const [start, end] = row.querySelectorAll("time");
    const current = Date.parse(start.dateTime) <= now && now < Date.parse(end.dateTime);
    const mark = row.querySelector(".at");
    row.classList.toggle("current", current);
    if (mark && !current) mark.remove();
    if (!mark && current) row.cells[2].append(" ", element("strong", "at", "Now"));
  }

  function update() {
    const now = Date.now();
    if (now < built) return;
    for (const list of document.querySelectorAll(".standing")) markStanding(list, now);
    for (const section of document.querySelectorAll(".gaps")) markGaps(section, now);
    for (const row of document.querySelectorAll(".shifts tbody tr")) markRow(row, now);
    for (const note of document.querySelectorAll(".stale")) {
      note.hidden = now - built < DAY;
      if (!note.hidden && !note.textContent) note.textContent = note.dataset.text;
    }
  }

  update();
  setInterval(update, 30000);
  document.addEventListener("visibilitychange", update);
})();
