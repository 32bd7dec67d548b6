// Draws what has changed since the page was opened. Without it the page has the same figures, as of one moment.
'use strict';
(() => {
  const PERIOD = 2000;
  const POINTS = 90;
  const WIDTH = 300;
  const HEIGHT = 60;
  const charts = document.querySelector('.charts');
  const samples = [];

  const number = value => value >= 100 || Number.isInteger(value) ? Math.round(value).toString() : value.toPrecision(2);

  // As the page itself estimates it: between two bounds in proportion.
  const quantile = (bounds, counts, part) => {
    const rank = part * counts.reduce((sum, count) => sum + count, 0);
    let below = 0;
    for (let i = 0; i < bounds.length; i++) {
      if (counts[i] > 0 && below + counts[i] >= rank) {
        const from = i === 0 ? 0 : bounds[i - 1];
        return from + (bounds[i] - from) * Math.max(0, rank - below) / counts[i];
      }
      below += counts[i];
    }
    return rank === 0 ? 0 : bounds[bounds.length - 1];
  };

  const sample = (now, before, seconds) => {
    const counts = now.durations.counts.map((count, i) => count - before.durations.counts[i]);
    const millis = part => 1000 * quantile(now.durations.bounds, counts, part);
    return {
      rate: counts.reduce((sum, count) => sum + count, 0) / seconds,
      p50: millis(0.5),
      p95: millis(0.95),
      p99: millis(0.99),
      inUse: now.figures.threads ? now.figures.threads.in_use : 0,
      active: now.figures.requests.active,
    };
  };

  const draw = figure => {
    const lines = [...figure.querySelectorAll('polyline')];
    const top = Math.max(1, ...lines.flatMap(line => samples.map(one => one[line.dataset.of])));
    figure.querySelector('.top').textContent = number(top);
    lines.forEach(line => {
      const points = samples.map((one, i) => [
        WIDTH - (samples.length - 1 - i) * WIDTH / (POINTS - 1),
        HEIGHT - one[line.dataset.of] * HEIGHT / top,
      ]);
      line.setAttribute('points', points.map(point => point.map(value => value.toFixed(1)).join()).join(' '));
    });
    figure.querySelectorAll('output').forEach(output => {
      output.textContent = number(samples[samples.length - 1][output.dataset.of]);
    });
  };

  const ask = async (before, time) => {
    const begin = performance.now();
    const now = await fetch('?json', {cache: 'no-store'})
      .then(response => response.ok ? response.json() : null)
      .catch(() => null);
    charts.classList.toggle('stale', !now);
    // After a restart the counts begin again.
    if (now && before && now.figures.process.uptime >= before.figures.process.uptime) {
      samples.push(sample(now, before, (begin - time) / 1000));
      samples.splice(0, samples.length - POINTS);
      charts.querySelectorAll('figure').forEach(draw);
      charts.hidden = false;
    }
    setTimeout(() => ask(now || before, now ? begin : time), PERIOD);
  };

  ask(null, 0);
})();
