'use strict';
(() => {
  const data = JSON.parse(document.getElementById('curve-data').textContent);
  const drawn = [];
  const variable = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const short = (x) => Math.abs(x) >= 1e6 ? (x / 1e6) + 'M' : Math.abs(x) >= 10000 ? (x / 1000) + 'k' : (x !== 0 && Math.abs(x) < 0.01 ? x.toExponential(1) : String(x));

  function option(chart) {
    const ink = variable('--ink'), soft = variable('--soft'), line = variable('--line');
    const colors = ['--a', '--b', '--c', '--d'].map(variable);
    const axis = { axisLabel: { color: soft, formatter: short, hideOverlap: true }, axisLine: { lineStyle: { color: line } },
      splitLine: { lineStyle: { color: line, opacity: 0.5 } } };
    const several = chart.series.some((s) => s.run > 0), judged = chart.series.some((s) => s.marked);
    const kind = (s) => chart.series.filter((other) => other.run === s.run).indexOf(s);
    const number = (s, i) => several ? s.run : i;
    const dashes = several && judged ? ['dashed'] : ['solid', 'dashed', 'dotted'];
    const marks = data.marks.map((m) => ({ xAxis: m.update,
      label: { show: chart === data.charts[0], formatter: m.label, position: 'insideEndTop' } })); // along the line: no two cover each other
    return {
      animation: false, textStyle: { color: ink },
      grid: { left: 56, right: 16, top: 34, bottom: 28 },
      legend: { show: chart.series.length > 1, top: 0, textStyle: { color: ink } },
      tooltip: { trigger: 'axis', backgroundColor: variable('--paper'), textStyle: { color: ink }, confine: true },
      xAxis: { ...axis, type: 'value', min: 0 },
      yAxis: { ...axis, type: chart.logarithmic ? 'log' : 'value', scale: true, ...(chart.id === 'clipped' && { min: 0, max: (of) => of.max > 0.5 ? 1 : undefined }) },
      series: chart.series.map((s, i) => ({
        name: s.name, type: 'line', data: s.points, showSymbol: s.marked, symbolSize: 7,
        symbol: ['circle', 'rect', 'triangle', 'diamond'][number(s, i) % 4],
        color: colors[number(s, i) % 4],
        lineStyle: { width: 2, type: s.marked ? 'solid' : dashes[kind(s) % dashes.length] },
        markLine: i > 0 || !marks.length ? undefined : { silent: true, symbol: 'none', data: marks,
          lineStyle: { color: soft, type: 'dotted' }, label: { color: soft, fontSize: 10 } },
      })),
    };
  }

  for (const chart of data.charts) {
    const place = document.getElementById('chart-' + chart.id);
    if (place) drawn.push([echarts.init(place), chart]);
  }
  const draw = () => { for (const [picture, chart] of drawn) { picture.resize(); picture.setOption(option(chart), true); } };
  draw();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  matchMedia('print').addEventListener('change', draw);
  addEventListener('resize', draw);
})();
