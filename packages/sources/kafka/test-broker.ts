import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { testCertificate } from '../test-certificate.ts';

/** A real broker of Apache Kafka on loopback, from Maven Central: one node of KRaft, with a plain listener and one of SASL in TLS. */

const version = '4.0.0';
const jars = join(tmpdir(), `watchward-kafka-${version}`);
const password = 'a-password';

/** Why there can be no broker here; undefined when there can. */
export function brokerMissing(): string | undefined {
  const missing = [['java', '-version'], ['mvn', '-version']].filter(([name = '', ...args]) => spawnSync(name, args).error !== undefined).map(([name]) => name);
  return missing.length === 0 ? undefined : `no real broker can be had without ${missing.join(' and ')}`;
}

/** Some 40 MB, once. */
function install(): void {
  if (existsSync(jars)) return;
  const folder = mkdtempSync(join(tmpdir(), 'watchward-kafka-install-'));
  writeFileSync(join(folder, 'pom.xml'), `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>watchward</groupId><artifactId>broker</artifactId><version>1</version>
<dependencies><dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${version}</version></dependency></dependencies></project>`);
  execFileSync('mvn', ['-q', '-B', 'dependency:copy-dependencies', `-DoutputDirectory=${join(folder, 'lib')}`], { cwd: folder, stdio: 'inherit' });
  renameSync(join(folder, 'lib'), jars);
  rmSync(folder, { recursive: true, force: true });
}

export class TestBroker {
  readonly folder = mkdtempSync(join(tmpdir(), 'watchward-broker-'));
  readonly port: number;
  readonly securePort: number;
  readonly cert: string;
  readonly basic = `mira:${password}`;
  #child: ChildProcess | undefined;

  private constructor(ports: readonly number[]) {
    const [port = 0, controller = 0, securePort = 0] = ports;
    const own = testCertificate();
    this.port = port;
    this.securePort = securePort;
    this.cert = own.cert;
    mkdirSync(join(this.folder, 'data'));
    writeFileSync(this.#properties, Object.entries(properties(port, controller, securePort, join(this.folder, 'data'), own)).map(([name, value]) => `${name}=${value.replaceAll('\n', String.raw`\n`)}`).join('\n'));
  }

  static async start(): Promise<TestBroker> {
    install();
    const broker = new TestBroker(await freePorts(3));
    execFileSync('java', ['-cp', join(jars, '*'), 'kafka.tools.StorageTool', 'format', '-t', 'MkU3OEVBNTcwNTJENDM2Qk', '-c', broker.#properties], { stdio: 'ignore' });
    await broker.run();
    return broker;
  }

  get #properties(): string {
    return join(this.folder, 'server.properties');
  }

  get servers(): string[] {
    return [`127.0.0.1:${this.port}`];
  }

  async run(): Promise<void> {
    this.#child = spawn('java', ['-Xmx400m', '-cp', join(jars, '*'), 'kafka.Kafka', this.#properties], { stdio: 'ignore' });
    const { Admin } = await import('@platformatic/kafka');
    for (let tries = 0; ; tries += 1) {
      const admin = new Admin({ clientId: 'test', bootstrapBrokers: this.servers, retries: 0 });
      try {
        await admin.listTopics();
        return;
      } catch (error) {
        if (tries > 300) throw error;
        await wait(300);
      } finally {
        await admin.close().catch(() => undefined);
      }
    }
  }

  /** As a machine that loses its power. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  async end(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function properties(port: number, controller: number, securePort: number, data: string, own: { readonly cert: string; readonly key: string }): Record<string, string> {
  const listeners = `PLAINTEXT://127.0.0.1:${port},SASL_SSL://127.0.0.1:${securePort}`;
  return {
    'process.roles': 'broker,controller', 'node.id': '1', 'controller.quorum.voters': `1@127.0.0.1:${controller}`, listeners: `${listeners},CONTROLLER://127.0.0.1:${controller}`, 'advertised.listeners': listeners,
    'controller.listener.names': 'CONTROLLER', 'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL', 'log.dirs': data.replaceAll('\\', '/'),
    'offsets.topic.replication.factor': '1', 'transaction.state.log.replication.factor': '1', 'transaction.state.log.min.isr': '1', 'auto.create.topics.enable': 'false', 'group.initial.rebalance.delay.ms': '0',
    'ssl.keystore.type': 'PEM', 'ssl.keystore.certificate.chain': own.cert, 'ssl.keystore.key': own.key, 'sasl.enabled.mechanisms': 'PLAIN',
    'listener.name.sasl_ssl.plain.sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required user_mira="${password}";`,
  };
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => new Promise<ReturnType<typeof createServer>>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
  })));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
