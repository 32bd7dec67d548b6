/**
 * The commands of {@code gangway}, with {@link dev.gangway.servlet.command.Main} above them.
 *
 * <p>{@code run} and {@code serve} differ in what they serve; {@link dev.gangway.servlet.command.ServiceOptions} is
 * what they have in common. As subcommands of {@code check} the same two are called for another {@link
 * dev.gangway.servlet.command.Purpose}. A mistake of the user ends in one line and an {@linkplain
 * dev.gangway.servlet.process.ExitStatus exit status}, never in a stack trace.
 */
package dev.gangway.servlet.command;
