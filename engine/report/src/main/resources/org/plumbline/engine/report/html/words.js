// Marks the words that the reference's answer does not have, as WordMarks does for the page itself.
const markWords = (() => {
  const most = 600;
  const dense = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}"
    + "\\p{Script=Lao}\\p{Script=Khmer}";
  const word = new RegExp(`[${dense}]|[^ \\t\\n\\v\\f\\r${dense}]+`, "gu");
  const ends = /^[!-/:-@[-`{-~]+|[!-/:-@[-`{-~]+$/g;
  const plain = w => (w.replace(ends, "") || w).toLowerCase();
  const words = text => [...text.matchAll(word)].map(m =>
    ({ text: m[0], plain: plain(m[0]), from: m.index, to: m.index + m[0].length }));
  const table = (a, b) => {
    const t = Array.from({ length: a.length + 1 }, () => new Int32Array(b.length + 1));
    for (let i = a.length - 1; i >= 0; i--) {
      for (let j = b.length - 1; j >= 0; j--) {
        t[i][j] = a[i].plain === b[j].plain ? t[i + 1][j + 1] + 1 : Math.max(t[i + 1][j], t[i][j + 1]);
      }
    }
    return t;
  };
  return (reference, answer) => {
    const a = words(reference), b = words(answer);
    if (a.length > most || b.length > most) return plainText(answer);
    const common = table(a, b);
    let out = "", run = "", element = "", copied = 0, i = 0, j = 0;
    const turn = tag => {
      if (run) out += element ? `<${element}>${plainText(run)}</${element}>` : plainText(run);
      run = "";
      element = tag;
    };
    const keep = (tag, w) => {
      const space = answer.slice(copied, w.from);
      if (tag === element) run += space;
      else {
        turn(tag);
        out += space;
      }
      run += w.text;
      copied = w.to;
    };
    while (i < a.length || j < b.length) {
      if (i < a.length && j < b.length && a[i].plain === b[j].plain) {
        keep("", b[j++]);
        i++;
      } else if (i < a.length && (j === b.length || common[i + 1][j] >= common[i][j + 1])) {
        if (element !== "del") turn("del");
        run += " " + a[i++].text;
      } else keep("ins", b[j++]);
    }
    turn("");
    return out + plainText(answer.slice(copied));
  };
})();
