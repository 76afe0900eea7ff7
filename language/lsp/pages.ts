/** Where the documentation can be read: the pages of the repository that `package.json` names (a test holds them together). */
export const PAGES = 'https://github.com/loadpath/loadpath/blob/main';
