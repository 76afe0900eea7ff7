/** The version of this Loadpath, which the bundler fills in. */
export const version = process.env.LOADPATH_VERSION ?? 'development';
