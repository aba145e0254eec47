import { once } from 'node:events';
import SMTPConnection, { type SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';
import type { Stop } from '#model/intake.ts';
import { onStop, stopped } from '../delivery/stopping.ts';
import { SilentReceiver } from '../delivery/exchange.ts';

export interface MailServer {
  readonly options: SMTPConnectionOptions;
  readonly login: { readonly user: string; readonly pass: string } | undefined;
  /** Milliseconds for one message, the way to the server included. */
  readonly timeout: number;
}

/** One connection to a mail server. After an error it is closed, and another has to be opened. */
export class MailSession {
  private readonly server: MailServer;
  private readonly stop: Stop;
  private connection: SMTPConnection | undefined;

  constructor(server: MailServer, stop: Stop) {
    this.server = server;
    this.stop = stop;
  }

  async send(envelope: { readonly from: string; readonly to: readonly string[] }, message: Buffer): Promise<void> {
    let cutShort: ((error: Error) => void) | undefined;
    const ended = new Promise<never>((_, reject) => (cutShort = reject));
    const timer = setTimeout(() => cutShort?.(new SilentReceiver()), this.server.timeout);
    const cut = onStop(this.stop, () => cutShort?.(stopped()));
    try {
      await Promise.race([this.dialogue(envelope, message), ended]);
    } catch (error) {
      this.drop();
      throw error;
    } finally {
      clearTimeout(timer);
      cut.release();
    }
  }

  async close(): Promise<void> {
    const { connection } = this;
    this.connection = undefined;
    if (connection === undefined) return;
    const gone = once(connection, 'end');
    connection.quit();
    const timer = setTimeout(() => connection.close(), 500);
    await gone;
    clearTimeout(timer);
  }

  private async dialogue({ from, to }: { readonly from: string; readonly to: readonly string[] }, message: Buffer): Promise<void> {
    const connection = this.connection ?? (await this.open());
    await new Promise<void>((resolve, reject) => {
      connection.once('error', reject);
      connection.send({ from, to: [...to] }, message, (error) => {
        connection.off('error', reject);
        if (error === null) resolve();
        else reject(error);
      });
    });
  }

  private async open(): Promise<SMTPConnection> {
    const connection = new SMTPConnection(this.server.options);
    this.connection = connection;
    connection.once('end', () => {
      if (this.connection === connection) this.connection = undefined;
    });
    // What comes after a connection was given up is nobody's any more.
    connection.on('error', () => undefined);
    await new Promise<void>((resolve, reject) => {
      connection.once('error', reject);
      connection.connect((error) => {
        connection.off('error', reject);
        if (error === undefined || error === null) resolve();
        else reject(error);
      });
    });
    const { login } = this.server;
    if (login !== undefined) {
      await new Promise<void>((resolve, reject) => {
        connection.login({ ...login }, (error) => (error === null ? resolve() : reject(error)));
      });
    }
    return connection;
  }

  private drop(): void {
    this.connection?.close();
    this.connection = undefined;
  }
}
