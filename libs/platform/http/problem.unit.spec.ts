import { HttpException, NotFoundException } from '@nestjs/common';
import { DomainError, malformed, type ErrorKind } from '#kernel/errors.js';
import { problemOf } from './problem.js';

describe('A problem', () => {
  it.each<[ErrorKind, number]>([
    ['malformed', 400],
    ['unauthenticated', 401],
    ['forbidden', 403],
    ['not-found', 404],
    ['refused', 409],
    ['gone', 410],
    ['stale', 412],
    ['too-large', 413],
    ['unprocessable', 422],
    ['unavailable', 503],
  ])('of kind %s has status %i', (kind, status) => {
    const { problem, unexpected } = problemOf(new DomainError(kind, 'A.CODE', 'because'), 'c1');
    expect(problem).toMatchObject({ status, code: 'A.CODE', detail: 'because', correlationId: 'c1' });
    expect(unexpected).toBe(false);
  });

  it('says when to come again where the ledger is out of reach', () => {
    expect(problemOf(new DomainError('unavailable', 'EVENT_STORE.UNAVAILABLE', 'no'), 'c').headers).toEqual({
      'retry-after': '1',
    });
  });

  it('carries further members and the faults of a body, and they never replace its own members', () => {
    const { problem } = problemOf(
      new DomainError('refused', 'LEAD.DUPLICATE', 'there', { existing: 'x', status: 1, at: 5n }),
      'c',
    );
    expect(problem).toMatchObject({ existing: 'x', status: 409, at: '5' });
    const faults = [{ pointer: '/a', code: 'MISSING', detail: 'a is missing' }];
    expect(problemOf(malformed('REQUEST.INVALID', 'no', faults), 'c').problem.errors).toEqual(faults);
  });

  it.each([
    ['FST_ERR_CTP_BODY_TOO_LARGE', 413, 'REQUEST.TOO_LARGE'],
    ['FST_ERR_CTP_INVALID_MEDIA_TYPE', 415, 'REQUEST.UNSUPPORTED_MEDIA_TYPE'],
    ['FST_ERR_BAD_URL', 400, 'REQUEST.BAD_URL'],
  ])('of the framework (%s) has status %i and code %s, bare or as Nest wraps it', (code, status, own) => {
    const bare = Object.assign(new Error('x'), { code, statusCode: status });
    expect(problemOf(bare, 'c').problem).toMatchObject({ status, code: own });
    expect(problemOf(new HttpException('x', status, { cause: bare }), 'c').problem).toMatchObject({
      status,
      code: own,
    });
  });

  it('tells a missing route from a method that a route does not take', () => {
    expect(problemOf(new NotFoundException('Cannot GET /secret'), 'c').problem).toMatchObject({
      status: 404,
      code: 'ROUTE.NOT_FOUND',
      detail: 'there is no such route',
    });
    expect(problemOf({ statusCode: 405 }, 'c').problem).toMatchObject({
      status: 405,
      code: 'ROUTE.METHOD_NOT_ALLOWED',
    });
  });

  it.each([
    [new Error('SQLITE_ERROR: near "SELECT * FROM people"')],
    ['text'],
    [null],
    [undefined],
    [new HttpException('inner detail', 500)],
  ])('tells nothing of what nobody foresaw (%s)', (error) => {
    const { problem, unexpected } = problemOf(error, 'c1');
    expect(unexpected).toBe(true);
    expect(problem).toEqual({
      type: 'urn:concord:problem:INTERNAL',
      title: 'Internal Server Error',
      status: 500,
      detail: 'something went wrong here; the log has the details under this correlationId',
      code: 'INTERNAL',
      correlationId: 'c1',
    });
  });
});
