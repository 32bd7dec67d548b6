/**
 * Plain answers for tests, under {@code /probe/…}. They do what they are asked, for example redirect anywhere or send
 * any header, so they belong on a test machine and not on the internet. All take their parameters from the query
 * alone, and leave the body to what they show.
 */
package dev.gangway.sample.probe;
