/**
 * The options of the commands by subject, and how users write their values: with units ({@link
 * dev.gangway.servlet.option.Quantity}), several at once ({@link dev.gangway.servlet.option.Values}), or in a {@link
 * dev.gangway.servlet.option.ConfigurationFile}.
 *
 * <p>An options class is thin: picocli fills its fields, and it makes the object that they configure, which checks its
 * values.
 */
package dev.gangway.servlet.option;
