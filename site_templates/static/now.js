// Keeps "Now" true while the page stays open or is read later. It compares the reader's clock with the instants in
// the page and never computes a local time. Without it the page says the same in absolute times.
(() => {
  "use strict";
  const DAY = 86400000;
  const built = Date.parse(document.getElementById("built").dateTime);

  function mark(list, now) {
    const words = ["Next", "Then"];
    let later = 0;
    for (const line of list.children) {
      const end = line.dataset.end ? Date.parse(line.dataset.end) : Infinity;
      const current = Date.parse(line.dataset.start) <= now && now < end;
      line.classList.toggle("over", end <= now);
      line.classList.toggle("now", current);
      const label = end <= now ? "Over" : current ? "Now" : words[Math.min(later++, 1)];
      const place = line.querySelector(".label");
      if (place.textContent !== label) place.textContent = label;
    }
  }

  function update() {
    const now = Date.now();
    if (now < built) return;
    for (const list of document.querySelectorAll(".standing")) mark(list, now);
    for (const note of document.querySelectorAll(".stale")) {
      note.hidden = now - built < DAY;
      if (!note.hidden && !note.textContent) note.textContent = note.dataset.text;
    }
  }

  update();
  setInterval(update, 30000);
  document.addEventListener("visibilitychange", update);
})();
