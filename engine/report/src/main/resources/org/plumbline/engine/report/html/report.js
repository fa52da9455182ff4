// Adds to a page that is complete without it: colours that stay, one recipe singled out, order of
// columns, a cross-hair through the curves.
"use strict";
const one = (query, from = document) => from.querySelector(query);
const all = (query, from = document) => [...from.querySelectorAll(query)];
const data = JSON.parse(one("#data").textContent);
const root = document.documentElement;
const icon = r =>
  `<svg class="icon r-${r}" width="11" height="11" aria-hidden="true"><use href="#m-${r}"/></svg>`;
const plainText = text => {
  const span = document.createElement("span");
  span.textContent = text;
  return span.innerHTML;
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

// One recipe singled out everywhere: while one points at it, or kept by a click.
const single = (() => {
  let kept = null;
  const show = r => {
    if (r === null) delete root.dataset.focus;
    else root.dataset.focus = r;
  };
  const at = element => {
    const e = element.closest?.("[data-r], .hl");
    if (!e || (document.body.classList.contains("blind") && e.closest(".samples"))) return null;
    return e.dataset.r ?? [...e.classList].find(c => /^r-\d+$/.test(c))?.slice(2) ?? null;
  };
  const keep = r => {
    kept = r;
    show(kept);
    for (const b of all(".pick-button")) b.setAttribute("aria-pressed", at(b) === kept);
  };
  document.addEventListener("pointerover", e => {
    if (e.pointerType !== "touch") show(at(e.target) ?? kept);
  });
  document.addEventListener("click", e => {
    const r = e.target.closest(".pick, .pick-button, .hl, .node[data-r]") && at(e.target);
    if (r) keep(kept === r ? null : r);
  });
  document.addEventListener("focusin", e => {
    root.classList.remove("no-tip");
    if (e.target.matches(".pick-button:focus-visible")) show(at(e.target));
  });
  document.addEventListener("focusout", e => {
    if (e.target.matches(".pick-button")) show(kept);
  });
  document.addEventListener("pointermove", () => root.classList.remove("no-tip"), { passive: true });
  document.addEventListener("keydown", e => {
    if (e.key !== "Escape") return;
    keep(null);
    root.classList.add("no-tip");
  });
  for (const node of all(".node[data-r]")) {
    node.addEventListener("pointerenter", () => { root.dataset.path = node.dataset.r; });
    node.addEventListener("pointerleave", () => { delete root.dataset.path; });
  }
  return { clear: () => keep(null) };
})();

// The verdict table: order the recipes by one metric.
(() => {
  const table = one(".verdict");
  const reset = one("#unsort");
  if (!table || !reset) {
    all(".sort").forEach(b => b.remove());
    return;
  }
  const declared = data.recipes.map((_, i) => i);
  const order = ids => {
    for (const tr of all("tr:not(.group)", table)) {
      tr.append(...ids.map(r => one(`[data-r="${r}"]`, tr)));
    }
  };
  const plain = () => all("tr.by", table).forEach(t => t.classList.remove("by", "turned"));
  for (const button of all(".sort", table)) {
    button.addEventListener("click", () => {
      const tr = button.closest("tr");
      const turned = tr.classList.contains("by") && !tr.classList.contains("turned");
      const rising = (tr.dataset.better === "down") !== turned;
      const value = r => {
        const v = parseFloat(one(`[data-r="${r}"]`, tr).dataset.v);
        return Number.isNaN(v) ? (rising ? Infinity : -Infinity) : v;
      };
      plain();
      tr.classList.add("by");
      tr.classList.toggle("turned", turned);
      order([...declared].sort((a, b) => (rising ? 1 : -1) * (value(a) - value(b)) || a - b));
      reset.hidden = false;
    });
  }
  reset.addEventListener("click", () => {
    order(declared);
    plain();
    reset.hidden = true;
  });
})();

// The learning curves: one cross-hair through all charts, and what it reads.
(() => {
  const charts = all("svg.curve");
  const out = one("#readout");
  if (!charts.length) return;
  const idle = out.textContent;
  const minus = (v, d) => (v < 0 ? "−" : "") + Math.abs(v).toFixed(d);
  const nearest = (line, step) => {
    let best = 0;
    line.steps.forEach((s, i) => {
      if (Math.abs(s - step) < Math.abs(line.steps[best] - step)) best = i;
    });
    return best;
  };
  const steps = [...new Set(Object.values(data.curves).flatMap(c => c.lines.flatMap(l => l.steps)))]
    .sort((a, b) => a - b);
  let current = null;
  const show = (index, id) => {
    current = index;
    for (const chart of charts) {
      const cross = one(".cross", chart), d = chart.dataset;
      cross.classList.toggle("on", index !== null && steps[index] <= +d.last);
      if (index === null) continue;
      cross.setAttribute("transform",
        `translate(${+d.left + (d.right - d.left) * steps[index] / d.last} 0)`);
    }
    if (index === null) {
      out.textContent = idle;
      return;
    }
    const curve = data.curves[id];
    out.innerHTML = `<b>${plainText(curve.title)}, update ${steps[index]}</b>` + curve.lines.map(l => {
      const i = nearest(l, steps[index]), d = curve.decimals;
      if (l.mean[i] === null) return "";
      return `<span>${icon(l.r)}${plainText(data.recipes[l.r])} <b>${minus(l.mean[i], d)}</b>`
        + ` [${minus(l.low[i], d)}, ${minus(l.high[i], d)}]</span>`;
    }).join("");
  };
  const clamp = i => Math.max(0, Math.min(steps.length - 1, i));
  for (const chart of charts) {
    const d = chart.dataset;
    chart.setAttribute("tabindex", "0");
    chart.addEventListener("pointermove", e => {
      const box = chart.getBoundingClientRect();
      const x = (e.clientX - box.left) / box.width * d.width;
      const step = (x - d.left) / (d.right - d.left) * d.last;
      show(nearest({ steps }, step), d.curve);
    });
    chart.addEventListener("pointerleave", () => {
      if (document.activeElement !== chart) show(null);
    });
    chart.addEventListener("keydown", e => {
      const last = steps.length - 1;
      const to = {
        ArrowLeft: (current ?? last + 1) - 1,
        ArrowRight: (current ?? -1) + 1,
        Home: 0,
        End: last,
      }[e.key];
      if (to === undefined) return;
      e.preventDefault();
      show(clamp(to), d.curve);
    });
    chart.addEventListener("blur", () => show(null));
  }
})();

// Paper shows what is folded.
addEventListener("beforeprint", () => all("details").forEach(d => {
  d.dataset.open = d.open;
  d.open = true;
}));
addEventListener("afterprint", () => all("details").forEach(d => { d.open = d.dataset.open === "true"; }));
