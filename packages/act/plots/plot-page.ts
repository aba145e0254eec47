import { htmlText } from '#formats/html-text.ts';
import { documentPage } from '../html/document.ts';
import { style } from '../html/style.ts';
import { say } from '../incident-words.ts';
import type { Product } from '../signal-ocsf.ts';
import { plotStyle } from './plot-style.ts';

export interface PlotPage {
  readonly title: string;
  /** A sentence or two below the title. */
  readonly about: string;
  /** HTML, each within a section of its own. */
  readonly sections: readonly string[];
}

/** A page of figures that asks for nothing: no script, no request. */
export function plotPage({ about, sections, title }: PlotPage, { version }: Product): string {
  return documentPage({
    title: `Watchward: ${title}`, style: style + plotStyle, skip: 'Skip to the figures',
    header: `<header><p class="mark">Watchward <span>${htmlText(version)}</span></p><h1>${htmlText(say(title, 200))}</h1><p class="facts">${htmlText(say(about, 1_000))}</p></header>`,
    main: sections.map((html) => `<section>${html}</section>`),
  });
}
