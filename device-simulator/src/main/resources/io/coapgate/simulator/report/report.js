"use strict";
// Draws the plots whose figures stand in #data. Colours come from the style sheet, so that light, dark and print differ there only.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const root = document.documentElement;
  const HEIGHT = 250;
  const PRINT = { width: 640, height: 200 };
  const DASHES = { solid: [], dashed: [7, 4], dotted: [2, 3], bars: [] };
  const STYLES = { solid: "solid", dashed: "dashed", dotted: "dotted", bars: "solid" };
  let drawn = [];

  const colour = name => getComputedStyle(root).getPropertyValue("--" + name).trim();
  const number = (value, digits) => value.toLocaleString("en", { maximumFractionDigits: digits });
  const time = micros => micros >= 1e6 ? number(micros / 1e6, 2) + " s"
      : micros >= 1e3 ? number(micros / 1e3, micros < 1e4 ? 2 : 0) + " ms" : number(micros, 0) + " µs";
  const seconds = t => t >= 120 ? Math.floor(t / 60) + ":" + String(Math.round(t % 60)).padStart(2, "0") + " min"
      : number(t, 1) + " s";
  // 50 % at 0.301, 90 % at 1, 99 % at 2, and so on.
  const percentile = nines => number(100 - 100 / 10 ** nines, Math.max(1, Math.ceil(nines))) + " %";
  const TEXT = { micros: time };
  const text = unit => TEXT[unit] || (value => number(value, value < 10 ? 2 : value < 100 ? 1 : 0));

  // What was done to the run, as numbered lines; its phases, as bands with names.
  const overlay = u => {
    const { ctx, bbox } = u;
    const ratio = devicePixelRatio;
    ctx.save();
    ctx.font = 11 * ratio + "px system-ui, sans-serif";
    data.phases.forEach((phase, i) => {
      const from = Math.max(bbox.left, u.valToPos(phase.from, "x", true));
      const until = Math.min(bbox.left + bbox.width, u.valToPos(phase.until, "x", true));
      if (until <= from) return;
      if (i % 2 === 1) {
        ctx.fillStyle = colour("band");
        ctx.fillRect(from, bbox.top, until - from, bbox.height);
      }
      if (ctx.measureText(phase.name).width < until - from - 8 * ratio) {
        ctx.fillStyle = colour("soft");
        ctx.textAlign = "left";
        ctx.fillText(phase.name, from + 4 * ratio, bbox.top - 4 * ratio);
      }
    });
    ctx.strokeStyle = ctx.fillStyle = colour("text");
    ctx.lineWidth = ratio;
    ctx.setLineDash([3 * ratio, 3 * ratio]);
    data.marks.forEach((t, i) => {
      const x = Math.round(u.valToPos(t, "x", true));
      if (x < bbox.left || x > bbox.left + bbox.width) return;
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      ctx.textAlign = x > bbox.left + bbox.width - 16 * ratio ? "right" : "left";
      ctx.fillText(String(i + 1), x + (ctx.textAlign === "left" ? 3 : -3) * ratio, bbox.top + 11 * ratio);
    });
    ctx.restore();
  };

  const known = plot => plot.series.flatMap(s => s.values).filter(v => v !== null);

  const yRange = (plot, log) => (u, min, max) => {
    if (min === null) return [log ? 1 : 0, log ? 10 : 1];
    if (!log) return [0, max > 0 ? max * 1.08 : 1];
    // Whole decades, or halves of them, so that there are two labels at least.
    return [10 ** (Math.floor(Math.log10(min) * 2) / 2) * 0.98, 10 ** (Math.ceil(Math.log10(max) * 2 + 0.01) / 2) * 1.02];
  };

  const decades = (min, max) => {
    const splits = [];
    const steps = max / min > 300 ? [1] : max / min > 30 ? [1, 3] : [1, 2, 5];
    for (let decade = 10 ** Math.floor(Math.log10(min)); decade <= max; decade *= 10) {
      steps.forEach(step => { if (step * decade >= min && step * decade <= max) splits.push(step * decade); });
    }
    return splits;
  };

  const options = (plot, size) => {
    const values = known(plot);
    const positive = values.filter(v => v > 0);
    const log = plot.log && positive.length > 0 && spread(positive) > 12;
    const nines = plot.axis === "nines";
    const show = text(plot.unit);
    const axis = { stroke: colour("soft"), font: "12px system-ui, sans-serif",
      grid: { stroke: colour("grid"), width: 1 }, ticks: { stroke: colour("line"), width: 1, size: 5 } };
    const x = { ...axis, size: 30, values: (u, splits) => splits.map(nines ? percentile : seconds), space: nines ? 40 : 70 };
    if (nines) x.splits = (u, i, min, max) => [0.30103, 1, 2, 3, 4, 5, 6, 7].filter(n => n >= min && n <= max);
    const y = { ...axis, size: 66, values: (u, splits) => splits.map(v => v === null ? "" : show(v)) };
    if (log) {
      y.splits = (u, i, min, max) => decades(min, max);
      y.filter = (u, splits) => splits;
    }
    return {
      ...size, padding: [18, nines ? 34 : 14, 0, 0],
      scales: {
        x: { time: false, range: (u, min, max) => [0, Math.max(1, max)] },
        y: { distr: log ? 3 : 1, log: 10, range: yRange(plot, log) },
      },
      axes: [x, y],
      cursor: { y: false, drag: { x: true, y: false } },
      legend: { live: true, markers: { dash: (u, i) => STYLES[plot.series[i - 1]?.stroke] || "solid" } },
      series: [
        { label: nines ? "percentile" : "second", value: (u, v) => v === null ? "–" : (nines ? percentile : seconds)(v) },
        ...plot.series.map(s => ({
          label: s.label, stroke: colour(s.tone), width: width(s), dash: DASHES[s.stroke],
          fill: s.stroke === "bars" ? colour(s.tone) : undefined, spanGaps: false,
          paths: s.stroke === "bars" ? uPlot.paths.bars({ size: [0.8, 24, 1] }) : undefined,
          points: { show: s.stroke !== "bars" && plot.x.length <= 3 },
          value: (u, v) => v === null || v === undefined ? "–" : show(v),
        })),
      ],
      hooks: nines ? {} : { drawClear: [overlay] },
    };
  };

  // Of two runs the one that is drawn first is broad, so that it can be seen under the other.
  const width = s => data.compared && s.tone === "blue" ? 3.5 : s.stroke === "dotted" ? 1.25 : 1.75;

  const spread = values => {
    let min = Infinity, max = 0;
    for (const v of values) { if (v < min) min = v; if (v > max) max = v; }
    return max / min;
  };

  const draw = () => {
    drawn.forEach(u => u.destroy());
    drawn = data.plots.map(plot => {
      const place = document.getElementById("plot-" + plot.id);
      const size = root.classList.contains("printing") ? PRINT
          : { width: Math.max(260, place.clientWidth), height: HEIGHT };
      // A logarithm has no place for zero, and a bar of no height would leave a dash.
      const rows = plot.series.map(s => plot.log || s.stroke === "bars" ? s.values.map(v => v > 0 ? v : null) : s.values);
      return new uPlot(options(plot, size), [plot.x, ...rows], place);
    });
    root.dataset.plots = String(drawn.length);
  };

  let pending = 0;
  const soon = () => {
    cancelAnimationFrame(pending);
    pending = requestAnimationFrame(draw);
  };
  const printing = on => {
    if (root.classList.toggle("printing", on) === on) draw();
  };

  draw();
  addEventListener("resize", soon);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", soon);
  addEventListener("beforeprint", () => printing(true));
  addEventListener("afterprint", () => printing(false));
})();
