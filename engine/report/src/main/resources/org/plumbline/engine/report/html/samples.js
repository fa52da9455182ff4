// Samples: the script shows what is asked for, from the data in the page; a few stand there already.
const samples = (() => {
  const list = one("#sample-list");
  if (!list) return null;
  const filter = one("#filter"), order = one("#order"), search = one("#search"), more = one("#more");
  const count = one("#sample-count");
  const made = new Map(all("article", list).map(a => [+a.id.slice(2), a]));
  const first = made.size, step = data.recipes.length > 10 ? 5 : 20;
  const lines = 12;
  let rows = null, wanted = first, shown = [];
  const listeners = [];

  const KIND = { disagree: s => s[4], differently: s => s[5], triggered: s => s[1], clean: s => !s[1] };
  const spread = s => {
    const gold = s[7].map(a => a[2]).filter(g => g !== null);
    return Math.max(...gold) - Math.min(...gold);
  };
  const ORDER = {
    wrong: s => -s[6],
    spread: s => -spread(s),
    long: s => -Math.max(...s[7].map(a => a[5])),
  };
  const matching = () => {
    const words = search.value.toLowerCase().trim();
    const kind = KIND[filter.value] ?? (() => true);
    const has = s => !words || s[3].toLowerCase().includes(words)
      || s[7].some(a => a[1].toLowerCase().includes(words));
    const out = rows.map((s, i) => [s, i + 1]).filter(([s]) => kind(s) && has(s));
    const by = ORDER[order.value];
    if (by) {
      const keys = new Map(out.map(([s, n]) => [n, by(s)]));
      out.sort((x, y) => keys.get(x[1]) - keys.get(y[1]) || x[1] - y[1]);
    }
    return out.map(([, n]) => n);
  };
  const article = n => {
    if (!made.has(n)) made.set(n, sampleArticle(rows[n - 1], n));
    return made.get(n);
  };

  // What is longer than 12 lines is folded, each answer for itself.
  const isLong = p => !p.nextElementSibling?.classList.contains("unfold")
    && p.scrollHeight > parseFloat(getComputedStyle(p).lineHeight) * (lines + .5);
  const fold = p => {
    p.classList.add("folded");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain unfold";
    button.setAttribute("aria-expanded", "false");
    button.textContent = "show all of it";
    button.addEventListener("click", () => {
      const open = !p.classList.toggle("folded");
      button.textContent = open ? "fold" : "show all of it";
      button.setAttribute("aria-expanded", open);
    });
    p.after(button);
  };
  // All are measured before any is changed: else the page is laid out once for each.
  const foldAll = () => shown.flatMap(a => all("li > p, h3", a)).filter(isLong).forEach(fold);
  const draw = () => {
    const numbers = rows ? matching() : [...made.keys()];
    shown = numbers.slice(0, wanted).map(article);
    list.replaceChildren(...shown);
    list.dataset.shown = shown.length;
    const chosen = new Set(all("[name=column]:checked").map(i => i.value));
    for (const a of shown) {
      for (const li of all("li", a)) li.classList.toggle("hide", !chosen.has(li.dataset.r));
    }
    foldAll();
    const left = numbers.length - shown.length;
    more.hidden = left <= 0;
    more.textContent = `show ${Math.min(step, left)} more of ${left}`;
    const of = rows ? rows.length : made.size;
    count.textContent = numbers.length === of && !left ? "" : numbers.length === 0
      ? "no prompt is like that"
      : `${shown.length} of ${numbers.length} prompts shown` + (numbers.length < of ? `, of ${of} in all` : "");
    listeners.forEach(l => l(shown));
  };
  const again = () => {
    wanted = Math.max(first, step);
    state.set("filter", filter.value === "all" ? null : filter.value);
    state.set("order", order.value === "drawn" ? null : order.value);
    state.set("search", search.value);
    draw();
  };
  const next = () => {
    const last = shown.length;
    wanted += step;
    draw();
    return shown[last];
  };
  filter.addEventListener("change", again);
  order.addEventListener("change", again);
  let typing = 0;
  search.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(again, 200);
  });
  more.addEventListener("click", () => next()?.focus({ preventScroll: true }));
  const columns = () => {
    const off = all("[name=column]:not(:checked)").map(i => i.value);
    state.set("without", off.join(".") || null);
    draw();
  };
  all("[name=column]").forEach(i => i.addEventListener("change", columns));
  const choose = wanted => () => {
    all("[name=column]").forEach(i => { i.checked = wanted(i); });
    columns();
  };
  one("#columns-all")?.addEventListener("click", choose(() => true));
  one("#columns-none")?.addEventListener("click", choose(i => +i.value === data.reference));
  // Answers are as tall as the screen is narrow.
  let wide = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth === wide) return;
    wide = innerWidth;
    made.forEach(a => all(".unfold", a).forEach(b => {
      b.previousElementSibling.classList.remove("folded");
      b.remove();
    }));
    foldAll();
  });

  const unpack = async text => {
    const bytes = Uint8Array.from(atob(text), c => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return new Response(stream).text();
  };
  const ready = (async () => {
    const held = one("#samples-data");
    rows = JSON.parse(held.type === "text/plain" ? await unpack(held.textContent) : held.textContent);
    held.remove();
    for (const [key, control] of [["filter", filter], ["order", order], ["search", search]]) {
      const normal = control.value;
      state.read(key, value => {
        control.value = value ?? normal;
        if (control.value === "") control.value = normal;
      });
    }
    state.read("without", value => {
      const off = new Set((value ?? "").split("."));
      all("[name=column]").forEach(i => { i.checked = !off.has(i.value); });
    });
    const asked = /^#s-(\d+)/.exec(location.hash);
    if (asked && rows[asked[1] - 1] && !made.has(+asked[1])) {
      article(+asked[1]);
      wanted = Math.max(first, matching().indexOf(+asked[1]) + 1);
    }
    draw();
    if (asked) state.go();
  })().catch(() => {
    // A browser that cannot unpack the others shows those that stand in the page.
    all("#filter, #order, #search").forEach(c => { c.closest("label").hidden = true; });
    draw();
  });
  addEventListener("hashchange", () => {
    const asked = /^#s-(\d+)/.exec(location.hash);
    if (asked && rows?.[asked[1] - 1] && !made.get(+asked[1])?.isConnected) {
      filter.value = "all";
      order.value = "drawn";
      search.value = "";
      wanted = +asked[1];
      draw();
      state.go();
    }
  });
  return {
    ready, draw, next, article,
    shown: () => shown,
    row: a => rows?.[+a.id.slice(2) - 1],
    count: () => rows?.length ?? made.size,
    whenDrawn: l => listeners.push(l),
  };
})();
