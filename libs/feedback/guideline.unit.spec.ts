import { decide, type GivenEvent } from '#kernel/testing/given-when-then.js';
import type { Asked } from './asked.js';
import type { GuidelineEvent } from './events/guideline-events.js';
import { evolveGuideline, initialGuideline } from './guideline.js';
import { asks, MARIA, NOW, SAM, SYSTEM } from './testing/feedback-life.js';
import { acknowledgeGuideline } from './write/acknowledge-guideline/acknowledge-guideline.js';
import { guidelineNameOf } from './write/guideline-name.js';
import { publishGuideline, type PublishGuideline } from './write/publish-guideline/publish-guideline.js';

const fold = { initialState: initialGuideline, evolve: evolveGuideline };
const publishing = decide({
  ...fold,
  decide: (command: Asked<PublishGuideline>, guideline) => publishGuideline('handover', command, guideline),
});
const acknowledging = decide({ ...fold, decide: acknowledgeGuideline });

const WORDS = { title: 'Handover', text: 'Call within a day.', teams: ['marketing', 'sales'] as const };
const event = (rest: Pick<GuidelineEvent, 'type' | 'data'>): GivenEvent<GuidelineEvent> =>
  ({ ...rest, leadId: null, pass: null, occurredAt: NOW }) as GivenEvent<GuidelineEvent>; // type and data belong together
const published = (version: number, text = WORDS.text) =>
  event({ type: 'guideline.published', data: { name: 'handover', version, ...WORDS, text } });
const acknowledged = (version: number, member = 'sam') =>
  event({ type: 'guideline.acknowledged', data: { version, member } });

describe('PublishGuideline', () => {
  it('publishes version after version', () => {
    publishing
      .given([])
      .when(asks(MARIA, WORDS, 'head'))
      .then([published(1)]);
    const next = { ...WORDS, text: 'Call within four hours.', teams: ['sales', 'marketing', 'sales'] as const };
    publishing
      .given([published(1)])
      .when(asks(SAM, next, null))
      .then([published(2, next.text)]);
  });

  it('is nothing to do in the same words', () => {
    publishing
      .given([published(1)])
      .when(asks(MARIA, WORDS, 'head'))
      .thenNothing();
  });

  it('is for heads', () => {
    publishing.given([]).when(asks(MARIA, WORDS)).thenRefused('GUIDELINE.NOT_ALLOWED', 'forbidden');
  });
});

describe('AcknowledgeGuideline', () => {
  it('says that a member has read the standing version, once', () => {
    acknowledging
      .given([published(1)])
      .when(asks(SAM, { version: 1 }))
      .then([acknowledged(1)]);
    acknowledging
      .given([published(1), acknowledged(1)])
      .when(asks(SAM, { version: 1 }))
      .thenNothing();
    acknowledging
      .given([published(1), acknowledged(1, 'maria')])
      .when(asks(SAM, { version: 1 }))
      .then([acknowledged(1)]);
  });

  it('is due again with each version', () => {
    const spec = acknowledging.given([published(1), acknowledged(1), published(2, 'x')]);
    spec.when(asks(SAM, { version: 2 })).then([acknowledged(2)]);
    spec.when(asks(SAM, { version: 1 })).thenNothing();
    spec.when(asks(MARIA, { version: 1 })).thenRefused('GUIDELINE.OUTDATED', 'refused');
  });

  it('refuses what was never published, and nobody', () => {
    acknowledging
      .given([])
      .when(asks(SAM, { version: 1 }))
      .thenRefused('GUIDELINE.NOT_FOUND', 'not-found');
    acknowledging
      .given([published(1)])
      .when(asks(SAM, { version: 2 }))
      .thenRefused('GUIDELINE.NO_SUCH_VERSION');
    acknowledging
      .given([published(1)])
      .when(asks(SYSTEM, { version: 1 }, null))
      .thenRefused('GUIDELINE.NOT_A_MEMBER');
  });
});

describe('The name of a guideline', () => {
  it('is a code', () => {
    expect(guidelineNameOf('hand-over-2')).toBe('hand-over-2');
    for (const name of ['', 'Hand', 'a b', 'x'.repeat(65)]) {
      expect(() => guidelineNameOf(name)).toThrow(expect.objectContaining({ code: 'GUIDELINE.BAD_NAME' }) as Error);
    }
  });
});
