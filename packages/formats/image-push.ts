/** An artifact put into a registry, as registries tell it: Docker's distribution, Harbor. Read from the names that mappings give. */
import { memberAt, memberText } from './ocsf-member.ts';

export interface ImagePush {
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
  readonly size: number | undefined;
  readonly actor: string;
  readonly address: string | undefined;
  readonly agent: string | undefined;
}

const longest = 200;

export function imagePushOf(product: string | undefined, record: unknown): ImagePush | undefined {
  if (product === 'docker') return fromDistribution(record);
  return product === 'harbor' ? fromHarbor(record) : undefined;
}

function fromDistribution(record: unknown): ImagePush | undefined {
  const repository = memberText(record, 'repository');
  if (memberText(record, 'action') !== 'push' || repository === undefined) return undefined;
  const size = memberAt(record, 'size');
  return {
    repository: repository.slice(0, longest), tag: memberText(record, 'tag')?.slice(0, longest), digest: memberText(record, 'digest'), size: typeof size === 'number' && size >= 0 ? size : undefined,
    actor: (memberText(record, 'user') ?? 'unknown').slice(0, longest), address: memberText(record, 'src_ip'), agent: memberText(record, 'user_agent')?.slice(0, longest),
  };
}

function fromHarbor(record: unknown): ImagePush | undefined {
  const action = memberText(record, 'action') ?? '';
  const resource = memberText(record, 'resource');
  if (!/^(?:PUSH_ARTIFACT|create_artifact|push_artifact)$/i.test(action) || resource === undefined) return undefined;
  const [, repository = resource, tag] = /^(.{1,300}?)(?::([\w.-]{1,128}))?(?:@sha256:[0-9a-f]{64})?$/.exec(resource) ?? [];
  return { repository: repository.slice(0, longest), tag, digest: memberText(record, 'digest'), size: undefined, actor: (memberText(record, 'user') ?? 'unknown').slice(0, longest), address: memberText(record, 'client_ip'), agent: undefined };
}
