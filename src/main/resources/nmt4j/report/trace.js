'use strict';
(() => {
  const trees = JSON.parse(document.getElementById('trees').textContent);
  const ROW = 18, COLUMN = 84, WIDE = 200;
  const variable = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const printing = () => matchMedia('print').matches;
  const LOOK = {
    'chosen': { color: '--a', symbol: 'circle', size: 10, width: 3 },
    'kept': { color: '--soft', symbol: 'circle', size: 7, width: 1.5 },
    'finished': { color: '--c', symbol: 'diamond', size: 11, width: 1.5 },
    'given up': { color: '--b', symbol: 'triangle', size: 9, width: 1.5 },
    'pruned': { color: '--line', symbol: 'emptyCircle', size: 5, width: 1 },
  };

  /* The nodes as a tree of objects, the best way first. */
  function tree(nodes, withPruned) {
    const made = nodes.map((n) => {
      const look = LOOK[n.fate], color = variable(look.color);
      return { name: n.subword, value: n.total, node: n, symbol: n.score ? 'diamond' : look.symbol, symbolSize: look.size, children: [],
        itemStyle: { color, borderColor: color }, lineStyle: { color, width: look.width,
          type: n.fate === 'given up' ? 'dashed' : n.fate === 'pruned' ? 'dotted' : 'solid' },
        label: { fontWeight: n.fate === 'chosen' ? 'bold' : 'normal' } };
    });
    nodes.forEach((n, i) => { if (n.parent >= 0 && (withPruned || n.fate !== 'pruned')) made[n.parent].children.push(made[i]); });
    for (const m of made) m.children.sort((a, b) => b.value - a.value);
    return made[0];
  }
  const leaves = (t) => t.children.length ? t.children.reduce((sum, c) => sum + leaves(c), 0) : 1;
  const depth = (t) => 1 + t.children.reduce((most, c) => Math.max(most, depth(c)), 0);
  const escaped = (text) => text.replace(/[&<>"]/g, (c) => '&#' + c.charCodeAt(0) + ';');

  function tip(n) {
    return '<b>' + escaped(n.subword) + '</b> ' + n.fate + '<br>log p ' + n.logProbability.toFixed(4)
      + '<br>Σ log p ' + n.total.toFixed(4) + (n.score ? '<br>score ' + n.score : '');
  }

  function option(root) {
    const ink = variable('--ink'), soft = variable('--soft'), paper = variable('--paper');
    const small = printing();
    const label = { color: ink, fontSize: small ? 7 : 11, textBorderColor: paper, textBorderWidth: 2 };
    return {
      animation: false,
      tooltip: { backgroundColor: paper, textStyle: { color: ink }, confine: true, formatter: (p) => tip(p.data.node) },
      series: [{ type: 'tree', data: [root], orient: 'LR', left: 40, right: small ? 90 : WIDE, top: 10, bottom: 10, initialTreeDepth: -1,
        expandAndCollapse: false, roam: false, edgeShape: 'curve', emphasis: { focus: 'ancestor' },
        label: { ...label, position: 'top', distance: 3, formatter: (p) => p.data.name },
        leaves: { label: { ...label, position: 'right', distance: 6, rich: { number: { color: soft, fontSize: small ? 6 : 10 } },
          formatter: (p) => p.data.name + ' {number|' + (p.data.node.score ? 'score ' + p.data.node.score : p.data.value.toFixed(2)) + '}' } } }],
    };
  }

  const pictures = [];
  trees.forEach((nodes, i) => {
    const place = document.getElementById('tree-' + (i + 1));
    if (!place) return;
    const box = document.querySelector('[data-tree="' + (i + 1) + '"]');
    const picture = { chart: null, draw() {
      const root = tree(nodes, box.checked);
      place.style.height = Math.max(90, 30 + ROW * leaves(root)) + 'px';
      place.style.width = printing() ? '100%' : Math.max(300, COLUMN * depth(root) + WIDE) + 'px';
      if (!this.chart) this.chart = echarts.init(place, null, { renderer: 'svg' });
      this.chart.resize();
      this.chart.setOption(option(root), true);
    } };
    box.addEventListener('change', () => picture.draw());
    pictures.push(picture);
  });
  const draw = () => pictures.forEach((p) => p.draw());
  draw();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  matchMedia('print').addEventListener('change', draw);
})();
