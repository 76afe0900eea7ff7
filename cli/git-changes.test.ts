import { expect, test } from 'vitest';
import { parseDiff, touchesLines } from './git-changes.ts';

const DIFF = `diff --git a.arch a.arch
index 1..2 100644
--- a.arch
+++ a.arch
@@ -2 +2,3 @@
-old
+new
++++ looks like the head of a file
+new
@@ -10,2 +12,0 @@ database posts {
--- looks like one too
-gone
@@ -20,0 +21 @@
+one
\\ No newline at end of file
diff --git gone.arch gone.arch
deleted file mode 100644
--- gone.arch
+++ /dev/null
@@ -1 +0,0 @@
-x
diff --git with space.arch with space.arch
--- with space.arch\t
+++ with space.arch\t
@@ -1 +1 @@
-a
+b
`;

test('hunks become ranges of the lines as they are now', () => {
  expect([...parseDiff(DIFF, (name) => `/${name}`)]).toEqual([
    [
      '/a.arch',
      [
        { from: 1, to: 4 },
        { from: 12, to: 12 },
        { from: 20, to: 21 },
      ],
    ],
    ['/with space.arch', [{ from: 0, to: 1 }]],
  ]);
});

test.each([
  [1, 1, true],
  [0, 0, false],
  [0, 9, true],
  [3, 3, true],
  [4, 8, false],
  // Lines were removed between 11 and 12.
  [11, 12, true],
  [12, 14, false],
  [9, 11, false],
])('lines %i to %i: %s', (first, last, touched) => {
  const ranges = [
    { from: 1, to: 4 },
    { from: 12, to: 12 },
  ];
  expect(touchesLines(ranges, first, last)).toBe(touched);
});
