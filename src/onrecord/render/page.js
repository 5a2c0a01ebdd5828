
"use strict";
(() => {
  document.documentElement.classList.add("js");

  // One report: which statement is lit (under the pointer or the focus), which is held (chosen), which speaker is alone.
  const open = (report) => {
    let marks = null; // the number of a statement -> [[element, its class while lit], ...]; made when first needed
    const speakers = new Map(); // the number of a statement -> its speaker's
    for (const card of report.querySelectorAll(".card")) speakers.set(Number(card.dataset.n), Number(card.dataset.v));
    let lit = 0, held = 0, speaker = 0;
    const bar = makeBar();
    const cardOf = (number) => document.getElementById(`${report.id}s${number}`);
    // "12cb 7ce": the statements over marked words, innermost first; each with its part (s, q, c), and b or e at its edges.
    const covers = (element) => element.dataset.s.split(" ").map((cover) => {
      const [, number, role, edges] = /^(\d+)(\w)(\w*)$/.exec(cover);
      return { number: Number(number), role, edges };
    });

    function index() {
      if (marks) return marks;
      marks = new Map();
      for (const element of report.querySelectorAll("[data-s]")) {
        for (const { number, role } of covers(element)) {
          if (!marks.has(number)) marks.set(number, []);
          marks.get(number).push([element, `on-${role}`]);
        }
      }
      return marks;
    }

    function paint(number, on) {
      if (!number) return;
      for (const [element, name] of index().get(number) ?? []) element.classList.toggle(name, on);
      cardOf(number)?.classList.toggle("on", on);
    }

    function light(number) {
      const next = number || held;
      if (next === lit) return;
      paint(lit, false);
      paint(lit = next, true);
    }

    function hold(number) {
      held = number;
      light(number);
    }

    // The innermost statement of the marked words or the card at an element; while one speaker is alone, only that speaker's.
    function numberAt(element) {
      const card = element.closest?.(".card");
      if (card) return Number(card.dataset.n);
      const mark = element.closest?.("[data-s]");
      if (mark) return covers(mark).find(({ number }) => isShown(number))?.number ?? 0;
      const link = element.closest?.(".text .n");
      return link ? Number(link.textContent) : 0;
    }

    const isShown = (number) => !speaker || speakers.get(number) === speaker;

    function makeBar() {
      const made = document.createElement("div");
      made.className = "filter";
      made.hidden = true;
      const words = made.appendChild(document.createElement("span"));
      words.setAttribute("role", "status");
      const also = document.createElement("small");
      const all = made.appendChild(document.createElement("button"));
      all.type = "button";
      all.textContent = "Show everything";
      all.addEventListener("click", () => alone(0));
      report.querySelector(".body").before(made);
      return { element: made, words, also };
    }

    // The marks of the statements that are shown; returns whether there are any.
    function dress(element) {
      const shown = covers(element).filter(({ number }) => isShown(number));
      const contents = shown.filter(({ role }) => role === "c");
      const has = (role) => shown.some((cover) => cover.role === role);
      const edge = (letter) => contents.some(({ edges }) => edges.includes(letter));
      const dressed = { s: has("s"), q: has("q"), c: has("c"), cc: contents.length > 1, b: edge("b"), e: edge("e") };
      const name = Object.keys(dressed).filter((key) => dressed[key]).join(" ");
      if (element.className !== name) element.className = name;
      return shown.length > 0;
    }

    // Leave only what one speaker says: its cards, its marks, and the paragraphs that they stand in. 0 brings everything back.
    function alone(next) {
      speaker = next;
      hold(0);
      const kept = new Set();
      let shown = 0, total = 0;
      for (const card of report.querySelectorAll(".card")) {
        card.hidden = !isShown(Number(card.dataset.n));
        total += 1;
        if (card.hidden) continue;
        shown += 1;
        kept.add(card.closest(".row"));
      }
      for (const element of report.querySelectorAll("[data-s]")) {
        if (dress(element)) kept.add(element.closest(".row"));
      }
      let before = false, gone = false;
      for (const row of report.querySelectorAll(".row")) {
        row.hidden = speaker !== 0 && !kept.has(row);
        row.classList.toggle("gap", before && gone && !row.hidden);
        before ||= !row.hidden;
        gone = row.hidden;
      }
      for (const link of report.querySelectorAll(".text .n")) link.hidden = !isShown(Number(link.textContent));
      report.classList.toggle("filtered", speaker !== 0);
      for (const button of report.querySelectorAll(".speakers button")) {
        button.setAttribute("aria-pressed", String(Number(button.dataset.v) === speaker));
      }
      const chosen = speaker ? report.querySelector(`.speakers [data-v="${speaker}"]`) : null;
      const name = chosen?.querySelector("bdi").textContent ?? "";
      bar.words.textContent = speaker ? `${shown} of ${total} statements: all that ${name} says here` : "";
      const aliases = chosen?.querySelector(".aliases")?.textContent;
      const about = [chosen?.querySelector("small:not(.aliases)")?.textContent, aliases && `also as ${aliases}`];
      bar.also.textContent = about.filter(Boolean).join(" · ");
      if (bar.also.textContent) bar.words.append(bar.also);
      bar.element.hidden = !speaker;
    }

    report.addEventListener("pointerover", (event) => light(numberAt(event.target)));
    report.addEventListener("pointerleave", () => light(0));
    report.addEventListener("focusin", (event) => light(numberAt(event.target)));
    report.addEventListener("focusout", () => light(0));
    report.addEventListener("click", (event) => {
      const button = event.target.closest("[data-v]:is(button)");
      if (button) {
        const chosen = Number(button.dataset.v);
        const top = button.getBoundingClientRect().top;
        alone(chosen === speaker ? 0 : chosen);
        // What was clicked stays under the pointer while the text above it folds.
        scrollBy({ top: button.getBoundingClientRect().top - top, behavior: "instant" });
      } else if (!event.target.closest("a, summary, .filter") && getSelection().isCollapsed) {
        hold(numberAt(event.target));
        if (held && event.target.closest(".text")) cardOf(held).scrollIntoView({ block: "nearest" });
      }
    });

    // The statement before or after the lit one, among those shown.
    function step(by) {
      const cards = [...report.querySelectorAll(".card:not([hidden])")];
      const at = cards.findIndex((card) => Number(card.dataset.n) === lit);
      const card = cards[at < 0 ? (by > 0 ? 0 : cards.length - 1) : at + by];
      if (!card) return false;
      hold(Number(card.dataset.n));
      card.focus({ preventScroll: true });
      card.closest(".row").scrollIntoView({ block: "nearest" });
      card.scrollIntoView({ block: "nearest" });
      return true;
    }

    return { report, hold, alone, step, isLit: () => lit !== 0 };
  };

  const reports = [...document.querySelectorAll(".report")].map(open);

  // An address may end in a statement's card (#r1s6) or in a speaker (#r1v2).
  function follow() {
    const named = location.hash && document.getElementById(location.hash.slice(1))?.closest(".card, .speakers button");
    const found = named && reports.find(({ report }) => report.contains(named));
    if (!found) return;
    if (named.matches(".card")) found.hold(Number(named.dataset.n));
    else found.alone(Number(named.dataset.v));
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    if (event.key === "Escape") {
      for (const { alone, hold } of reports) { alone(0); hold(0); }
    } else if (event.key === "j" || event.key === "k") {
      const by = event.key === "j" ? 1 : -1;
      let at = reports.findIndex(({ isLit }) => isLit());
      if (at < 0) {
        // Start with the report in view.
        at = Math.max(0, reports.findIndex(({ report }) => report.getBoundingClientRect().bottom > 80));
      }
      while (at >= 0 && at < reports.length && !reports[at].step(by)) {
        reports[at].hold(0);
        at += by;
      }
    }
  });
  addEventListener("hashchange", follow);
  follow();
})();
