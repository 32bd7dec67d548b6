/**
 * The pages of the menu, and the error page. Each works without JavaScript; {@code sample.js} adds to some of them.
 */
package dev.gangway.sample.page;
