/** The command as users and service managers meet it: starting, stopping, mistakes, descriptors. */
package dev.gangway.it.command;
