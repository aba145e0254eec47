import { readFileSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describeWorkTree } from '#engine/work-tree.ts';

/** What one look of the doctor found. */
export interface Check {
  readonly id: string;
  readonly status: 'ok' | 'warning' | 'failure';
  readonly detail: string;
  /** What to do; on everything that is not ok. */
  readonly cure?: string;
}

const newestNode = 26;
const day = 86_400_000;
const staleDays = 90;
const leastDisk = { warning: 500e6, failure: 50e6 };

export function checkRuntime(version = process.versions.node): Check {
  const id = 'runtime';
  const major = Number(version.split('.')[0]);
  if (major >= newestNode) return { id, status: 'ok', detail: `Node ${version}` };
  const status = major >= 24 ? 'warning' : 'failure';
  return { id, status, detail: `Node ${version}`, cure: `Install Node ${newestNode}, or install watchward again without --omit=optional: it then brings its own.` };
}

export function checkPermissions(permission: NodeJS.Process['permission'] | undefined = process.permission): Check {
  const id = 'permissions';
  if (permission === undefined) {
    return { id, status: 'failure', detail: 'the permission model is off', cure: 'Start it by its command `watchward` (or `npm start`), not by main.js.' };
  }
  if (permission.has('child')) return { id, status: 'failure', detail: 'the process may start others', cure: 'Remove --allow-child-process from NODE_OPTIONS.' };
  return { id, status: 'ok', detail: 'no child processes, no native addons; writes only where it was told' };
}

/** Tries to connect to this machine itself: under the permission model even that is refused before anything is sent. */
export async function checkNetwork(): Promise<Check> {
  const id = 'network';
  const code = await new Promise<string>((tell) => {
    try {
      const socket = connect({ host: '127.0.0.1', port: 9 });
      socket.setTimeout(1000, () => socket.destroy(new Error('timeout')));
      socket.on('connect', () => socket.destroy(new Error('connected')));
      socket.on('error', (error: NodeJS.ErrnoException) => tell(error.code ?? error.message));
    } catch (error) {
      tell(error instanceof Error && 'code' in error ? String(error.code) : String(error));
    }
  });
  if (code === 'ERR_ACCESS_DENIED') return { id, status: 'ok', detail: 'denied by the runtime' };
  return {
    id, status: 'warning', detail: `watchward sends nothing, but this runtime does not deny the network (a try gave ${code})`,
    cure: `Use Node ${newestNode}, which denies it to the whole process.`,
  };
}

export function checkState(folder: string): Check {
  const id = 'state';
  const probe = join(folder, `probe.${process.pid}`);
  const text = String(process.pid);
  try {
    writeFileSync(probe, text);
    if (readFileSync(probe, 'utf8') !== text) throw new Error('what was written could not be read back');
    return { id, status: 'ok', detail: `${folder} can be written` };
  } catch (error) {
    return {
      id, status: 'warning', detail: `${folder} cannot be written (${reasonOf(error)}): there is no cache, and secrets get another digest in each run`,
      cure: 'Mend its permissions, or name another folder with --state-dir or WATCHWARD_STATE_DIR.',
    };
  } finally {
    try {
      rmSync(probe, { force: true });
    } catch {
      // it was never written
    }
  }
}

export function checkDisk(folder: string): Check {
  const id = 'disk';
  let free: number;
  try {
    const { bavail, bsize } = statfsSync(folder);
    free = bavail * bsize;
  } catch (error) {
    return { id, status: 'warning', detail: `free space is unknown (${reasonOf(error)})`, cure: 'Make the state folder, or name another with --state-dir.' };
  }
  const detail = `${(free / 1e9).toFixed(1)} GB free at ${folder}`;
  if (free >= leastDisk.warning) return { id, status: 'ok', detail };
  return { id, status: free >= leastDisk.failure ? 'warning' : 'failure', detail, cure: 'Make room, or name a folder on another disk with --state-dir.' };
}

export function checkContent(identity: { readonly contentDate: string; readonly content: string }, rules: number, now: Date): Check {
  const id = 'content';
  const age = Math.floor((now.getTime() - Date.parse(`${identity.contentDate}T00:00:00Z`)) / day);
  const detail = `${rules} rules of ${identity.contentDate}, ${Math.max(0, age)} days old, sha256 ${identity.content.slice(0, 12)}`;
  if (age <= staleDays) return { id, status: 'ok', detail };
  return { id, status: 'warning', detail, cure: 'Install the newest watchward: rules for newer credentials are missing here.' };
}

export function checkClock(contentDate: string, now: Date): Check {
  const id = 'clock';
  if (now.getTime() + day >= Date.parse(`${contentDate}T00:00:00Z`)) return { id, status: 'ok', detail: now.toISOString() };
  return {
    id, status: 'failure', detail: `the clock says ${now.toISOString()}, before this content was made (${contentDate})`,
    cure: 'Set the clock: expiries of suppressions and the age of attestations depend on it.',
  };
}

export function checkGit(folder: string): Check {
  const id = 'git';
  try {
    const facts = describeWorkTree(folder);
    if (facts === undefined) {
      return { id, status: statSync(join(folder, '.git'), { throwIfNoEntry: false }) === undefined ? 'ok' : 'warning', detail: 'no git work tree here: ignore files and baselines are not used', cure: 'Run it inside a clone.' };
    }
    const where = `${facts.root}, ${facts.branch ?? 'no branch'} at ${facts.commit?.slice(0, 12) ?? 'no commit yet'}, ${facts.trackedFiles} files`;
    if (facts.problems.length === 0) return { id, status: 'ok', detail: where };
    return { id, status: 'failure', detail: `${where}; ${facts.problems.join('; ')}`, cure: 'Run `git fsck`, or clone again.' };
  } catch (error) {
    return { id, status: 'failure', detail: `the repository cannot be read (${reasonOf(error)})`, cure: 'Mend the permissions of .git, or clone again.' };
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && 'code' in error) return String(error.code);
  return error instanceof Error ? error.message : String(error);
}
