// Samples: filter, columns, keys, and blind votes that hide names, rewards and their own tally.
(() => {
  const articles = all(".samples article");
  if (!articles.length) return;
  const filter = one("#filter"), blind = one("#blind"), tally = one("#tally");
  const votes = new Map(), shuffled = new Map();
  const visible = () => articles.filter(a => !a.classList.contains("hide"));
  const answers = a => all("li", a);
  const columns = a => answers(a).filter(li => !li.classList.contains("hide"));

  const update = () => {
    const chosen = new Set(all("[name=column]:checked").map(i => i.value));
    for (const a of articles) {
      answers(a).forEach(li => li.classList.toggle("hide", !chosen.has(li.dataset.r)));
      const kinds = a.dataset.kinds.split(" ");
      a.classList.toggle("hide", filter.value !== "all" && !kinds.includes(filter.value));
    }
    if (blind.checked) setBlind();
    count();
  };

  const below = n => {
    const box = new Uint32Array(1);
    crypto.getRandomValues(box);
    return box[0] % n;
  };
  const shuffle = items => {
    const out = [...items];
    for (let i = out.length - 1; i > 0; i--) {
      const j = below(i + 1);
      [out[i], out[j]] = [out[j], out[i]];
    }
    return out;
  };

  const setBlind = () => {
    const on = blind.checked;
    document.body.classList.toggle("blind", on);
    single.clear();
    for (const a of articles) {
      const items = answers(a);
      if (on && !shuffled.has(a)) shuffled.set(a, shuffle(items));
      const order = on
        ? shuffled.get(a)
        : [...items].sort((x, y) => x.dataset.r - y.dataset.r);
      one("ol", a).append(...order);
      order.forEach(li => one(".vote", li)?.remove());
      order.forEach(li => {
        const name = one("h4", li);
        name.dataset.name ??= name.innerHTML;
        if (!on) name.innerHTML = name.dataset.name;
      });
      if (on) columns(a).forEach((li, i) => number(a, li, i));
    }
    count();
  };
  const number = (a, li, i) => {
    one("h4", li).textContent = "answer " + (i + 1);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "vote";
    button.textContent = "best of these";
    button.setAttribute("aria-pressed", votes.get(a.id) === li.dataset.r);
    button.addEventListener("click", () => vote(a, li.dataset.r));
    li.append(button);
  };
  const vote = (a, r) => {
    if (r === null || votes.get(a.id) === r) votes.delete(a.id);
    else votes.set(a.id, r);
    for (const li of answers(a)) {
      one(".vote", li)?.setAttribute("aria-pressed", votes.get(a.id) === li.dataset.r);
    }
    count();
  };

  const top = (a, what) => {
    const rated = answers(a).filter(li => what in li.dataset);
    return rated.length && rated.reduce((x, y) => +y.dataset[what] > +x.dataset[what] ? y : x).dataset.r;
  };
  const agree = what => [...votes].filter(([id, r]) => top(document.getElementById(id), what) === r).length;
  const count = () => {
    if (blind.checked) {
      tally.innerHTML = `<b>${votes.size}</b> of ${visible().length} prompts voted on. Names, rewards and `
        + "the tally stay hidden until blind is off.";
      return;
    }
    tally.textContent = "";
    if (!votes.size) return;
    const by = new Map();
    votes.forEach(r => by.set(r, (by.get(r) ?? 0) + 1));
    const list = [...by].sort((x, y) => y[1] - x[1])
      .map(([r, n]) => `${plainText(data.recipes[r])} <b>${n}</b>`).join(", ");
    const also = [["gold", "gold reward"], ["score", "reward model"]]
      .filter(([what]) => one(`li[data-${what}]`))
      .map(([what, name]) => `the ${name} chooses the same in ${agree(what)} of ${votes.size}`);
    tally.innerHTML = `Your votes: ${list}; ${[...also, "kept on this page only"].join("; ")}. `;
    const copy = document.createElement("button");
    copy.type = "button";
    copy.className = "plain";
    copy.textContent = "copy as JSON Lines";
    copy.addEventListener("click", () => {
      const lines = [...votes].map(([id, r]) => JSON.stringify({
        prompt: one("h3", document.getElementById(id)).textContent,
        chosen: data.recipes[r],
        blind: true,
      }));
      navigator.clipboard?.writeText(lines.join("\n")).then(() => { copy.textContent = "copied"; });
    });
    tally.append(copy);
  };

  const goTo = a => {
    a.focus({ preventScroll: true });
    a.scrollIntoView({ block: "nearest" });
  };
  const typing = e =>
    /^(select|textarea)$/i.test(e.target.tagName)
    || (e.target.tagName === "INPUT" && !/^(radio|checkbox)$/.test(e.target.type));
  document.addEventListener("keydown", e => {
    if (e.ctrlKey || e.metaKey || e.altKey || typing(e)) return;
    const open = visible(), here = open.indexOf(document.activeElement?.closest?.("article"));
    if (e.key === "j" || e.key === "k") {
      const next = e.key === "j" || here < 0 ? here + 1 : here - 1;
      const a = open[Math.max(0, Math.min(open.length - 1, next))];
      if (a) goTo(a);
    } else if (here >= 0 && e.key === "b") {
      blind.checked = !blind.checked;
      setBlind();
      goTo(open[here]);
    } else if (here >= 0 && blind.checked && /^\d$/.test(e.key)) {
      const li = columns(open[here])[e.key - 1];
      if (e.key === "0") vote(open[here], null);
      else if (li) vote(open[here], li.dataset.r);
    }
  });
  filter.addEventListener("change", update);
  blind.addEventListener("change", setBlind);
  all("[name=column]").forEach(i => i.addEventListener("change", update));
})();
