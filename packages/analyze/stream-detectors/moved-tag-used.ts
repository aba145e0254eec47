import { deedOf } from '#formats/ocsf-deed.ts';
import { memberAt, memberText } from '#formats/ocsf-member.ts';
import type { Event } from '#model/event.ts';
import { defineStreamDetector } from '#model/stream.ts';
import type { Observation, UnscoredSignal } from '#model/stream.ts';

interface Moved {
  readonly tag: string;
  readonly time: number;
  /** The push, without its record: what ties the build to it. */
  readonly event: Event;
}

/** Tags that were moved, by `owner/name@tag` in lower case; the one moved first stands first. */
type State = ReadonlyMap<string, Moved>;

/** A tag that was moved so long ago has been looked at by somebody, or never will be. */
const memory = 30 * 86_400_000;
const mostTags = 500;
const mostSteps = 200;
const title = 'Build ran an action whose tag had been moved';
const reference = 'https://attack.mitre.org/techniques/T1195/002/';

/** Builds that use an action by a tag that was moved: the second half of an attack on a supply chain. */
export default defineStreamDetector<State>({
  id: 'event/moved-tag-used',
  title,
  severity: 'high',
  confidence: 'medium',
  consequence: 'What the new commit holds ran with everything that the build may do and know.',
  remediation: 'Read what the tag names now, replace every secret that the build could see, and use actions by their full commit.',
  references: ['https://docs.github.com/en/actions/security-for-github-actions/security-guides/security-hardening-for-github-actions#using-third-party-actions', reference],
  initial: new Map(),
  wants: ({ logsource }) => logsource.product === 'github',
  step(state, observation, now) {
    const action = memberText(observation.record, 'action');
    if (action === 'git.push') return { state: remember(state, observation, now), signals: [], diagnostics: [] };
    if (action !== 'workflow_job.completed') return { state, signals: [], diagnostics: [] };
    const used = usedBy(observation.record).map((name) => state.get(name)).find((moved) => moved !== undefined && now - moved.time <= memory);
    return { state, signals: used === undefined ? [] : [signalOf(observation, used)], diagnostics: [] };
  },
});

function remember(state: State, { record, event, time }: Observation, now: number): State {
  const ref = memberText(record, 'ref') ?? '';
  const repository = memberText(record, 'repo')?.toLowerCase();
  const moved = memberAt(record, 'forced') === true && memberAt(record, 'deleted') !== true && memberAt(record, 'created') !== true;
  if (!moved || !ref.startsWith('refs/tags/') || repository === undefined) return state;
  const tag = ref.slice('refs/tags/'.length);
  const key = `${repository}@${tag.toLowerCase()}`;
  const { unmapped: _record, raw_data: _text, ...kept } = event;
  const next = new Map([...state].filter(([name, one]) => name !== key && now - one.time <= memory));
  next.set(key, { tag, time, event: kept });
  while (next.size > mostTags) next.delete(next.keys().next().value ?? '');
  return next;
}

/** Steps of a job are named `Run owner/name@ref` where the author gave no name of their own. */
function usedBy(record: unknown): string[] {
  const steps = memberAt(record, 'payload', 'workflow_job', 'steps');
  if (!Array.isArray(steps)) return [];
  return steps.slice(0, mostSteps).flatMap((step: unknown) => {
    const found = /^(?:Pre |Post )?Run ([\w.-]{1,100}\/[\w.-]{1,100})(?:\/[\w./-]{1,200})?@([\w./-]{1,200})$/.exec(memberText(step, 'name') ?? '');
    return found === null ? [] : [`${found[1]}@${found[2]}`.toLowerCase()];
  });
}

function signalOf({ event, record, time }: Observation, moved: Moved): UnscoredSignal {
  const runner = memberText(record, 'runner');
  const from = memberText(moved.event, 'resources', '0', 'name') ?? 'another repository';
  const hours = Math.round((time - moved.time) / 3_600_000);
  const job = `a job of ${memberText(record, 'repo') ?? 'a repository'}${runner === undefined ? '' : ` on ${runner}`}`;
  return {
    rule: 'event/moved-tag-used', title, severity: 'high', confidence: 'medium',
    message: `${title}: ${job} used ${from}@${moved.tag}, which had been moved ${hours < 1 ? 'within the hour' : `${hours} h`} before (${deedOf(moved.event)})`,
    time, techniques: ['T1195.002'], tactics: ['initial-access', 'execution'], evidence: [], events: [event, moved.event],
    references: [reference], falsePositives: ['Major version tags, which some projects move with every release'],
  };
}
