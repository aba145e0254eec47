import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { corpus } from '../corpora.ts';
import { defineSet, figure } from '../set.ts';
import { severitySignals } from '../severity-signals.ts';

const goal = 22;

export default defineSet({
  id: 'attack-techniques',
  title: "Logs of attack techniques carried out with Stratus Red Team: techniques on whose events any signal is medium or higher.",
  async run() {
    const folder = corpus('stratus');
    if (folder === undefined) return 'no stratus in $WATCHWARD_CORPORA';
    const logs = join(folder, 'docs/detonation-logs');
    const signalsOf = severitySignals({ inOrder: true });
    const techniques = readdirSync(logs).filter((name) => name.endsWith('.json')).sort().map((name) => {
      const records = JSON.parse(readFileSync(join(logs, name), 'utf8')) as readonly unknown[];
      const found = sorted(records).flatMap((record) => signalsOf(disguised(record))).filter(({ atLeastMedium }) => atLeastMedium);
      return { name: name.slice(0, -'.json'.length), rules: [...new Set(found.map(({ rule }) => rule))] };
    });
    const seen = techniques.filter(({ rules }) => rules.length > 0);
    return {
      figures: [
        figure('techniques with a signal of medium or higher', `${seen.length} of ${techniques.length}`, `at least ${goal}`, seen.length >= goal),
        ...techniques.map(({ name, rules }) => figure(name, rules.join(', ') || 'none')),
      ],
      notes: ['A rule that names what the tool writes would be no find: its name is taken out of the records first.'],
    };
  },
});

/** CloudTrail's files are in no order. */
function sorted(records: readonly unknown[]): readonly unknown[] {
  const timeOf = (record: unknown): string => String((record as { readonly eventTime?: unknown }).eventTime ?? '');
  return records.toSorted((a, b) => timeOf(a).localeCompare(timeOf(b)));
}

/** The tool names itself in user agents and resources; no attacker does. */
function disguised(record: unknown): unknown {
  return JSON.parse(JSON.stringify(record).replaceAll(/stratus[-_]?red[-_]?team/gi, 'sample')) as unknown;
}
