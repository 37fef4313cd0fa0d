import { decide, type GivenEvent } from '#kernel/testing/given-when-then.js';
import type { ListedCode, CodeListEvent } from '../../events/code-list-events.js';
import { BUILT_IN, evolveCodeList, initialCodeList } from '../../code-list.js';
import { defineCodeList, type AskedToDefine } from './define-code-list.js';

const NOW = Date.UTC(2026, 2, 1, 12);
const list = (name: AskedToDefine['name']) =>
  decide({ initialState: initialCodeList(name), evolve: evolveCodeList, decide: defineCodeList });
const codes = (...names: readonly string[]): ListedCode[] =>
  names.map((code) => ({ code, text: `it is ${code}`, retired: false }));
const asks = (given: readonly ListedCode[], rest: Partial<AskedToDefine> = {}): AskedToDefine => ({
  name: 'helped',
  role: null,
  now: NOW,
  input: { codes: given },
  ...rest,
});
const defined = (
  version: number,
  given: readonly ListedCode[],
  name: AskedToDefine['name'] = 'helped',
): GivenEvent<CodeListEvent> => ({
  type: 'codelist.defined',
  leadId: null,
  pass: null,
  occurredAt: NOW,
  data: { name, version, codes: given },
});

describe('DefineCodeList', () => {
  it('defines the first version of a list that Concord does not bring along', () => {
    list('helped')
      .given([])
      .when(asks(codes('demo')))
      .then([defined(1, codes('demo'))]);
  });

  it('defines version 2 of one that it does', () => {
    const all = [...codes(...BUILT_IN.close), ...codes('references')];
    list('close')
      .given([])
      .when(asks(all, { name: 'close' }))
      .then([defined(2, all, 'close')]);
  });

  it('finds nothing to do when the list says so already', () => {
    list('helped')
      .given([defined(1, codes('demo'))])
      .when(asks(codes('demo')))
      .thenNothing();
  });

  it('takes new words, another order, and a code that comes back', () => {
    const before = defined(1, [...codes('demo', 'price')]);
    for (const next of [
      [{ code: 'demo', text: 'other words', retired: false }, ...codes('price')],
      codes('price', 'demo'),
      [...codes('demo'), { code: 'price', text: 'it is price', retired: true }],
    ]) {
      list('helped')
        .given([before])
        .when(asks(next))
        .then([defined(2, next)]);
    }
  });

  it('refuses to lose a code, a code twice, and a list of retired ones only', () => {
    const given = list('helped').given([defined(1, codes('demo', 'price'))]);
    given.when(asks(codes('demo'))).thenRefused('CODELIST.CODE_DROPPED', 'refused');
    given.when(asks(codes('demo', 'price', 'demo'))).thenRefused('CODELIST.CODE_TWICE', 'malformed');
    given.when(asks(codes('demo', 'price').map((code) => ({ ...code, retired: true })))).thenRefused('CODELIST.EMPTY');
  });

  it('is for heads, and for whom the roster does not know', () => {
    list('helped')
      .given([])
      .when(asks(codes('demo'), { role: 'member' }))
      .thenRefused('CODELIST.NOT_ALLOWED', 'forbidden');
    list('helped')
      .given([])
      .when(asks(codes('demo'), { role: 'head' }))
      .then([defined(1, codes('demo'))]);
  });

  it('refuses a day to come', () => {
    list('helped')
      .given([])
      .when(asks([], { input: { codes: codes('demo'), occurredAt: NOW + 600_000 } }))
      .thenRefused('REQUEST.OCCURRED_IN_FUTURE');
  });
});
