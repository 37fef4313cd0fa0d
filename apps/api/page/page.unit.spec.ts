import { escaped, html } from './html.js';
import { sentenceOf } from './sentence.js';
import { figureText, momentText } from './words.js';

describe('The page', () => {
  it('escapes whatever is put into it, but not what is HTML already', () => {
    const name = `<img src=x onerror="alert('x')">&`;
    expect(html`<p title="${name}">${html`<b>${name}</b>`}</p>`.html).toBe(
      `<p title="${escaped(name)}"><b>${escaped(name)}</b></p>`,
    );
    expect(escaped(name)).not.toMatch(/[<>"']/);
  });

  it('leaves nothing for what is not there, and joins lists', () => {
    expect(html`a${null}${undefined}${false}${['b', html`<i></i>`, 0]}`.html).toBe('ab<i></i>0');
  });

  it('writes figures for people', () => {
    expect(figureText(12345, 'EUR')).toBe('12,345');
    expect(figureText('-1234567.50', 'EUR')).toBe('−1,234,567.50 EUR');
    expect(figureText({ value: 0.10525, numerator: 842, denominator: 8000 }, 'EUR')).toBe('10.5%');
    expect(figureText({ value: null, numerator: 0, denominator: 0 }, 'EUR')).toBe('–');
    expect(figureText(null, 'EUR')).toBe('–');
  });

  it('tells moments in the organisation’s time zone', () => {
    expect(momentText('2026-03-01T23:30:00Z', 'Europe/Berlin')).toBe('2 Mar 2026, 00:30');
  });

  it('says in words who did what, with what outcome', () => {
    const data = {
      kind: 'call',
      direction: 'outbound',
      automated: false,
      outcome: 'connected',
      member: 'sam',
      team: 'sales',
      note: 'Spoke.',
    };
    expect(sentenceOf({ type: 'lead.touched', data })).toEqual({
      kind: 'touch',
      what: 'Call, outbound',
      facts: ['connected', 'by sam (sales)'],
      note: 'Spoke.',
    });
    expect(sentenceOf({ type: 'deal.lost', data: { reason: 'price' } })).toMatchObject({
      what: 'Deal lost',
      facts: ['price'],
      note: null,
    });
    expect(sentenceOf({ type: 'deal.annulled', data: { reason: 'typo' } })).toMatchObject({ note: 'typo' });
    expect(
      sentenceOf({ type: 'deal.payment-received', data: { amount: { amount: '5.00', currency: 'EUR' } } }),
    ).toMatchObject({ facts: ['5.00 EUR'] });
    expect(sentenceOf({ type: 'lead.celebrated', data: null })).toMatchObject({ what: 'lead.celebrated' });
  });
});
