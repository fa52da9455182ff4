// What all scripts of the page share. The page is complete without them.
"use strict";
const one = (query, from = document) => from.querySelector(query);
const all = (query, from = document) => [...from.querySelectorAll(query)];
const data = JSON.parse(one("#data").textContent);
const root = document.documentElement;
const icon = r =>
  `<svg class="icon r-${r}" width="11" height="11" aria-hidden="true"><use href="#m-${r}"/></svg>`;
const plainText = text => {
  const signs = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replace(/[&<>"']/g, sign => signs[sign]);
};

// A number as the page writes it: true minus, narrow spaces between thousands.
const number = (value, digits) => {
  const text = Math.abs(value).toFixed(digits).replace(/\B(?=(\d{3})+(?!\d))/, "\u202f");
  return (value < 0 && /[1-9]/.test(text) ? "\u2212" : "") + text;
};

(() => {
  // A page opened from disk or in private mode may have no storage.
  const store = (action, otherwise) => {
    try { return action(); } catch { return otherwise; }
  };
  const kept = one(`#theme-${CSS.escape(store(() => localStorage.getItem("plumb-theme")) ?? "auto")}`);
  if (kept) kept.checked = true;
  for (const choice of all("[name=theme]")) {
    choice.addEventListener("change", () =>
      store(() => localStorage.setItem("plumb-theme", choice.value)));
  }
})();

(() => {
  const links = new Map(all(".menu a").map(a => [a.hash.slice(1), a]));
  const observer = new IntersectionObserver(entries => {
    for (const entry of entries.filter(e => e.isIntersecting)) {
      links.forEach(a => a.removeAttribute("aria-current"));
      links.get(entry.target.id)?.setAttribute("aria-current", "true");
    }
  }, { rootMargin: "-30% 0px -65% 0px" });
  all("main > section").forEach(s => observer.observe(s));
})();
