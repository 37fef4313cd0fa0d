import type { Uuid } from '#kernel/ids.js';
import { positionOf } from '#kernel/position.js';
import { binaryRecord, structuredEvent } from './cloud-event.js';
import { publicContract, type ContractEvent } from './public-contract.js';
import { list, money, optional, orNull, personal, record, text, whole, withheld } from './shape.js';
import { arrayEventStore } from './testing/array-event-store.js';

const LEDGER = '9b2d6c0e-7a51-4f0c-8d0e-2f1a3b4c5d6e' as Uuid;
const LEAD = '0f5c7a0e-4c1b-5d4e-9a53-6d1b8f2a7c10' as Uuid;
const EVENT = '5f5c7a0e-4c1b-5d4e-9a53-6d1b8f2a7c10' as Uuid;

const contract = publicContract({
  'test.paid': {
    version: 2,
    summary: 'Somebody paid.',
    fields: {
      amount: money,
      tax: orNull(money),
      who: personal,
      parts: list(record<{ name: string; secret: string }>({ name: text, secret: withheld('nobody should know') })),
      count: optional(whole),
      source: optional(text),
    },
  },
});
const described = contract.of('test.paid') as ContractEvent; // just described
const ledger = arrayEventStore(LEDGER);
const event = ledger.add('deal-7', {
  ...{ eventId: EVENT, type: 'test.paid', leadId: LEAD, pass: 2, actor: { id: 'Zoë', team: 'sales' } },
  ...{ occurredAt: Date.UTC(2026, 0, 2), recordedAt: Date.UTC(2026, 2, 1, 9, 30) },
  meta: { importedFrom: 'somewhere' },
  data: {
    ...{ amount: { minor: 125000, currency: 'EUR' }, tax: null, who: 'Ada Lovelace', source: undefined },
    parts: [{ name: 'a', secret: 's', more: 'unknown' }],
    later: 'a field that the contract does not name',
  },
});
const data = { amount: { amount: '1250.00', currency: 'EUR' }, tax: null, parts: [{ name: 'a' }] };

describe('A public event', () => {
  it('is a CloudEvent in binary mode, keyed by its lead, with its place and what was complete before it', () => {
    expect(binaryRecord(event, described, LEDGER, positionOf(2))).toEqual({
      key: LEAD,
      timestamp: Date.UTC(2026, 2, 1, 9, 30),
      headers: {
        'content-type': 'application/json',
        ce_specversion: '1.0',
        ce_id: EVENT,
        ce_type: 'concord.test.paid.v2',
        ce_source: `urn:concord:ledger:${LEDGER}`,
        ce_subject: 'deal-7',
        ce_time: '2026-01-02T00:00:00Z',
        ce_dataschema: 'urn:concord:schema:test.paid.v2',
        ce_recordedat: '2026-03-01T09:30:00Z',
        ce_position: '3',
        ce_ledgerid: LEDGER,
        ce_revision: '0',
        ce_actor: 'Zoë',
        ce_actorteam: 'sales',
        ce_leadid: LEAD,
        ce_pass: '2',
        concord_floor: '2',
      },
      value: JSON.stringify(data),
    });
  });

  it('holds what its shape names and nothing else', () => {
    expect(structuredEvent(event, described, LEDGER)).toMatchObject({
      ...{ specversion: '1.0', id: EVENT, datacontenttype: 'application/json' },
      data,
    });
    expect(JSON.stringify(structuredEvent(event, described, LEDGER))).not.toMatch(/Ada|"s"|unknown|later|somewhere/);
    expect(described.withheld).toEqual([{ field: 'who', reason: 'personal' }]);
  });

  it('without a lead is keyed by its stream', () => {
    const other = ledger.add('member-1', { type: 'test.paid', data: event.data() });
    const { key, headers } = binaryRecord(other, described, LEDGER, positionOf(0));
    expect(key).toBe('member-1');
    expect(headers).not.toHaveProperty('ce_leadid');
    expect(headers).not.toHaveProperty('ce_pass');
  });

  it('is described once', () => {
    const part = { 'test.paid': { isPrivate: 'twice' } };
    expect(() => publicContract(part, part)).toThrow('test.paid is described twice');
  });
});
