import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder in which tests run the real `git`; a machine without it fails them, loudly. */
export class TestRepository {
  readonly path: string;
  /** Commits are a minute apart, so that ids and order are the same everywhere. */
  #minute = 0;

  constructor(path: string, ...initOptions: string[]) {
    this.path = path;
    mkdirSync(path, { recursive: true });
    this.git('init', '-q', '-b', 'main', ...initOptions);
  }

  git(...args: string[]): string {
    return this.gitBytes(...args).toString('utf8').trimEnd();
  }

  gitBytes(...args: string[]): Buffer {
    const date = new Date(Date.UTC(2026, 0, 1, 0, this.#minute)).toISOString();
    return execFileSync('git', ['-c', 'protocol.file.allow=always', '-c', 'gc.auto=0', ...args], {
      cwd: this.path,
      maxBuffer: 2 ** 28,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', XDG_CONFIG_HOME: join(this.path, 'no-config'),
        GIT_AUTHOR_NAME: 'Ada', GIT_AUTHOR_EMAIL: 'ada@example.org', GIT_AUTHOR_DATE: date,
        GIT_COMMITTER_NAME: 'Ada', GIT_COMMITTER_EMAIL: 'ada@example.org', GIT_COMMITTER_DATE: date,
      },
    });
  }

  write(path: string, content: string | Buffer = `content of ${path}\n`): this {
    const target = join(this.path, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
    return this;
  }

  remove(path: string): this {
    rmSync(join(this.path, path), { recursive: true });
    return this;
  }

  /** Adds everything and commits; gives the commit's id. */
  commit(message: string): string {
    this.#minute += 1;
    this.git('add', '-A');
    this.git('commit', '-q', '--allow-empty', '-m', message);
    return this.git('rev-parse', 'HEAD');
  }

  lines(...args: string[]): string[] {
    const text = this.git(...args);
    return text === '' ? [] : text.split('\n');
  }
}

/** Real path: the temporary folder itself may be a link. */
export function temporaryFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'watchward-')));
}
