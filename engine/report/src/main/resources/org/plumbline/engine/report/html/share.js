// To pass on: links to places, tables as CSV and Markdown, charts as SVG, all metrics.
const saver = (name, label, make, type = "text/plain") => {
  const out = document.createElement("button");
  out.type = "button";
  out.className = "plain save";
  out.textContent = label;
  out.addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([make()], { type: type + ";charset=utf-8" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
  return out;
};

const tables = (() => {
  // What is read aloud, without buttons, tips and drawings, in plain signs.
  const cellText = cell => {
    const copy = cell.cloneNode(true);
    all("button.sort, .tip, svg, .dif, .save", copy).forEach(e => e.remove());
    all("em, .range, .unseen", copy).forEach(e => e.prepend(" "));
    return copy.textContent.replace(/\u202f/g, "").replace(/\u2212/g, "-").replace(/\s+/g, " ").trim();
  };
  const grid = table => all("tr", table).map(tr => [...tr.cells].flatMap(cell =>
    [cellText(cell), ...Array(cell.colSpan - 1).fill("")]));
  const quoted = text => (/[",\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
  const csv = lines => lines.map(line => line.map(quoted).join(",")).join("\r\n") + "\r\n";
  const markdown = lines => {
    const width = Math.max(...lines.map(l => l.length));
    const row = line => "| " + Array.from({ length: width }, (_, i) =>
      (line[i] ?? "").replace(/([|\\])/g, "\\$1")).join(" | ") + " |";
    const [head, ...body] = lines;
    return [row(head), "|" + " --- |".repeat(width), ...body.map(row)].join("\n") + "\n";
  };
  // The verdict's numbers in full, one a line: for a program, not for a reader.
  const metrics = () => {
    const of = v => [v?.value, v?.low, v?.high].map(x => x ?? "");
    const lines = JSON.parse(one("#metrics-data").textContent).metrics.map(m =>
      [m.recipe, m.metric, m.seed ?? "all", ...of(m), m.n, ...of(m.difference),
        m.tests?.p.raw ?? "", m.tests?.p.holm ?? "", m.tests?.verdict ?? ""].map(String));
    return [["recipe", "metric", "seed", "value", "low", "high", "n", "difference",
      "difference_low", "difference_high", "p", "p_holm", "verdict"], ...lines];
  };
  // Every point of every curve.
  const points = () => [["metric", "recipe", "update", "mean", "lowest_seed", "highest_seed"],
    ...Object.entries(data.curves).flatMap(([id, c]) => c.lines.flatMap(l =>
      l.steps.map((s, i) => [id, data.recipes[l.r], s, l.mean[i], l.low[i], l.high[i]].map(v => String(v ?? "")))))];
  return { grid, csv, markdown, metrics, points };
})();

const pictures = (() => {
  const KEPT = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap",
    "opacity", "font-family", "font-size", "font-weight", "text-anchor", "paint-order"];
  const dress = (from, to) => {
    const style = getComputedStyle(from);
    if (style.display === "none") {
      to.remove();
      return;
    }
    for (const name of KEPT) {
      const value = style.getPropertyValue(name);
      if (value && value !== "none" || name === "fill" || name === "stroke") to.setAttribute(name, value);
    }
    to.removeAttribute("class");
    const inner = [...to.children];
    [...from.children].forEach((child, i) => dress(child, inner[i]));
  };
  // A mark becomes the paths that it refers to: not every program knows symbols and variables.
  const unfold = (use, copy) => {
    const symbol = one(use.getAttribute("href")), color = getComputedStyle(use).color;
    const paper = getComputedStyle(document.body).backgroundColor;
    const svg = document.createElementNS(use.namespaceURI, "svg");
    for (const name of ["x", "y", "width", "height"]) svg.setAttribute(name, use.getAttribute(name));
    svg.setAttribute("viewBox", symbol.getAttribute("viewBox"));
    for (const path of symbol.children) {
      const drawn = path.cloneNode();
      const full = drawn.classList.contains("full");
      drawn.setAttribute("fill", full ? color : drawn.getAttribute("d")?.endsWith("Z") ? paper : "none");
      drawn.setAttribute("stroke", color);
      drawn.setAttribute("stroke-width", full ? 1 : 1.9);
      drawn.removeAttribute("class");
      svg.append(drawn);
    }
    copy.replaceWith(svg);
  };
  const svg = chart => {
    const copy = chart.cloneNode(true);
    const uses = all("use", chart), copies = all("use", copy);
    dress(chart, copy);
    uses.forEach((use, i) => unfold(use, copies[i]));
    for (const name of ["style", "tabindex", "role", "aria-label"]) copy.removeAttribute(name);
    const [, , width, height] = chart.getAttribute("viewBox").split(" ");
    copy.setAttribute("width", width);
    copy.setAttribute("height", height);
    const ground = document.createElementNS(copy.namespaceURI, "rect");
    ground.setAttribute("width", width);
    ground.setAttribute("height", height);
    ground.setAttribute("fill", getComputedStyle(document.body).backgroundColor);
    copy.prepend(ground);
    return new XMLSerializer().serializeToString(copy);
  };
  return { svg };
})();

(() => {
  const slug = text => text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 60) || "table";
  const row = (...buttons) => {
    const out = document.createElement("p");
    out.className = "saves";
    out.append(...buttons);
    return out;
  };
  const named = (button, what) => {
    button.setAttribute("aria-label", `${button.textContent}: save ${what}`);
    return button;
  };
  for (const table of all("main table")) {
    const caption = one("caption", table)?.textContent || table.closest("section")?.querySelector("h2")?.textContent || "table";
    const name = slug(caption), verdict = table.classList.contains("verdict");
    const whole = verdict ? tables.metrics : table.classList.contains("readings") ? tables.points : () => tables.grid(table);
    const buttons = [
      named(saver(`${name}.csv`, "CSV", () => tables.csv(whole()), "text/csv"), caption),
      named(saver(`${name}.md`, "Markdown", () => tables.markdown(tables.grid(table)), "text/markdown"), caption)];
    if (verdict) {
      buttons.push(named(saver("metrics.json", "JSON", () => one("#metrics-data").textContent, "application/json"),
        "all metrics"));
    }
    (table.closest(".scroll") ?? table).after(row(...buttons));
  }
  for (const chart of all("main svg.chart")) {
    const label = chart.getAttribute("aria-label").split(/[:;,]/)[0];
    const button = named(saver(`${slug(label)}.svg`, "SVG", () => pictures.svg(chart), "image/svg+xml"), label);
    const frame = document.createElement("div");
    frame.className = ["framed", ...["small", "big"].filter(c => chart.classList.contains(c))].join(" ");
    chart.replaceWith(frame);
    frame.append(chart, button);
  }
  // A click on a mark puts the address with all that is chosen into the bar, and on the clipboard.
  document.addEventListener("click", e => {
    const mark = e.target.closest("a.mark");
    if (!mark) return;
    navigator.clipboard?.writeText(state.link(mark.hash.slice(1))).catch(() => {});
  });
})();
