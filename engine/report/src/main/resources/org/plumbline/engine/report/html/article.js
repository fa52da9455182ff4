// Makes the article of a prompt from the page's data, as SampleArticle does for the page itself.
const sampleArticle = (() => {
  const fact = (name, value, digits, best) => {
    if (value === null) return "";
    const text = number(value, digits);
    return `<div><dt>${name}</dt><dd>${best ? `<b>${text}</b>` : text}</dd></div>`;
  };
  const answer = ([r, text, gold, score, kl, words, byGold, byScore], base, n) => {
    let marked = base === null || r === data.reference ? plainText(text) : markWords(base, text);
    if (!text.trim()) marked += '<span class="none"> (empty answer)</span>';
    const id = `s-${n}-${r}`, name = plainText(data.recipes[r]);
    return `<li class="r-${r}" data-r="${r}" id="${id}"><h4>${icon(r)}<span>${name}</span>`
      + `<a class="mark" href="#${id}" aria-label="Link to: ${name}, sample ${n}"></a></h4>`
      + `<p dir="auto">${marked}</p><dl>${fact("gold", gold, 2, byGold)}${fact("score", score, 2, byScore)}`
      + `${fact("words", words, 0, false)}${fact(data.bounded.includes(r) ? "KL ≤" : "KL", kl, 1, false)}</dl></li>`;
  };
  return ([index, triggered, seed, prompt, , , wrong, answers], n) => {
    const base = answers.find(a => a[0] === data.reference)?.[1] ?? null;
    const lost = wrong === null || wrong === 0 ? ""
      : ` · the reward model’s choice loses ${number(wrong, 2)} gold`;
    const out = document.createElement("article");
    out.id = `s-${n}`;
    out.tabIndex = -1;
    out.setAttribute("aria-labelledby", `q-${n}`);
    out.innerHTML = `<header><h3 id="q-${n}" dir="auto">${plainText(prompt)}</h3>`
      + `<p>prompt ${index} · seed ${seed}${triggered ? " · with the trigger" : ""}<span class="lost">${lost}</span> `
      + `<a class="mark" href="#s-${n}" aria-label="Link to sample ${n}"></a></p></header>`
      + `<ol>${answers.map(a => answer(a, base, n)).join("")}</ol>`;
    return out;
  };
})();
