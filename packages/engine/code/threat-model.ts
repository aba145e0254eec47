import type { Language } from '#model/ir.ts';
import type { ThreatModel } from '#model/program.ts';
import type { Manifest } from './manifests.ts';

export const threatModels = ['auto', 'application', 'library'] as const;
export type ThreatModelChoice = (typeof threatModels)[number];

const npmServers = new Set(['express', 'koa', 'fastify', '@hapi/hapi', 'hapi', 'restify', '@nestjs/core', 'next', 'nuxt', 'sails', 'meteor', '@adonisjs/core', 'hono', 'polka', '@sveltejs/kit', '@remix-run/node', 'egg', 'loopback', '@loopback/rest']);
const pythonServers = new Set(['django', 'flask', 'fastapi', 'aiohttp', 'tornado', 'bottle', 'sanic', 'pyramid', 'starlette', 'quart', 'falcon', 'cherrypy', 'gunicorn', 'uvicorn', 'streamlit']);
const javaServers = /servlet|spring-(?:web|boot)|jersey|dropwizard|quarkus|micronaut|vertx|struts|wicket|jsf/;

/** What the code of a package shows besides its manifest. */
export interface PackageSigns {
  readonly language: Language;
  /** A file that Node.js takes where no entry is named. */
  readonly hasIndex: boolean;
  /** Modules outside the package that it imports. */
  readonly imports: ReadonlySet<string>;
}

/**
 * What a package is: a program that people run, or code that other programs call. A manifest that says both (a program and
 * an entry for others) is a library: its callers are the larger part that is not to be seen. So is JavaScript whose manifest says nothing, unless it serves
 * requests; code without a manifest is nobody's package, but for a folder with an index.
 */
export function threatModelOf(manifest: Manifest | undefined, signs: PackageSigns): ThreatModel {
  if (signs.language === 'javascript') return manifest === undefined ? ofFolder(signs) : ofNpm(manifest, signs);
  if (manifest === undefined) return 'application';
  if (manifest.starts || manifest.private) return 'application';
  if (manifest.kind === 'python') return anyOf(manifest.dependencies, (name) => pythonServers.has(name)) ? 'application' : 'library';
  return anyOf(manifest.dependencies, (name) => javaServers.test(name)) ? 'application' : 'library';
}

/** Node.js loads a folder with an index as a package, whatever else is missing. */
function ofFolder({ hasIndex, imports }: PackageSigns): ThreatModel {
  return hasIndex && !anyOf(imports, (name) => npmServers.has(name)) ? 'library' : 'application';
}

function ofNpm(manifest: Manifest, { hasIndex, imports }: PackageSigns): ThreatModel {
  const serves = anyOf(imports, (name) => npmServers.has(name)) || anyOf(manifest.dependencies, (name) => npmServers.has(name));
  if (manifest.name === '' && !manifest.private) return serves ? 'application' : 'library';
  // An index that is started is no entry for others.
  const isLoaded = manifest.entries.length > 0 || (hasIndex && !manifest.programs.some((path) => /^(?:src\/)?index(?:\.[cm]?[jt]s)?$/.test(path)));
  if (manifest.private || !isLoaded) return 'application';
  // What is started and serves requests is an application, even where `npm init` gave it a `main`.
  return manifest.starts && serves ? 'application' : 'library';
}

function anyOf(names: ReadonlySet<string>, holds: (name: string) => boolean): boolean {
  for (const name of names) if (holds(name)) return true;
  return false;
}
