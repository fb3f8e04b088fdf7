// The index holds every Chinese character as a word (site/build.py). What is typed is spaced likewise; a stretch with
// Chinese in it is looked for as it stands. What is shown is closed up again.
const chinese = "[\\u3400-\\u9fff\\uf900-\\ufaff]";

function asked(text) {
  const wanted = text.trim();
  const spaced = wanted.replace(new RegExp(chinese, "g"), " $& ").replace(/\s+/g, " ").trim();
  return spaced !== wanted && !/[\s"]/.test(wanted) ? `"${spaced}"` : spaced;
}

function closed(text) {
  const wide = `${chinese}|[\\u3000-\\u303f\\uff00-\\uffef“”‘’…\\d]`;
  const before = `(${wide}|[(\\[{"'])((?:</mark>)?)\\s+(?=(?:<mark>)?(?:${chinese}))`;
  const behind = `(${chinese})((?:</mark>)?)\\s+(?=(?:<mark>)?(?:${wide}|[)\\]}"',.;:!?]))`;
  const joined = (text || "").replace(new RegExp(before, "g"), "$1$2").replace(new RegExp(behind, "g"), "$1$2");
  return joined.replaceAll("</mark><mark>", "");
}

function shown(result) {
  result.excerpt = closed(result.excerpt);
  if (result.meta) result.meta.title = closed(result.meta.title);
  for (const part of result.sub_results || []) {
    part.title = closed(part.title);
    part.excerpt = closed(part.excerpt);
  }
  return result;
}

const ui = new PagefindUI({
  element: "#search",
  showSubResults: true,
  showImages: false,
  pageSize: 20,
  excerptLength: 60,
  autofocus: true,
  processTerm: asked,
  processResult: shown,
});
const first = new URLSearchParams(location.search).get("q");
if (first) ui.triggerSearch(first);
