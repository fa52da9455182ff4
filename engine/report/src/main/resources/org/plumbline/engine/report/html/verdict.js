// The verdict table: order the recipes by one metric, whether they are columns or rows.
(() => {
  const table = one(".verdict");
  const reset = one("#unsort");
  if (!table || !reset) {
    all(".sort").forEach(b => b.remove());
    return;
  }
  const rows = table.classList.contains("by-recipe");
  const declared = data.recipes.map((_, r) => r);
  const heads = all("[data-metric]", table);
  const headOf = cell => (rows ? cell : one("th", cell));
  const order = ids => {
    if (rows) {
      const body = one("tbody", table);
      body.append(...ids.map(r => one(`tr[data-r="${r}"]`, body)));
      return;
    }
    for (const tr of all("tr:not(.group)", table)) {
      tr.append(...ids.map(r => one(`[data-r="${r}"]`, tr)));
    }
  };
  const valueOf = (metric, r) => {
    const cell = rows
      ? one(`tbody tr[data-r="${r}"]`, table).cells[metric.cellIndex]
      : one(`[data-r="${r}"]`, metric);
    return parseFloat(cell.dataset.v);
  };
  const sort = (id, turned) => {
    const metric = heads.find(h => h.dataset.metric === id);
    heads.forEach(h => {
      h.classList.remove("by", "turned");
      headOf(h).removeAttribute("aria-sort");
    });
    reset.hidden = !metric;
    if (!metric) {
      order(declared);
      return;
    }
    const rising = (metric.dataset.better === "down") !== turned;
    const value = r => {
      const v = valueOf(metric, r);
      return Number.isNaN(v) ? (rising ? Infinity : -Infinity) : v;
    };
    metric.classList.add("by");
    metric.classList.toggle("turned", turned);
    headOf(metric).setAttribute("aria-sort", rising ? "ascending" : "descending");
    order([...declared].sort((a, b) => (rising ? 1 : -1) * (value(a) - value(b)) || a - b));
  };
  for (const button of all(".sort", table)) {
    button.addEventListener("click", () => {
      const metric = button.closest("[data-metric]"), id = metric.dataset.metric;
      const turned = metric.classList.contains("by") && !metric.classList.contains("turned");
      sort(id, turned);
      state.set("sort", (turned ? "-" : "") + id);
    });
  }
  reset.addEventListener("click", () => {
    sort(null);
    state.set("sort", null);
    one("[name=show]:checked")?.focus();
  });
  state.read("sort", id => sort(id === null ? null : id.replace(/^-/, ""), id?.startsWith("-")));
})();
