/**
 * What a server says about itself: whether it is ready, by {@link dev.gangway.servlet.status.Readiness}, and its
 * figures, by a {@link dev.gangway.servlet.status.StatusReport}. It says so in front of the applications ({@link
 * dev.gangway.servlet.status.OwnPage}) and at an address of its own ({@link dev.gangway.servlet.status.StatusServer}).
 *
 * <p>Unless {@link dev.gangway.servlet.status.StatusOptions} ask for it, nothing is counted, and there is nothing in the
 * way of a request. What writes a report is the module {@code status}, whose jars are loaded when somebody asks.
 */
package dev.gangway.servlet.status;
