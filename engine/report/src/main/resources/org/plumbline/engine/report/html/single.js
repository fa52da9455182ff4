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
    state.set("recipe", kept === null ? null : data.recipes[kept]);
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
  // In the address by name: numbers change when a recipe is added.
  state.read("recipe", name => {
    const r = name === null ? -1 : data.recipes.indexOf(name);
    keep(r < 0 ? null : String(r));
  });
  return { clear: () => keep(null), keep };
})();

// From the finding to what it rests on: the recipe is singled out on the way.
document.addEventListener("click", e => {
  const r = e.target.closest("a.to")?.closest("[data-r]")?.dataset.r;
  if (r !== undefined) single.keep(r);
});

// A finding on many recipes is folded.
(() => {
  const finding = one(".finding.long");
  if (!finding || finding.textContent.length < 600) return;
  finding.classList.add("folded");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plain";
  button.textContent = "show all of it";
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => {
    const open = !finding.classList.toggle("folded");
    button.setAttribute("aria-expanded", open);
    button.textContent = open ? "fold" : "show all of it";
  });
  finding.after(button);
})();
