import { uuidv5, type Uuid } from '#kernel/ids.js';
import { laneSlot } from './lane.js';

const NAMESPACE = '8f1d3c52-0b6a-4a53-9a4e-6a1b64f1c001' as Uuid; // a literal UUID

describe('the slot of an event', () => {
  it('is the slot of its lead wherever it has one, else of its stream', () => {
    const lead = uuidv5(NAMESPACE, 'lead');
    expect(laneSlot(lead, 'deal-1')).toBe(laneSlot(lead, `lead-${lead}`));
    expect(laneSlot(null, 'deal-1')).toBe(laneSlot('deal-1', 'something else'));
  });

  it('never changes: ledgers hold it', () => {
    expect(laneSlot(null, 'organisation')).toBe(GOLDEN.organisation);
    expect(laneSlot('8f1d3c52-0b6a-4a53-9a4e-6a1b64f1c001', '')).toBe(GOLDEN.lead);
  });

  it('spreads ids evenly over lanes', () => {
    const counts = [0, 0, 0, 0];
    for (let n = 0; n < 20_000; n++) {
      const lane = laneSlot(uuidv5(NAMESPACE, n.toString()), '') % 4;
      counts[lane] = (counts[lane] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 5_000)).toBeLessThan(300);
  });
});

const GOLDEN = { organisation: 100, lead: 138 };
