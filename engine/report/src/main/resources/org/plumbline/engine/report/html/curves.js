// The learning curves: one cross-hair through all charts, and what it reads.
(() => {
  const charts = all("svg.curve");
  const out = one("#readout");
  if (!charts.length || !out) return;
  const idle = out.innerHTML;
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
      out.innerHTML = idle;
      return;
    }
    const curve = data.curves[id];
    const step = steps[index], read = [];
    for (const l of curve.lines) {
      const last = l.steps[l.steps.length - 1], d = curve.decimals;
      const name = `${icon(l.r)}${plainText(data.recipes[l.r])}`;
      // A curve says nothing of what comes after its training.
      if (step < l.steps[0] || step > last) {
        read.push([-Infinity, `<span class="quiet">${name} ended at ${last}</span>`]);
        continue;
      }
      const i = nearest(l, step);
      if (l.mean[i] === null) continue;
      const at = l.steps[i] === step ? "" : ` at ${l.steps[i]}`;
      read.push([l.mean[i], `<span>${name} <b>${number(l.mean[i], d)}</b>`
        + ` [${number(l.low[i], d)}, ${number(l.high[i], d)}]${at}</span>`]);
    }
    if (read.length > 10) read.sort((x, y) => y[0] - x[0]);
    out.innerHTML = `<b>${plainText(curve.title)}${curve.unit ? `, ${plainText(curve.unit)}` : ""}, update ${step}</b>`
      + read.map(r => r[1]).join("");
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
