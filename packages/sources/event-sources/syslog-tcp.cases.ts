import { deepEqual, equal, ok } from 'node:assert/strict';
import { once } from 'node:events';
import type { EventSourceCases } from '../event-source-cases.ts';
import { dial, gone, tell } from '../test-peer.ts';

const old = '<34>Oct 11 22:14:15 mymachine su: \'su root\' failed for lonvick on /dev/pts/8';
const modern = '<165>1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 myproc 8710 - - %% It\'s time to make the do-nuts.';
const cef = '<13>CEF:0|Acme|Gate|1.0|100|worm stopped|10|src=10.0.0.1 msg=line\\nbreak';
const any = 'syslog+tcp://:0';

export default {
  async subject(stage) {
    const address = await stage.listen(any);
    return {
      meet: async (bytes) => void await tell(await dial(address), bytes),
      async greet() {
        const count = stage.records.length;
        await tell(await dial(address), `${old}\n`);
        await stage.until(() => stage.records.length > count, () => 'a record');
      },
    };
  },
  checks: [
    {
      name: 'lines that end with a line feed, with or without a carriage return, the last one with neither',
      async run(stage) {
        await tell(await dial(await stage.listen(any)), `${old}\n${modern}\r\n\n${cef}`);
        deepEqual(await stage.values(3), [old, modern, cef]);
      },
    },
    {
      name: 'counted messages, which may hold line feeds, in whatever pieces they come',
      async run(stage) {
        const socket = await dial(await stage.listen(any));
        const split = `${old}\nsecond line`;
        const accented = '<1>1 - - - - - - é';
        const bytes = Buffer.from([split, modern, accented].map((message) => `${Buffer.byteLength(message)} ${message}`).join(''));
        socket.setNoDelay(true);
        for (const byte of bytes) socket.write(Uint8Array.of(byte));
        await tell(socket, '');
        deepEqual(await stage.values(3), [split, modern, accented]);
      },
    },
    {
      name: 'a peer is not read while its messages are not on disk, and nothing of it is lost',
      async run(stage) {
        const socket = await dial(await stage.listen(`${any}?max-waiting=100000`));
        stage.hold();
        const line = `<1>${'x'.repeat(1000)}\n`;
        const blocked = once(socket, 'drain');
        for (let at = 0; at < 20_000; at += 1) socket.write(line);
        await stage.until(() => stage.said(/peers wait/), () => 'back-pressure');
        ok(socket.writableLength > 0);
        equal(stage.records.length, 0);
        stage.release();
        await blocked;
        await tell(socket, '');
        equal((await stage.values(20_000)).length, 20_000);
      },
    },
    {
      name: 'connections end when the disk is full',
      async run(stage) {
        const socket = await dial(await stage.listen(any));
        stage.refuse();
        socket.write(`${old}\n`);
        await gone(socket);
        ok(stage.said(/could not be kept \(ENOSPC\)/));
      },
    },
    {
      name: 'where a count must stand and none does, the connection ends and what came goes to the dead letters',
      async run(stage) {
        await tell(await dial(await stage.listen(any)), `5 <1>ab6x <1>abc`);
        deepEqual(await stage.values(1), ['<1>ab']);
        ok(stage.said(/RFC 6587/));
        deepEqual(stage.deadLetters.map(({ bytes }) => Buffer.from(bytes).toString()), ['6x <1>abc']);
      },
    },
    {
      name: 'a listener on all addresses says that it is exposed',
      async run(stage) {
        await stage.listen('syslog+tcp://0.0.0.0:0');
        ok(stage.said(/other machines can reach/));
      },
    },
  ],
  limits: [
    {
      name: 'a message that is too long, by lines',
      says: /longer than 100 bytes.*\(max-message\)/,
      async run(stage) {
        await tell(await dial(await stage.listen(`${any}?max-message=100`)), `<1>${'x'.repeat(5000)}\n<2>after\n`);
        deepEqual(await stage.values(1), ['<2>after']);
        equal(stage.deadLetters.length, 1);
      },
    },
    {
      name: 'a message that is too long, by its count',
      says: /longer than 100 bytes.*\(max-message\)/,
      async run(stage) {
        await tell(await dial(await stage.listen(`${any}?max-message=100`)), `5000 ${'x'.repeat(5000)}8 <2>after`);
        deepEqual(await stage.values(1), ['<2>after']);
      },
    },
    {
      name: 'one connection too many',
      says: /a connection was refused: 2 are open.*\(max-connections\)/,
      async run(stage) {
        const address = await stage.listen(`${any}?max-connections=2`);
        const peers = [await dial(address), await dial(address), await dial(address)];
        await Promise.race(peers.map(gone));
        for (const peer of peers) peer.destroy();
      },
    },
    {
      name: 'a message that never ends',
      says: /unfinished for 1 seconds \(max-pause\)/,
      async run(stage) {
        const socket = await dial(await stage.listen(`${any}?max-pause=1`));
        socket.write('<1>never');
        await gone(socket);
        deepEqual(await stage.values(1), ['<1>never']);
      },
    },
    {
      name: 'more waits for the disk than may',
      says: /peers wait: 1000 bytes.*\(max-waiting\)/,
      async run(stage) {
        const address = await stage.listen(`${any}?max-waiting=1000`);
        stage.hold();
        for (let at = 0; at < 3; at += 1) void (await dial(address)).end(`<1>${'x'.repeat(900)}\n`);
        await stage.until(() => stage.said(/peers wait/), () => 'back-pressure');
        stage.release();
        await stage.values(3);
      },
    },
  ],
} satisfies EventSourceCases;
