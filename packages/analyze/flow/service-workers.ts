import { type IrModule, op } from '#model/ir.ts';
import { onceFor } from './once-for.ts';

/** Events that only a browser sends to a service worker (Service Workers, 4.7). */
const events: ReadonlySet<string> = new Set(['install', 'activate', 'push', 'notificationclick']);
const listeners: ReadonlySet<string> = new Set(['addEventListener', 'oninstall', 'onactivate', 'onpush', 'onnotificationclick']);
const own: ReadonlySet<string> = new Set(['skipWaiting', 'clients', 'registration']);

/** A service worker runs in a browser: its requests are those of the page. */
export const isServiceWorker = onceFor((ir: IrModule): boolean => {
  if (!ir.strings.includes('addEventListener') && !ir.strings.includes('self')) return false;
  return ir.ops.some((code, place) => {
    const base = ir.a[place] as number;
    const isOfWorker = base >= 0 && ir.ops[base] === op.global && ['self', 'globalThis'].includes(ir.strings[ir.a[base] as number] ?? '');
    if (code === op.load || code === op.store || code === op.invoke) {
      const name = ir.strings[ir.b[place] as number] ?? '';
      if (isOfWorker && (own.has(name) || (name !== 'addEventListener' && listeners.has(name)))) return true;
      return code === op.invoke && isOfWorker && name === 'addEventListener' && events.has(firstText(ir, place));
    }
    return code === op.call && ir.ops[base] === op.global && ir.strings[ir.a[base] as number] === 'addEventListener' && events.has(firstText(ir, place));
  });
});

function firstText(ir: IrModule, place: number): string {
  const at = ir.operands[ir.operandsAt[place] as number] as number;
  return ir.operandsAt[place] === ir.operandsAt[place + 1] || ir.ops[at] !== op.constant ? '' : (ir.constants[ir.a[at] as number]?.text ?? '');
}
