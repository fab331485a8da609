/** What a reader of the printed page would stumble over. */
export interface Trouble {
  readonly trouble: string;
  readonly text: string;
  /** Numbers of the finding: how far, which contrast. */
  readonly by: string;
}

export interface Layout {
  readonly troubles: readonly Trouble[];
  /** Pieces of text that were looked at. */
  readonly texts: number;
  /** Tone of a state -> the one shape that its sign has. */
  readonly shapes: Readonly<Record<string, readonly string[]>>;
}

/**
 * Looks at a page laid out for print, as an expression that gives a `Layout`. `width` is that of the paper without its
 * margins, in CSS pixels; `page` says which parts are printed on such paper: `wide` or `auto`, by the CSS property `page`.
 * Every piece of text must lie on the paper, in its cell, in its box of a drawing, within what cuts off, and clear of other
 * text; its contrast must be 4.5 at least (WCAG 2.2, 1.4.3), that of signs 3 (1.4.11). Contrast is one of luminance, which is
 * what greyscale keeps. A state has a sign or a word beside its colour, and no two states have the same sign.
 */
export const layoutOf = (width: number, page: 'wide' | 'auto'): string => `(${look})(${width}, ${JSON.stringify(page)})`;

const look = String.raw`function (width, page) {
  var troubles = [], shapes = {}, seen = [];
  function say(trouble, text, by) {
    if (troubles.length < 40) troubles.push({ trouble: trouble, text: text.trim().slice(0, 60), by: String(by) });
  }
  function isHere(element) {
    var section = element.closest('section');
    return ((section && getComputedStyle(section).page) === 'wide') === (page === 'wide');
  }
  function luminance(colour) {
    var parts = colour.map(function (part) {
      part /= 255;
      return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    });
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  }
  function contrast(a, b) {
    var one = luminance(a), two = luminance(b);
    return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
  }
  function read(text) {
    var found = /rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)/.exec(text);
    return found ? [+found[1], +found[2], +found[3], found[4] === undefined ? 1 : +found[4]] : undefined;
  }
  function over(top, under) {
    return [0, 1, 2].map(function (at) { return top[at] * top[3] + under[at] * (1 - top[3]); });
  }
  function backgroundOf(element) {
    var layers = [];
    for (var node = element; node; node = node.parentElement) {
      var layer = read(getComputedStyle(node).backgroundColor);
      if (layer && layer[3] > 0) layers.push(layer);
      if (layer && layer[3] === 1) break;
    }
    return layers.reverse().reduce(function (under, layer) { return over(layer, under); }, [255, 255, 255]);
  }
  function filledOf(element, under) {
    var fill = element && read(getComputedStyle(element).fill);
    return fill ? over(fill, under) : under;
  }
  function backgroundOfDrawn(text) {
    var frame = text.closest('svg').querySelector('.frame');
    var member = text.closest('.member');
    var paper = filledOf(frame, backgroundOf(text.closest('svg').parentElement));
    return member ? filledOf(member.querySelector('rect'), paper) : paper;
  }
  function isWithin(rect, box, slack) {
    return rect.left >= box.left - slack && rect.right <= box.right + slack && rect.top >= box.top - slack && rect.bottom <= box.bottom + slack;
  }
  function far(rect, box) {
    return ['left', 'right', 'top', 'bottom'].map(function (side, at) {
      var by = Math.round((at % 2 ? 1 : -1) * (rect[side] - box[side]));
      return by > 1 ? side + ' ' + by : '';
    }).join(' ').trim();
  }
  var main = document.querySelector('main');
  // Without its style a page fits on any paper.
  if (getComputedStyle(document.querySelector('.contents')).display !== 'none') say('is not laid out for print', document.title, '');
  var paper = { left: 0, right: width, top: -1e9, bottom: 1e9 };
  var walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT), node, count = 0;
  while ((node = walker.nextNode())) {
    if (!node.data.trim()) continue;
    var element = node.parentElement;
    if (!isHere(element) || element.closest('[hidden]')) continue;
    var range = document.createRange();
    range.selectNodeContents(node);
    var rects = Array.prototype.filter.call(range.getClientRects(), function (rect) { return rect.width > 0 && rect.height > 0; });
    if (rects.length === 0) {
      // Words of signs, which narrow columns leave to the legend below the table; severities of what asks for no action.
      if (!element.closest('.many .cell span, .many .object div, details.check .severity')) say('is not printed', node.data, '');
      continue;
    }
    count += 1;
    var drawn = element.closest('svg');
    var cell = element.closest('td, th');
    var box = drawn && element.closest('.member');
    var all = range.getBoundingClientRect();
    if (!isWithin(all, paper, 1)) say('leaves the paper', node.data, far(all, paper));
    if (cell && !isWithin(all, cell.getBoundingClientRect(), 2)) say('leaves its cell', node.data, far(all, cell.getBoundingClientRect()));
    if (box && !isWithin(all, box.querySelector('rect').getBoundingClientRect(), 1))
      say('leaves its box', node.data, far(all, box.querySelector('rect').getBoundingClientRect()));
    for (var outer = element; outer !== main.parentElement; outer = outer.parentElement) {
      var style = getComputedStyle(outer);
      var cuts = style.overflowX !== 'visible' || style.overflowY !== 'visible';
      if (cuts && style.display !== 'inline' && !isWithin(all, outer.getBoundingClientRect(), 2))
        say('is cut off', node.data, far(all, outer.getBoundingClientRect()));
    }
    var colours = getComputedStyle(element);
    var ink = read(drawn ? colours.fill : colours.color);
    var under = drawn ? backgroundOfDrawn(element) : backgroundOf(element);
    var clear = contrast(over(ink, under), under);
    if (clear < 4.5) say('is too pale', node.data, clear.toFixed(2));
    rects.forEach(function (rect) { seen.push({ rect: rect, text: node.data, node: node }); });
  }
  seen.sort(function (a, b) { return a.rect.top - b.rect.top; });
  seen.forEach(function (one, index) {
    for (var next = index + 1; next < seen.length && seen[next].rect.top < one.rect.bottom; next += 1) {
      var other = seen[next];
      if (other.node === one.node) continue;
      var high = Math.min(one.rect.bottom, other.rect.bottom) - other.rect.top;
      var wide = Math.min(one.rect.right, other.rect.right) - Math.max(one.rect.left, other.rect.left);
      if (wide > 2 && high > 0.5 * Math.min(one.rect.height, other.rect.height)) say('lies on other text', one.text, other.text.trim().slice(0, 60));
    }
  });
  main.querySelectorAll('table, pre, svg, .card, .meter').forEach(function (item) {
    var rect = item.getBoundingClientRect();
    if (isHere(item) && rect.width > 0 && !isWithin(rect, paper, 1)) say('leaves the paper', item.className.baseVal || item.className || item.tagName, far(rect, paper));
  });

  function note(tone, shape) {
    shapes[tone] = shapes[tone] || [];
    if (shapes[tone].indexOf(shape) < 0) shapes[tone].push(shape);
  }
  main.querySelectorAll('svg.sign').forEach(function (sign) {
    if (!isHere(sign)) return;
    var tone = sign.getAttribute('class').replace('sign', '').trim();
    note(tone, sign.querySelector('path').getAttribute('d'));
    var clear = contrast(read(getComputedStyle(sign).stroke), backgroundOf(sign.parentElement));
    if (clear < 3) say('sign is too pale', tone, clear.toFixed(2));
  });
  document.querySelectorAll('.cells').forEach(function (cells) {
    var tone = cells.getAttribute('class').replace('cells', '').trim();
    var parts = cells.querySelector('.sign').getAttribute('d').split('M');
    var squares = cells.querySelector('.square').getAttribute('d').split('M').length;
    // Moved to where the first cell begins, a sign is the same in every cell.
    note('cell ' + tone, parts[1].replace(/^[\d.]+ [\d.]+/, ''));
    if (squares !== parts.length) say('cells without a sign', tone, squares - parts.length);
    var under = filledOf(cells.querySelector('.square'), [255, 255, 255]);
    var clear = contrast(read(getComputedStyle(cells.querySelector('.sign')).stroke), under);
    if (clear < 3) say('sign is too pale', 'cell ' + tone, clear.toFixed(2));
  });
  main.querySelectorAll('.mark, .matrix .cell, .cell-word, .verdict').forEach(function (mark) {
    if (!/(^| )(good|part|bad|open|off|held)( |$)/.test(mark.className)) return;
    var hasSign = mark.querySelector('svg.sign') !== null, hasWord = mark.innerText.trim() !== '';
    if (!hasSign && !hasWord) say('has its colour only', mark.className, '');
  });
  main.querySelectorAll('.sharebar').forEach(function (bar) {
    var legend = bar.parentElement.querySelectorAll('.legend li');
    var parts = Array.prototype.slice.call(bar.querySelectorAll('rect'), 1);
    parts.forEach(function (part, index) {
      var tone = part.getAttribute('class');
      if (!legend[index] || !legend[index].querySelector('.sign.' + tone) || legend[index].innerText.trim() === '') say('has its colour only', 'share ' + tone, index);
    });
  });
  return { troubles: troubles, texts: count, shapes: shapes };
}`;
