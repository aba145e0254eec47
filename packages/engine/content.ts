import { readFileSync } from 'node:fs';
import type { CodeBundle, ContentBundle, EventBundle } from '#model/content.ts';
import type { ModelCard } from '#model/model-card.ts';
import { EngineError } from './errors.ts';
import { dataFile } from './place.ts';

let content: ContentBundle | undefined;
let events: EventBundle | undefined;
let code: CodeBundle | undefined;

/** The compiled rules and policies. */
export function loadContent(): ContentBundle {
  content ??= readBundle<ContentBundle>('content.json');
  return content;
}

/** The compiled Sigma rules. */
export function loadEventContent(): EventBundle {
  events ??= readBundle<EventBundle>('events.json');
  return events;
}

/** The compiled rules about program code and what is known of libraries. */
export function loadCodeContent(): CodeBundle {
  code ??= readBundle<CodeBundle>('code.json');
  return code;
}

/** The cases of content units by unit id, as parsed YAML. */
export function loadCases(): Map<string, unknown> {
  return new Map(Object.entries(readBundle<Record<string, unknown>>('cases.json')));
}

/** The cards of all models, by id. */
export function loadModelCards(): ReadonlyMap<string, ModelCard> {
  return new Map(readBundle<readonly ModelCard[]>('models.json').map((card) => [card.id, card]));
}

function readBundle<T>(name: 'content.json' | 'events.json' | 'code.json' | 'cases.json' | 'models.json'): T {
  try {
    return JSON.parse(readFileSync(dataFile(name), 'utf8')) as T;
  } catch (cause) {
    const message = `the compiled content ${name} cannot be read; reinstall watchward, or run \`npm run generate\` in a checkout`;
    throw new EngineError('content-unreadable', message, { cause });
  }
}
