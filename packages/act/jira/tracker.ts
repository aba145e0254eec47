import { clip } from '#formats/clip.ts';
import type { Notice } from '#model/sink.ts';
import { invalid, parameter, requiredParameter } from '../delivery/address.ts';
import { jsonMember, jsonText } from '../delivery/answer-json.ts';
import type { HttpAnswer, HttpRequest } from '../delivery/exchange.ts';
import type { Outlet } from '../delivery/outlet.ts';
import { Remembered } from '../delivery/remembered.ts';
import { tell, type Told } from '../notice-words.ts';
import { adfOf } from './adf.ts';
import { wikiOf } from './wiki.ts';

interface Issue {
  readonly key: string;
  readonly revision: number;
}

/** The property of an issue that says which revision it tells of. */
const property = 'watchward';
const summaryLimit = 255;

/** One issue an incident, found again by its label, so that a restart makes no second one. */
export class JiraTracker {
  private readonly outlet: Outlet;
  private readonly authorization: string;
  private readonly project: string;
  private readonly type: string;
  private readonly reopen: string | undefined;
  private readonly close: string | undefined;
  private readonly version: '2' | '3';
  private readonly issues = new Remembered<Issue>(2_000);

  constructor(outlet: Outlet, authorization: string) {
    const { url } = outlet;
    this.outlet = outlet;
    this.authorization = authorization;
    this.project = requiredParameter('jira', url, 'project', 'SEC');
    if (!/^[A-Za-z][A-Za-z0-9_]{0,254}$/.test(this.project)) throw invalid('jira', url, "has a 'project' that is no key of a project");
    this.type = parameter(url, 'type') ?? 'Task';
    this.reopen = parameter(url, 'reopen');
    this.close = parameter(url, 'close');
    const version = parameter(url, 'api') ?? (url.hostname.endsWith('.atlassian.net') ? '3' : '2');
    if (version !== '2' && version !== '3') throw invalid('jira', url, "has an 'api' that is neither 2 nor 3");
    this.version = version;
  }

  async deliver(notice: Notice): Promise<void> {
    const told = tell(notice);
    const issue = this.issues.get(told.group) ?? (await this.find(told.group)) ?? (await this.create(told));
    if (issue.revision < told.revision) await this.update(issue.key, told);
    this.issues.set(told.group, { ...issue, revision: Math.max(issue.revision, told.revision) });
  }

  private async find(group: string): Promise<Issue | undefined> {
    const jql = `project = "${this.project}" AND labels = "${labelOf(group)}" ORDER BY created ASC`;
    const answer = await this.call('POST', this.version === '3' ? 'search/jql' : 'search', { jql, maxResults: 1, fields: ['summary'], properties: [property] });
    const issues = jsonMember(answer.text, 'issues');
    if (!Array.isArray(issues)) throw this.outlet.unclear(answer);
    if (issues.length === 0) return undefined;
    const revision = jsonMember(answer.text, 'issues', 0, 'properties', property, 'revision');
    return { key: this.keyIn(answer, 'issues', 0, 'key'), revision: typeof revision === 'number' ? revision : 0 };
  }

  private async create(told: Told): Promise<Issue> {
    const answer = await this.call('POST', 'issue', {
      fields: {
        project: { key: this.project }, issuetype: { name: this.type }, summary: summaryOf(told), description: this.text(told),
        labels: ['watchward', labelOf(told.group)],
      },
      properties: [{ key: property, value: { revision: told.revision } }],
    });
    return { key: this.keyIn(answer, 'key'), revision: told.revision };
  }

  /** The comment first: the property says which revision is done. */
  private async update(key: string, told: Told): Promise<void> {
    await this.call('POST', `issue/${key}/comment`, { body: this.text(told) });
    await this.call('PUT', `issue/${key}`, { fields: { summary: summaryOf(told) } });
    const transition = told.state === 'regressed' ? this.reopen : told.state === 'closed' || told.state === 'dismissed' ? this.close : undefined;
    if (transition !== undefined) await this.transition(key, transition);
    await this.call('PUT', `issue/${key}/properties/${property}`, { revision: told.revision });
  }

  /** An issue that is there already has no such transition, and needs none. */
  private async transition(key: string, name: string): Promise<void> {
    const answer = await this.call('GET', `issue/${key}/transitions`);
    const offered = jsonMember(answer.text, 'transitions');
    const at = Array.isArray(offered) ? offered.findIndex((_, index) => jsonText(answer.text, 'transitions', index, 'name')?.toLowerCase() === name.toLowerCase()) : -1;
    const id = jsonText(answer.text, 'transitions', at, 'id');
    if (id !== undefined) await this.call('POST', `issue/${key}/transitions`, { transition: { id } });
  }

  private text(told: Told): object | string {
    return this.version === '3' ? adfOf(told) : wikiOf(told);
  }

  private keyIn(answer: HttpAnswer, ...path: readonly (string | number)[]): string {
    const key = jsonText(answer.text, ...path);
    if (key === undefined || !/^[A-Za-z][A-Za-z0-9_]*-\d{1,12}$/.test(key)) throw this.outlet.unclear(answer);
    return key;
  }

  private call(method: HttpRequest['method'], path: string, body?: object): Promise<HttpAnswer> {
    const url = new URL(this.outlet.url);
    url.pathname = `${url.pathname.replace(/\/$/, '')}/rest/api/${this.version}/${path}`;
    url.search = '';
    const headers = (): { readonly [name: string]: string } => ({ authorization: this.authorization, accept: 'application/json' });
    return this.outlet.send({ method, url, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  }
}

function labelOf(group: string): string {
  return `watchward-${group}`;
}

function summaryOf(told: Told): string {
  return clip(`[${told.severity}, risk ${told.risk}] ${told.title}`, summaryLimit);
}
