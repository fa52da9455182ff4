// What is chosen on the page stands in its address, after the place: #samples&filter=disagree.
// So a link shows others the same view, and going back in the history keeps it.
const state = (() => {
  const parse = () => {
    const [place, ...rest] = location.hash.slice(1).split("&");
    return { place: decodeURIComponent(place), values: new URLSearchParams(rest.join("&")) };
  };
  const { place, values } = parse();
  let at = place;
  const readers = new Map();
  const address = () => {
    const text = values.toString();
    return "#" + encodeURIComponent(at) + (text ? "&" + text : "");
  };
  const show = () => {
    // A page opened from disk may not be allowed to.
    try { history.replaceState(null, "", address()); } catch { /* then only this view keeps it */ }
  };
  const go = () => document.getElementById(at)?.scrollIntoView();
  addEventListener("hashchange", () => {
    const next = parse();
    at = next.place;
    const given = [...next.values];
    if (given.length) {
      for (const key of [...values.keys()]) values.delete(key);
      given.forEach(([key, value]) => values.set(key, value));
      readers.forEach((read, key) => read(values.get(key)));
    }
    show();
    go();
  });
  return {
    set(key, value) {
      if (value === null || value === "") values.delete(key);
      else values.set(key, value);
      show();
    },
    // Called with what the address says, now and whenever it changes; null if nothing.
    read(key, reader) {
      readers.set(key, reader);
      if (values.has(key)) reader(values.get(key));
    },
    get: key => values.get(key),
    // The address of a place with all that is chosen.
    link(id) {
      const text = values.toString();
      return location.href.split("#")[0] + "#" + encodeURIComponent(id) + (text ? "&" + text : "");
    },
    go,
  };
})();

// Choices that style sheets act on.
for (const name of ["show", "metric", "words"]) {
  const options = all(`[name=${name}]`);
  if (!options.length) continue;
  const normal = options.find(o => o.defaultChecked).value;
  options.forEach(o => o.addEventListener("change", () =>
    state.set(name, o.value === normal ? null : o.value)));
  state.read(name, value => {
    (options.find(o => o.value === (value ?? normal)) ?? options[0]).checked = true;
  });
}
addEventListener("load", () => { if (location.hash.includes("&")) state.go(); });
