import { defineReporter } from '#model/unit.ts';
import { htmlPage } from '../html/page.ts';

export default defineReporter({
  id: 'html',
  title: 'One self-contained page with charts, a filter and every reason; loads nothing',
  mediaType: 'text/html',
  render: (report) => htmlPage(report),
});
