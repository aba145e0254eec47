import { plotPage } from '#act/plots/plot-page.ts';
import { seriesFigure, summaryWords } from '#act/plots/series.ts';
import { weekFigure, weekWords } from '#act/plots/week.ts';
import type { SeriesPlot, WeekPlot } from '#model/plot.ts';
import { toolIdentity } from './identity.ts';

export { seriesText } from '#act/plots/series-text.ts';
export { weekText } from '#act/plots/week-text.ts';

export function seriesPage(plot: SeriesPlot): string {
  return plotPage({ title: plot.title, about: summaryWords(plot), sections: [seriesFigure(plot)] }, toolIdentity());
}

export function weekPage(plot: WeekPlot): string {
  return plotPage({ title: plot.title, about: weekWords(plot), sections: [weekFigure(plot)] }, toolIdentity());
}
