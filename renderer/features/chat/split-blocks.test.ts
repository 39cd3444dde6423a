import { expect, it } from 'vitest';
import { splitBlocks } from './split-blocks.ts';

it('parts Markdown at blank lines, but keeps a code fence whole', () => {
  expect(splitBlocks('a\nb\n\nc')).toEqual(['a\nb', 'c']);
  expect(splitBlocks('```sql\nselect 1\n\nfrom t\n```\n\nend')).toEqual(['```sql\nselect 1\n\nfrom t\n```', 'end']);
  expect(splitBlocks('````\n```\n\nstill\n````')).toHaveLength(1);
});

it('loses nothing of an unfinished fence', () => {
  expect(splitBlocks('text\n\n```\nhalf\n\nmore')).toEqual(['text', '```\nhalf\n\nmore']);
});
