// Blind votes: names, rewards and the tally stay hidden until blind is off. Columns are shuffled by
// a number that stands in the address with the votes, so a link shows the same columns and choices.
(() => {
  if (!samples) return;
  const blind = one("#blind"), tally = one("#tally"), keys = one("#keys");
  const votes = new Map(); // number of the sample → place of the column, or "t" for a tie
  let seed = 0;
  const numberOf = a => +a.id.slice(2);

  // Mulberry32: a stream of numbers from 0 to 1 that follow from one number.
  const stream = start => {
    let s = start >>> 0;
    return () => {
      s = (s + 0x6d2b79f5) >>> 0;
      let t = Math.imul(s ^ (s >>> 15), s | 1);
      t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
  };
  const shuffled = n => {
    const random = stream(seed ^ Math.imul(n, 0x9e3779b1)), out = data.recipes.map((_, r) => r);
    for (let i = out.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [out[i], out[j]] = [out[j], out[i]];
    }
    return out;
  };
  const columns = a => all("li", a).filter(li => !li.classList.contains("hide"));

  const dress = a => {
    const on = blind.checked, n = numberOf(a), place = shuffled(n);
    const items = all("li", a).sort((x, y) => on
      ? place.indexOf(+x.dataset.r) - place.indexOf(+y.dataset.r)
      : x.dataset.r - y.dataset.r);
    one("ol", a).append(...items);
    all(".vote", a).forEach(b => b.remove());
    for (const li of items) {
      const name = one("h4", li);
      name.dataset.name ??= name.innerHTML;
      if (!on) name.innerHTML = name.dataset.name;
    }
    if (!on) return;
    columns(a).forEach((li, i) => {
      one("h4", li).textContent = `answer ${i + 1}`;
      li.append(button("best of these", n, String(place.indexOf(+li.dataset.r))));
    });
    one("header", a).append(button("a tie", n, "t"));
  };
  const button = (text, n, choice) => {
    const out = document.createElement("button");
    out.type = "button";
    out.className = "vote";
    out.textContent = text;
    out.dataset.choice = choice;
    out.setAttribute("aria-pressed", votes.get(n) === choice);
    out.addEventListener("click", () => vote(n, choice));
    return out;
  };
  const keep = () => {
    state.set("blind", blind.checked || votes.size ? (blind.checked ? "" : "-") + seed : null);
    state.set("votes", [...votes].map(v => v.join(".")).join("_") || null);
  };
  const vote = (n, choice) => {
    if (choice === null || votes.get(n) === choice) votes.delete(n);
    else votes.set(n, choice);
    const a = document.getElementById(`s-${n}`);
    if (a) all(".vote", a).forEach(b => b.setAttribute("aria-pressed", votes.get(n) === b.dataset.choice));
    keep();
    count();
  };

  // A tie agrees with a reward that has several best answers, a choice with one that it is among.
  const agrees = (n, choice, which) => {
    const best = samples.row({ id: `s-${n}` })[7].filter(a => a[which]).map(a => a[0]);
    return choice === "t" ? best.length > 1 : best.includes(shuffled(n)[choice]);
  };
  const rated = which => samples.row({ id: "s-1" })?.[7].some(a => a[which]);
  const count = () => {
    tally.textContent = "";
    if (blind.checked) {
      tally.innerHTML = `<b>${votes.size}</b> of ${samples.count()} prompts voted on. Names, rewards and `
        + "the tally stay hidden until blind is off.";
      return;
    }
    if (!votes.size || !samples.row({ id: "s-1" })) return;
    const by = new Map();
    votes.forEach((choice, n) => {
      const name = choice === "t" ? "a tie" : data.recipes[shuffled(n)[choice]];
      by.set(name, (by.get(name) ?? 0) + 1);
    });
    const list = [...by].sort((x, y) => y[1] - x[1]).map(([name, n]) => `${plainText(name)} <b>${n}</b>`);
    const also = [[6, "gold reward"], [7, "reward model"]].filter(([which]) => rated(which)).map(([which, name]) =>
      `the ${name} chooses the same in ${[...votes].filter(([n, c]) => agrees(n, c, which)).length} of ${votes.size}`);
    tally.innerHTML = `Your votes: ${list.join(", ")}; ${[...also, "kept in the address of this page"].join("; ")}. `;
    const lines = () => [...votes].map(([n, choice]) => JSON.stringify({
      prompt: samples.row({ id: `s-${n}` })[3],
      chosen: choice === "t" ? null : data.recipes[shuffled(n)[choice]],
      tie: choice === "t",
      blind: true,
    })).join("\n") + "\n";
    tally.append(saver("votes.jsonl", "save as JSON Lines", lines));
  };

  const setBlind = () => {
    document.body.classList.toggle("blind", blind.checked);
    if (blind.checked && !seed) seed = crypto.getRandomValues(new Uint32Array(1))[0] || 1;
    single.clear();
    samples.shown().forEach(dress);
    keep();
    count();
  };
  blind.addEventListener("change", setBlind);
  samples.whenDrawn(shown => {
    if (seed || blind.checked) shown.forEach(dress);
  });
  samples.ready.then(() => {
    state.read("votes", text => {
      votes.clear();
      for (const pair of (text ?? "").split("_")) {
        const [n, choice] = pair.split(".");
        if (samples.row({ id: `s-${n}` }) && (choice === "t" || data.recipes[choice])) votes.set(+n, choice);
      }
    });
    state.read("blind", text => {
      if (!/^-?\d+$/.test(text ?? "")) return;
      seed = Math.abs(+text) >>> 0;
      blind.checked = !text.startsWith("-");
      setBlind();
    });
  });

  // Single letters are keys only while that is wanted: speech input types letters.
  const store = (action, otherwise) => {
    try { return action(); } catch { return otherwise; }
  };
  keys.checked = store(() => localStorage.getItem("plumb-keys"), null) !== "off";
  keys.addEventListener("change", () =>
    store(() => localStorage.setItem("plumb-keys", keys.checked ? "on" : "off")));
  const goTo = a => {
    a.focus({ preventScroll: true });
    a.scrollIntoView({ block: "nearest" });
  };
  const typing = e => /^(select|textarea)$/i.test(e.target.tagName)
    || (e.target.tagName === "INPUT" && !/^(radio|checkbox)$/.test(e.target.type));
  document.addEventListener("keydown", e => {
    if (!keys.checked || e.ctrlKey || e.metaKey || e.altKey || typing(e)) return;
    const open = samples.shown(), here = open.indexOf(document.activeElement?.closest?.("article"));
    if (e.key === "j" || e.key === "k") {
      const to = e.key === "j" || here < 0 ? here + 1 : here - 1;
      const a = open[Math.max(0, to)] ?? samples.next() ?? open[open.length - 1];
      if (a) goTo(a);
    } else if (here >= 0 && e.key === "b") {
      blind.checked = !blind.checked;
      setBlind();
      goTo(open[here]);
    } else if (here >= 0 && blind.checked && /^[\dt]$/.test(e.key)) {
      const li = columns(open[here])[e.key - 1], n = numberOf(open[here]);
      if (e.key === "0") vote(n, null);
      else if (e.key === "t") vote(n, "t");
      else if (li) vote(n, String(shuffled(n).indexOf(+li.dataset.r)));
    }
  });
})();
