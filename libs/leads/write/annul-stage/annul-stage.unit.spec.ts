import {
  asks,
  created,
  deals,
  event,
  mql,
  ofLead,
  on,
  recycled,
  rejected,
  sal,
  sql,
  wonOn,
  leadAfter,
} from '../../testing/lead-life.js';
import { MARIA, NOW, SAM } from '../../testing/leads-deps.js';
import { annulStage } from './annul-stage.js';

describe('AnnulStage', () => {
  const oops = { reason: 'mis-click' };

  it('takes back the stage event recorded last; the stage before it holds again', () => {
    const before = [created(), mql(1), sal(2)];
    const annulled = event('lead.stage-annulled', NOW, { annuls: 2, stage: 'sal', cancelsPass: false, ...oops });
    ofLead(annulStage).given(before).when(asks(SAM, oops)).then([annulled]);
    expect(leadAfter([...before, annulled])).toMatchObject({ stage: 'mql', pass: 1 });
  });

  it('takes back a backfill where that was recorded last', () => {
    const before = [created(), sql(5), mql(2)];
    const annulled = event('lead.stage-annulled', NOW, { annuls: 2, stage: 'mql', cancelsPass: false, ...oops });
    ofLead(annulStage).given(before).when(asks(MARIA, oops)).then([annulled]);
    expect(leadAfter([...before, annulled])).toMatchObject({ stage: 'sql' });
  });

  it('cancels the pass that the stage had begun: the former exit stands', () => {
    for (const [exit, stage] of [
      [rejected(2), 'rejected'],
      [recycled(2), 'recycled'],
    ] as const) {
      const before = [created(), mql(1), exit, sql(3, 2)];
      const annulled = event('lead.stage-annulled', NOW, { annuls: 3, stage: 'sql', cancelsPass: true, ...oops }, 2);
      ofLead(annulStage).given(before).when(asks(SAM, oops)).then([annulled]);
      expect(leadAfter([...before, annulled])).toMatchObject({ stage, pass: 1, passes: 2 });
    }
  });

  it('is refused while a deal stands in the pass that it would cancel', () => {
    const before = [created(), rejected(1), sql(3, 2)];
    ofLead(annulStage, deals({ pass: 2 }))
      .given(before)
      .when(asks(SAM, oops))
      .thenRefused('LEAD.TRANSITION_REFUSED', 'refused');
    const annulled = event('lead.stage-annulled', NOW, { annuls: 2, stage: 'sql', cancelsPass: true, ...oops }, 2);
    ofLead(annulStage, deals({ pass: 2, status: 'annulled' }, wonOn(1)))
      .given(before)
      .when(asks(SAM, oops))
      .then([annulled]);
  });

  it('is refused without a stage, or when an exit was recorded after it', () => {
    ofLead(annulStage).given([created()]).when(asks(SAM, oops)).thenRefused('LEAD.TRANSITION_REFUSED');
    ofLead(annulStage)
      .given([created(), mql(1), rejected(2)])
      .when(asks(SAM, oops))
      .thenRefused('LEAD.TRANSITION_REFUSED');
    const reopened = on(3, 'lead.reopened', { mode: 'new-pass', annuls: null, note: null }, { pass: 2 });
    ofLead(annulStage)
      .given([created(), mql(1), rejected(2), reopened])
      .when(asks(SAM, oops))
      .thenRefused('LEAD.TRANSITION_REFUSED');
  });

  describe('asked again', () => {
    const once = on(3, 'lead.stage-annulled', { annuls: 2, stage: 'sal', cancelsPass: false, ...oops });
    const before = [created(), mql(1), sal(2), once];

    it('does nothing: a second click is not a second annulment', () => {
      ofLead(annulStage).given(before).when(asks(SAM, oops)).thenNothing();
      ofLead(annulStage)
        .given(before)
        .when(asks(SAM, { ...oops, stage: 'sal' }))
        .thenNothing();
    });

    it('is refused for another reason', () => {
      ofLead(annulStage)
        .given(before)
        .when(asks(SAM, { reason: 'wrong lead' }))
        .thenRefused('LEAD.MEANS_SOMETHING_ELSE');
    });

    it('takes back the next one when that is named', () => {
      ofLead(annulStage)
        .given(before)
        .when(asks(SAM, { ...oops, stage: 'mql' }))
        .then([event('lead.stage-annulled', NOW, { annuls: 1, stage: 'mql', cancelsPass: false, ...oops })]);
      ofLead(annulStage)
        .given(before)
        .when(asks(SAM, { ...oops, stage: 'sql' }))
        .thenRefused('LEAD.TRANSITION_REFUSED');
    });
  });

  it('is for both teams', () => {
    ofLead(annulStage)
      .given([created(), mql(1)])
      .when(asks({ id: 'fay', team: 'finance' }, oops))
      .thenRefused('LEAD.WRONG_TEAM', 'forbidden');
  });
});
