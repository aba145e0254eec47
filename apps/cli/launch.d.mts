export const writingOptions: readonly string[];
export function findNode(): string | undefined;
export function stateDirOf(args: readonly string[], env: NodeJS.ProcessEnv, cwd: string): string;
export function permissions(args: readonly string[], env: NodeJS.ProcessEnv, cwd: string): string[];
export function become(binary: string, args: readonly string[], place: { cwd: string; env: NodeJS.ProcessEnv }): void;
export function launch(args: readonly string[], cwd?: string): void;
