import type { Finding } from '#model/finding.ts';
import { assessRisk } from '#score/risk.ts';
import { filesAt } from '#sources/git/files-at.ts';
import { history } from '#sources/git/history.ts';
import { readBlob } from '#sources/git/repository.ts';
import type { TreeListing } from '#sources/tree.ts';
import { type FileTask, runFile } from './file-task.ts';
import { prefixOf, withRepository } from './git.ts';
import { contextOf } from './worker.ts';
import type { WorkerSetup } from './worker-protocol.ts';

/** What one version weighs when batches are made; its true size is known only once it is read. */
const presumedBytes = 8_192;

/** Every version of every file that HEAD's history holds, grouped by path so that neighbours share their delta chains. */
export function historyTasks(listing: TreeListing): FileTask[] {
  const prefix = prefixOf(listing);
  return withRepository(listing, '--history', (repository) => {
    const tasks: FileTask[] = [];
    for (const { oid, path, previous, commit, author, date } of history(repository, 'HEAD')) {
      if (prefix !== '' && !path.startsWith(`${prefix}/`)) continue;
      const own = prefix === '' ? path : path.slice(prefix.length + 1);
      const version = { oid, ...(previous === undefined ? {} : { previous }), commit: { id: commit, author, date } };
      tasks.push({ path: own, absolute: '', size: presumedBytes, version });
    }
    return tasks.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  });
}

/**
 * One finding for each secret and path: its first appearance. Those that HEAD no longer holds say so; a secret that was removed
 * is still in every clone.
 */
export function firstAppearances(findings: readonly Finding[], listing: TreeListing, setup: Omit<WorkerSetup, 'gauge'>): Finding[] {
  const first = new Map<string, Finding>();
  const oldestFirst = [...findings].sort((a, b) => compare(a.commit?.date ?? '', b.commit?.date ?? '') || compare(a.commit?.id ?? '', b.commit?.id ?? ''));
  for (const finding of oldestFirst) {
    const key = `${finding.rule}\0${finding.location.path}\0${finding.secretDigest ?? finding.fingerprint}`;
    if (!first.has(key)) first.set(key, finding);
  }
  const present = digestsAtHead([...first.values()], listing, setup);
  const gone = { factor: 'history.removed', detail: 'no longer in HEAD, but still in the history of every clone' };
  return [...first.values()].map((finding) => {
    if (finding.secretDigest === undefined || present.has(finding.secretDigest)) return finding;
    const evidence = [...finding.evidence, gone];
    return { ...finding, evidence, risk: assessRisk(finding.severity, finding.confidence, evidence) };
  });
}

function digestsAtHead(findings: readonly Finding[], listing: TreeListing, setup: Omit<WorkerSetup, 'gauge'>): Set<string> {
  const context = contextOf(setup, undefined);
  const prefix = prefixOf(listing);
  return withRepository(listing, '--history', (repository) => {
    const files = filesAt(repository, 'HEAD', prefix);
    const digests = new Set<string>();
    for (const path of new Set(findings.map((finding) => finding.location.path))) {
      const oid = files.get(path);
      const bytes = oid === undefined ? undefined : readBlob(repository, oid, setup.limits.fileBytes);
      if (bytes === undefined) continue;
      const { matches } = runFile({ path, absolute: path, size: bytes.length, bytes }, context);
      for (const { match } of matches) if (match.secretDigest !== undefined) digests.add(match.secretDigest);
    }
    return digests;
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
