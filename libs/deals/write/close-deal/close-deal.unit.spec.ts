import type { CodeList } from '#codelists/events/code-list-events.js';
import type { Asked } from '../../asked.js';
import { LOSS_REASONS } from '../../reasons.js';
import {
  asked,
  eur,
  happened,
  lost,
  NOW,
  on,
  opened,
  reopened,
  specify,
  TO_EUR,
  usd,
  won,
} from '../../testing/deal-life.js';
import { closeDeal, type CloseDeal } from './close-deal.js';

const open = specify(closeDeal).given([opened()]);

describe('CloseDeal', () => {
  it('wins an open deal, with its value or another one', () => {
    open.when(asked({ outcome: 'won' })).then([happened('deal.won', NOW, { value: null, rate: null, note: null })]);
    open
      .when(asked({ outcome: 'won', value: usd(500), rate: TO_EUR, note: 'at last', occurredAt: on(4) }))
      .then([happened('deal.won', on(4), { value: usd(500), rate: TO_EUR, note: 'at last' })]);
  });

  it('may lie before the opening: it is real', () => {
    open
      .when(asked({ outcome: 'won', occurredAt: on(0) }))
      .then([happened('deal.won', on(0), { value: null, rate: null, note: null })]);
  });

  it.each(LOSS_REASONS)('loses an open deal for the reason %s', (reason) => {
    open
      .when(asked({ outcome: 'lost', reason, note: 'words' }))
      .then([happened('deal.lost', NOW, { value: null, rate: null, reason, note: 'words' })]);
  });

  it('refuses to lose a deal without a reason that is on the list', () => {
    open.when(asked({ outcome: 'lost' })).thenRefused('DEAL.REASON_REQUIRED', 'malformed');
    open.when(asked({ outcome: 'lost', reason: 'whim' })).thenRefused('DEAL.UNKNOWN_REASON', 'malformed');
    open.when(asked({ outcome: 'lost', reason: 'other' })).thenRefused('DEAL.NOTE_REQUIRED', 'malformed');
    open.when(asked({ outcome: 'lost', reason: 'other', note: '  ' })).thenRefused('DEAL.NOTE_REQUIRED', 'malformed');
    open.when(asked({ outcome: 'won', reason: 'price' })).thenRefused('DEAL.REASON_ONLY_WHEN_LOST', 'malformed');
  });

  it('gives both outcomes their reasons from one list, from its version 2 on', () => {
    const codes = (version: number): CodeList => ({
      name: 'close',
      version,
      codes: [
        { code: 'references', text: 'Our references', retired: false },
        { code: 'price', text: 'The price', retired: true },
      ],
    });
    const close = (version: number) =>
      specify((command: Asked<CloseDeal>, deal) => closeDeal(command, deal, codes(version))).given([opened()]);
    close(2)
      .when(asked({ outcome: 'won', reason: 'references' }))
      .then([happened('deal.won', NOW, { value: null, rate: null, note: null, reason: 'references' })]);
    close(2)
      .when(asked({ outcome: 'lost', reason: 'references' }))
      .then([happened('deal.lost', NOW, { value: null, rate: null, note: null, reason: 'references' })]);
    close(2)
      .when(asked({ outcome: 'won', reason: 'price' }))
      .thenRefused('DEAL.UNKNOWN_REASON', 'malformed');
    close(1)
      .when(asked({ outcome: 'won', reason: 'references' }))
      .thenRefused('DEAL.REASON_ONLY_WHEN_LOST');
  });

  it('finds nothing to do when the same close stands', () => {
    const wonBefore = specify(closeDeal).given([opened(), won(5)]);
    wonBefore.when(asked({ outcome: 'won' })).thenNothing();
    wonBefore.when(asked({ outcome: 'won', occurredAt: on(5), assumed: ['occurredAt'] })).thenNothing();
    specify(closeDeal)
      .given([opened(), lost(5)])
      .when(asked({ outcome: 'lost', reason: 'price' }))
      .thenNothing();
  });

  it('finds nothing to do when the deal was amended since', () => {
    specify(closeDeal)
      .given([
        opened(),
        happened('deal.won', on(5), { value: usd(500), rate: TO_EUR, note: null }),
        happened('deal.amended', on(6), { value: usd(500), rate: { ...TO_EUR, value: '0.95' }, reason: null }),
      ])
      .when(asked({ outcome: 'won', value: usd(500) }))
      .thenNothing();
  });

  it.each<[string, CloseDeal]>([
    ['the other outcome', { outcome: 'lost', reason: 'price' }],
    ['another value', { outcome: 'won', value: eur(1) }],
    ['another moment', { outcome: 'won', occurredAt: on(6) }],
    ['other words', { outcome: 'won', note: 'really' }],
  ])('refuses %s while a close stands', (_, input) => {
    specify(closeDeal)
      .given([opened(), won(5)])
      .when(asked(input))
      .thenRefused('DEAL.MEANS_SOMETHING_ELSE', 'refused');
  });

  it('refuses another reason while a loss stands', () => {
    specify(closeDeal)
      .given([opened(), lost(5)])
      .when(asked({ outcome: 'lost', reason: 'timing' }))
      .thenRefused('DEAL.MEANS_SOMETHING_ELSE', 'refused');
  });

  it('closes a reopened deal afresh', () => {
    specify(closeDeal)
      .given([opened(), lost(5), reopened(6)])
      .when(asked({ outcome: 'lost', reason: 'price' }))
      .then([happened('deal.lost', NOW, { value: null, rate: null, reason: 'price', note: null })]);
  });

  it('refuses a value without a rate', () => {
    open.when(asked({ outcome: 'won', value: usd(500) })).thenRefused('MONEY.NO_RATE', 'unprocessable');
  });
});
