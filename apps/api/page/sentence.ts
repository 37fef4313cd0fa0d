import type { TimelineItem } from '#leads/read/lead-timeline/answer-timeline.js';
import { moneyWords, stageName } from './words.js';

export interface Sentence {
  readonly what: string;
  /** Short facts worth reading beside it. */
  readonly facts: readonly string[];
  /** What somebody wrote. */
  readonly note: string | null;
  readonly kind: 'stage' | 'touch' | 'deal' | 'money' | 'exit' | 'other';
}

/** One event in words. An event that this page has no words for is shown by its type. */
export function sentenceOf({ type, data }: Pick<TimelineItem, 'type' | 'data'>): Sentence {
  const fields = typeof data === 'object' && data !== null ? (data as Readonly<Record<string, unknown>>) : {}; // an event's content is an object
  const text = (name: string): string | null =>
    typeof fields[name] === 'string' && fields[name] !== '' ? fields[name] : null;
  const facts = (...names: readonly string[]): string[] => names.flatMap((name) => text(name) ?? []);
  const money = (name: string): string[] => {
    const value = fields[name];
    if (typeof value !== 'object' || value === null || !('amount' in value) || !('currency' in value)) return [];
    return [moneyWords(String(value.amount), String(value.currency))];
  };
  const sentence = (kind: Sentence['kind'], what: string, ...more: readonly string[]): Sentence => ({
    kind,
    what,
    facts: more,
    note: text('note') ?? (type.endsWith('annulled') || type === 'deal.reopened' ? text('reason') : null),
  });

  switch (type) {
    case 'lead.created':
      return sentence('stage', 'Lead created', ...facts('channel', 'source', 'campaign', 'segment', 'country'));
    case 'lead.details-changed':
      return sentence('other', 'Details changed', ...Object.keys(fields).filter((name) => name !== 'assumed'));
    case 'lead.touched':
      return sentence(
        'touch',
        touchWords(text('kind'), text('direction'), fields['automated'] === true),
        ...facts('outcome', 'channel', 'campaign'),
        ...by(text('member'), text('team')),
      );
    case 'lead.touch-annulled':
      return sentence('other', 'A touch was taken back');
    case 'lead.assigned':
      return sentence(
        'other',
        text('owner') === null ? 'Owner removed' : `Assigned to ${text('owner') ?? ''}`,
        ...facts('team'),
      );
    case 'lead.mql-qualified':
      return sentence('stage', 'Qualified by marketing (MQL)', ...facts('definition'));
    case 'lead.accepted':
      return sentence(
        'stage',
        'Accepted by sales (SAL)',
        ...(text('becomesOwner') === null ? [] : [`owner ${text('becomesOwner') ?? ''}`]),
      );
    case 'lead.sql-qualified':
      return sentence('stage', 'Qualified by sales (SQL)');
    case 'lead.rejected':
      return sentence('exit', 'Rejected, back to marketing', ...facts('reason'));
    case 'lead.recycled':
      return sentence(
        'exit',
        'Recycled',
        ...facts('reason'),
        ...(text('until') === null ? [] : [`until ${text('until') ?? ''}`]),
      );
    case 'lead.disqualified':
      return sentence('exit', 'Disqualified', ...facts('reason'));
    case 'lead.reopened':
      return sentence(
        'stage',
        text('mode') === 'new-pass' ? 'Came back: a new pass begins' : 'Reopened: the exit was a mistake',
      );
    case 'lead.stage-annulled':
      return sentence('other', `${stageName(text('stage') ?? '')} was taken back`);
    case 'lead.reviewed':
      return sentence(
        'other',
        `Reviewed (${text('phase') ?? ''})`,
        ...(typeof fields['quality'] === 'number' ? [`quality ${fields['quality']} of 5`] : []),
      );
    case 'deal.opened':
      return sentence('deal', 'Deal opened', ...facts('stage', 'product', 'owner'), ...money('value'));
    case 'deal.amended':
      return sentence('deal', 'Deal amended', ...money('value'), ...facts('product'));
    case 'deal.assigned':
      return sentence('deal', `Deal assigned to ${text('owner') ?? 'nobody'}`, ...facts('team'));
    case 'deal.advanced':
      return sentence('deal', `Deal advanced to ${text('stage') ?? ''}`, ...money('value'));
    case 'deal.won':
      return sentence('money', 'Deal won', ...money('value'));
    case 'deal.lost':
      return sentence('exit', 'Deal lost', ...facts('reason'));
    case 'deal.reopened':
      return sentence('deal', 'Deal reopened: the close is taken back');
    case 'deal.annulled':
      return sentence('exit', 'Deal annulled');
    case 'deal.payment-received':
      return sentence('money', 'Payment received', ...money('amount'), ...facts('reference'));
    case 'deal.payment-annulled':
      return sentence('exit', 'A payment was taken back');
    case 'deal.payment-refunded':
      return sentence('exit', 'Refunded', ...money('amount'), ...facts('kind', 'reason'));
    case 'deal.refund-annulled':
      return sentence('other', 'A refund was taken back');
    default:
      return sentence('other', type);
  }
}

function touchWords(kind: string | null, direction: string | null, automated: boolean): string {
  const name = (kind ?? 'touch').replaceAll('-', ' ');
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}${direction === null ? '' : `, ${direction}`}${automated ? ', automated' : ''}`;
}

const by = (member: string | null, team: string | null): string[] => (member === null ? [] : [byWords(member, team)]);

/** Who touched, where that is told apart from who recorded it. */
export const byWords = (member: string, team: string | null): string =>
  `by ${member}${team === null ? '' : ` (${team})`}`;
