import { defineSink } from '#model/sink.ts';
import { inOrder } from '../delivery/in-order.ts';
import { Outlet } from '../delivery/outlet.ts';
import { JiraTracker } from '../jira/tracker.ts';

export default defineSink({
  id: 'jira',
  title: 'Jira: one issue an incident, a comment for each change',
  schemes: ['jira+https:', 'jira+http:'],
  examples: ['jira+https://example.atlassian.net?project=SEC&type=Bug', 'jira+https://jira.example.com/?project=SEC&reopen=Reopen&close=Done'],
  network: 'connect',
  takes: ['incident'],
  open(address, ctx) {
    const outlet = new Outlet('jira', address, ctx);
    const token = outlet.settings.required('token', "an API token (with the setting 'user' for Jira Cloud), or a personal access token");
    outlet.credential('jira', 'token');
    const user = outlet.settings.line('user');
    const basic = Buffer.from(`${user}:${token}`).toString('base64');
    outlet.settings.hide(basic);
    const tracker = new JiraTracker(outlet, user === undefined ? `Bearer ${token}` : `Basic ${basic}`);
    return { deliver: (notices) => inOrder(notices, (notice) => tracker.deliver(notice)), close: () => outlet.close() };
  },
});
