/**
 * The one script of the report: filters checks and clauses by text, opens what a link leads to, and unfolds everything
 * for print. The page is complete without it. Its hash stands in csp.ts.
 */
export const script = `(function () {
  var box = document.getElementById('filter');
  var input = document.getElementById('filter-text');
  var empty = document.getElementById('filter-empty');
  if (!box || !input || !empty) return;
  var items = Array.prototype.slice.call(document.querySelectorAll('.filterable'));
  var texts = items.map(function (item) { return item.textContent.toLowerCase(); });
  box.hidden = false;
  input.addEventListener('input', function () {
    var words = input.value.toLowerCase().split(/\\s+/).filter(Boolean);
    var shown = 0;
    items.forEach(function (item, index) {
      var hit = words.every(function (word) { return texts[index].indexOf(word) >= 0; });
      item.hidden = !hit;
      if (hit) shown += 1;
    });
    empty.hidden = shown > 0;
  });
  function reveal() {
    var id = decodeURIComponent(location.hash.slice(1));
    var target = id && document.getElementById(id);
    if (!target) return;
    for (var node = target; node; node = node.parentElement) {
      if (node.tagName === 'DETAILS') node.open = true;
    }
    target.scrollIntoView();
  }
  window.addEventListener('hashchange', reveal);
  reveal();
  window.addEventListener('beforeprint', function () {
    document.querySelectorAll('details').forEach(function (item) { item.open = true; });
  });
})();
`;
