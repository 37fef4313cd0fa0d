import type { Actor } from '#kernel/envelope.js';
import { decide } from '#kernel/testing/given-when-then.js';
import type { MarginEvent, MarginsDefinedData } from '../../events/margin-events.js';
import { evolveMargins } from '../../margins.js';
import { NOW } from '../../testing/deal-life.js';
import { defineMargins, type AskedMargins, type DefineMargins } from './define-margins.js';

const FIONA: Actor = { id: 'fiona', team: 'finance' };
const TABLE: DefineMargins = {
  effectiveFrom: '2026-01-01',
  margins: [{ product: 'Cloud', margin: '72.5' }],
  otherwise: '30',
};
const asks = (
  input: Partial<DefineMargins> = {},
  actor: Actor = FIONA,
  role: AskedMargins['role'] = 'member',
): AskedMargins => ({ actor, role, now: NOW, input: { ...TABLE, ...input } });
const defined = (version: number, over: Partial<MarginsDefinedData> = {}): MarginEvent => ({
  type: 'definition.margins-defined',
  occurredAt: NOW,
  leadId: null,
  pass: null,
  data: { version, ...TABLE, ...over },
});
const given = decide({ initialState: [], evolve: evolveMargins, decide: defineMargins }).given;

describe('DefineMargins', () => {
  it('makes the next version, whole', () => {
    given([])
      .when(asks())
      .then([defined(1)]);
    given([defined(1)])
      .when(asks({ margins: [] }))
      .then([defined(2, { margins: [] })]);
  });

  it('is nothing to do where the latest says the same', () => {
    given([defined(1)])
      .when(asks())
      .thenNothing();
  });

  it('is for finance and heads', () => {
    for (const team of ['marketing', 'sales'] as const) {
      given([])
        .when(asks({}, { id: 'x', team }))
        .thenRefused('MARGINS.NOT_ALLOWED', 'forbidden');
      given([])
        .when(asks({}, { id: 'x', team }, 'head'))
        .then([defined(1)]);
    }
  });

  it.each<Partial<DefineMargins>>([
    { effectiveFrom: '2026-02-30' },
    { margins: [], otherwise: null },
    { otherwise: '101' },
    { margins: [{ product: 'Cloud', margin: '-5' }] },
    {
      margins: [
        { product: 'Cloud', margin: '5' },
        { product: 'Cloud', margin: '6' },
      ],
    },
  ])('refuses %j', (over) => {
    given([]).when(asks(over)).thenRefused('MARGINS.BAD_TABLE', 'malformed');
  });
});
